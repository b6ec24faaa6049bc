// The faces of a thread, what stands between messages, and what is said about each message.
import type { Failure } from '../../../src/model/failure.ts';
import type { AuthorId, MessageId } from '../../../src/model/message.ts';
import { accessibilityFaults } from '../../browser-kit/accessibility.ts';
import { equal, ok, same } from '../../browser-kit/expect.ts';
import { LI, messageAt } from '../../browser-kit/scripted-session.ts';
import { many, NOW, Reader } from './reader.ts';

afterEach(() => Reader.leave());

const text = (element: Element | null | undefined): string => element?.textContent?.replaceAll(/\s+/g, ' ').trim() ?? '';

describe('the faces of a thread', () => {
  it('says that nothing is chosen', async () => {
    const reader = await Reader.open();
    reader.thread.conversation = undefined;
    await reader.settle();
    ok(text(reader.find('.face')).includes('Choose a conversation'), text(reader.find('.face')));
  });

  it('says that there are no messages yet', async () => {
    const reader = await Reader.open({ messages: [] });
    ok(text(reader.find('.face')).includes('No messages yet'), text(reader.find('.face')));
  });

  it('draws bones while loading, and names them', async () => {
    const reader = await Reader.open({ prepare: (session) => session.hold('readThread') });
    equal(reader.find('.skeleton')?.getAttribute('aria-label') ?? '', 'Loading messages…');
    reader.session.letGo('readThread');
    await reader.settle();
    equal(reader.find('.skeleton'), null);
    equal(reader.inView().at(-1), 'm30');
  });

  it('says why it failed, and tries again', async () => {
    const reader = await Reader.open({ prepare: (session) => session.refuse('readThread', { kind: 'core-gone' }) });
    ok(reader.find('.face.failed'), 'a failed face');
    reader.session.refuse('readThread');
    reader.button('Try again').click();
    await reader.settle();
    equal(reader.inView().at(-1), 'm30');
  });

  it('tells when older messages did not come, and fetches them again', async () => {
    const reader = await Reader.open({ messages: many(120) });
    reader.session.refuse('readThread', { kind: 'no-answer' });
    await reader.scrollBy(-reader.log.scrollTop);
    const status = reader.find('.older[role="status"]');
    ok(status, 'a word about it');
    reader.session.refuse('readThread');
    status.querySelector('button')?.click();
    await reader.scrollToStart();
    equal(reader.inView()[0], 'm1');
  });
});

describe('a name that seems borrowed', () => {
  const open = (lang: 'en' | 'zh-CN', theme: 'light' | 'dark', authorName = 'аdmin'): Promise<Reader> =>
    Reader.open({
      lang,
      theme,
      width: 320,
      messages: [messageAt(1, { authorName, suspicious: true }), messageAt(2, { author: 'mia' as AuthorId, authorName: 'Mia' })],
      prepare: (session) => session.change(LI, { kind: 'room', standing: 'member' }),
    });

  for (const [lang, words] of [
    ['en', 'Suspicious name'],
    ['zh-CN', '名字可疑'],
  ] as const)
    for (const theme of ['light', 'dark'] as const)
      it(`is marked by sign and words, for the ear as well: ${lang}, ${theme}`, async () => {
        const reader = await open(lang, theme);
        same(
          reader.all('.who').map((name) => text(name)),
          [`${words} · аdmin`, 'Mia'],
        );
        ok(reader.find('.who svg'), 'a sign');
        ok(reader.bubble('m1').ariaLabel?.startsWith(`аdmin (${words}), `), String(reader.bubble('m1').ariaLabel));
        same(await accessibilityFaults(reader.thread), []);
      });

  it('cannot be so long that the warning is out of sight', async () => {
    const reader = await open('en', 'light', `а${'dmin'.repeat(15)}`);
    const [warning, view] = [reader.find('.suspicious'), reader.log].map((one) => one?.getBoundingClientRect());
    ok(warning && view && warning.right <= view.right, 'the warning is seen whole');
  });
});

describe('between messages', () => {
  it('a day begins with its name', async () => {
    const day = 86_400_000;
    const messages = [messageAt(1, { sentAt: NOW - 3 * day }), messageAt(2, { sentAt: NOW - day }), messageAt(3, { sentAt: NOW - 1000 })];
    const reader = await Reader.open({ messages });
    const names = reader.all('[part="day-divider"] [role="separator"]').map((one) => one.getAttribute('aria-label'));
    same(names.slice(1), ['Yesterday', 'Today']);
    ok(names[0]?.includes('July'), names[0] ?? '');
  });

  it('today becomes yesterday at midnight', async () => {
    const reader = await Reader.open({ messages: [messageAt(1, { sentAt: NOW - 1000 })] });
    equal(text(reader.find('[part="day-divider"]')), 'Today');
    reader.clock.advance(86_400_000);
    await reader.settle();
    equal(text(reader.find('[part="day-divider"]')), 'Yesterday');
  });

  it('the divider of what is new stays where it is for the visit, and is gone in the next', async () => {
    const reader = await Reader.open({ messages: many(10), marks: { readUpTo: 5 } });
    equal(reader.find('[part="new-divider"]')?.nextElementSibling?.getAttribute('data-id') ?? '', 'm6');
    await reader.session.markRead(LI, 10);
    reader.session.receive(LI, messageAt(11));
    await reader.settle();
    equal(reader.find('[part="new-divider"]')?.nextElementSibling?.getAttribute('data-id') ?? '', 'm6');
    await reader.session.markRead(LI, 11);
    reader.thread.conversation = undefined;
    await reader.settle();
    reader.thread.conversation = LI;
    await reader.settle();
    equal(reader.find('[part="new-divider"]'), null);
  });

  it('a gap is told, fetched when it is seen, and offered again when that failed', async () => {
    const reader = await Reader.open({
      messages: many(10),
      prepare: (session) => session.thread().gaps.push({ id: 'gap1' as never, below: 8, state: 'open' }),
    });
    ok(text(reader.find('[part="gap"]')).includes('missing'), 'words about the gap');
    same(reader.session.asked('fillGap'), [[LI, 'gap1']]);
    reader.session.thread().gaps = [{ id: 'gap1' as never, below: 8, state: 'failed' }];
    reader.session.tell({ about: 'thread', conversation: LI, from: 8 });
    await reader.settle();
    reader.button('Try again').click();
    equal(reader.session.asked('fillGap').length, 2);
    reader.session.thread().gaps = [];
    reader.session.tell({ about: 'thread', conversation: LI, from: 8 });
    await reader.settle();
    equal(reader.find('[part="gap"]'), null);
  });

  it('messages of one person within five minutes make a group with one face at its foot', async () => {
    const at = (order: number, minutes: number): ReturnType<typeof messageAt> =>
      messageAt(order, { sentAt: NOW - 3_600_000 + minutes * 60_000 });
    const reader = await Reader.open({ messages: [at(1, 0), at(2, 4), at(3, 20), messageAt(4, { own: true, sentAt: NOW - 1_000_000 })] });
    same(
      reader.all('.message').map((one) => one.querySelector('.avatar') !== null),
      [false, true, true, false],
    );
    same(
      reader.all('.message.first').map((one) => one.dataset['id']),
      ['m1', 'm3', 'm4'],
    );
  });

  it('rooms name the person above a group', async () => {
    const reader = await Reader.open({
      messages: [messageAt(1, { author: 'a' as never, authorName: '王磊' }), messageAt(2, { author: 'b' as never, authorName: 'Mia' })],
      prepare: (session) => session.change(LI, { kind: 'room' }),
    });
    same(reader.all('[part="author"]').map(text), ['王磊', 'Mia']);
  });
});

describe('a message', () => {
  it('that cannot be shown says so and why', async () => {
    const reader = await Reader.open({ messages: [messageAt(1, { content: 'unreadable', text: '' })] });
    ok(text(reader.bubble('m1')).includes('This message cannot be shown'), text(reader.bubble('m1')));
  });

  it('tells how far it has come by shape, words and name', async () => {
    const reader = await Reader.open({ messages: [messageAt(1, { own: true })] });
    const seen: string[] = [];
    const look = async (): Promise<void> => {
      await reader.settle();
      const state = reader.bubble('m1').querySelector<HTMLElement>('.state');
      seen.push(
        `${state?.dataset['state']} ${state?.title} ${reader.bubble('m1').getAttribute('aria-label')?.split(', ').at(-1)} ${state?.querySelector('path, circle')?.outerHTML.length}`,
      );
    };
    for (const marks of [{}, { deliveredUpTo: 1 }, { displayedUpTo: 1 }]) {
      Object.assign(reader.session.thread(), { marks: { ...reader.session.thread().marks, ...marks } });
      reader.session.tell({ about: 'thread', conversation: LI });
      await look();
    }
    same(
      seen.map((line) => line.split(' ').slice(0, 3).join(' ')),
      ['sent Sent Sent', 'delivered Delivered Delivered', 'read Read Read'],
    );
    equal(new Set(seen.map((line) => line.split(' ').at(-1))).size, 3, 'three shapes');
  });

  it('shows its state without being pointed at only where it is the newest own one', async () => {
    const reader = await Reader.open({ messages: [messageAt(1, { own: true }), messageAt(2, { own: true }), messageAt(3)] });
    same(
      reader.all('.state').map((one) => one.classList.contains('quiet')),
      [true, false],
    );
  });

  it('leaves no blank where a state would be, and what is pointed at covers nothing', async () => {
    const reader = await Reader.open({ messages: [messageAt(1, { own: true, text: 'short' }), messageAt(2, { own: true }), messageAt(3)] });
    const bubble = reader.bubble('m1');
    const words = document.createRange();
    words.selectNodeContents(bubble.querySelector('.text') ?? bubble);
    const gap = (): number => (bubble.querySelector('.meta')?.getBoundingClientRect().left ?? 0) - words.getBoundingClientRect().right;
    const resting = bubble.querySelector('.bubble')?.getBoundingClientRect().width;
    ok(gap() >= 4 && gap() <= 14, `${gap()} px between text and time`);
    bubble.focus();
    await reader.settle();
    const [state, ground] = [bubble.querySelector('.state'), bubble.querySelector('.bubble')].map((one) => one?.getBoundingClientRect());
    const time = bubble.querySelector('.meta > span')?.getBoundingClientRect();
    ok(
      state && ground && time && state.left >= time.right && state.right <= ground.right,
      'the state stands after the time, in the bubble',
    );
    ok(gap() >= 1, 'the time stands clear of the text');
    equal(ground.width, resting, 'the bubble is as wide as before');
  });

  it('that waits keeps its element when it is sent', async () => {
    const reader = await Reader.open({ messages: many(3) });
    await reader.session.sendMessage(LI, { id: 'x1' as MessageId, text: 'hello' });
    await reader.settle();
    const waiting = reader.bubble('x1');
    equal(waiting.querySelector<HTMLElement>('.state')?.dataset['state'], 'sending');
    reader.session.settle(LI, 'x1' as MessageId);
    await reader.settle();
    equal(reader.bubble('x1'), waiting);
    equal(waiting.querySelector<HTMLElement>('.state')?.dataset['state'], 'sent');
  });

  const failures: [Failure, boolean][] = [
    [{ kind: 'no-answer' }, true],
    [{ kind: 'refused', reason: 'blocked' }, false],
    [{ kind: 'message-too-long', limit: 16_000 }, false],
    [{ kind: 'too-many-requests' }, true],
  ];
  for (const [failure, again] of failures) {
    it(`that failed (${failure.kind}) says why and offers what helps`, async () => {
      const reader = await Reader.open({ messages: many(3) });
      await reader.session.sendMessage(LI, { id: 'x1' as MessageId, text: 'hello' });
      reader.session.failMessage(LI, 'x1' as MessageId, failure);
      await reader.settle();
      const line = reader.bubble('x1').querySelector('[part="failure"]');
      ok(text(line).startsWith('Not sent: '), text(line));
      const offered = [...(line?.querySelectorAll('button') ?? [])].map(text);
      same(offered, again ? ['Try again', 'Edit', 'Delete'] : ['Edit', 'Delete']);
    });
  }

  it('is sent again, given back and deleted', async () => {
    const reader = await Reader.open({ messages: many(3) });
    await reader.session.sendMessage(LI, { id: 'x1' as MessageId, text: 'hello' });
    reader.session.failMessage(LI, 'x1' as MessageId, { kind: 'no-answer' });
    await reader.settle();
    const edited: string[] = [];
    reader.box.addEventListener('warbler-edit-request', (event) =>
      edited.push((event as unknown as { message: { text: string } }).message.text),
    );
    reader.button('Edit', reader.bubble('x1')).click();
    same(edited, ['hello']);
    reader.button('Try again', reader.bubble('x1')).click();
    await reader.settle();
    equal(reader.bubble('x1').querySelector<HTMLElement>('.state')?.dataset['state'], 'sending');
    reader.session.failMessage(LI, 'x1' as MessageId, { kind: 'no-answer' });
    await reader.settle();
    reader.button('Delete', reader.bubble('x1')).click();
    await reader.settle();
    equal(reader.find('[data-id="x1"]'), null);
  });
});

describe('a thread is usable by everybody', () => {
  for (const lang of ['zh-CN', 'en'] as const) {
    for (const theme of ['light', 'dark'] as const) {
      it(`axe finds nothing: ${lang}, ${theme}`, async () => {
        const reader = await Reader.open({
          lang,
          theme,
          messages: [...many(8), messageAt(9, { text: '*a* `b` https://a.example/ \n> c' }), messageAt(10, { content: 'unreadable' })],
          marks: { readUpTo: 6 },
          prepare: (session) => {
            session.thread().gaps.push({ id: 'gap1' as never, below: 4, state: 'failed' });
            session.thread().outbox.push(
              messageAt(0, {
                id: 'x' as MessageId,
                own: true,
                order: undefined,
                outbox: { stage: 'failed', failure: { kind: 'no-answer' } },
              }),
            );
            session.change(LI, { writing: ['Li'], kind: 'room' });
          },
        });
        same(await accessibilityFaults(reader.box), []);
      });
    }
  }

  it('axe finds nothing in the other faces', async () => {
    const reader = await Reader.open({ messages: [] });
    same(await accessibilityFaults(reader.box), []);
    reader.thread.conversation = undefined;
    await reader.settle();
    same(await accessibilityFaults(reader.box), []);
    reader.session.refuse('readThread', { kind: 'core-gone' });
    reader.thread.conversation = LI;
    await reader.settle();
    same(await accessibilityFaults(reader.box), []);
  });
});
