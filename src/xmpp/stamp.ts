// Dates and times of XMPP, XEP-0082.

const STAMP = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:\d\d)$/;

/** Milliseconds since the epoch. Undefined for what is no complete time: a guess would put a message into the wrong place. */
export function readStamp(text: string | undefined): number | undefined {
  if (!text || !STAMP.test(text)) return undefined;
  const time = Date.parse(text);
  return Number.isNaN(time) ? undefined : time;
}

export const writeStamp = (time: number): string => new Date(time).toISOString();
