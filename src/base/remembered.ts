// What was worked out for a text before, for so many of them: beyond that it begins anew.

/** Whoever writes longer ones is not to be remembered for it. */
const LONGEST = 255;

export function remembered<T extends {}>(most: number, work: (text: string) => T): (text: string) => T {
  const known = new Map<string, T>();
  return (text) => {
    const before = known.get(text);
    if (before !== undefined) return before;
    // A text that was cut out of a frame would hold the whole frame.
    const own = ` ${text}`.slice(1);
    const fresh = work(own);
    if (known.size >= most) known.clear();
    if (own.length < LONGEST) known.set(own, fresh);
    return fresh;
  };
}
