// A batch as rows: everything is sealed before the transaction opens, so that the transaction is one batch of plain data.
import type { ConversationId } from '../../model/conversation.ts';
import type { Batch, StoredMessage } from '../ports.ts';
import type { RowChange } from './account-database.ts';
import { planBlocks } from './block-plan.ts';
import type { BlockPlan } from './block-plan.ts';
import type { BlockShelf, Run } from './block-shelf.ts';
import { mendedRecord } from './mend-conversation.ts';
import { blockKey } from './schema.ts';
import type { BlockRef } from './schema.ts';
import { sealKept, sealRecord } from './shelf.ts';
import type { Shelf } from './shelf.ts';
import { blindId } from './vault.ts';

export interface Prepared {
  changes: readonly RowChange[];
  /** Called once the disk has taken them. */
  apply(): void;
}

/** Called with the blocks a change would have to look into, when one of them cannot be opened. */
export type Mend = (run: Run, broken: BlockRef) => Promise<void>;

export async function prepareRows(shelf: Shelf, blocks: BlockShelf, batch: Batch, mend: Mend): Promise<Prepared> {
  // First: looking into a block may show that it is lost, and then the records must say so.
  const threads = await Promise.all([...conversationsOf(batch)].map((conversation) => prepareThread(blocks, batch, conversation, mend)));
  const [records, outbox, facts, keyring] = await Promise.all([
    prepareConversations(shelf, blocks, batch),
    prepareOutbox(shelf, batch),
    prepareFacts(shelf, batch.facts ?? {}),
    prepareKeyring(shelf, batch.keys ?? []),
  ]);
  return {
    changes: [...threads.map(({ change }) => change), records, outbox, facts, keyring],
    apply: () => threads.forEach(({ run, plan }) => blocks.apply(run, plan.dropped, plan.written)),
  };
}

export async function prepareFacts(shelf: Shelf, facts: Readonly<Record<string, unknown>>): Promise<RowChange> {
  const given = Object.entries(facts);
  const kept = given.filter(([, value]) => value !== undefined);
  const puts = await Promise.all(kept.map(async ([name, value]) => [name, await sealRecord(shelf, 'facts', name, value)] as const));
  return { table: 'facts', puts, deletes: given.filter(([, value]) => value === undefined).map(([name]) => name) };
}

interface PreparedThread {
  change: RowChange;
  run: Run;
  plan: BlockPlan;
}

async function prepareThread(blocks: BlockShelf, batch: Batch, conversation: ConversationId, mend: Mend): Promise<PreparedThread> {
  const run = await blocks.run(conversation);
  const plan = await planBlocks(run.refs, ofThread(batch.messages, conversation), ofThread(batch.changed, conversation), async (ref) => {
    const [messages] = await blocks.read(run, [ref]);
    if (!messages) await mend(run, ref);
    return messages;
  });
  const puts = await Promise.all(plan.written.map((draft) => blocks.seal(run, draft)));
  return { change: { table: 'blocks', puts, deletes: plan.dropped.map((ref) => blockKey(run.key, ref)) }, run, plan };
}

async function prepareConversations(shelf: Shelf, blocks: BlockShelf, batch: Batch): Promise<RowChange> {
  const puts = (batch.conversations ?? []).map(async (record) => {
    const key = await blocks.keyOf(record.id);
    return [key, await sealRecord(shelf, 'conversations', key, mendedRecord(shelf, key, record))] as const;
  });
  return { table: 'conversations', puts: await Promise.all(puts) };
}

async function prepareOutbox(shelf: Shelf, batch: Batch): Promise<RowChange> {
  const puts = (batch.outbox ?? []).map(async (record) => {
    const key = await blindId(shelf.vault, 'message', record.id);
    return [key, await sealRecord(shelf, 'outbox', key, record)] as const;
  });
  const deletes = (batch.settled ?? []).map((id) => blindId(shelf.vault, 'message', id));
  return { table: 'outbox', puts: await Promise.all(puts), deletes: await Promise.all(deletes) };
}

export async function prepareKeyring(shelf: Shelf, kept: NonNullable<Batch['keys']>): Promise<RowChange> {
  const rows = await Promise.all(kept.map(async ({ name, value }) => ({ key: await blindId(shelf.vault, 'key', name), name, value })));
  const puts = rows.flatMap(({ key, name, value }) =>
    value === undefined ? [] : sealKept(shelf, key, { name, value }).then((sealed) => [key, sealed] as const),
  );
  return { table: 'keyring', puts: await Promise.all(puts), deletes: rows.flatMap(({ key, value }) => (value === undefined ? key : [])) };
}

function conversationsOf({ messages = [], changed = [] }: Batch): Set<ConversationId> {
  return new Set([...messages, ...changed].map(({ conversation }) => conversation));
}

const ofThread = (messages: readonly StoredMessage[] | undefined, conversation: ConversationId): readonly StoredMessage[] =>
  messages?.filter((message) => message.conversation === conversation) ?? [];
