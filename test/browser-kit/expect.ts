// What a browser test asserts with: few words, and what was seen in every message.

class Unexpected extends Error {}

const show = (value: unknown): string => (typeof value === 'string' ? JSON.stringify(value) : (JSON.stringify(value) ?? String(value)));

export function ok(value: unknown, what: string = 'a truth'): asserts value {
  if (!value) throw new Unexpected(`expected ${what}, saw ${show(value)}`);
}

export function equal<T>(seen: T, wanted: T, what: string = 'value'): void {
  if (!Object.is(seen, wanted)) throw new Unexpected(`${what}: expected ${show(wanted)}, saw ${show(seen)}`);
}

export function same(seen: unknown, wanted: unknown, what: string = 'value'): void {
  if (show(seen) !== show(wanted)) throw new Unexpected(`${what}: expected ${show(wanted)}, saw ${show(seen)}`);
}

export function near(seen: number, wanted: number, within: number, what: string = 'value'): void {
  if (!(Math.abs(seen - wanted) <= within)) throw new Unexpected(`${what}: expected ${wanted} ± ${within}, saw ${seen}`);
}

export function atMost(seen: number, most: number, what: string = 'value'): void {
  if (!(seen <= most)) throw new Unexpected(`${what}: expected at most ${most}, saw ${seen}`);
}
