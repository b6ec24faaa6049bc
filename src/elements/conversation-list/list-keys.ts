// Where a key leads in the list.

/** Undefined for keys that mean nothing here. */
export function rowAfterKey(key: string, at: number, total: number, page: number): number | undefined {
  const last = total - 1;
  switch (key) {
    case 'ArrowDown':
      return Math.min(last, at + 1);
    case 'ArrowUp':
      return Math.max(0, at - 1);
    case 'PageDown':
      return Math.min(last, at + page);
    case 'PageUp':
      return Math.max(0, at - page);
    case 'Home':
      return 0;
    case 'End':
      return last;
    default:
      return undefined;
  }
}

/** The next title that begins with the letters, from `after` on and once around. A single letter moves on, more refine. */
export function findByLetters(titles: readonly string[], letters: string, after: number, locale: string): number | undefined {
  const wanted = letters.toLocaleLowerCase(locale);
  const start = letters.length > 1 ? after : after + 1;
  for (let step = 0; step < titles.length; step += 1) {
    const at = (start + step) % titles.length;
    if (titles[at]?.toLocaleLowerCase(locale).startsWith(wanted)) return at;
  }
  return undefined;
}
