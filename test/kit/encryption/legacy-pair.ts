// Two people of whom one has a program that speaks only the older method. It is played by our own, which neither has nor sees a newer list.
import type { Address } from '../../../src/model/account.ts';
import { readLegacyDevices } from '../../../src/xmpp/codecs/legacy-omemo.ts';
import { NS_LEGACY_OMEMO_DEVICES, NS_OMEMO_DEVICES } from '../../../src/xmpp/namespaces.ts';
import type { Element } from '../../../src/xmpp/xml.ts';
import { fakeClock, type FakeClock } from '../fake-clock.ts';
import { encryptionDevice, until, type EncryptionDevice } from './encryption-device.ts';
import { KeyServer } from './key-server.ts';
import { LIN, MEI } from './two-devices.ts';

export interface LegacyPair {
  readonly server: KeyServer;
  readonly clock: FakeClock;
  readonly mei: EncryptionDevice;
  /** Her program knows nothing newer. */
  readonly lin: EncryptionDevice;
}

/** `isOn`: mei has switched the older method on. */
export async function legacyPair(isOn = true): Promise<LegacyPair> {
  const [server, clock] = [new KeyServer(), fakeClock()];
  const mei = await encryptionDevice(server, clock, MEI);
  const lin = await encryptionDevice(server, clock, LIN, { lacks: NS_OMEMO_DEVICES });
  await mei.online();
  lin.encryption.onOnline('fresh');
  await speakLegacy(server, lin);
  if (isOn) await speakLegacy(server, mei);
  return { server, clock, mei, lin };
}

export async function speakLegacy(server: KeyServer, device: EncryptionDevice): Promise<void> {
  const on = await device.encryption.legacy.switch('on');
  if (!on.ok) throw new Error(on.failure.kind);
  await until(() => legacyDevices(server, device.address).length > 0);
}

export const legacyDevices = (server: KeyServer, owner: Address): readonly number[] =>
  server.items(owner, NS_LEGACY_OMEMO_DEVICES).flatMap((item) => readLegacyDevices(item) ?? []);

/** Where a person has chosen it. */
export const writeLegacy = (device: EncryptionDevice, text: string, to: Address): Promise<Element> =>
  device.write(text, to, undefined, true);
