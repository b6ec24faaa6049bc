// Files of the account, loaded when the first one is met: sent, fetched, asked about, or left waiting in the outbox.
import type { Transfers } from '../files/create-transfers.ts';
import type { OutboxRecord } from '../ports.ts';

export class AccountFiles {
  readonly #create: () => Promise<Transfers>;
  #asked: Promise<Transfers> | undefined;
  #there: Transfers | undefined;
  #isStopped = false;

  constructor(create: () => Promise<Transfers>) {
    this.#create = create;
  }

  /** Fails as loading does; the next who asks tries again. */
  ask(): Promise<Transfers> {
    this.#asked ??= this.#load();
    return this.#asked;
  }

  /** A message waits for its file. */
  upload(record: OutboxRecord): void {
    if (this.#there) this.#there.upload(record);
    else
      void this.ask().then(
        (there) => there.upload(record),
        () => undefined,
      );
  }

  onOnline(how: 'fresh' | 'resumed'): void {
    this.#there?.onOnline(how);
  }

  stop(): void {
    this.#isStopped = true;
    this.#there?.stop();
  }

  async #load(): Promise<Transfers> {
    try {
      const made = await this.#create();
      if (this.#isStopped) made.stop();
      this.#there = made;
      return made;
    } catch (defect) {
      this.#asked = undefined;
      throw defect;
    }
  }
}
