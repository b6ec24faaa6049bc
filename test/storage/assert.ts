// Assertions that read the same in Node and in every browser.

export function ok(value: unknown, what: string): asserts value {
  if (!value) throw new Error(what);
}

/** Deep, with byte arrays and infinities; absent and undefined are the same. */
export function equal(actual: unknown, expected: unknown, what = 'values'): void {
  const [a, b] = [show(actual), show(expected)];
  if (a !== b) throw new Error(`${what}: expected ${b.slice(0, 2000)}, got ${a.slice(0, 2000)}`);
}

export function atMost(actual: number, limit: number, what: string): void {
  if (!(actual <= limit)) throw new Error(`${what}: ${actual} is above ${limit}`);
}

/** Equal for what is equal, whatever order its keys stand in. */
export function show(value: unknown): string {
  if (value instanceof Uint8Array || value instanceof ArrayBuffer) return `bytes(${[...new Uint8Array(value)].join(' ')})`;
  if (Array.isArray(value)) return `[${value.map(show).join(', ')}]`;
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).filter(([, item]) => item !== undefined);
    return `{${entries
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, item]) => `${key}: ${show(item)}`)
      .join(', ')}}`;
  }
  return Object.is(value, -0) ? '0' : typeof value === 'string' ? JSON.stringify(value) : String(value);
}
