// Legacy OMEMO beside the newer one, only where a person has switched it on. Its own code is fetched then, or when somebody asks whether
// it would help. It has an identity of its own: what is broken, stolen or compared there counts for nothing in the newer method.
//   off ──a person──▶ on: keys made, published, messages read
//    ▲                 └──▶ written only where a person chose it, and only while the other side, or somebody in the room, has nothing newer
//    └── a person: off the list, keys gone
import type { KeysGlance, LegacyState } from '../../contracts/keys.ts';
import type { OlderInRoom } from '../../contracts/readers.ts';
import type { Address } from '../../model/account.ts';
import { failed, succeeded, type Answer } from '../../model/failure.ts';
import { OLDER_VERSION, OWN_VERSION, writeCaps } from '../../xmpp/codecs/caps.ts';
import { writePresence } from '../../xmpp/codecs/presence.ts';
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
  /** The presence on this stream asks for lists of older devices. */
  #isListening = false;
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

  onFreshStream(): void {
    this.#isListening = false;
  }

  /** While it is spoken our presence asks for people's lists: who merely was asked once would be known as they were then. */
  listen(): void {
    const { connection } = this.#account.needs;
    if (this.#isListening === this.isOn || connection.state().stage !== 'online') return;
    this.#isListening = this.isOn;
    connection.send(writePresence('available', [writeCaps(this.isOn ? OLDER_VERSION : OWN_VERSION)]));
  }

  /** Undefined while it is not spoken. */
  get side(): Side | undefined {
    return this.isOn ? this.#fetched : undefined;
  }

  /** Where a person chose it, and it is known that the other side has nothing newer; in a room, somebody who can be reached by it. */
  sideFor({ to, isRoom, members, mayBeLegacy }: SealWish): Side | undefined {
    const { side } = this;
    const helps = isRoom ? members.some((member) => this.#isOnlyWay(side, member)) : this.#hasNothingNewer(to);
    return mayBeLegacy && helps ? side : undefined;
  }

  /** Of many together nobody is asked about, unless a person has chosen it for them. */
  async prepare(people: readonly Address[], mayBeLegacy: boolean): Promise<void> {
    const [person, ...others] = people;
    const isAlone = person !== undefined && others.length === 0 && !this.#newer.hasListed(person);
    const isWanted = isAlone || (mayBeLegacy && people.some((one) => this.#hasNothingNewer(one)));
    if (isWanted) await this.side?.prepare(new Set([...people, this.#account.needs.self]));
  }

  /** Everybody is asked about only where somebody says to have nothing newer. */
  async among(people: readonly Address[]): Promise<OlderInRoom> {
    await Promise.all(people.map((person) => this.#newer.lists.learn(person)));
    const without = people.filter((person) => this.#hasNothingNewer(person));
    const side = without.length > 0 ? await this.#fetchOrNot() : undefined;
    if (side) await Promise.all(people.map((person) => side.lists.learn(person)));
    const only = without.filter((person) => this.#isOnlyWay(side, person));
    const hadNewer = only.filter((person) => this.#newer.hasMet(person));
    return { only, hadNewer, lacking: people.filter((person) => !side?.hasListed(person)) };
  }

  async glance(people: readonly Address[]): Promise<readonly KeysGlance[]> {
    return (await this.side?.trust.glance(people)) ?? [];
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
    return { isOn: this.isOn, isOnlyWay: reaches?.ok === true && reaches.value, hadNewer: this.#newer.hasMet(person) };
  }

  async switch(to: 'on' | 'off'): Promise<Answer<void>> {
    if (this.isOn === (to === 'on')) return succeeded(undefined);
    const side = await this.#fetchOrNot();
    if (!side) return failed({ kind: 'no-answer' });
    return to === 'on' ? this.#begin(side) : this.#end(side);
  }

  /** They say so; not to know is not enough. */
  #hasNothingNewer(person: Address): boolean {
    return this.#newer.people.get(person).listed?.length === 0;
  }

  #isOnlyWay(side: Side | undefined, person: Address): boolean {
    return this.#hasNothingNewer(person) && side?.hasListed(person) === true;
  }

  async #begin(side: Side): Promise<Answer<void>> {
    this.#note(true);
    side.publisher.wake();
    return this.#account.commit();
  }

  /** Off the list first: who still writes to it would not be read. Hearing that, it does not name itself again. */
  async #end(side: Side): Promise<Answer<void>> {
    const { keys } = side.own;
    side.publisher.hold(true);
    const told = keys ? await side.publisher.withdraw(keys.deviceId) : succeeded(undefined);
    if (!told.ok) side.publisher.hold(false);
    if (!told.ok) return told;
    side.publisher.stop();
    await this.#account.inTurn(async () => side.own.giveUp());
    this.#fetched = this.#fetching = undefined;
    this.#note(false);
    return this.#account.commit();
  }

  #note(isOn: boolean): void {
    this.#keyring.put(ROW, { isOn } satisfies Row);
    this.listen();
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
