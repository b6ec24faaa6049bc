// What waits or was not sent, over all conversations: told as a list, and counted apart.
import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { AccountSession } from '../../../../src/core/session/account-session.ts';
import { Noted } from '../../../../src/core/session/noted.ts';
import { viewOutbox } from '../../../../src/core/session/outbox-view.ts';
import type { SessionLife } from '../../../../src/core/session/session-life.ts';
import { viewSituation } from '../../../../src/core/session/situation-view.ts';
import type { ConversationId } from '../../../../src/model/conversation.ts';
import type { MessageId } from '../../../../src/model/message.ts';
import { fakeClock } from '../../../kit/fake-clock.ts';
import { messageDevice } from '../../../kit/message-device.ts';
import { ModelEngine } from '../../../kit/model-engine.ts';

const BEN = 'ben@app1.test' as ConversationId;
const CAT = 'cat@app1.test' as ConversationId;

it('shows what waits and what failed in the order it was written, by the names of the conversations', async () => {
  const clock = fakeClock();
  const device = await messageDevice(new ModelEngine(() => clock.now()), clock, 'ann@app1.test/one');
  device.book.change(BEN, { title: 'Ben' });
  await device.write(CAT, 'm1', 'to Cat');
  await device.write(BEN, 'm2', 'to Ben');
  await device.write(CAT, 'm3', 'to Cat again');
  await device.sync.outbox.refuse('m2' as MessageId, { kind: 'refused', reason: 'blocked' });

  const session = sessionOf(device);
  const stages = viewOutbox(session).map(({ message, title }) => [title, message.text, message.outbox?.stage]);
  assert.deepEqual(stages, [
    ['cat', 'to Cat', 'queued'],
    ['Ben', 'to Ben', 'failed'],
    ['cat', 'to Cat again', 'queued'],
  ]);

  const { waiting, unsent } = viewSituation(lifeOf(session), new Noted({ tell: () => undefined }));
  assert.deepEqual({ waiting, unsent }, { waiting: 2, unsent: 1 });
});

const sessionOf = ({ book, sync }: { book: unknown; sync: unknown }): AccountSession =>
  ({
    book,
    messages: sync,
    catchingUp: { isTold: false },
    store: { state: () => 'durable' },
    ownAuthor: () => ({ id: 'ann', name: 'Ann' }),
  }) as unknown as AccountSession;

const lifeOf = (current: AccountSession): SessionLife =>
  ({
    current,
    sign: 'signed-in',
    lock: { mode: 'none' },
    connection: { stage: 'idle' },
    storage: 'durable',
    diskWait: { isLong: false },
  }) as unknown as SessionLife;
