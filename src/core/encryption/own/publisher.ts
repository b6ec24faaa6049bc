// This device as others find it: its bundle first, then its name on the account's list.
//   woken ──online, nothing to catch up──▶ own list known ──▶ keys made or tended, on the disk ──▶ bundle ──▶ list
//     ▲                                        └──────────── no answer: later ────────────┘
//     └── a prekey was used, the list came without us, a day went by
import type { Clock } from '../../../base/clock.ts';
import type { Address } from '../../../model/account.ts';
import { failed, type Answer } from '../../../model/failure.ts';
import type { ListedDevice } from '../../../xmpp/codecs/omemo-devices.ts';
import { OPEN_NODE } from '../../../xmpp/codecs/pubsub.ts';
import { OwnNode } from '../../own-node.ts';
import type { Connection, Log } from '../../ports.ts';
import type { DeviceLists } from '../devices/device-lists.ts';
import type { People } from '../devices/people.ts';
import { signLabel } from '../exchange/label.ts';
import type { OwnKeys } from '../exchange/own-keys.ts';
import type { Method } from '../method.ts';
import type { Primitives } from '../primitives/curves.ts';
import type { OwnDevice } from './own-device.ts';
import { dropUsed, HIDDEN_MS, markOf, tendKeys } from './tend-keys.ts';

export interface PublisherNeeds {
  method: Method;
  self: Address;
  label: string;
  primitives: Primitives;
  connection: Pick<Connection, 'ask' | 'state'>;
  clock: Clock;
  log: Log;
  now(): number;
  own: OwnDevice;
  people: People;
  lists: DeviceLists;
  /** Own keys change in turn with messages that use them. */
  inTurn<T>(work: () => Promise<T>): Promise<T>;
  /** Whoever is the copy of another device has nothing to publish in its name. */
  confirm(): Promise<Answer<void>>;
  /** Answers when all that changed is on the disk. */
  commit(): Promise<Answer<void>>;
}

const DAY_MS = 24 * 3_600_000;
const RETRY_MS = 60_000;
const LONGEST_RETRY_MS = 3_600_000;
/** Two devices that each take the other off the list must not go on for ever. */
const MOST_LISTINGS = 5;

export class Publisher {
  readonly #needs: PublisherNeeds;
  readonly #devices: OwnNode;
  readonly #bundles = new Map<string, OwnNode>();
  #cancel: (() => void) | undefined;
  #running: Promise<void> | undefined;
  #isWoken = false;
  #isHeld = false;
  #isOver = false;
  #listings = 0;
  #failures = 0;

  constructor(needs: PublisherNeeds) {
    this.#needs = needs;
    this.#devices = new OwnNode(needs.connection, needs.method.devicesNode, OPEN_NODE);
  }

  onFreshStream(): void {
    this.#listings = 0;
  }

  /** While the archive is fetched nothing is published: it may use up more prekeys. */
  hold(isHeld: boolean): void {
    this.#isHeld = isHeld;
    this.wake();
  }

  /** Looks what has to be done. What comes while it is at work is done after it, once. */
  wake(): void {
    this.rest();
    if (this.#running) this.#isWoken = true;
    else this.#running = this.#work();
  }

  /** The list without this device of ours, and its bundle gone. */
  async withdraw(id: number): Promise<Answer<void>> {
    const known = await this.#needs.lists.learn(this.#needs.self);
    if (!known.ok) return known;
    const told = await this.#publishList(this.#listed().filter((one) => one.id !== id));
    if (told.ok) await this.#withdrawBundle(id);
    return told;
  }

  /** Without a stream there is nothing to wait for. */
  rest(): void {
    this.#cancel?.();
  }

  stop(): void {
    this.#isOver = true;
    this.rest();
  }

  async #work(): Promise<void> {
    this.#isWoken = false;
    try {
      this.#later(await this.#publish());
    } catch (defect) {
      this.#needs.log.error('own keys were not published', { defect: defect instanceof Error ? defect.name : typeof defect });
    }
    this.#running = undefined;
    if (this.#isWoken) this.wake();
  }

  #later(done: Answer<void>): void {
    if (this.#isOver) return;
    if (!done.ok && done.failure.kind === 'offline') return;
    if (!done.ok) this.#needs.log.info('own keys could not be published', { failure: done.failure.kind });
    this.#failures = done.ok ? 0 : this.#failures + 1;
    const retryMs = Math.min(LONGEST_RETRY_MS, RETRY_MS * 2 ** (this.#failures - 1));
    const nextMs = this.#untilNext();
    this.#cancel = this.#needs.clock.after(done.ok ? nextMs : Math.min(retryMs, nextMs), () => this.wake());
  }

  /** Used prekeys go a while after their use. */
  #untilNext(): number {
    return this.#needs.own.keys?.hidden.length ? HIDDEN_MS : DAY_MS;
  }

  async #publish(): Promise<Answer<void>> {
    const { self, connection, lists, own, inTurn, commit, confirm } = this.#needs;
    if (this.#isHeld || this.#isOver || connection.state().stage !== 'online') return failed({ kind: 'offline' });
    await inTurn(async () => this.#dropUsed());
    const known = await lists.learn(self);
    if (!known.ok) return known;
    const sure = await confirm();
    if (!sure.ok) return sure;
    const keys = await inTurn(() => this.#tend());
    const kept = await commit();
    if (!kept.ok) return kept;
    const bundle = own.row.published === markOf(keys) ? kept : await this.#publishBundle(keys);
    return bundle.ok ? this.#appear(keys) : bundle;
  }

  /** Whether or not the engine lets anything be published: it must not keep a key here by being silent. */
  #dropUsed(): void {
    const { own, now } = this.#needs;
    const kept = own.keys && dropUsed(own.keys, now());
    if (kept && kept !== own.keys) own.change({ keys: kept });
  }

  async #tend(): Promise<OwnKeys> {
    const { method, primitives, own, now } = this.#needs;
    const before = await own.ensure((id) => this.#listed().some((one) => one.id === id));
    const keys = await tendKeys(primitives, before, now(), method.dialect);
    if (keys !== before) own.change({ keys });
    return keys;
  }

  async #publishBundle(keys: OwnKeys): Promise<Answer<void>> {
    const { method, own, commit } = this.#needs;
    const told = await this.#bundleNode(keys.deviceId).publish(method.writeBundle(keys));
    if (!told.ok) return told;
    own.change({ published: markOf(keys) });
    return commit();
  }

  /** Names this device on the list, and takes off it those it was before. */
  async #appear(keys: OwnKeys): Promise<Answer<void>> {
    const { own, primitives, label, commit } = this.#needs;
    const { retired } = own.row;
    const listed = this.#listed();
    const isThere = listed.some(({ id }) => id === keys.deviceId) && !listed.some(({ id }) => retired.includes(id));
    if (isThere || this.#listings >= MOST_LISTINGS) return { ok: true, value: undefined };
    this.#listings += 1;
    const others = listed.filter(({ id }) => id !== keys.deviceId && !retired.includes(id));
    const told = await this.#publishList([...others, { id: keys.deviceId, ...(await signLabel(primitives.curves, keys.identity, label)) }]);
    if (!told.ok) return told;
    await Promise.all(retired.map((id) => this.#withdrawBundle(id)));
    if (retired.length > 0) own.change({ retired: [] });
    return commit();
  }

  async #publishList(listed: readonly ListedDevice[]): Promise<Answer<void>> {
    const { method, people, self } = this.#needs;
    const before = people.get(self).listed;
    const item = method.writeDevices(listed);
    const told = await this.#devices.publish(item);
    // What was heard meanwhile is newer.
    if (told.ok && people.get(self).listed === before) people.list(self, method.readDevices(item) ?? listed);
    return told;
  }

  /** What an engine was found to take is remembered of each. */
  #bundleNode(device: number): OwnNode {
    const { connection, method } = this.#needs;
    const { node } = method.bundlePlace(device);
    const known = this.#bundles.get(node) ?? new OwnNode(connection, node, OPEN_NODE);
    this.#bundles.set(node, known);
    return known;
  }

  #withdrawBundle(device: number): Promise<Answer<void>> {
    return this.#bundleNode(device).retract(this.#needs.method.bundlePlace(device).item);
  }

  #listed(): readonly ListedDevice[] {
    return this.#needs.people.get(this.#needs.self).listed ?? [];
  }
}
