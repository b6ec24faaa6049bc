// One device that writes to one other, as tests see it: ours, or somebody else's implementation behind a pipe.
import { bundleOf, type Bundle } from '../../../src/core/encryption/exchange/bundle.ts';
import { mintOwnKeys, type OwnKeys } from '../../../src/core/encryption/exchange/own-keys.ts';
import { openFromDevice, sealForDevice, withSession, type Opening, type PeerDevice } from '../../../src/core/encryption/peer-device.ts';
import type { Primitives } from '../../../src/core/encryption/primitives/curves.ts';
import { beginSession, type Sealed } from '../../../src/core/encryption/session.ts';
import type { Dialect } from '../../../src/core/encryption/wire/dialect.ts';
import { decodePlain, encodePlain } from '../../../src/core/storage/plain.ts';

type Bytes = Uint8Array<ArrayBuffer>;

export type Heard = { plaintext: Uint8Array } | 'repeat' | 'refused';

export interface Party {
  /** It knows a message that it has read from one that it cannot read. */
  readonly tellsRepeats: boolean;
  bundle(): Promise<Bundle>;
  begin(bundle: Bundle): Promise<void>;
  canWrite(): boolean;
  seal(plaintext: Bytes): Promise<Sealed>;
  open(sealed: Sealed): Promise<Heard>;
}

const STORED_EVERY = 5;

export class OwnParty implements Party {
  readonly tellsRepeats = true;
  own: OwnKeys;
  device: PeerDevice | undefined;
  last: Opening | undefined;
  readonly #primitives: Primitives;
  readonly #dialect: Dialect;
  #steps = 0;

  private constructor(primitives: Primitives, dialect: Dialect, own: OwnKeys) {
    this.#primitives = primitives;
    this.#dialect = dialect;
    this.own = own;
  }

  static async make(primitives: Primitives, dialect: Dialect, own?: OwnKeys): Promise<OwnParty> {
    return new OwnParty(primitives, dialect, own ?? (await mintOwnKeys(primitives, 0, undefined, dialect)));
  }

  async bundle(): Promise<Bundle> {
    return bundleOf(this.own);
  }

  async begin(bundle: Bundle): Promise<void> {
    const begun = await beginSession(this.#primitives, this.#dialect, this.own, bundle);
    if (!begun.ok) throw new Error(`no session: ${begun.why}`);
    this.device = this.#stored(withSession(this.device, begun.session));
  }

  canWrite(): boolean {
    return (this.device?.sessions.length ?? 0) > 0;
  }

  async seal(plaintext: Bytes, isAnswer = false): Promise<Sealed> {
    const result = this.device && (await sealForDevice(this.#primitives, this.#dialect, this.own, this.device, plaintext, isAnswer));
    if (!result) throw new Error('there is no session');
    this.device = this.#stored(result.device);
    return result.sealed;
  }

  async open(sealed: Sealed): Promise<Heard> {
    const opening = await openFromDevice(this.#primitives, this.#dialect, this.own, this.device, sealed);
    this.last = opening;
    if (opening.outcome !== 'opened') return opening.outcome;
    this.device = this.#stored(opening.device);
    if (opening.own !== this.own) this.own = this.#stored(opening.own);
    return { plaintext: opening.plaintext };
  }

  /** Every few steps the state goes through the form in which it lies in the store: nothing can hide in an object. */
  #stored<T>(state: T): T {
    return this.#steps++ % STORED_EVERY === 0 ? (decodePlain(encodePlain(state)) as T) : state;
  }

  why(): string | undefined {
    return this.last?.outcome === 'refused' ? this.last.why : undefined;
  }
}
