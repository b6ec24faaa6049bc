// The keyboard path through a thread, and what those who listen hear.
import type { Failure } from '../../../src/model/failure.ts';
import type { MessageId } from '../../../src/model/message.ts';
import { equal, ok, same } from '../../browser-kit/expect.ts';
import { deepActive, press, settle } from '../../browser-kit/person.ts';
import { LI, messageAt } from '../../browser-kit/scripted-session.ts';
import { many, Reader } from './reader.ts';

afterEach(() => Reader.leave());

const focused = (): string | undefined => (deepActive() as HTMLElement | null)?.dataset['id'];

async function pressAndSee(reader: Reader, key: string): Promise<string | undefined> {
  press(key);
  await reader.settle();
  return focused();
}

describe('the keyboard in a thread', () => {
  it('has one stop for Tab: the message that has or last had the focus', async () => {
    const reader = await Reader.open();
    const stops = (): (string | undefined)[] => reader.all('[tabindex="0"]').map((one) => one.dataset['id']);
    same(stops(), ['m30']);
    reader.thread.focus();
    await pressAndSee(reader, 'ArrowUp');
    same(stops(), ['m29']);
    equal(reader.log.tabIndex, -1);
  });

  it('arrows go from message to message, and keep it in view', async () => {
    const reader = await Reader.open({ messages: many(80) });
    reader.thread.focus();
    equal(focused(), 'm80');
    for (let order = 79; order >= 50; order--) {
      equal(await pressAndSee(reader, 'ArrowUp'), `m${order}`);
      ok(reader.inView().includes(`m${order}`), `m${order} in view`);
    }
    equal(await pressAndSee(reader, 'ArrowDown'), 'm51');
  });

  it('Home and End reach the first and the last that are loaded', async () => {
    const reader = await Reader.open({ messages: many(40) });
    reader.thread.focus();
    equal(await pressAndSee(reader, 'Home'), 'm1');
    equal(await pressAndSee(reader, 'ArrowUp'), 'm1');
    equal(await pressAndSee(reader, 'End'), 'm40');
    ok(reader.inView().includes('m40'), 'm40 in view');
  });

  it('PageUp and PageDown leap by a view', async () => {
    const reader = await Reader.open({ messages: many(80) });
    reader.thread.focus();
    const up = Number((await pressAndSee(reader, 'PageUp'))?.slice(1));
    ok(up <= 76 && up >= 60, `from 80 to ${up}`);
    equal(await pressAndSee(reader, 'PageDown'), 'm80');
  });

  it('Escape asks for the composer and goes no further', async () => {
    const reader = await Reader.open();
    let asked = 0;
    let passed = 0;
    reader.box.addEventListener('warbler-write-request', () => asked++);
    reader.box.addEventListener('keydown', () => passed++);
    reader.thread.focus();
    press('Escape');
    same([asked, passed], [1, 0]);
  });

  it('leaves keys with modifiers to the browser', async () => {
    const reader = await Reader.open();
    reader.thread.focus();
    ok(!press('ArrowUp', { altKey: true }).defaultPrevented, 'Alt is not ours');
    ok(!press('c', { ctrlKey: true }).defaultPrevented, 'copying is not ours');
    equal(focused(), 'm30');
  });

  it('links and buttons of a message are reached from that message only', async () => {
    const reader = await Reader.open({
      messages: [messageAt(1, { text: 'https://a.example/' }), messageAt(2, { text: 'https://b.example/' })],
    });
    const reachable = (): string[] =>
      reader
        .all('a')
        .filter((link) => link.tabIndex === 0)
        .map((link) => link.textContent ?? '');
    same(reachable(), []);
    reader.thread.focus();
    await reader.settle();
    same(reachable(), ['https://b.example/']);
    await pressAndSee(reader, 'ArrowUp');
    same(reachable(), ['https://a.example/']);
  });

  it('a row that leaves the drawing does not throw the focus out of the thread', async () => {
    const reader = await Reader.open({ messages: many(300) });
    reader.thread.focus();
    await pressAndSee(reader, 'ArrowUp');
    await reader.scrollBy(-2500);
    await reader.scrollBy(-2500);
    equal(deepActive(), reader.log);
    equal(await pressAndSee(reader, 'ArrowDown'), 'm300');
  });
});

describe('roles and names', () => {
  it('a log that is silent, of articles that are named and numbered', async () => {
    const reader = await Reader.open({ messages: [messageAt(1), messageAt(2, { own: true })] });
    same([reader.log.getAttribute('aria-live'), reader.log.getAttribute('aria-label')], ['off', 'Conversation with 李雯']);
    const [theirs, own] = reader.all('[role="article"]');
    ok(/^李雯, \d\d:\d\d$/.test(theirs?.getAttribute('aria-label') ?? ''), theirs?.getAttribute('aria-label') ?? '');
    ok(/^You, \d\d:\d\d, Sent$/.test(own?.getAttribute('aria-label') ?? ''), own?.getAttribute('aria-label') ?? '');
    same([own?.getAttribute('aria-posinset'), own?.getAttribute('aria-setsize')], ['2', '-1']);
  });
});

describe('what is said', () => {
  const texts = (reader: Reader): string[] => reader.heard.map((one) => one.text);

  it('never history', async () => {
    const reader = await Reader.open({ messages: many(200), marks: { readUpTo: 100 } });
    await reader.scrollBy(-300);
    await reader.scrollToStart();
    same(texts(reader), []);
  });

  it('who wrote what', async () => {
    const reader = await Reader.open();
    reader.session.receive(LI, messageAt(31, { text: 'hello' }));
    await reader.settle();
    same(reader.heard, [{ text: '李雯: hello', urgency: 'polite' }]);
  });

  it('how many, when more than three come within two seconds', async () => {
    const reader = await Reader.open();
    reader.session.receive(LI, ...many(10, 31).map((message) => ({ ...message, own: false, text: 'x' })));
    await reader.settle();
    equal(texts(reader).length, 3);
    reader.clock.advance(2000);
    equal(texts(reader).at(-1), '7 new messages in 李雯');
    reader.session.receive(LI, messageAt(41, { text: 'later' }));
    await reader.settle();
    equal(texts(reader).at(-1), '李雯: later');
  });

  it('"Sent", and a failure at once', async () => {
    const reader = await Reader.open();
    await reader.session.sendMessage(LI, { id: 'x1' as MessageId, text: 'mine' });
    await settle(reader.thread);
    reader.session.settle(LI, 'x1' as MessageId);
    await reader.settle();
    same(texts(reader), ['Sent']);
    await reader.session.sendMessage(LI, { id: 'x2' as MessageId, text: 'mine' });
    await reader.settle();
    const blocked: Failure = { kind: 'refused', reason: 'blocked' };
    reader.session.failMessage(LI, 'x2' as MessageId, blocked);
    await reader.settle();
    equal(reader.heard.at(-1)?.urgency, 'assertive');
    ok(reader.heard.at(-1)?.text.startsWith('Message not sent: '), reader.heard.at(-1)?.text);
  });
});
