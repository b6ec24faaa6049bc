// Files where the browser forbids storage: the same contract, gone with the core.
import { succeeded } from '../../model/failure.ts';
import type { Answer } from '../../model/failure.ts';
import type { FileHead, FileShelf } from '../file-ports.ts';

type Bytes = Uint8Array<ArrayBuffer>;

export class MemoryFiles implements FileShelf {
  readonly #heads = new Map<string, FileHead>();
  readonly #pieces = new Map<string, Map<number, Bytes>>();

  heads(): Promise<readonly FileHead[]> {
    return Promise.resolve(structuredClone([...this.#heads.values()]));
  }

  put(head: FileHead): Promise<Answer<void>> {
    this.#heads.set(head.name, structuredClone(head));
    return Promise.resolve(succeeded(undefined));
  }

  putPiece(name: string, at: number, bytes: Bytes): Promise<Answer<void>> {
    const pieces = this.#pieces.get(name) ?? new Map<number, Bytes>();
    this.#pieces.set(name, pieces.set(at, bytes.slice()));
    return Promise.resolve(succeeded(undefined));
  }

  piece(name: string, at: number): Promise<Bytes | undefined> {
    return Promise.resolve(this.#pieces.get(name)?.get(at)?.slice());
  }

  countPieces(name: string): Promise<number> {
    return Promise.resolve(this.#pieces.get(name)?.size ?? 0);
  }

  drop(name: string): Promise<void> {
    this.#heads.delete(name);
    this.#pieces.delete(name);
    return Promise.resolve();
  }
}
