// Which key of which chain sealed a message, by the names that are on its outside.
import { OMEMO_2 } from '../../../src/core/encryption/wire/omemo-2.ts';
import { readEncrypted } from '../../../src/xmpp/codecs/omemo-message.ts';
import type { Element } from '../../../src/xmpp/xml.ts';
import { hex } from './primitives.ts';

export function stepOf(message: Element, person: string, device: number): string {
  const key = readEncrypted(message, person, device)?.key;
  const read = key && (key.withExchange ? OMEMO_2.readExchange(key.bytes)?.message : OMEMO_2.readMessage(key.bytes));
  if (!read) throw new Error('that was not sealed for this device');
  return `${hex(read.header.ratchet)} ${read.header.n}`;
}
