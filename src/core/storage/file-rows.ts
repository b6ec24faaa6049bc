// Files on the disk: of each a head that says what it is, and its pieces, sealed one by one, so that none of them is ever in memory whole.
import { failed, succeeded } from '../../model/failure.ts';
import type { Answer } from '../../model/failure.ts';
import type { FileHead, FileShelf } from '../file-ports.ts';
import type { RowChange } from './account-database.ts';
import { decodePlain, encodePlain } from './plain.ts';
import type { Shelf } from './shelf.ts';
import { isQuotaError } from './storage-errors.ts';
import { blindId, sealRow, textOfKey, unsealRow } from './vault.ts';

/** Heads stand before pieces in the table. */
const HEAD = 0;
const PIECE = 1;

export type FileKey = [kind: number, file: ArrayBuffer, at?: number | undefined];
/** So much goes at once when the disk is full, so that the next piece does not knock again. */
const LEAST_ROOM = 16 * 1024 * 1024;

type Bytes = Uint8Array<ArrayBuffer>;

/** How the store has its work done: in turn, and with trouble as values. */
export interface FileRowsNeeds {
  shelf: Shelf;
  read<T>(nothing: T, work: () => Promise<T>): Promise<T>;
  /** Trouble of the disk, as an answer; defects are thrown. */
  answerTrouble(error: unknown): Answer<void>;
}

export class FileRows implements FileShelf {
  readonly #needs: FileRowsNeeds;

  constructor(needs: FileRowsNeeds) {
    this.#needs = needs;
  }

  heads(): Promise<readonly FileHead[]> {
    return this.#needs.read([], () => this.#readHeads());
  }

  async put(head: FileHead): Promise<Answer<void>> {
    const id = await this.#idOf(head.name);
    return this.#write(head.name, [[HEAD, id], await this.#seal(headText(id), encodePlain(head))]);
  }

  async putPiece(name: string, at: number, bytes: Bytes): Promise<Answer<void>> {
    const id = await this.#idOf(name);
    return this.#write(name, [[PIECE, id, at], await this.#seal(pieceText(id, at), bytes)]);
  }

  async piece(name: string, at: number): Promise<Bytes | undefined> {
    const { shelf, read } = this.#needs;
    const id = await this.#idOf(name);
    return read(undefined, async () => {
      const [sealed] = await shelf.database.get('files', [[PIECE, id, at]]);
      return (await unsealRow(shelf.vault, 'files', pieceText(id, at), sealed)) as Bytes | undefined;
    });
  }

  async countPieces(name: string): Promise<number> {
    const id = await this.#idOf(name);
    return this.#needs.read(0, async () => (await this.#piecesOf(id)).length);
  }

  async drop(name: string): Promise<void> {
    await this.#needs.read(undefined, () => this.#drop(name));
  }

  /** In a turn already. The oldest go first, and nothing that has not been sent; returns whether anything went. */
  async makeRoom(except?: string): Promise<boolean> {
    const heads = (await this.#readHeads()).filter(({ name, waits }) => name !== except && !waits);
    let freed = 0;
    for (const { name, size } of heads.toSorted((a, b) => a.at - b.at)) {
      if (freed >= LEAST_ROOM) break;
      await this.#drop(name);
      freed += size;
    }
    if (freed > 0) this.#needs.shelf.log.info('storage: files made room', { bytes: freed });
    return freed > 0;
  }

  #write(name: string, put: readonly [key: IDBValidKey, value: unknown]): Promise<Answer<void>> {
    const { read } = this.#needs;
    return read<Answer<void>>(failed({ kind: 'storage-blocked' }), async () => {
      for (;;) {
        try {
          await this.#commit([{ table: 'files', puts: [put] }]);
          return succeeded(undefined);
        } catch (error) {
          if (!isQuotaError(error)) return this.#needs.answerTrouble(error);
          if (!(await this.#tryForRoom(name))) return failed({ kind: 'storage-full' });
        }
      }
    });
  }

  /** A disk that is full may not even take the going of something. */
  #tryForRoom(except: string): Promise<boolean> {
    return this.makeRoom(except).catch((error: unknown) => {
      if (!isQuotaError(error)) throw error;
      return false;
    });
  }

  /** What cannot be opened is dropped: it can be fetched again. */
  async #readHeads(): Promise<FileHead[]> {
    const { database, vault } = this.#needs.shelf;
    const keys = await database.keys('files', [HEAD], [HEAD, []]);
    const rows = await database.get('files', keys);
    const heads: FileHead[] = [];
    for (const [at, key] of keys.entries()) {
      const id = (key as [number, ArrayBuffer])[1];
      const bytes = await unsealRow(vault, 'files', headText(id), rows[at]);
      if (bytes) heads.push(decodePlain(bytes) as FileHead);
      else await this.#dropRows(id);
    }
    return heads;
  }

  async #drop(name: string): Promise<void> {
    await this.#dropRows(await this.#idOf(name));
  }

  async #dropRows(id: ArrayBuffer): Promise<void> {
    await this.#commit([{ table: 'files', deletes: [[HEAD, id], ...(await this.#piecesOf(id))] }]);
  }

  #piecesOf(id: ArrayBuffer): Promise<readonly IDBValidKey[]> {
    return this.#needs.shelf.database.keys('files', [PIECE, id], [PIECE, id, []]);
  }

  #commit(changes: readonly RowChange[]): Promise<void> {
    return this.#needs.shelf.database.write(changes, 'relaxed');
  }

  #idOf(name: string): Promise<ArrayBuffer> {
    return blindId(this.#needs.shelf.vault, 'file', name);
  }

  #seal(key: string, bytes: Bytes): Promise<Bytes> {
    const { vault, random } = this.#needs.shelf;
    return sealRow(vault, random, { table: 'files', key, bytes });
  }
}

const headText = (id: ArrayBuffer): string => `head ${textOfKey(id)}`;
const pieceText = (id: ArrayBuffer, at: number): string => `piece ${textOfKey(id)} ${at}`;

/** What the seal of a row is bound to. */
export const textOfFileKey = ([, id, at]: FileKey): string => (at === undefined ? headText(id) : pieceText(id, at));
