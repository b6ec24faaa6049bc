// Addresses of files: which we speak at all, and which lead into somebody's own network.

const LONGEST = 2_000;
const LOCAL_NAMES = /(?:^|\.)(?:localhost|local|internal|intranet|lan|home|corp|private|localdomain|home\.arpa|test|invalid)$/;

/** HTTPS, and in clear only on this very machine; nothing that signs in by itself. */
export function isSpeakable(address: string): boolean {
  const url = parse(address);
  return url !== undefined && (url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url.hostname)));
}

export const hostOf = (address: string): string | undefined => parse(address)?.host;

/** Names of one word, addresses of private networks and of this machine: what only somebody inside can reach. */
export function isInside(address: string): boolean {
  const name = parse(address)?.hostname.replace(/\.$/, '');
  if (name === undefined) return true;
  if (name.startsWith('[')) return !/^\[[23][0-9a-f]{3}:/.test(name) || /^\[(?:2001:(?:0?db8|0?:)|2002:)/.test(name);
  const numbers = /^(\d+)\.(\d+)\.(\d+)\.(\d+)$/.exec(name)?.slice(1).map(Number);
  if (numbers) return isInsideNumbers(numbers[0] ?? 0, numbers[1] ?? 0);
  return !name.includes('.') || LOCAL_NAMES.test(name);
}

/** The last part of its path, as a name. */
export function nameInAddress(address: string): string {
  const last = parse(address)?.pathname.split('/').at(-1) ?? '';
  try {
    return decodeURIComponent(last);
  } catch {
    return last;
  }
}

function isInsideNumbers(a: number, b: number): boolean {
  if (a === 0 || a === 10 || a === 127 || a >= 224) return true;
  return (
    (a === 100 && b >= 64 && b < 128) ||
    (a === 169 && b === 254) ||
    (a === 172 && b >= 16 && b < 32) ||
    (a === 192 && (b === 168 || b === 0)) ||
    (a === 198 && (b === 18 || b === 19))
  );
}

const isLoopback = (name: string): boolean => name === 'localhost' || name === '[::1]' || /^127(?:\.\d+){3}$/.test(name);

function parse(address: string): URL | undefined {
  if (address.length > LONGEST || /\s/.test(address)) return undefined;
  try {
    const url = new URL(address);
    return url.username === '' && url.password === '' && url.hostname !== '' ? url : undefined;
  } catch {
    return undefined;
  }
}
