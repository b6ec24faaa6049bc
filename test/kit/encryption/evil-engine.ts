// An engine that lies about keys and messages, a script for each lie. Every script is played against two people who have compared keys,
// and against two who have not; what comes of it is written down.
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

/** Everything that mei asks about lin's list or bundles is answered so. */
export const lieAbout =
  (node: 'devices' | 'bundles', owner: Address, lie: (items: readonly Item[]) => readonly Item[]): Lie =>
  (asked) => {
    const isIt = asked.owner === owner && asked.asker === MEI && asked.node === (node === 'devices' ? NS_OMEMO_DEVICES : NS_OMEMO_BUNDLES);
    return isIt ? lie(asked.items) : asked.items;
  };

/** The list as it is, and one device more. Told to everybody. */
export async function slipIn({ server, shadow, mallory, malloryId, mei, lin }: Evil, owner: Address): Promise<void> {
  const truth = owner === LIN ? await lin.id() : await mei.id();
  const [bundle] = shadow.items(mallory.address, NS_OMEMO_BUNDLES);
  server.put(owner, NS_OMEMO_BUNDLES, bundle!);
  server.put(owner, NS_OMEMO_DEVICES, writeDevices([{ id: truth }, { id: malloryId }]));
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
