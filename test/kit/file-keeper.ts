// Files of one account on a host of a test, with an outbox that is nothing but a list.
import type { Topic } from '../../src/contracts/session.ts';
import type { FilePlace, Transfer } from '../../src/contracts/files.ts';
import { createTransfers, type Transfers } from '../../src/core/files/create-transfers.ts';
import type { FileSource } from '../../src/core/file-ports.ts';
import type { OpenedStore, OutboxRecord } from '../../src/core/ports.ts';
import { openMemoryStore } from '../../src/core/storage/memory-store.ts';
import type { Address } from '../../src/model/account.ts';
import type { ConversationId } from '../../src/model/conversation.ts';
import { failed, succeeded, type Failure } from '../../src/model/failure.ts';
import type { MessageId } from '../../src/model/message.ts';
import { fakeClock, type FakeClock } from './fake-clock.ts';
import { FileHost } from './file-host.ts';
import { settled } from './scripted-connection.ts';

const PATIENCE_MS = 20_000;

export const BEN = 'ben@app1.test' as ConversationId;

export interface FileKeeper {
  host: FileHost;
  clock: FakeClock;
  store: OpenedStore;
  transfers: Transfers;
  outbox: Map<MessageId, OutboxRecord>;
  told: Topic[];
  /** What waits goes sealed from now on. */
  isSealed: boolean;
  /** Onto the disk and into the outbox, as a core does. */
  send(id: string, body: Blob, type?: string, isStaged?: boolean): Promise<FileSource>;
  placeOf(id: string, order?: number): FilePlace;
  failureOf(id: string): Failure | undefined;
  transfer(id: string): Transfer | undefined;
  /** Lets time pass until something is so. */
  until(isSo: () => boolean): Promise<void>;
  /** As a core that starts with what the disk holds. */
  restart(): Promise<FileKeeper>;
}

export async function fileKeeper(
  parts: Partial<Pick<FileKeeper, 'host' | 'clock' | 'store' | 'outbox' | 'isSealed'>> = {},
): Promise<FileKeeper> {
  const { host = new FileHost(), clock = fakeClock(), store = openMemoryStore(), outbox = new Map<MessageId, OutboxRecord>() } = parts;
  const told: Topic[] = [];
  let ids = 0;
  const waiting = (record: OutboxRecord): boolean =>
    record.stage === 'queued' && (record.fileSource?.url === undefined || (keeper.isSealed && !record.fileSource.cipher));
  const transfers = await createTransfers({
    self: 'ann@app1.test' as Address,
    world: { clock, random: (count) => crypto.getRandomValues(new Uint8Array(count)), subtle: crypto.subtle, http: host },
    connection: host,
    store,
    changes: { tell: (topic) => void told.push(topic) },
    mintId: () => `minted-${++ids}`,
    outbox: {
      get: (id) => outbox.get(id),
      of: (conversation) => [...outbox.values()].filter((record) => record.conversation === conversation),
      decideWay: () => Promise.resolve(succeeded(keeper.isSealed)),
      locate(id, fileSource) {
        const record = outbox.get(id);
        if (!record) return Promise.resolve(failed({ kind: 'not-found' }));
        outbox.set(id, { ...record, fileSource });
        return Promise.resolve(succeeded({ ...record, fileSource }));
      },
      refuse(id, failure) {
        const record = outbox.get(id);
        if (record) outbox.set(id, { ...record, stage: 'failed', failure });
        return Promise.resolve();
      },
      pump: () => pump(),
    },
  });
  const pump = (): void => {
    for (const record of outbox.values()) if (waiting(record)) transfers.upload(record);
  };
  const keeper: FileKeeper = {
    host,
    clock,
    store,
    transfers,
    outbox,
    told,
    isSealed: parts.isSealed ?? false,
    async send(name, body, type = 'text/plain', isStaged = false) {
      const id = name as MessageId;
      const kept = await transfers.keep({ conversation: BEN, message: id }, body, isStaged);
      if (!kept.ok) throw new Error(JSON.stringify(kept.failure));
      const file = { name: `${name}.txt`, type, size: body.size, available: true };
      const rest = { conversation: BEN, text: '', writtenAt: clock.now(), turn: outbox.size + 1, stanza: '', stage: 'queued' as const };
      outbox.set(id, { id, ...rest, file, fileSource: kept.value });
      pump();
      return kept.value;
    },
    placeOf: (id, order) => ({ conversation: BEN, message: id as MessageId, ...(order !== undefined && { order }) }),
    failureOf: (id) => outbox.get(id as MessageId)?.failure,
    transfer: (id) => transfers.list(BEN).find(({ message }) => message === id),
    async until(isSo) {
      // Ciphers and hashes work on threads of their own: no number of turns waits for them.
      const end = performance.now() + PATIENCE_MS;
      for (let turns = 1; !isSo(); turns++) {
        if (performance.now() > end) throw new Error('it never came to be so');
        await settled();
        if (turns % 50 === 0) clock.advance(500);
      }
    },
    async restart() {
      transfers.stop();
      await settled();
      const next = await fileKeeper({ host, clock, store, outbox, isSealed: keeper.isSealed });
      for (const record of outbox.values()) if (waiting(record)) next.transfers.upload(record);
      return next;
    },
  };
  return keeper;
}
