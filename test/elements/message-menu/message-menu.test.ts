// What can be done with a message, by pointer and by keyboard.
import type { MessageId } from '../../../src/model/message.ts';
import { ensureElement } from '../../../src/elements/registry.ts';
import { accessibilityFaults } from '../../browser-kit/accessibility.ts';
import { equal, ok, same } from '../../browser-kit/expect.ts';
import { deepActive, press, until } from '../../browser-kit/person.ts';
import { LI, messageAt } from '../../browser-kit/scripted-session.ts';
import { many, Reader, type Opening } from '../thread/reader.ts';

afterEach(() => Reader.leave());

async function open(opening: Opening = {}): Promise<Reader> {
  await ensureElement('warbler-message-menu');
  return Reader.open(opening);
}

const menuRoot = (reader: Reader): ShadowRoot => reader.find('warbler-message-menu')?.shadowRoot as ShadowRoot;
const menu = (reader: Reader): HTMLElement | null => menuRoot(reader).querySelector('[role="menu"]');
const items = (reader: Reader): string[] =>
  [...menuRoot(reader).querySelectorAll('[role="menuitem"]')].map((one) => one.textContent.trim());

async function rightClick(reader: Reader, id: string): Promise<Event> {
  const event = new MouseEvent('contextmenu', { bubbles: true, composed: true, cancelable: true });
  reader.bubble(id).dispatchEvent(event);
  await reader.settle();
  return event;
}

async function choose(reader: Reader, name: string): Promise<void> {
  const item = [...menuRoot(reader).querySelectorAll<HTMLElement>('[role="menuitem"]')].find((one) => one.textContent.trim() === name);
  if (!item) throw new Error(`no ${name} among ${items(reader).join(', ')}`);
  item.click();
  await reader.settle();
}

/** One own message that was not sent. */
async function openFailed(): Promise<Reader> {
  const reader = await open({ messages: many(3) });
  const id = 'own-1' as MessageId;
  await reader.session.sendMessage(LI, { id, text: 'not sent' });
  reader.session.failMessage(LI, id, { kind: 'no-answer' });
  await until(() => reader.find('.failure'), 'the failure');
  return reader;
}

describe('the menu of a message', () => {
  it('opens by Enter on a message, and Escape gives the focus back to it', async () => {
    const reader = await open();
    reader.thread.focus();
    press('Enter');
    await reader.settle();
    equal(deepActive()?.textContent?.trim(), 'Copy text');
    press('Escape');
    await reader.settle();
    equal(menu(reader), null);
    equal((deepActive() as HTMLElement).dataset['id'], 'm30');
  });

  it('opens by a right click, but leaves links to the browser', async () => {
    const reader = await open({ messages: [messageAt(1, { text: 'see https://warbler.example' })] });
    ok((await rightClick(reader, 'm1')).defaultPrevented, 'ours');
    ok(menu(reader), 'the menu');
    press('Escape');
    await reader.settle();
    const event = new MouseEvent('contextmenu', { bubbles: true, composed: true, cancelable: true });
    reader.find('.message a')?.dispatchEvent(event);
    ok(!event.defaultPrevented, 'the browser’s own');
    await reader.settle();
    equal(menu(reader), null);
  });

  it('stands inside of the view, and speaks of the time and the state', async () => {
    const reader = await open({ messages: many(30), marks: { displayedUpTo: 30 } });
    await rightClick(reader, 'm28');
    const [box, view] = [menu(reader)?.getBoundingClientRect(), reader.thread.getBoundingClientRect()];
    ok(box && box.top >= view.top && box.bottom <= view.bottom && box.left >= view.left && box.right <= view.right, 'inside');
    ok(menu(reader)?.querySelector('.facts')?.textContent?.includes('Read'), 'how far it has come');
  });

  it('tries, mends or gives up what was not sent', async () => {
    const reader = await openFailed();
    await rightClick(reader, 'own-1');
    same(items(reader), ['Try again', 'Edit', 'Copy text', 'Delete']);
    await choose(reader, 'Try again');
    equal(reader.session.asked('retryMessage').length, 1);
    reader.session.failMessage(LI, 'own-1' as MessageId, { kind: 'no-answer' });
    await reader.settle();
    await rightClick(reader, 'own-1');
    await choose(reader, 'Delete');
    equal(reader.session.asked('discardMessage').length, 1);
    ok(
      reader.heard.some(({ text }) => text.includes('deleted')),
      'said',
    );
  });

  it('asks for a message that cannot be shown to be sent again', async () => {
    const reader = await open({ messages: [messageAt(1, { content: 'unreadable', text: '' })] });
    const words: string[] = [];
    reader.box.addEventListener('warbler-write-request', (event) => words.push((event as Event & { text: string }).text));
    await rightClick(reader, 'm1');
    await choose(reader, 'Ask to send it again');
    ok(words[0]?.includes('Could you send it again?'), words.join());
  });

  it('goes when the thread is scrolled: it would speak of something else', async () => {
    const reader = await open({ messages: many(60) });
    await rightClick(reader, reader.inView().at(-1) ?? '');
    ok(menu(reader), 'open');
    await reader.scrollBy(-200);
    equal(menu(reader), null);
  });

  it('is fault-free for axe, light and dark', async () => {
    for (const theme of ['light', 'dark'] as const) {
      const reader = await open({ theme });
      await rightClick(reader, 'm30');
      // What fades in has no steady colour yet.
      for (const animation of menu(reader)?.getAnimations() ?? []) animation.finish();
      same(await accessibilityFaults(reader.thread), []);
      Reader.leave();
    }
  });

  it('offers what can be done with a file, and copies only words', async () => {
    await ensureElement('warbler-file-bubble');
    const file = { name: 'terms.pdf', type: 'application/pdf', size: 184_000, available: true };
    const reader = await open({ messages: [messageAt(1, { text: '', file }), messageAt(2, { text: 'the new ones', file })] });
    await until(() => reader.all('warbler-file-bubble').every((one) => one.shadowRoot?.querySelector('.main')), 'the files');
    await rightClick(reader, 'm1');
    same(items(reader), ['Save']);
    await choose(reader, 'Save');
    same(reader.session.asked('fetchFile'), [[{ conversation: LI, message: 'm1', order: 1 }]]);
    await rightClick(reader, 'm2');
    same(items(reader), ['Save', 'Copy text']);
  });
});
