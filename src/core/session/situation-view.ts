// Where the whole session stands, in one value.
import type { Situation } from '../../model/situation.ts';
import type { AccountSession } from './account-session.ts';
import type { Noted } from './noted.ts';
import type { SessionLife } from './session-life.ts';

export function viewSituation(life: SessionLife, notices: Noted): Situation {
  const session = life.current;
  return {
    sign: life.sign,
    ...(session && life.sign !== 'signed-out' && { account: session.account }),
    connection: life.connection,
    storage: life.diskWait.isLong ? 'held' : (session?.store.state() ?? life.storage),
    unread: session ? countUnread(session) : { messages: 0, conversations: 0, mentioned: false },
    ...(session?.messages.outbox.count() ?? { waiting: 0, unsent: 0 }),
    catchingUp: session?.catchingUp.isTold ?? false,
    ...(life.lock.mode !== 'none' && { lock: { mode: life.lock.mode, idle: life.lock.auto.idle } }),
    notices: notices.all(),
  };
}

/** What is muted calls for nobody, unless somebody is named there. */
function countUnread(session: AccountSession): Situation['unread'] {
  const count = { messages: 0, conversations: 0, mentioned: false };
  for (const { unread, muted, mentioned } of session.book.all()) {
    if (unread === 0 || (muted && !mentioned)) continue;
    count.messages += unread;
    count.conversations += 1;
    count.mentioned ||= mentioned;
  }
  return count;
}
