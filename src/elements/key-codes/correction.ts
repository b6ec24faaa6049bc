// Reed–Solomon over GF(2^8) with the polynomial of ISO/IEC 18004: what lets a camera mend what it did not see.

const POWERS = new Uint8Array(255);
const LOGS = new Uint8Array(256);
for (let power = 0, value = 1; power < 255; power++) {
  POWERS[power] = value;
  LOGS[value] = power;
  value = (value << 1) ^ (value > 127 ? 0x11d : 0);
}

const times = (a: number, b: number): number => (a === 0 || b === 0 ? 0 : POWERS[((LOGS[a] ?? 0) + (LOGS[b] ?? 0)) % 255]!);

/** The product of (x − 2^i): highest power first, without its leading one. */
export function generatorOf(degree: number): Uint8Array {
  const generator = new Uint8Array(degree);
  generator[degree - 1] = 1;
  for (let root = 0; root < degree; root++)
    for (let at = 0; at < degree; at++) generator[at] = times(generator[at]!, POWERS[root]!) ^ (generator[at + 1] ?? 0);
  return generator;
}

/** What is left of the data divided by the generator. */
export function correctionOf(data: readonly number[], generator: Uint8Array): number[] {
  const rest = Array.from(generator, () => 0);
  for (const byte of data) {
    const factor = byte ^ rest.shift()!;
    rest.push(0);
    generator.forEach((part, at) => (rest[at]! ^= times(part, factor)));
  }
  return rest;
}
