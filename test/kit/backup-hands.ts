// Writing and bringing back backups of a device in a test, as its session would.
import { webcrypto } from 'node:crypto';
import { backupSource } from '../../src/core/session/backup-source.ts';
import { backupTarget } from '../../src/core/session/backup-target.ts';
import type { DeskNeeds } from '../../src/core/session/desk-needs.ts';
import { succeeded } from '../../src/model/failure.ts';
import { feed, restoringOf, writeBackup } from './backup-files.ts';
import type { FakeClock } from './fake-clock.ts';
import type { MessageDevice } from './message-device.ts';
import type { RestoreStep } from '../../src/contracts/backup.ts';
import type { Encryption } from '../../src/core/ports.ts';

const NOBODY = { trust: { carry: async () => [], takeCarried: async () => succeeded(0) } } as unknown as Encryption;

export function deskOf({ sync, book, store, journal, line }: MessageDevice, clock: FakeClock): DeskNeeds {
  let ids = 0;
  return {
    self: line.bare,
    world: {
      subtle: webcrypto.subtle as SubtleCrypto,
      random: (count) => webcrypto.getRandomValues(new Uint8Array(count)),
      log: { error: () => undefined, info: () => undefined, debug: () => undefined },
    },
    clock,
    now: () => clock.now(),
    encryption: () => Promise.resolve(NOBODY),
    lookForLosses: () => undefined,
    book,
    journal,
    known: sync.known,
    intake: sync.intake,
    store,
    mintId: () => `${line.full}-${++ids}`,
    isWhole: (id) => sync.isWhole(id),
    mayTurnOn: () => true,
    recount: (id) => sync.marks.recount(id),
  };
}

export const backUp = (device: MessageDevice, clock: FakeClock): Promise<Uint8Array<ArrayBuffer>> =>
  writeBackup(backupSource(deskOf(device, clock)));

export const restore = (device: MessageDevice, clock: FakeClock, file: Uint8Array<ArrayBuffer>): Promise<RestoreStep> =>
  feed(restoringOf(file, backupTarget(deskOf(device, clock))), file);
