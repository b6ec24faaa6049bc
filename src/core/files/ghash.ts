// Arithmetic of GCM's own field, GF(2^128) as NIST SP 800-38D writes it: the first bit of a block is the highest here. A few products for
// each piece of a file, so plain numbers will do.
const R = 0xe1n << 120n;
const BITS = 128n;
export const ONE: bigint = 1n << 127n;

export function multiply(x: bigint, y: bigint): bigint {
  let product = 0n;
  let shifted = y;
  for (let bit = BITS - 1n; bit >= 0n; bit--) {
    if ((x >> bit) & 1n) product ^= shifted;
    shifted = shifted & 1n ? (shifted >> 1n) ^ R : shifted >> 1n;
  }
  return product;
}

export function power(base: bigint, exponent: number): bigint {
  let result = ONE;
  let square = base;
  for (let left = exponent; left > 0; left = Math.floor(left / 2)) {
    if (left % 2 === 1) result = multiply(result, square);
    square = multiply(square, square);
  }
  return result;
}

export function numberOf(block: Uint8Array): bigint {
  const view = new DataView(block.buffer, block.byteOffset, 16);
  return (view.getBigUint64(0) << 64n) | view.getBigUint64(8);
}

export function blockOf(value: bigint): Uint8Array<ArrayBuffer> {
  const view = new DataView(new ArrayBuffer(16));
  view.setBigUint64(0, value >> 64n);
  view.setBigUint64(8, value & 0xffff_ffff_ffff_ffffn);
  return new Uint8Array(view.buffer);
}

/** The block that ends what is hashed: how many bits were only vouched for, and how many were encrypted. */
export const lengths = (vouched: number, encrypted: number): bigint => (BigInt(vouched * 8) << 64n) | BigInt(encrypted * 8);
