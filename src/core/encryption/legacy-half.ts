// Legacy OMEMO beside the newer one, only where a person has switched it on. Its own code is fetched then, or when somebody asks whether
// it would help. It has an identity of its own: what is broken, stolen or compared there counts for nothing in the newer method.
//   off ──a person──▶ on: keys made, published, messages read
//    ▲                 └──▶ written only in conversations a person chose it for, and only while the other side has nothing newer
//    └── a person: off the list, keys gone
import type { LegacyState } from '../../contracts/keys.ts';
import type { Address } from '../../model/account.ts';
import { failed, succeeded, type Answer } from '../../model/failure.ts';
import type { LegacySwitch } from '../key-ports.ts';
import type { SealWish } from '../ports.ts';
import type { Tell } from './devices/people.ts';
import { shelfOf, type Keyring } from './keyring.ts';
import { Side, type Account } from './side.ts';

const ROW = 'legacy';

interface Row {
  readonly isOn: boolean;
}

export class LegacyHalf implements LegacySwitch {
  readonly #account: Account;
  readonly #keyring: Keyring;
  readonly #newer: Side;
  readonly #tell: Tell;
  #fetched: Side | undefined;
  #fetching: Promise<Side> | undefined;

  constructor(account: Account, keyring: Keyring, newer: Side, tell: Tell) {
    this.#account = account;
    this.#keyring = keyring;
    this.#newer = newer;
    this.#tell = tell;
  }

  async load(isRolledBack: boolean): Promise<void> {
    await this.#keyring.load(ROW);
    if (!this.isOn) return;
    const side = await this.#fetch();
    if (isRolledBack) side.own.giveUp();
  }

  get isOn(): boolean {
    return this.#keyring.get<Row>(ROW)?.isOn === true;
  }

  /** Undefined while it is not spoken. */
  get side(): Side | undefined {
    return this.isOn ? this.#fetched : undefined;
  }

  /** Where a person chose it, and it is known that the other side has nothing newer. */
  sideFor({ to, isRoom, mayBeLegacy }: SealWish): Side | undefined {
    const hasNothingNewer = this.#newer.people.get(to).listed?.length === 0;
    return mayBeLegacy && !isRoom && hasNothingNewer ? this.side : undefined;
  }

  /** Of many together nobody is asked about: rooms are never written in it. */
  async prepare([person, ...others]: readonly Address[]): Promise<void> {
    if (person === undefined || others.length > 0 || this.#newer.hasListed(person)) return;
    await this.side?.prepare(new Set([person, this.#account.needs.self]));
  }

  async canReach(person: Address): Promise<Answer<boolean>> {
    const newer = await this.#newer.lists.learn(person);
    if (!newer.ok) return newer;
    if (this.#newer.hasListed(person)) return succeeded(false);
    const side = await this.#fetchOrNot();
    const learnt = side ? await side.lists.learn(person) : failed({ kind: 'no-answer' });
    return side && learnt.ok ? succeeded(side.hasListed(person)) : (learnt as Answer<never>);
  }

  async stateWith(person: Address): Promise<LegacyState> {
    const reaches = person === this.#account.needs.self ? undefined : await this.canReach(person);
    const hadNewer = this.#newer.people.get(person).trust.devices.length > 0;
    return { isOn: this.isOn, isOnlyWay: reaches?.ok === true && reaches.value, hadNewer };
  }

  async switch(to: 'on' | 'off'): Promise<Answer<void>> {
    if (this.isOn === (to === 'on')) return succeeded(undefined);
    const side = await this.#fetchOrNot();
    if (!side) return failed({ kind: 'no-answer' });
    return to === 'on' ? this.#begin(side) : this.#end(side);
  }

  async #begin(side: Side): Promise<Answer<void>> {
    this.#note(true);
    side.publisher.wake();
    return this.#account.commit();
  }

  /** Off the list first: who still writes to it would not be read. */
  async #end(side: Side): Promise<Answer<void>> {
    const { keys } = side.own;
    const told = keys ? await side.publisher.withdraw(keys.deviceId) : succeeded(undefined);
    if (!told.ok) return told;
    side.publisher.stop();
    await this.#account.inTurn(async () => side.own.giveUp());
    this.#fetched = this.#fetching = undefined;
    this.#note(false);
    return this.#account.commit();
  }

  #note(isOn: boolean): void {
    this.#keyring.put(ROW, { isOn } satisfies Row);
    this.#tell({ person: this.#account.needs.self, what: 'decided' });
  }

  #fetchOrNot(): Promise<Side | undefined> {
    return this.#fetch().catch(() => {
      this.#fetching = undefined;
      return undefined;
    });
  }

  #fetch(): Promise<Side> {
    return (this.#fetching ??= this.#make());
  }

  async #make(): Promise<Side> {
    const { LEGACY_METHOD } = await import('./legacy/legacy-method.ts');
    const side = new Side(this.#account, LEGACY_METHOD, shelfOf(this.#keyring, 'legacy '), this.#tell);
    await side.load();
    return (this.#fetched = side);
  }
}
