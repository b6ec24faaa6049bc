// Devices and keys of one person, for the sheets that show them.
import { isTouched } from '../../client/looks.ts';
import type { Look, SessionClient } from '../../client/session-client.ts';
import type { KeysOf } from '../../contracts/keys.ts';
import type { Address } from '../../model/account.ts';
import type { Answer } from '../../model/failure.ts';
import { SessionSlice } from './session-slice.ts';

export class KeysController extends SessionSlice<KeysOf> {
  #person: Address | undefined;

  /** Idempotent: elements call it in every `willUpdate`. */
  show(session: SessionClient | undefined, person: Address | undefined): void {
    if (person !== this.#person) {
      this.follow(undefined);
      this.#person = person;
    }
    this.follow(person === undefined ? undefined : session);
  }

  protected override concerns(looks: readonly Look[]): boolean {
    return isTouched(looks, 'keys', ({ person }) => person === this.#person);
  }

  protected override pull(session: SessionClient): Promise<Answer<KeysOf>> {
    if (this.#person === undefined) throw new Error('keys are pulled only while they are shown');
    return session.readKeys(this.#person);
  }

  protected override accept(value: KeysOf): void {
    // An answer for the person before this one may still come in.
    if (value.person === this.#person) this.value = value;
  }
}
