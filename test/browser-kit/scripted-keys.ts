// Keys that follow a script: devices as plain data, judged as the core judges them.
import type { DeviceDecision, DeviceKeys, KeysOf } from '../../src/contracts/keys.ts';
import type { ReadersDecision, RoomReader, RoomReaders } from '../../src/contracts/readers.ts';
import type { Address } from '../../src/model/account.ts';

export class ScriptedKeys {
  readonly #of = new Map<Address, KeysOf>();
  readonly #readers = new Map<Address, RoomReaders>();
  /** What the picture on the other side's screen says. */
  readonly pictures = new Map<Address, string>();

  addReaders(readers: RoomReaders): void {
    this.#readers.set(readers.room, readers);
  }

  readersOf(room: Address): RoomReaders {
    return this.#readers.get(room) ?? { room, people: [] };
  }

  confirmReaders(room: Address, { people, without }: ReadersDecision): void {
    const readers = this.readersOf(room);
    const judge = (one: RoomReader): RoomReader => ({
      ...one,
      isNew: one.isNew && !people.includes(one.person),
      isPassedOver: without.includes(one.person),
    });
    this.addReaders({ ...readers, people: readers.people.map(judge) });
  }

  add(keys: KeysOf): void {
    this.#of.set(keys.person, keys);
  }

  of(person: Address): KeysOf {
    return this.#of.get(person) ?? { person, isSelf: false, devices: [], ownKeys: '', isStrict: false };
  }

  device(person: Address, id: number): DeviceKeys {
    const device = this.of(person).devices.find((one) => one.id === id);
    if (!device) throw new Error(`${person} has no device ${id}`);
    return device;
  }

  decide(person: Address, { device, fingerprint, trust }: DeviceDecision): void {
    if (this.device(person, device).fingerprint !== fingerprint) throw new Error('decided on another key than was shown');
    this.#change(person, (one) => (one.id === device ? { ...one, trust } : one), trust === 'verified');
  }

  compare(person: Address, text: string): 'same' | 'different' | 'not-a-key' {
    if (!text.startsWith('xmpp:')) return 'not-a-key';
    if (text !== this.pictures.get(person)) return 'different';
    this.#verifyAll(person);
    return 'same';
  }

  confirm(person: Address, number: string): 'same' | 'different' {
    if (number !== this.of(person).safetyNumber) return 'different';
    this.#verifyAll(person);
    return 'same';
  }

  remove(person: Address, id: number): void {
    const keys = this.of(person);
    this.#of.set(person, { ...keys, devices: keys.devices.filter((one) => one.id !== id) });
  }

  /** A person, or a room, where the question is answered then. */
  speakOlder(person: Address, isOn: boolean): void {
    const { older: _, ...readers } = this.readersOf(person);
    this.addReaders(readers);
    this.#of.set(person, { ...this.of(person), legacy: { isOnlyWay: false, hadNewer: false, ...this.of(person).legacy, isOn } });
  }

  #verifyAll(person: Address): void {
    this.#change(person, (one) => (one.isListed ? { ...one, trust: 'verified' } : one), true);
  }

  #change(person: Address, judge: (device: DeviceKeys) => DeviceKeys, compared: boolean): void {
    const keys = this.of(person);
    this.#of.set(person, { ...keys, isStrict: keys.isStrict || compared, devices: keys.devices.map(judge) });
  }
}

/** Device `id` of somebody, with whatever a test wants different. */
export function deviceAt(id: number, parts: Partial<DeviceKeys> = {}): DeviceKeys {
  const digits = id.toString(16).padStart(8, '0');
  return {
    id,
    fingerprint: Array.from({ length: 8 }, () => digits).join(' '),
    trust: 'first-use',
    firstSeenAt: 1_753_000_000_000,
    isListed: true,
    isThisDevice: false,
    ...parts,
  };
}
