// Backup files for tests: written from plain threads, read into plain threads, with a key that costs nothing.
import { createHash, webcrypto } from 'node:crypto';
import { HEADER_BYTES, type Restored, type RestoreRefusal, type RestoreStep } from '../../src/contracts/backup.ts';
import { Restoring } from '../../src/core/backup/restoring.ts';
import type { Derive } from '../../src/core/backup/seal.ts';
import { BackupWriting } from '../../src/core/backup/writing.ts';
import type { BackupConversation, BackupItem, BackupSource, BackupTarget } from '../../src/core/backup-ports.ts';
import type { CarriedTrust } from '../../src/core/carried-trust.ts';
import type { Address } from '../../src/model/account.ts';
import type { ConversationId } from '../../src/model/conversation.ts';
import { NO_MARKS, type AuthorId, type MessageId } from '../../src/model/message.ts';
import type { StoredMessage } from '../../src/core/ports.ts';
import { succeeded } from '../../src/model/failure.ts';
import { parseAddress } from '../../src/xmpp/jid.ts';
import { chance } from './random.ts';

export const OWNER = 'mia@warbler.example' as Address;
export const WORDS = 'five words that nobody guesses';

/** Argon2 is tested where it is; ten thousand files need a quicker one. */
export const quickly: Derive = async (words, salt, { memoryKiB, passes, lanes }) =>
  new Uint8Array(createHash('sha256').update(`${words} ${memoryKiB} ${passes} ${lanes}`).update(salt).digest());

export interface PlainAccount {
  self: Address;
  conversations: { conversation: BackupConversation; items: BackupItem[] }[];
  trust: CarriedTrust[];
}

export interface Outcome {
  refusal?: RestoreRefusal;
  found?: Restored;
  account: PlainAccount;
}

const PAGE = 200;

export function sourceOf({ self, conversations, trust }: PlainAccount): BackupSource {
  return {
    self,
    conversations: () => conversations.map(({ conversation }) => conversation),
    page: async (id, above) => {
      const items = conversations.find(({ conversation }) => conversation.id === id)?.items ?? [];
      return succeeded(items.filter(({ message }) => message.order > above).slice(0, PAGE));
    },
    trust: async () => trust,
  };
}

export async function writeBackup(
  source: BackupSource,
  secret: string = WORDS,
  derive: Derive = quickly,
): Promise<Uint8Array<ArrayBuffer>> {
  const world = { subtle: webcrypto.subtle as SubtleCrypto, random: (count: number) => webcrypto.getRandomValues(new Uint8Array(count)) };
  const writing = new BackupWriting({ world, source, derive, now: () => 1_753_000_000_000 }, secret);
  const pieces: Uint8Array[] = [];
  for (;;) {
    const piece = await writing.next();
    if (!piece.ok) throw new Error(piece.failure.kind);
    pieces.push(piece.value.bytes);
    if (piece.value.isLast) return new Uint8Array(Buffer.concat(pieces));
  }
}

/** As a page does: gives what is asked for, as far as the file has it. */
export async function feed(restoring: Restoring, file: Uint8Array<ArrayBuffer>): Promise<RestoreStep> {
  let step = await restoring.step();
  while (step.state === 'reading') {
    const answer = await restoring.take(step.from, file.slice(step.from, step.to));
    if (!answer.ok) throw new Error(answer.failure.kind);
    step = answer.value;
  }
  return step;
}

export const restoringOf = (
  file: Uint8Array<ArrayBuffer>,
  target: BackupTarget,
  secret: string = WORDS,
  derive: Derive = quickly,
): Restoring =>
  new Restoring({ subtle: webcrypto.subtle as SubtleCrypto, target, derive, isAddress: (text) => parseAddress(text) === text }, 'r1', {
    secret,
    size: file.length,
    header: file.slice(0, HEADER_BYTES),
  });

export async function readBackup(
  file: Uint8Array<ArrayBuffer>,
  secret: string = WORDS,
  self: Address = OWNER,
  derive: Derive = quickly,
): Promise<Outcome> {
  const account: PlainAccount = { self, conversations: [], trust: [] };
  const target: BackupTarget = {
    self,
    begin: async (conversation) => (account.conversations.push({ conversation, items: [] }), succeeded(undefined)),
    take: async (items) => (account.conversations.at(-1)?.items.push(...items), succeeded(undefined)),
    end: async () => succeeded(undefined),
    takeTrust: async (carried) => (account.trust.push(...carried), succeeded(carried.length)),
    count: () => ({ added: 0, recovered: 0 }),
  };
  const step = await feed(restoringOf(file, target, secret, derive), file);
  if (step.state === 'refused') return { refusal: step.why, account };
  return { ...(step.state === 'restored' && { found: step.found }), account };
}

function aFile(below: (limit: number) => number): Pick<StoredMessage, 'file' | 'fileSource'> {
  const bytes = (length: number): Uint8Array<ArrayBuffer> => Uint8Array.from({ length }, () => below(256));
  const isPicture = below(2) === 0;
  return {
    file: {
      name: isPicture ? '照片.png' : 'plan.pdf',
      type: isPicture ? 'image/png' : 'application/pdf',
      size: below(10_000_000),
      ...(isPicture && { width: 40, height: 30, preview: { type: 'image/png', bytes: bytes(below(2_000)) } }),
      available: true,
    },
    fileSource: {
      url: `https://upload.warbler.example/${below(1000)}/plan.pdf`,
      ...(below(2) === 0 && { cipher: { key: bytes(below(2) === 0 ? 16 : 32), iv: bytes(12) } }),
      ...(below(2) === 0 && { sha256: bytes(32) }),
    },
  };
}

/** Somebody's account, as chance has it. */
export function anAccount(seed: number, messages: number = 40, self: Address = OWNER): PlainAccount {
  const { below, oneOf } = chance(seed);
  const conversations = Array.from({ length: 1 + below(4) }, (_, number) => {
    const isRoom = below(4) === 0;
    const id = `${isRoom ? 'room' : 'friend'}-${number}@warbler.example` as ConversationId;
    let order = below(100) - 50;
    const items = Array.from({ length: below(messages + 1) }, (_item, at): BackupItem => {
      order += 1 + (below(8) === 0 ? below(2 ** 32) : 0);
      const own = below(2) === 0;
      const name = `${number}-${at}`;
      const message = {
        id: name as MessageId,
        conversation: id,
        order,
        author: (own ? self : id) as string as AuthorId,
        authorName: oneOf(['Mia', '李雯', 'b\u0000ad \u{1F426}']),
        own,
        text: oneOf(['', 'hello', '你好\n世界', 'x'.repeat(below(3_000))]),
        sentAt: 1_753_000_000_000 + at * 1_000,
        timeCertain: below(5) > 0,
        mentionsMe: below(9) === 0,
        content: 'text' as const,
        ...(below(3) > 0 && { archiveId: `a${name}` }),
        ...(below(3) > 0 && { originId: name }),
        ...(below(6) === 0 && aFile(below)),
        ...(below(3) === 0 && { protection: { how: 'omemo-2' as const, trust: oneOf(['verified', 'first-use'] as const) } }),
      };
      return { message, ...(below(10) === 0 && { gap: { beforeArchiveId: `a${name}` } }) };
    });
    const conversation: BackupConversation = {
      id,
      kind: isRoom ? 'room' : 'direct',
      title: oneOf(['Friend', '朋友']),
      muted: below(2) === 0,
      pinned: below(2) === 0,
      marks: below(2) === 0 ? NO_MARKS : { ...NO_MARKS, readUpTo: order },
      complete: below(2) === 0,
      isContact: !isRoom,
      ...(below(3) === 0 && { draft: 'half a sent' }),
      ...(!isRoom && below(2) === 0 && { encryption: 'on' as const }),
      ...(isRoom && { room: { nick: 'mia', autojoin: false } }),
    };
    return { conversation, items };
  });
  const fingerprint = Array.from({ length: 64 }, () => below(16).toString(16)).join('');
  const device = { id: 1 + below(1000), fingerprint, trust: oneOf(['verified', 'refused'] as const), firstSeenAt: 1 };
  return {
    self,
    conversations,
    trust: below(2) === 0 ? [] : [{ person: 'friend-0@warbler.example' as Address, isStrict: true, devices: [device] }],
  };
}
