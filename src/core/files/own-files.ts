// A file that a person gives to be sent: onto the disk piece by piece, then to the upload service as the same bytes at every attempt.
import type { Clock } from '../../base/clock.ts';
import type { FilePlace } from '../../contracts/files.ts';
import { failed, succeeded, type Answer } from '../../model/failure.ts';
import { sha256 } from '@noble/hashes/sha2.js';
import type { FileCipher } from '../../xmpp/codecs/file-sharing.ts';
import type { FileHead, FileShelf, FileSource } from '../file-ports.ts';
import { PIECE_LENGTH, type Cabinet } from './cabinet.ts';
import { ownName } from './file-name.ts';
import { GcmStream } from './gcm-stream.ts';

const KEY_LENGTH = 32;
const IV_LENGTH = 12;

export interface OwnFilesNeeds {
  cabinet: Cabinet;
  shelf: FileShelf;
  clock: Clock;
  subtle: SubtleCrypto;
  random(count: number): Uint8Array<ArrayBuffer>;
}

/** How it will be encrypted, if at all, is settled now: whenever it leaves, it leaves as the same bytes. */
export async function keepOwn(needs: OwnFilesNeeds, place: FilePlace, file: Blob): Promise<Answer<FileSource>> {
  const { cabinet, clock, shelf } = needs;
  const name = ownName(place.message);
  const begun: FileHead = { name, size: file.size, isWhole: false, at: clock.now(), waits: true, places: [place] };
  // The head first: pieces without one would lie on the disk for good.
  const put = await cabinet.put(begun);
  const digest = sha256.create();
  let answer: Answer<void> = put.ok ? await keepPieces(shelf, name, file, (piece) => void digest.update(piece)) : put;
  const hash = new Uint8Array(digest.digest());
  if (answer.ok) answer = await cabinet.put({ ...begun, isWhole: true, sha256: hash });
  if (answer.ok) return succeeded({ cipher: mintCipher(needs), sha256: hash, size: file.size });
  await cabinet.drop(name);
  return answer;
}

export async function keepPieces(
  shelf: Pick<FileShelf, 'putPiece'>,
  name: string,
  file: Blob,
  passed: (piece: Uint8Array) => void = () => undefined,
): Promise<Answer<void>> {
  for (let at = 0; at * PIECE_LENGTH < file.size; at++) {
    const piece = await readPiece(file, at);
    if (!piece) return failed({ kind: 'file-gone' });
    passed(piece);
    const put = await shelf.putPiece(name, at, piece);
    if (!put.ok) return put;
  }
  return succeeded(undefined);
}

export const mintCipher = ({ random }: Pick<OwnFilesNeeds, 'random'>): FileCipher => ({ key: random(KEY_LENGTH), iv: random(IV_LENGTH) });

/** What is uploaded. Undefined where the disk has given it up. */
export async function bodyToUpload(
  { cabinet, subtle }: Pick<OwnFilesNeeds, 'cabinet' | 'subtle'>,
  head: FileHead,
  cipher: FileCipher | undefined,
): Promise<Blob | undefined> {
  if (!cipher) {
    const body = await cabinet.bodyOf(head);
    return body.ok ? body.value : undefined;
  }
  const stream = await GcmStream.begin(subtle, cipher.key, cipher.iv);
  const parts: Blob[] = [];
  for await (const piece of cabinet.pieces(head)) {
    if (!piece) return undefined;
    parts.push(new Blob([await stream.encrypt(piece)]));
  }
  return new Blob([...parts, stream.tag()]);
}

/** The file behind it may have been changed or taken away since it was chosen. */
async function readPiece(file: Blob, at: number): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const end = Math.min(file.size, (at + 1) * PIECE_LENGTH);
  try {
    const piece = new Uint8Array(await file.slice(at * PIECE_LENGTH, end).arrayBuffer());
    return piece.length === end - at * PIECE_LENGTH ? piece : undefined;
  } catch {
    return undefined;
  }
}
