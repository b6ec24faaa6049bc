// What an avatar shows without a picture: the first letter of the name, and one of five colours that stays with the address.

/** The first letter a reader would say, also of 汉字, emoji and names that begin with a mark. */
export function initialOf(name: string): string {
  const letter = /[\p{L}\p{N}]/u.exec(name.normalize('NFC'))?.[0] ?? /\S/u.exec(name)?.[0] ?? '?';
  return letter.toLocaleUpperCase();
}

/** 1 to 5, the same for a seed everywhere and for ever. */
export function colourOf(seed: string): number {
  let hash = 2166136261;
  for (let at = 0; at < seed.length; at += 1) hash = Math.imul(hash ^ seed.charCodeAt(at), 16777619);
  return ((hash >>> 0) % 5) + 1;
}
