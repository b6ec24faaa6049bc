// The sessions with each device, a row for each. They belong to one identity of ours: another one of ours does not take them up.
import type { Address } from '../../../model/account.ts';
import type { Shelf } from '../keyring.ts';
import type { PeerDevice } from '../peer-device.ts';

interface SessionRow {
  /** Our own device id of then. */
  readonly ours: number;
  readonly device: PeerDevice;
}

const nameOf = (person: Address, id: number): string => `session ${person} ${id}`;

export class Sessions {
  readonly #keyring: Shelf;

  constructor(keyring: Shelf) {
    this.#keyring = keyring;
  }

  load(person: Address, ids: readonly number[]): Promise<unknown> {
    return Promise.all(ids.map((id) => this.#keyring.load(nameOf(person, id))));
  }

  get(ours: number, person: Address, id: number): PeerDevice | undefined {
    const row = this.#keyring.get<SessionRow>(nameOf(person, id));
    return row?.ours === ours ? row.device : undefined;
  }

  /** Whether something can be written to it without its bundle. */
  canWrite(ours: number, person: Address, id: number): boolean {
    return (this.get(ours, person, id)?.sessions.length ?? 0) > 0;
  }

  put(ours: number, person: Address, id: number, device: PeerDevice): void {
    this.#keyring.put(nameOf(person, id), { ours, device } satisfies SessionRow);
  }
}
