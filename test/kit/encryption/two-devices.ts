// Two people with a device each, both published and online: what most tests of encryption begin with.
import type { Address } from '../../../src/model/account.ts';
import { fakeClock, type FakeClock } from '../fake-clock.ts';
import { encryptionDevice, type EncryptionDevice } from './encryption-device.ts';
import { KeyServer } from './key-server.ts';

export const MEI = 'mei@a.test' as Address;
export const LIN = 'lin@b.test' as Address;

export interface TwoDevices {
  server: KeyServer;
  clock: FakeClock;
  mei: EncryptionDevice;
  lin: EncryptionDevice;
}

/** `isOld`: the engine knows fewer options. */
export async function twoDevices(isOld = false): Promise<TwoDevices> {
  const server = new KeyServer();
  server.isOld = isOld;
  const clock = fakeClock();
  const mei = await encryptionDevice(server, clock, MEI);
  const lin = await encryptionDevice(server, clock, LIN);
  await mei.online();
  await lin.online();
  return { server, clock, mei, lin };
}
