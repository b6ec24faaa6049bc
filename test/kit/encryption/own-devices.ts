// One person's two devices and a contact, with the real encryption on the model engine: what own devices tell each other of keys.
import type { DeviceKeys, KeysOf } from '../../../src/contracts/keys.ts';
import type { Address } from '../../../src/model/account.ts';
import type { ConversationId } from '../../../src/model/conversation.ts';
import { writeHint } from '../../../src/xmpp/codecs/hints.ts';
import { writeMessage } from '../../../src/xmpp/codecs/message.ts';
import type { Element } from '../../../src/xmpp/xml.ts';
import { fakeClock, type FakeClock } from '../fake-clock.ts';
import { ModelEngine } from '../model-engine.ts';
import { KeyServer } from './key-server.ts';
import { rest, sealedDevice, type SealedDevice } from './sealed-device.ts';

export const ANN = 'ann@app1.test' as ConversationId;
export const BEN = 'ben@app1.test' as ConversationId;
export const CAT = 'cat@app1.test' as ConversationId;

export interface OwnDevices {
  readonly clock: FakeClock;
  readonly engine: ModelEngine;
  readonly keys: KeyServer;
  readonly one: SealedDevice;
  readonly two: SealedDevice;
  readonly ben: SealedDevice;
  readonly all: SealedDevice[];
  /** Another device, in the same world. */
  join(full: string): Promise<SealedDevice>;
  rest(): Promise<void>;
}

export async function ownDevices(): Promise<OwnDevices> {
  const clock = fakeClock();
  const engine = new ModelEngine(() => clock.now());
  const keys = new KeyServer();
  const all: SealedDevice[] = [];
  const join = async (full: string): Promise<SealedDevice> => {
    const device = await sealedDevice(engine, keys, clock, full);
    all.push(device);
    device.open();
    await rest(clock, all);
    await keysOf(device, device.line.bare);
    await rest(clock, all);
    return device;
  };
  const one = await join(`${ANN}/one`);
  const two = await join(`${ANN}/two`);
  const ben = await join(`${BEN}/one`);
  for (const device of [one, two]) for (const person of [ANN, BEN]) await keysOf(device, person);
  await rest(clock, all);
  return { clock, engine, keys, one, two, ben, all, join, rest: () => rest(clock, all) };
}

export async function keysOf(device: SealedDevice, person: Address): Promise<KeysOf> {
  const answer = await device.encryption.trust.read(person);
  if (!answer.ok) throw new Error(`no keys of ${person}: ${answer.failure.kind}`);
  return answer.value;
}

export async function thisDevice(device: SealedDevice): Promise<DeviceKeys> {
  const found = (await keysOf(device, device.line.bare)).devices.find((one) => one.isThisDevice);
  if (!found) throw new Error('it has no keys yet');
  return found;
}

/** `device` is shown the code of `other`. */
export async function scan(device: SealedDevice, other: SealedDevice): Promise<string> {
  const { ownKeys } = await keysOf(other, other.line.bare);
  const answer = await device.encryption.trust.compare(other.line.bare, ownKeys);
  return answer.ok ? answer.value : answer.failure.kind;
}

export async function decide(device: SealedDevice, other: SealedDevice, trust: 'verified' | 'accepted' | 'refused'): Promise<void> {
  const { id, fingerprint } = await thisDevice(other);
  await device.encryption.trust.decide(other.line.bare, { device: id, fingerprint, trust });
}

/** What `device` thinks of `other`, and whether it was told so. */
export async function thought(device: SealedDevice, other: SealedDevice): Promise<string> {
  const { id } = await thisDevice(other);
  const found = (await keysOf(device, other.line.bare)).devices.find((one) => one.id === id);
  return found ? `${found.trust}${found.isTold ? ', told' : ''}` : 'unknown';
}

export const trustOf = async (device: SealedDevice, person: Address): Promise<readonly string[]> =>
  (await keysOf(device, person)).devices.filter((one) => !one.isThisDevice).map(({ trust }) => trust);

/** Sealed by `device` for all devices of `to` and its own others, as any program could. */
export async function sendSealed(device: SealedDevice, to: Address, content: readonly Element[]): Promise<void> {
  await device.encryption.prepare([to]);
  const sealed = await device.encryption.turn((ratchets) => ratchets.seal({ to, isRoom: false, members: [], content }));
  if (!sealed.ok) throw new Error(`not sealed: ${JSON.stringify(sealed.failure)}`);
  const [encrypted] = sealed.value.elements;
  device.line.send(writeMessage({ type: 'chat', id: `forged-${Math.random()}`, to }, undefined, [encrypted, writeHint('store')]));
}
