// The account as a restore writes it: a thread at a time.
import { failed, succeeded } from '../../model/failure.ts';
import type { BackupTarget } from '../backup-ports.ts';
import { RestoredThread } from '../sync/restored/restore-thread.ts';
import type { DeskNeeds } from './desk-needs.ts';

export function backupTarget(needs: DeskNeeds): BackupTarget {
  const { self, journal, intake, known } = needs;
  const total = { added: 0, recovered: 0 };
  let thread: RestoredThread | undefined;
  return {
    self,
    async begin(conversation) {
      thread = new RestoredThread(needs, conversation);
      thread.begin();
      return succeeded(undefined);
    },
    take: async (items) => thread?.take(items) ?? failed({ kind: 'not-found' }),
    async end() {
      const ended = await thread?.end();
      total.added += thread?.count.added ?? 0;
      total.recovered += thread?.count.recovered ?? 0;
      thread = undefined;
      // What is forgotten must be on disk, or it would be taken for new.
      await intake.run([], () => (journal.isClean() ? known.trim() : undefined));
      return ended ?? succeeded(undefined);
    },
    async takeTrust(carried) {
      const { trust } = await needs.encryption();
      return trust.takeCarried(carried);
    },
    count: () => total,
  };
}
