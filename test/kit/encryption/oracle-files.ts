// Envelopes and files as the other implementation makes and reads them, in its own process: it encrypts, puts, fetches and checks by itself.
import { fromBase64, toBase64 } from '../../../src/base/base64.ts';
import type { Address } from '../../../src/model/account.ts';
import type { Oracle } from './oracle.ts';
import { fromHex, hex } from './primitives.ts';

type Bytes = Uint8Array<ArrayBuffer>;

export interface Ends {
  from: Address;
  to: Address;
}

/** What it made of an envelope. */
export interface EnvelopeRead {
  from: string;
  to?: string;
  text: string | null;
  file?: { name: string; type: string };
}

export interface GivenFile {
  bytes: Bytes;
  name: string;
  type: string;
  text: string;
}

export const writeWords = async (oracle: Oracle, text: string, ends: Ends): Promise<Bytes> =>
  fromHex(await oracle.value<string>({ do: 'write-words', text, ...ends }));

export const readWithOracle = (oracle: Oracle, envelope: Bytes): Promise<EnvelopeRead> =>
  oracle.value<EnvelopeRead>({ do: 'read-envelope', bytes: hex(envelope) });

/** The file that such an envelope tells of; it rejects where size, tag or hash are not as they were promised. */
export const fetchWithOracle = async (oracle: Oracle, envelope: Bytes): Promise<Bytes> =>
  fromBase64(await oracle.value<string>({ do: 'fetch-file', bytes: hex(envelope) })) ?? new Uint8Array();

/** Its envelope, once the file lies with the service. `askSlot` only carries what is asked and answered. */
export async function putWithOracle(
  oracle: Oracle,
  { bytes, text, ...about }: GivenFile,
  ends: Ends,
  askSlot: (request: string) => Promise<string>,
): Promise<Bytes> {
  const { file, request } = await oracle.value<{ file: number; request: string }>({ do: 'seal-file', bytes: toBase64(bytes), ...about });
  return fromHex(await oracle.value<string>({ do: 'put-file', file, slot: await askSlot(request), text, ...ends }));
}
