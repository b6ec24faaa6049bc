// One's own message stands in the thread before the core has it, and never twice.
import { serveMessageRequests } from '../../../src/elements/controllers/message-requests.ts';
import { SendRequestEvent } from '../../../src/elements/events/message-requests.ts';
import type { MessageId } from '../../../src/model/message.ts';
import { equal, near, same } from '../../browser-kit/expect.ts';
import { frame } from '../../browser-kit/person.ts';
import { LI, ScriptedSession } from '../../browser-kit/scripted-session.ts';
import { many, Reader } from './reader.ts';

afterEach(() => Reader.leave());

const own = (id: string): { id: MessageId; text: string } => ({ id: id as MessageId, text: `words of ${id}` });
const shown = (reader: Reader): string[] => reader.all('[role="article"]').map((bubble) => bubble.dataset['id'] ?? '');

/** A person at a thread whose requests are served by its session, as by a composer beside it. */
async function open(prepare: (session: ScriptedSession) => void = () => undefined): Promise<Reader> {
  const reader = await Reader.open({ messages: many(60), prepare });
  serveMessageRequests(reader.box, () => reader.session);
  return reader;
}

const send = (reader: Reader, id: string): boolean => reader.box.dispatchEvent(new SendRequestEvent(LI, own(id)));

describe('an own message', () => {
  it('is drawn with the next frame, before any answer, at the end', async () => {
    const reader = await open((session) => session.hold('sendMessage'));
    send(reader, 'own1');
    await frame();
    equal(reader.inView().at(-1), 'own1');
    equal(reader.bubble('own1').querySelector('.text')?.textContent?.includes('words of own1'), true);
    near(reader.distanceFromEnd, 0, 1);
    equal(reader.find('[data-id="own1"] .state')?.dataset['state'], 'queued');
  });

  it('is shown once when the core has it, and when it has its place', async () => {
    const reader = await open((session) => session.hold('sendMessage'));
    send(reader, 'own1');
    await reader.settle();
    reader.session.letGo('sendMessage');
    await reader.settle();
    equal(shown(reader).filter((id) => id === 'own1').length, 1);
    equal(reader.find('[data-id="own1"] .state')?.dataset['state'], 'sending');
    const [entry] = reader.session.thread().outbox;
    if (!entry) throw new Error('the outbox is empty');
    const { outbox: _, ...settled } = entry;
    reader.session.thread().outbox = [];
    reader.session.receive(LI, { ...settled, order: 61 });
    await reader.settle();
    equal(shown(reader).filter((id) => id === 'own1').length, 1);
    equal(reader.find('[data-id="own1"] .state')?.dataset['state'], 'sent');
  });

  it('goes where the core refuses it', async () => {
    const reader = await open((session) => {
      session.hold('sendMessage');
      session.refuse('sendMessage', { kind: 'storage-full' });
    });
    send(reader, 'own1');
    await frame();
    equal(shown(reader).includes('own1'), true);
    reader.session.letGo('sendMessage');
    await reader.settle();
    equal(shown(reader).includes('own1'), false);
  });

  it('keeps the order of writing', async () => {
    const reader = await open((session) => session.hold('sendMessage'));
    for (const id of ['own1', 'own2', 'own3']) send(reader, id);
    await frame();
    same(shown(reader).slice(-3), ['own1', 'own2', 'own3']);
    reader.session.letGo('sendMessage');
    await reader.settle();
    same(shown(reader).slice(-3), ['own1', 'own2', 'own3']);
  });

  it('of somebody else on the same page is not shown here', async () => {
    const reader = await Reader.open({ messages: many(60) });
    const other = new ScriptedSession();
    other.add({ id: LI, title: '李雯' });
    serveMessageRequests(reader.box, () => other);
    send(reader, 'own1');
    await reader.settle();
    equal(shown(reader).includes('own1'), false);
  });

  it('that is taken back while it waited does not come again', async () => {
    const reader = await open((session) => session.hold('sendMessage'));
    send(reader, 'own1');
    await reader.settle();
    // Before this tab is shown a page, another tab discards it.
    reader.session.hold('readThread');
    reader.session.letGo('sendMessage');
    await reader.settle();
    await reader.session.discardMessage('own1' as MessageId);
    reader.session.letGo('readThread');
    for (let told = 0; told < 3; told++) {
      reader.session.tell({ about: 'thread', conversation: LI });
      await reader.settle();
    }
    equal(shown(reader).includes('own1'), false);
  });

  it('leaves nothing behind in another conversation', async () => {
    const omar = 'omar@warbler.example' as typeof LI;
    const reader = await open((session) => {
      session.hold('sendMessage');
      session.add({ id: omar, title: 'Omar' });
    });
    send(reader, 'own1');
    await frame();
    reader.thread.conversation = omar;
    await reader.settle();
    equal(shown(reader).includes('own1'), false);
  });
});
