// The account as a backup reads it: as it is when the backup begins, whatever comes meanwhile.
import type { ConversationId } from '../../model/conversation.ts';
import { succeeded } from '../../model/failure.ts';
import type { BackupConversation, BackupItem, BackupSource } from '../backup-ports.ts';
import type { ConversationRecord, StoredMessage } from '../ports.ts';
import type { DeskNeeds } from './desk-needs.ts';

const PAGE = 200;

export function backupSource(needs: DeskNeeds): BackupSource {
  const { self, book, store, journal, known } = needs;
  const tops = new Map<ConversationId, number>();
  let moves = 0;

  /** What is read counts if nothing was written meanwhile: a gap and what was put into it are seen together, or neither. */
  const read = async (id: ConversationId, above: number): ReturnType<BackupSource['page']> => {
    for (;;) {
      const { written } = journal;
      const flushed = await journal.flush();
      if (!flushed.ok) return flushed;
      const rows = await store.readAbove(id, above, PAGE);
      needs.lookForLosses();
      if (journal.written !== written) continue;
      const top = tops.get(id) ?? -Infinity;
      return succeeded(asItems(rows.filter(({ order }) => order <= top), above, book.get(id))); // oxfmt-ignore
    }
  };

  return {
    self,
    conversations() {
      const records = [...book.all()];
      for (const { id, top } of records) tops.set(id, top);
      return records.map(keptOf);
    },
    /** Whatever changed places while it was read may have been missed: then it is read once more. */
    async page(id, above) {
      if (above === -Infinity) moves = known.moves;
      const page = await read(id, above);
      if (!page.ok || page.value.length > 0 || above === -Infinity || known.moves === moves) return page;
      moves = known.moves;
      return read(id, -Infinity);
    },
    async trust() {
      const { trust } = await needs.encryption();
      const people = [...book.all()].filter(({ kind }) => kind === 'direct').map(({ id }) => id);
      return trust.carry([...new Set([self, ...people])]);
    },
  };
}

function keptOf({
  id,
  kind,
  title,
  muted,
  pinned,
  draft,
  marks,
  encryption,
  complete,
  room,
  standing,
}: ConversationRecord): BackupConversation {
  const isContact = standing === 'contact';
  return { id, kind, title, muted, pinned, marks, complete, isContact, ...(draft !== undefined && { draft }), ...(encryption && { encryption }), ...(room && { room }) }; // oxfmt-ignore
}

function asItems(rows: readonly StoredMessage[], above: number, record: ConversationRecord | undefined): BackupItem[] {
  let before = above;
  return rows.map((message) => {
    const gap = record?.gaps.find(({ below }) => below > before && below <= message.order);
    before = message.order;
    if (!gap) return { message };
    const { beforeArchiveId, afterArchiveId } = gap;
    return {
      message,
      gap: { ...(beforeArchiveId !== undefined && { beforeArchiveId }), ...(afterArchiveId !== undefined && { afterArchiveId }) },
    };
  });
}
