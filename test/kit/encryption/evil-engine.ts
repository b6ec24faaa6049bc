// An engine that lies about keys and messages: two people who have written to each other, and what it needs to betray them. The same two can be
// betrayed again and again, each time as if it had not happened before.
import type { Address } from '../../../src/model/account.ts';
import type { Item } from '../../../src/xmpp/codecs/pubsub.ts';
import { writeDevices } from '../../../src/xmpp/codecs/omemo-devices.ts';
import { NS_OMEMO_BUNDLES, NS_OMEMO_DEVICES } from '../../../src/xmpp/namespaces.ts';
import { textOf, type Element } from '../../../src/xmpp/xml.ts';
import { fakeClock, type FakeClock } from '../fake-clock.ts';
import { encryptionDevice, type EncryptionDevice } from './encryption-device.ts';
import { KeyServer, type Lie } from './key-server.ts';

export const MEI = 'mei@a.test' as Address;
export const LIN = 'lin@b.test' as Address;

export interface Evil {
  readonly server: KeyServer;
  readonly clock: FakeClock;
  /** Writes, and is to be betrayed. */
  readonly mei: EncryptionDevice;
  readonly lin: EncryptionDevice;
  readonly tablet?: EncryptionDevice;
  /** The engine's own device, which it would like to slip in under either name. */
  readonly mallory: EncryptionDevice;
  readonly malloryId: number;
  /** What mallory publishes in the engine's own world. */
  readonly shadow: KeyServer;
}

/** They have written to each other. */
export async function evilEngine(under: Address = LIN): Promise<Evil> {
  const [server, shadow, clock] = [new KeyServer(), new KeyServer(), fakeClock()];
  const mei = await encryptionDevice(server, clock, MEI);
  const lin = await encryptionDevice(server, clock, LIN);
  const mallory = await encryptionDevice(shadow, clock, under);
  for (const device of [mei, lin, mallory]) await device.online();
  await lin.read(await mei.write('before', LIN));
  await mei.read(await lin.write('before', MEI));
  return { server, clock, mei, lin, mallory, malloryId: await mallory.id(), shadow };
}

/** A second device of lin's, known to mei. */
export async function withTablet(evil: Evil): Promise<Evil> {
  const tablet = await encryptionDevice(evil.server, evil.clock, LIN);
  await tablet.online();
  const said = await evil.mei.write('to both', LIN);
  for (const device of [evil.lin, tablet]) await device.read(said);
  return { ...evil, tablet };
}

/** Mei has compared lin's keys. */
export async function compared(evil: Evil): Promise<Evil> {
  const shown = await evil.mei.encryption.trust.read(LIN);
  const answer = await evil.mei.encryption.trust.confirmNumber(LIN, (shown.ok && shown.value.safetyNumber) || '');
  if (!answer.ok || answer.value !== 'same') throw new Error('the numbers are not the same');
  return evil;
}

/** The same once more, with nothing of what comes now. */
export async function once(evil: Evil): Promise<Evil> {
  const [server, shadow] = [evil.server.copy(), evil.shadow.copy()];
  const again = async (device: EncryptionDevice, on: KeyServer): Promise<EncryptionDevice> => {
    await device.commit();
    return encryptionDevice(on, evil.clock, device.address, { store: await device.copyDisk() });
  };
  const mei = await again(evil.mei, server);
  const lin = await again(evil.lin, server);
  const tablet = evil.tablet && (await again(evil.tablet, server));
  await mei.online();
  return { ...evil, server, shadow, mei, lin, mallory: await again(evil.mallory, shadow), ...(tablet && { tablet }) };
}

/** Everything that mei asks about lin's list or bundles is answered so. */
export const lieAbout =
  (node: 'devices' | 'bundles', owner: Address, lie: (items: readonly Item[]) => readonly Item[]): Lie =>
  (asked) => {
    const isIt = asked.owner === owner && asked.asker === MEI && asked.node === (node === 'devices' ? NS_OMEMO_DEVICES : NS_OMEMO_BUNDLES);
    return isIt ? lie(asked.items) : asked.items;
  };

/** The list as it is, and mallory's device before or behind the true one. Told to everybody. */
export async function slipIn({ server, shadow, mallory, malloryId, mei, lin }: Evil, owner: Address, isFirst = false): Promise<void> {
  const truth = owner === LIN ? await lin.id() : await mei.id();
  const [bundle] = shadow.items(mallory.address, NS_OMEMO_BUNDLES);
  server.put(owner, NS_OMEMO_BUNDLES, bundle!);
  const ids = isFirst ? [malloryId, truth] : [truth, malloryId];
  server.put(owner, NS_OMEMO_DEVICES, writeDevices(ids.map((id) => ({ id })))); // oxfmt-ignore
}

/** The element with that name, wherever it stands, changed or taken out. */
export function changed(element: Element, name: string, change: (one: Element) => Element | undefined): Element {
  const children = element.children.flatMap((one): (string | Element)[] => {
    if (typeof one === 'string') return [one];
    if (one.name !== name) return [changed(one, name, change)];
    const after = change(one);
    return after ? [after] : [];
  });
  return { ...element, children };
}

/** The base64 inside says something else by one bit. */
export function flipped(element: Element, at: number): Element {
  const bytes = Buffer.from(textOf(element) ?? '', 'base64');
  bytes[at % bytes.length]! ^= 1 << (at % 8);
  return { ...element, children: [bytes.toString('base64')] };
}

export const withAttributes = (element: Element, attributes: Record<string, string>): Element => ({
  ...element,
  attributes: { ...element.attributes, ...attributes },
});

export const twice = (element: Element, name: string): Element => ({
  ...element,
  children: element.children.flatMap((one) => (typeof one !== 'string' && one.name === name ? [one, one] : [one])),
});

export const withoutChildren = (element: Element): Element => ({ ...element, children: [] });

export const bundleItems = (items: readonly Item[], change: (payload: Element) => Element): readonly Item[] =>
  items.map(({ id, payload }) => ({ id, ...(payload && { payload: change(payload) }) }));
