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

const UNITS = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const;

/** In the unit that needs the fewest digits. */
export function fileSize(locale: string, bytes: number): string {
  const step = Math.min(UNITS.length - 1, Math.floor(Math.log(Math.max(bytes, 1)) / Math.log(1000)));
  const unit = UNITS[step] ?? 'byte';
  return (bytes / 1000 ** step).toLocaleString(locale, { style: 'unit', unit, maximumSignificantDigits: 3 });
}

export function list(locale: string, items: readonly string[]): string {
  return new Intl.ListFormat(locale, { style: 'short' }).format(items);
}
