// Everything that waits, in one place: from the bar or the account's menu, with what can be done about it.
import type { ConversationId } from '../../../src/model/conversation.ts';
import type { Message, MessageId } from '../../../src/model/message.ts';
import type { ConnectionBar } from '../../../src/elements/connection-bar/connection-bar.ts';
import { accessibilityFaults } from '../../browser-kit/accessibility.ts';
import { equal, ok, same } from '../../browser-kit/expect.ts';
import { addPeople, OMAR } from '../../browser-kit/people.ts';
import { until } from '../../browser-kit/person.ts';
import { LI, messageAt, type ScriptedSession } from '../../browser-kit/scripted-session.ts';
import { Widget, type WidgetWishes } from '../../browser-kit/widget.ts';
import { fakeClock } from '../../kit/fake-clock.ts';

afterEach(() => Widget.leave());

const own = (conversation: ConversationId, id: string, text: string, outbox: NonNullable<Message['outbox']>): Message =>
  messageAt(0, { id: id as MessageId, conversation, own: true, order: undefined, text, outbox });

function addWaiting(session: ScriptedSession): void {
  addPeople(session);
  session.thread(LI).outbox.push(own(LI, 'w1', '地址没有变', { stage: 'queued' }));
  session
    .thread(OMAR)
    .outbox.push(
      own(OMAR, 'f1', 'The contract, page 3', { stage: 'failed', failure: { kind: 'no-answer' } }),
      own(OMAR, 'f2', 'x'.repeat(400), { stage: 'failed', failure: { kind: 'refused', reason: 'too-large' } }),
      own(OMAR, 's1', 'On its way', { stage: 'sending' }),
    );
  session.situation = { ...session.situation, waiting: 2, unsent: 2 };
}

const entries = (widget: Widget): string[] =>
  widget
    .all('warbler-outbox-sheet')
    .flatMap((sheet) =>
      [...(sheet.shadowRoot?.querySelectorAll('li') ?? [])].map((entry) => (entry.textContent ?? '').replaceAll(/\s+/g, ' ').trim()),
    );

async function openOutbox(wishes: WidgetWishes = {}): Promise<Widget> {
  const widget = await Widget.open({ prepare: addWaiting, ...wishes });
  const isChinese = wishes.lang === 'zh-CN';
  await widget.press(isChinese ? '账号与设置' : 'Account and settings');
  await widget.press(isChinese ? '4 条待发送' : '4 waiting');
  await until(() => entries(widget).length > 0, 'the outbox');
  return widget;
}

describe('the outbox', () => {
  it('shows all that waits or failed, to whom and why', async () => {
    const widget = await openOutbox();
    const [waiting, failed, refused, sending] = entries(widget);
    equal(waiting, '李雯 地址没有变 Waiting to be sent Delete');
    ok(failed?.startsWith('Omar Haddad The contract, page 3 Not sent:') && failed.endsWith('Try again Delete'), failed);
    ok(refused?.endsWith('Delete') && !refused.includes('Try again'), 'what trying again does not mend is not tried again');
    equal(sending, 'Omar Haddad On its way Sending');
  });

  it('is reached from the bar where the network is away', async () => {
    const widget = await Widget.open({ prepare: addWaiting });
    widget.session.changeSituation({ connection: { stage: 'waiting', attempt: 2, retryAt: 0, failure: { kind: 'offline' } } });
    const bar = await until(() => widget.find<ConnectionBar>('warbler-connection-bar'), 'the bar');
    const clock = fakeClock();
    const told = document.createElement('warbler-connection-bar') as ConnectionBar;
    Object.assign(told, { clock, session: widget.session, showOutbox: bar.showOutbox });
    bar.replaceWith(told);
    await widget.settle();
    clock.advance(2000);
    await widget.settle();
    await widget.press('2 waiting');
    await until(() => entries(widget).length === 4, 'the outbox');
  });

  it('tries again and deletes, and says so', async () => {
    const widget = await openOutbox();
    await widget.press('Try again: Omar Haddad');
    same(widget.session.asked('retryMessage'), [['f1']]);
    await widget.press('Delete: 李雯');
    same(widget.session.asked('discardMessage'), [['w1']]);
    await widget.hear('The unsent message was deleted');
    await until(() => entries(widget).length === 3, 'one less');
    ok((widget.focused as HTMLElement).matches('.sheet'), 'the keys go on from the sheet');
  });

  it('says why something could not be deleted, and keeps it', async () => {
    const widget = await openOutbox();
    widget.session.refuse('discardMessage', { kind: 'refused', reason: 'other' });
    await widget.press('Delete: 李雯');
    await widget.hear('The service said no');
    equal(entries(widget).length, 4);
  });

  it('leads to the conversation', async () => {
    const widget = await openOutbox();
    widget.all('.open')[1]?.click();
    await widget.settle();
    equal(widget.chat.shadowRoot?.querySelector('warbler-outbox-sheet') ?? null, null);
    equal(widget.find('warbler-conversation-header')?.shadowRoot?.querySelector('h2')?.textContent, 'Omar Haddad');
  });

  it('says that everything has been sent, and Escape leads back', async () => {
    const widget = await openOutbox();
    for (const id of [LI, OMAR]) widget.session.thread(id).outbox = [];
    widget.session.tell({ about: 'thread', conversation: LI });
    await until(() => widget.text.includes('Everything has been sent.'), 'the words');
    await widget.key('Escape');
    await until(() => widget.focusedName === 'Account and settings', 'the focus where it came from');
  });

  for (const lang of ['en', 'zh-CN'] as const)
    for (const theme of ['light', 'dark'] as const)
      it(`axe finds nothing, and it fits into 320 px: ${lang}, ${theme}`, async () => {
        const widget = await openOutbox({ lang, theme, width: 320, height: 568 });
        same(await accessibilityFaults(widget.chat), []);
        const sheet = widget.find('.sheet');
        ok(sheet && sheet.scrollWidth <= sheet.clientWidth, 'nothing stands out');
        for (const button of sheet.querySelectorAll('button')) ok(button.getBoundingClientRect().height >= 24, button.textContent ?? '');
      });
});
