// In the thread: what bubbles say of how their message travelled, why some cannot be shown, and lines where keys changed.
import { thread as words } from '../../../src/texts/en/thread.ts';
import { trust as said } from '../../../src/texts/en/trust.ts';
import type { EncryptionRequestEvent } from '../../../src/elements/events/message-requests.ts';
import type { Message, MessageId } from '../../../src/model/message.ts';
import type { Protection, UnreadableWhy } from '../../../src/model/protection.ts';
import { accessibilityFaults } from '../../browser-kit/accessibility.ts';
import { equal, ok, same } from '../../browser-kit/expect.ts';
import { press } from '../../browser-kit/person.ts';
import { LI, messageAt } from '../../browser-kit/scripted-session.ts';
import { Reader, type Opening } from '../thread/reader.ts';

afterEach(() => Reader.leave());

const sealed = (trust: Exclude<Protection, { how: 'plain' }>['trust']): Protection => ({ how: 'omemo-2', trust });
const keysLine = (order: number, what: NonNullable<Message['keyChange']>['what'], parts: Partial<Message> = {}): Message =>
  messageAt(order, { text: '', content: 'keys-changed', keyChange: { what, person: LI }, ...parts });
const open = (messages: readonly Message[], opening: Opening = {}): Promise<Reader> => Reader.open({ messages, ...opening });
const markOn = (reader: Reader, id: string): string | undefined => reader.bubble(id).querySelector('.mark')?.textContent ?? undefined;

function asked(reader: Reader): string[] {
  const conversations: string[] = [];
  reader.box.addEventListener('warbler-encryption-request', (event) => conversations.push((event as EncryptionRequestEvent).conversation));
  return conversations;
}

describe('marks on bubbles', () => {
  const cases: readonly (readonly [Protection | undefined, string | undefined])[] = [
    [undefined, undefined],
    [{ how: 'plain' }, 'Not encrypted'],
    [{ how: 'legacy', trust: 'verified' }, 'Legacy encryption'],
    [sealed('first-use'), undefined],
    [sealed('verified'), undefined],
    [sealed('accepted'), 'Device not compared'],
    [sealed('undecided'), 'Device undecided'],
    [sealed('refused'), 'Device refused'],
  ];

  it('say what is less than the header may promise, to the eye and to the ear', async () => {
    const reader = await open(
      cases.flatMap(([protection], at) => [
        messageAt(at * 2 + 1, { ...(protection && { protection }) }),
        messageAt(at * 2 + 2, { own: true, ...(protection && { protection }) }),
      ]),
      { height: 2000 },
    );
    cases.forEach(([, mark], at) => {
      for (const id of [`m${at * 2 + 1}`, `m${at * 2 + 2}`]) {
        equal(markOn(reader, id), mark, id);
        equal(
          reader
            .bubble(id)
            .getAttribute('aria-label')
            ?.includes(mark ?? 'ncrypt') ?? false,
          mark !== undefined,
          id,
        );
      }
    });
  });

  it('stand beside the time and leave the words alone', async () => {
    for (const text of ['好', 'a'.repeat(300), 'one line that nearly fills it']) {
      const reader = await open([messageAt(1, { text, protection: { how: 'plain' } })], { width: 320 });
      const bubble = reader.bubble('m1').querySelector('.bubble')?.getBoundingClientRect();
      const meta = reader.bubble('m1').querySelector('.meta')?.getBoundingClientRect();
      ok(bubble && meta && meta.left >= bubble.left && meta.right <= bubble.right, text);
      const range = document.createRange();
      range.selectNodeContents(reader.bubble('m1').querySelector('.text') ?? reader.box);
      for (const box of range.getClientRects())
        ok(box.bottom <= meta.top + 4 || box.right <= meta.left + 1 || box.width === 0, `${text} lies under its mark`);
      Reader.leave();
    }
  });

  it('change with what is known of the message', async () => {
    const reader = await open([messageAt(1, { protection: sealed('undecided') })]);
    equal(markOn(reader, 'm1'), 'Device undecided');
    reader.session.thread().messages = [messageAt(1, { protection: sealed('verified') })];
    reader.session.tell({ about: 'thread', conversation: LI, from: 1 });
    await reader.settle();
    equal(markOn(reader, 'm1'), undefined);
  });
});

describe('what cannot be shown', () => {
  for (const why of Object.keys(said.unreadableWhy) as UnreadableWhy[])
    it(`says why: ${why}`, async () => {
      const reader = await open([messageAt(1, { text: '', content: 'unreadable', unreadable: why })]);
      const requests = asked(reader);
      ok(reader.bubble('m1').textContent?.includes(said.unreadableWhy[why]), reader.bubble('m1').textContent ?? '');
      const canMend = ['no-session', 'other-identity', 'unknown-method'].includes(why);
      equal(reader.bubble('m1').querySelector('button') !== null, canMend);
      if (canMend) reader.button('Look at devices').click();
      same(requests, canMend ? [LI] : []);
    });
});

describe('lines where keys changed', () => {
  it('stand between the messages, say whose and what, and lead to where it is decided', async () => {
    const changes = Object.keys(said.keysChanged) as (keyof typeof said.keysChanged)[];
    const reader = await open(
      [messageAt(1), ...changes.map((what, at) => keysLine(at + 2, what)), keysLine(30, 'new-device', { own: true }), messageAt(31)],
      { height: 1200 },
    );
    const lines = reader.all('.keys').map((line) => line.querySelector('span')?.textContent);
    same(lines, [...changes.map((what) => said.keysChanged[what]('李雯')), said.keysChanged['new-device'](undefined)]);
    const requests = asked(reader);
    for (const name of ['Compare', 'Decide', 'Look at devices']) reader.button(name).click();
    same(requests, [LI, LI, LI]);
    ok(reader.bubble('m1').classList.contains('last') && reader.bubble('m31').classList.contains('first'), 'a run ends there');
  });

  it('are met by the keys like messages, and their button by Tab', async () => {
    const reader = await open([messageAt(1), keysLine(2, 'undecided-device'), messageAt(3)]);
    reader.thread.focus();
    press('ArrowUp');
    await reader.settle();
    const line = reader.bubble('m2');
    equal(reader.root.activeElement, line);
    equal(reader.button('Decide', line).tabIndex, 0);
    press('Enter');
    await reader.settle();
    equal(reader.root.querySelector('warbler-message-menu')?.shadowRoot?.querySelector('.menu') ?? null, null, 'no menu of a message');
  });

  it('are no news to be counted, and are spoken as what they say', async () => {
    const reader = await open(Array.from({ length: 40 }, (_, at) => messageAt(at + 1)));
    await reader.scrollBy(-2000);
    reader.session.receive(LI, keysLine(41, 'new-device'));
    await reader.settle();
    equal(reader.find('.jump.counts'), null);
    ok(
      reader.heard.some(({ text }) => text === said.keysChanged['new-device']('李雯')),
      JSON.stringify(reader.heard),
    );
    reader.session.receive(LI, messageAt(42));
    await reader.settle();
    equal(reader.find('.jump')?.getAttribute('aria-label'), words.jumpToNewestCount(1));
  });
});

describe('a message that waits for a word on devices', () => {
  it('offers to decide in place of trying again', async () => {
    const failure = { kind: 'keys-undecided', person: LI, devices: 2 } as const;
    const failed = messageAt(0, { id: 'f' as MessageId, own: true, order: undefined, outbox: { stage: 'failed', failure } });
    const reader = await open([messageAt(1)], { prepare: (session) => session.thread().outbox.push(failed) });
    const requests = asked(reader);
    ok(reader.bubble('f').textContent?.includes('2 new devices wait for your word.'), reader.bubble('f').textContent ?? '');
    reader.button('Decide').click();
    same(requests, [LI]);
    equal(reader.bubble('f').textContent?.includes('Try again'), false);
  });
});

for (const [lang, theme] of [
  ['en', 'dark'],
  ['zh-CN', 'light'],
  ['zh-CN', 'dark'],
  ['en', 'light'],
] as const)
  it(`axe finds nothing on marks and lines: ${lang}, ${theme}`, async () => {
    const marked = (['accepted', 'undecided', 'refused'] as const).map((trust, at) =>
      messageAt(at + 2, { protection: sealed(trust), own: at === 1 }),
    );
    const reader = await open(
      [
        messageAt(1, { protection: { how: 'plain' } }),
        ...marked,
        messageAt(5, { own: true, protection: { how: 'plain' } }),
        keysLine(6, 'other-identity'),
        keysLine(7, 'encryption-off'),
        messageAt(8, { text: '', content: 'unreadable', unreadable: 'no-session' }),
      ],
      { lang, theme, width: 320, height: 900 },
    );
    same(await accessibilityFaults(reader.box), []);
    ok(reader.log.scrollWidth <= reader.log.clientWidth, 'nothing stands out');
  });
