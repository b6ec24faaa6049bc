// Files of one account, put together: those that are here, those that go up, those that come down. Fetched when the first one is met.
import type { FilePlace, Transfer, UploadLimit } from '../../contracts/files.ts';
import type { Address } from '../../model/account.ts';
import type { ConversationId } from '../../model/conversation.ts';
import { failed, succeeded, type Answer } from '../../model/failure.ts';
import type { MessageId } from '../../model/message.ts';
import type { FileSource } from '../file-ports.ts';
import type { Changes, Connection, OutboxRecord, Store, World } from '../ports.ts';
import { Board } from './board.ts';
import { Cabinet } from './cabinet.ts';
import { Downloads, type FetchWish } from './downloads.ts';
import { ownName, stagedName } from './file-name.ts';
import { TAG_LENGTH } from './gcm-stream.ts';
import { keepOwn, mintCipher } from './own-files.ts';
import { StagedFiles } from './staged-files.ts';
import { Uploads, type WaitingMessages } from './uploads.ts';
import { UploadService } from './upload-service.ts';

export interface TransfersNeeds {
  self: Address;
  world: Pick<World, 'clock' | 'random' | 'subtle' | 'http'>;
  connection: Pick<Connection, 'ask'>;
  store: Pick<Store, 'files'>;
  changes: Changes;
  outbox: WaitingMessages & { of(conversation: ConversationId): readonly OutboxRecord[] };
  mintId(): string;
}

export interface Transfers {
  readonly staged: StagedFiles;
  limit(): Promise<Answer<UploadLimit | undefined>>;
  /** Onto the disk, to be sent. `isStaged`: it is the file that was staged for this message, and may lie there already. */
  keep(place: FilePlace, file: Blob, isStaged?: boolean): Promise<Answer<FileSource>>;
  upload(record: OutboxRecord): void;
  /** Its message left the outbox without being sent. */
  discarded(record: OutboxRecord): Promise<void>;
  fetch(wish: FetchWish): Promise<Answer<void>>;
  cancel(place: FilePlace, source: FileSource): Promise<void>;
  /** An own one that waits has no address yet: its message tells which it is. */
  read(place: FilePlace, source: FileSource): Promise<Answer<Blob>>;
  list(conversation: ConversationId): readonly Transfer[];
  onOnline(how: 'fresh' | 'resumed'): void;
  stop(): void;
}

export async function createTransfers(needs: TransfersNeeds): Promise<Transfers> {
  const { world, store, outbox, changes } = needs;
  const { clock, http, subtle } = world;
  const shelf = store.files;
  const isWaiting = (id: MessageId): boolean => outbox.get(id) !== undefined;
  const cabinet = await Cabinet.open({ shelf, clock, isWaiting });
  const board = new Board(clock, changes);
  const service = new UploadService(needs.self, needs.connection);
  const staged = new StagedFiles({ cabinet, shelf, clock, isWaiting });
  const random = (count: number): Uint8Array<ArrayBuffer> => world.random(count);
  const uploads = new Uploads({ cabinet, board, service, http, outbox, clock, subtle, random, mintId: () => needs.mintId() });
  const downloads = new Downloads({ cabinet, shelf, board, service, http, clock, subtle });
  return {
    staged,
    async limit() {
      const found = await service.find();
      if (!found.ok) return found;
      return succeeded(found.value && http && { largest: found.value.largest - TAG_LENGTH });
    },
    async keep(place, file, isStaged = false) {
      const there = isStaged ? await staged.become(place, file.size) : undefined;
      return there
        ? succeeded({ ...there, cipher: mintCipher({ random }) })
        : keepOwn({ cabinet, shelf, clock, subtle, random }, place, file);
    },
    upload: (record) => uploads.begin(record),
    async discarded({ id, conversation }) {
      uploads.stop(id);
      board.remove({ conversation, message: id });
      await cabinet.dropOwn(id);
    },
    async fetch(wish) {
      const own = cabinet.findOwn(wish.place.message);
      return own?.places.some(({ conversation }) => conversation === wish.place.conversation) && own.waits
        ? succeeded(undefined)
        : downloads.begin(wish);
    },
    cancel: (place, source) => downloads.cancel(place, source),
    async read({ message, conversation }, source) {
      const own = cabinet.findOwn(message);
      const isOwn = own?.places.some((place) => place.conversation === conversation) && own.waits;
      const head = isOwn ? own : cabinet.find(source);
      return head ? cabinet.bodyOf(head) : failed({ kind: 'not-fetched' });
    },
    list(conversation) {
      const moving = [...board.of(conversation), ...waitingUps(outbox.of(conversation), board)];
      const busy = new Set(moving.map(({ message }) => message));
      return [...moving, ...hereIn(cabinet, conversation).filter(({ message }) => !busy.has(message))];
    },
    onOnline(how) {
      if (how === 'fresh') service.forget();
      uploads.hurry();
    },
    stop() {
      uploads.stop();
      downloads.stop();
    },
  };
}

/** Own files that wait or were refused. Those that move are on the board. */
function waitingUps(records: readonly OutboxRecord[], board: Board): Transfer[] {
  return records.flatMap(({ id, conversation, file, fileSource, stage, failure }) => {
    if (!file || board.get({ conversation, message: id })) return [];
    const total = fileSource?.size ?? 0;
    const isFailed = stage === 'failed';
    const done = !isFailed && fileSource?.url !== undefined ? total : 0;
    const standing = { direction: 'up' as const, stage: isFailed ? ('failed' as const) : ('waiting' as const), done, total };
    return { message: id, ...standing, ...(isFailed && failure && { failure }) };
  });
}

const hereIn = (cabinet: Cabinet, conversation: ConversationId): Transfer[] =>
  cabinet.in(conversation).map(({ head, place: { message, order } }) => ({
    message,
    ...(order !== undefined && { order }),
    direction: head.name === ownName(message) || head.name === stagedName(message) ? 'up' : 'down',
    stage: 'here',
    done: head.size,
    total: head.size,
  }));
