// Words that depend on a number, by the rules of the language.

type Form = 'one' | 'other';

const rules = new Map<string, Intl.PluralRules>();

/** `forms` hold the word only; the figure is written the way the language writes it. */
export function plural(locale: string, count: number, forms: Record<Form, string>): string {
  let rule = rules.get(locale);
  if (!rule) rules.set(locale, (rule = new Intl.PluralRules(locale)));
  const form = rule.select(count) === 'one' ? forms.one : forms.other;
  return `${figure(locale, count)} ${form}`;
}

export function figure(locale: string, count: number): string {
  return count.toLocaleString(locale);
}

export function list(locale: string, items: readonly string[]): string {
  return new Intl.ListFormat(locale, { style: 'short' }).format(items);
}
