// What a backup holds once it is open: one record after the other, each a type, a length and JSON. Nothing is compressed, so nothing can swell.
import { concatBytes } from '../../base/bytes.ts';
import { toBytes, toText } from '../utf8.ts';

/** Types that are not known are passed over: what a later version adds hurts nobody. */
export const RECORD = { account: 1, conversation: 2, messages: 3, trust: 4, end: 255 } as const;

export interface RawRecord {
  type: number;
  value: unknown;
}

const HEAD_BYTES = 5;
/** Far above what is written: nobody is made to hold more than this to read one record. */
const LONGEST_RECORD: number = 1024 * 1024;

export function writeRecord(type: keyof typeof RECORD, value: object): Uint8Array<ArrayBuffer> {
  const payload = toBytes(JSON.stringify(value));
  if (payload.length > LONGEST_RECORD) throw new RangeError('A record that nobody could read');
  const head = new Uint8Array(HEAD_BYTES);
  head[0] = RECORD[type];
  new DataView(head.buffer).setUint32(1, payload.length);
  return concatBytes(head, payload);
}

/** Fed with the chunks as they come. */
export class RecordReader {
  #held: Uint8Array<ArrayBuffer> = new Uint8Array();

  /** Nothing is left of a record that has only begun. */
  get isAtRest(): boolean {
    return this.#held.length === 0;
  }

  /** `damaged` where it is no record; then there is no going on. */
  take(bytes: Uint8Array<ArrayBuffer>): readonly RawRecord[] | 'damaged' {
    const all = this.#held.length === 0 ? bytes : concatBytes(this.#held, bytes);
    const view = new DataView(all.buffer, all.byteOffset, all.length);
    const records: RawRecord[] = [];
    let at = 0;
    while (all.length - at >= HEAD_BYTES) {
      const length = view.getUint32(at + 1);
      if (length > LONGEST_RECORD) return 'damaged';
      if (all.length - at - HEAD_BYTES < length) break;
      const record = readPayload(all[at] ?? 0, all.subarray(at + HEAD_BYTES, at + HEAD_BYTES + length));
      if (!record) return 'damaged';
      records.push(record);
      at += HEAD_BYTES + length;
    }
    this.#held = all.slice(at);
    return records;
  }
}

function readPayload(type: number, payload: Uint8Array): RawRecord | undefined {
  try {
    const text = toText(payload);
    return text === undefined ? undefined : { type, value: JSON.parse(text) as unknown };
  } catch {
    return undefined;
  }
}
