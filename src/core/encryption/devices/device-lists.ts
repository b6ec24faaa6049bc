// Which devices an account says it has: heard where its engine tells us, asked where it does not.
import type { Address } from '../../../model/account.ts';
import { failed, succeeded, type Answer, type Failure } from '../../../model/failure.ts';
import { readItemsOf, writeItemsGet, type Item } from '../../../xmpp/codecs/pubsub.ts';
import type { Connection } from '../../ports.ts';
import type { Method } from '../method.ts';
import type { People } from './people.ts';

export interface DeviceListNeeds {
  method: Method;
  self: Address;
  connection: Pick<Connection, 'ask' | 'state'>;
  people: People;
  now(): number;
}

/** Those who do not let us hear have to be asked again. */
const ASKED_HOLDS_MS = 3_600_000;
/** Who has no device yet may be making one: as long as there is none, others wait for it. */
const NOBODY_HOLDS_MS = 20_000;

export class DeviceLists {
  readonly #needs: DeviceListNeeds;
  /** Of this stream: until when what we know counts as new. */
  readonly #fresh = new Map<Address, number>();
  readonly #asking = new Map<Address, Promise<Answer<void>>>();

  constructor(needs: DeviceListNeeds) {
    this.#needs = needs;
  }

  onFreshStream(): void {
    this.#fresh.clear();
  }

  /** Whether it was a list. */
  hear(person: Address, items: readonly Item[]): boolean {
    const listed = items.map(this.#needs.method.readDevices).findLast((one) => one !== undefined);
    if (!listed) return false;
    // What was not taken in must not count as known.
    if (this.#needs.people.hear(person, listed)) this.#fresh.set(person, Infinity);
    return true;
  }

  /** The list as it stands now: known from this stream, asked otherwise. What was known before does where there is no network. */
  async learn(person: Address): Promise<Answer<void>> {
    const { people, connection } = this.#needs;
    await people.load(person);
    if (this.isKnown(person)) return succeeded(undefined);
    const knows = people.get(person).listed !== undefined;
    const asked = connection.state().stage === 'online' ? await this.#askOnce(person) : failed({ kind: 'offline' });
    return knows && !asked.ok ? succeeded(undefined) : asked;
  }

  isKnown(person: Address): boolean {
    return this.#needs.people.get(person).listed !== undefined && this.#isFresh(person);
  }

  #isFresh(person: Address): boolean {
    return (this.#fresh.get(person) ?? -Infinity) > this.#needs.now();
  }

  #askOnce(person: Address): Promise<Answer<void>> {
    const asking = this.#asking.get(person) ?? this.#ask(person).finally(() => this.#asking.delete(person));
    this.#asking.set(person, asking);
    return asking;
  }

  async #ask(person: Address): Promise<Answer<void>> {
    const { self, connection, people, now, method } = this.#needs;
    const node = method.devicesNode;
    const answer = await connection.ask(writeItemsGet(node, person === self ? undefined : person));
    if (!answer.ok && !isNobodys(answer.failure)) return answer;
    const items = answer.ok ? (readItemsOf(answer.value, node) ?? []) : [];
    // What was heard meanwhile is newer.
    if (this.#isFresh(person)) return succeeded(undefined);
    const listed = items.map(method.readDevices).findLast((one) => one !== undefined) ?? [];
    people.list(person, listed);
    this.#fresh.set(person, now() + (listed.length > 0 ? ASKED_HOLDS_MS : NOBODY_HOLDS_MS));
    return succeeded(undefined);
  }
}

/** There is no such node, or none that we may see: then there is nobody we could write to. */
const isNobodys = ({ kind }: Failure): boolean => kind === 'not-found' || kind === 'refused';
