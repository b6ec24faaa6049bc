// Encryption reduced to its steps: anybody could open what it seals, but each step counts. A ledger that outlives every core says whether
// one was used twice, left before it was on the disk, or was committed apart from its words.
import { fromBase64, toBase64 } from '../../src/base/base64.ts';
import { failed, succeeded, type Answer } from '../../src/model/failure.ts';
import type { Address } from '../../src/model/account.ts';
import type { KeysGlance, KeysOf } from '../../src/contracts/keys.ts';
import type { Protection, Trust } from '../../src/model/protection.ts';
import type {
  Batch,
  Encryption,
  KeptKeys,
  OpenedStore,
  Ratchets,
  SealedArrival,
  SealedWords,
  SealWish,
  Unsealed,
} from '../../src/core/ports.ts';
import { toBytes, toText } from '../../src/core/utf8.ts';
import { NS_CLIENT, NS_OMEMO } from '../../src/xmpp/namespaces.ts';
import { writeEncryptionName } from '../../src/xmpp/codecs/encrypted.ts';
import { bareOf } from '../../src/xmpp/jid.ts';
import {
  child,
  childElements,
  childrenNamed,
  element,
  parseFrame,
  textOf,
  textOfChild,
  writeElement,
  type Element,
} from '../../src/xmpp/xml.ts';

/** What was read in each step of another device: the words, or null where there were none. */
type StepsRead = Readonly<Record<string, string | null>>;

export class SealingWorld {
  readonly faults: string[] = [];
  /** Whose devices wait for a word. */
  readonly undecided = new Set<Address>();
  trust: 'first-use' | 'verified' = 'first-use';
  /** What is sealed and opened now. The older method is refused unless the wish allows it. */
  how: 'omemo-2' | 'legacy' = 'omemo-2';
  /** The program's part that opens and seals is there. */
  isLoaded: Promise<void> = Promise.resolve();
  /** Steps further ahead of what was read cannot be opened yet. */
  mostAhead = Infinity;
  /** Steps further behind are of chains that ended long ago: nobody knows any more whether they were read. */
  mostBehind = Infinity;
  /** The disk does not take this. */
  refuses: (batch: Batch) => boolean = () => false;
  /** Whether anybody can say now who has devices. */
  canBeAsked = true;
  /** The core dies with the commit of this number: before it reached the disk, or right after. */
  death: { at: number; isBefore: boolean } | undefined;
  commits = 0;
  #thought: Trust = 'first-use';
  readonly #devices = new Map<string, number>();
  readonly #left = new Map<string, string>();
  readonly #listeners = new Set<(person: Address) => void>();

  join(full: string): number {
    const device = this.#devices.get(full) ?? this.#devices.size + 1;
    this.#devices.set(full, device);
    return device;
  }

  devicesOf(person: Address): number[] {
    return [...this.#devices].flatMap(([full, device]) => (bareOf(full) === person ? [device] : []));
  }

  allDevices(): number[] {
    return [...this.#devices.values()];
  }

  /** What is thought of every device from now on. */
  devicesAre(trust: Trust): void {
    this.#thought = trust;
  }

  keysOf(person: Address): KeysOf {
    const devices = this.devicesOf(person).map((id) => ({
      id,
      fingerprint: '',
      trust: this.#thought,
      firstSeenAt: 0,
      isListed: true,
      isThisDevice: false,
    }));
    return { person, isSelf: false, devices, ownKeys: '', isStrict: false };
  }

  glanceAt(person: Address): KeysGlance {
    const devices = this.devicesOf(person).length;
    const undecided = this.undecided.has(person) ? devices : 0;
    return { person, devices, undecided, trust: this.#thought, isVerified: devices > 0 && this.#thought === 'verified' };
  }

  decide(person: Address): void {
    this.undecided.delete(person);
    for (const heard of this.#listeners) heard(person);
  }

  onDecided(heard: (person: Address) => void): void {
    this.#listeners.add(heard);
  }

  fault(what: string): void {
    this.faults.push(what);
  }

  /** Bytes are on their way: their steps must be on the disk, and used for nothing else. */
  leaves(stanza: Element, onDisk: ReadonlyMap<string, unknown>): void {
    const encrypted = child(stanza, 'encrypted', NS_OMEMO);
    if (!encrypted) return;
    const payload = textOfChild(encrypted, 'payload', NS_OMEMO) ?? '';
    for (const { to, step } of keysIn(encrypted)) {
      const name = `${encrypted.attributes['sid']} to ${to}, ${step}`;
      if ((this.#left.get(name) ?? payload) !== payload) this.fault(`step used twice: ${name}`);
      if (Number(onDisk.get(`out ${to}`) ?? 0) < step) this.fault(`left before it was on the disk: ${name}`);
      this.#left.set(name, payload);
    }
  }
}

/** The disk of one core: dies where the world says, and looks at every commit. */
export interface WatchedStore {
  store: OpenedStore;
  onDisk: ReadonlyMap<string, unknown>;
  died: Promise<void>;
}

export async function watchStore(inner: OpenedStore, world: SealingWorld, names: readonly string[]): Promise<WatchedStore> {
  const onDisk = new Map<string, unknown>();
  for (const name of names) onDisk.set(name, await inner.keys(name));
  let die = (): void => undefined;
  const died = new Promise<void>((resolve) => (die = resolve));
  let isDead = false;
  const commit = async (batch: Batch, durability?: 'strict' | 'relaxed'): Promise<Answer<void>> => {
    const isLast = !isDead && world.death?.at === ++world.commits;
    if (isLast) {
      isDead = true;
      if (!world.death?.isBefore) await write(batch, durability);
      die();
    }
    return isDead ? new Promise<Answer<void>>(() => undefined) : write(batch, durability);
  };
  const write = (batch: Batch, durability?: 'strict' | 'relaxed'): Promise<Answer<void>> => {
    if (world.refuses(batch)) return Promise.resolve(failed({ kind: 'storage-full' }));
    for (const kept of batch.keys ?? []) judge(kept, onDisk.get(kept.name), batch, world);
    for (const { name, value } of batch.keys ?? []) onDisk.set(name, value);
    return inner.commit(batch, durability);
  };
  const store = new Proxy(inner, {
    get: (_, name) => (name === 'commit' ? commit : bound(inner, name as keyof OpenedStore)),
  });
  return { store, onDisk, died };
}

function bound(store: OpenedStore, name: keyof OpenedStore): unknown {
  const value: unknown = store[name];
  return typeof value === 'function' ? (value as (...args: unknown[]) => unknown).bind(store) : value;
}

function judge({ name, value }: KeptKeys, before: unknown, batch: Batch, world: SealingWorld): void {
  if (name.startsWith('in ')) judgeRead(name, value as StepsRead, (before ?? {}) as StepsRead, batch, world);
  else if (Number(value) < Number(before ?? 0)) world.fault(`went back: ${name}`);
}

function judgeRead(name: string, now: StepsRead, before: StepsRead, batch: Batch, world: SealingWorld): void {
  const written = [...(batch.messages ?? []), ...(batch.changed ?? [])].map(({ text }) => text);
  for (const step of Object.keys(before)) if (!(step in now)) world.fault(`went back: ${name}, ${step}`);
  for (const [step, words] of Object.entries(now)) {
    if (!(step in before) && words !== null && !written.includes(words)) world.fault(`committed apart from its words: ${name}, ${step}`);
  }
}

/** What one core opens and seals with. */
export function sealingCore(world: SealingWorld, full: string, store: Pick<OpenedStore, 'keys'>): Encryption {
  const device = world.join(full);
  const self = bareOf(full);
  const state = new Map<string, unknown>();
  const changed = new Map<string, KeptKeys>();
  let chain: Promise<unknown> = Promise.resolve();
  const load = async <T>(name: string, nothing: T): Promise<T> => {
    if (!state.has(name)) state.set(name, (await store.keys(name)) ?? nothing);
    return state.get(name) as T;
  };
  const set = (name: string, value: unknown): void => {
    state.set(name, value);
    changed.set(name, { name, value });
  };
  const ratchets: Ratchets = {
    open: (arrival) => open(arrival),
    seal: (wish) => seal(wish),
    takeChanged() {
      const taken = [...changed.values()];
      changed.clear();
      return taken;
    },
  };

  async function open({ message, sender }: SealedArrival): Promise<Unsealed> {
    await Promise.resolve();
    const encrypted = child(message, 'encrypted', NS_OMEMO);
    const from = Number(encrypted?.attributes['sid']);
    const key = encrypted && keysIn(encrypted).find(({ to }) => to === device);
    // What this device said itself: words are known by their id, and nothing else was to be shown.
    if (from === device) return { outcome: 'silent' };
    if (!encrypted || !key) return { outcome: 'unreadable', why: 'not-for-this-device' };
    if (!world.devicesOf(sender).includes(from)) return { outcome: 'unreadable', why: 'tampered' };
    const content = contentIn(encrypted);
    const words = content.find(({ name }) => name === 'body');
    const steps = await load<StepsRead>(`in ${from}`, {});
    const read = Math.max(0, ...Object.keys(steps).map(Number));
    if (read - key.step > world.mostBehind) return { outcome: 'unreadable', why: 'no-session' };
    if (key.step in steps) {
      if (words) world.fault(`opened twice: ${from} to ${device}, ${key.step}`);
      return { outcome: 'silent' };
    }
    if (key.step - read > world.mostAhead) return { outcome: 'unreadable', why: 'no-session' };
    set(`in ${from}`, { ...steps, [key.step]: words ? textOf(words) : null });
    return { outcome: 'opened', content, protection: protectionIn(world) };
  }

  async function seal({ to, isRoom, members, content, mayBeLegacy = false }: SealWish): Promise<Answer<SealedWords>> {
    await Promise.resolve();
    const others = (isRoom ? members : [to]).flatMap((person) => world.devicesOf(person));
    if (others.length === 0 || (world.how === 'legacy' && !mayBeLegacy)) return failed({ kind: 'keys-missing', person: to });
    if (world.undecided.has(to)) return failed({ kind: 'keys-undecided', person: to, devices: 1 });
    const keys: Element[] = [];
    for (const rid of new Set([...others, ...world.devicesOf(self)])) {
      if (rid === device) continue;
      const step = (await load(`out ${rid}`, 0)) + 1;
      set(`out ${rid}`, step);
      keys.push(element('key', NS_OMEMO, { rid: String(rid), step: String(step) }));
    }
    const payload = toBase64(toBytes(writeElement(element('content', NS_OMEMO, {}, content))));
    const encrypted = element('encrypted', NS_OMEMO, { sid: String(device) }, [...keys, element('payload', NS_OMEMO, {}, [payload])]);
    return succeeded({ elements: [encrypted, writeEncryptionName(NS_OMEMO)], protection: protectionIn(world) });
  }

  async function turn<T>(work: (inTurn: Ratchets) => Promise<T>): Promise<T> {
    await world.isLoaded;
    const result = await work(ratchets);
    if (changed.size > 0) world.fault('a turn ended with steps that nobody took');
    return result;
  }

  const nobody = (): Promise<Answer<never>> => Promise.resolve(failed({ kind: 'not-found' }));
  return {
    turn(work) {
      const mine = chain.then(() => turn(work));
      chain = mine.catch(() => undefined);
      return mine;
    },
    canEncryptFor: (person) =>
      Promise.resolve(world.canBeAsked ? succeeded(world.devicesOf(person).length > 0) : failed({ kind: 'no-answer' })),
    prepare: () => Promise.resolve(),
    isAtHand: (person) => world.devicesOf(person).length > 0,
    onOnline: () => undefined,
    onOffline: () => undefined,
    setCatchingUp: () => undefined,
    hearDevices: () => undefined,
    leave: () => Promise.resolve(),
    stop: () => undefined,
    legacy: {
      isOn: false,
      canReach: nobody,
      among: () => Promise.resolve({ only: [], hadNewer: [], lacking: [] }),
      glance: () => Promise.resolve([]),
      switch: nobody,
    },
    trust: {
      read: (person) => Promise.resolve(succeeded(world.keysOf(person))),
      glance: (people) => Promise.resolve(people.map((person) => world.glanceAt(person))),
      decide: nobody,
      compare: nobody,
      confirmNumber: nobody,
      renew: nobody,
      remove: nobody,
      carry: () => Promise.resolve([]),
      takeCarried: () => Promise.resolve(succeeded(0)),
      onChange: (heard) => world.onDecided((person) => heard({ person, what: 'decided' })),
    },
  };
}

/** The names under which a core keeps its steps, for every device there is. */
export const stepNames = (world: SealingWorld): string[] => world.allDevices().flatMap((device) => [`in ${device}`, `out ${device}`]);

const protectionIn = ({ how, trust }: SealingWorld): Protection => ({ how, trust });

const keysIn = (encrypted: Element): { to: number; step: number }[] =>
  childrenNamed(encrypted, 'key', NS_OMEMO).map(({ attributes: { rid, step } }) => ({ to: Number(rid), step: Number(step) }));

function contentIn(encrypted: Element): Element[] {
  const frame = parseFrame(toText(fromBase64(textOfChild(encrypted, 'payload', NS_OMEMO) ?? '') ?? new Uint8Array()) ?? '');
  if (!frame.ok) throw new Error('what was sealed here is XML');
  return childElements(frame.element);
}

export const bodyOfSealed = (message: Element): string | undefined => {
  const encrypted = child(message, 'encrypted', NS_OMEMO);
  const body = encrypted && contentIn(encrypted).find(({ name, namespace }) => name === 'body' && namespace === NS_CLIENT);
  return body && textOf(body);
};
