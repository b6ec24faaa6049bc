// Finding words in a conversation of any length, by keys and by buttons, and coming back from there.
import type { Gap, GapId } from '../../../src/contracts/session.ts';
import { succeeded } from '../../../src/model/failure.ts';
import { accessibilityFaults } from '../../browser-kit/accessibility.ts';
import { atMost, equal, near, ok, same } from '../../browser-kit/expect.ts';
import { deepActive, until } from '../../browser-kit/person.ts';
import { LI, messageAt } from '../../browser-kit/scripted-session.ts';
import { many, Reader } from '../thread/reader.ts';
import { Finding } from './finding.ts';

afterEach(() => Reader.leave());

/** Every hundredth speaks of herons. */
const herons = (count: number): ReturnType<typeof many> =>
  many(count).map((message, index) => (index % 100 === 49 ? { ...message, text: `a heron, number ${index + 1}` } : message));

const highlighted = (name: string): string[] => [...(CSS.highlights.get(name) ?? [])].map((range) => String(range));

describe('the keys that find', () => {
  it('open the field; pressed again they are the browser’s own; Escape gives the focus back', async () => {
    const finding = await Finding.open();
    const before = deepActive();
    ok((await finding.begin()).defaultPrevented, 'the first press taken');
    ok(!finding.pressFind().defaultPrevented, 'the second press left alone');
    await finding.key('Escape');
    equal(finding.field, null);
    equal(deepActive(), before);
  });

  it('mean nothing where there are no messages to look through', async () => {
    const reader = await Reader.open({ prepare: (session) => session.hold('readThread') });
    ok(!reader.thread.find(), 'nothing to search');
  });
});

describe('finding words', () => {
  it('shows the newest at once and says which of how many it is; what is not loaded comes', async () => {
    const finding = await Finding.open({ messages: herons(900) });
    await finding.find('HERON');
    equal(finding.count, '1/9');
    ok(finding.reader.inView().includes('m850'), 'the newest');
    await finding.key('Enter');
    equal(finding.count, '2/9');
    for (let times = 0; times < 6; times++) await finding.key('ArrowUp');
    await until(() => finding.marked.includes('m150'), 'the eighth');
    await finding.reader.settle();
    equal(finding.count, '8/9');
    const bar = finding.root.querySelector('.bar')?.getBoundingClientRect();
    ok((bar?.bottom ?? Infinity) < finding.reader.bubble('m150').getBoundingClientRect().top, 'clear of the bar');
  });

  it('goes to and fro by keys and buttons, and stays at the ends', async () => {
    const finding = await Finding.open({ messages: herons(300) });
    await finding.find('heron');
    await finding.press('Newer result');
    equal(finding.count, '1/3');
    await finding.press('Older result');
    await finding.press('Older result');
    await finding.key('Enter');
    equal(finding.count, '3/3');
    await finding.key('Enter', { shiftKey: true });
    await finding.key('ArrowDown');
    equal(finding.count, '1/3');
    equal(deepActive(), finding.field);
  });

  it('marks the words wherever they stand, and the message for two seconds', async () => {
    const texts = ['请把报价单发给我', 'ＡＢＣ', '报价 abc', 'see abc https://abc.example now'];
    const finding = await Finding.open({ messages: texts.map((text, index) => messageAt(index + 1, { text })) });
    await finding.find('把报价单');
    same(finding.marked, ['m1']);
    if ('highlights' in CSS) same(highlighted('warbler-found-here'), ['把报价单']);
    finding.reader.clock.advance(2_000);
    same(finding.marked, []);
    await finding.type('see abc https://ABC.example now');
    same(finding.marked, ['m4']);
    if ('highlights' in CSS) same(highlighted('warbler-found-here'), ['see abc https://abc.example now']);
    await finding.type('abc');
    if ('highlights' in CSS) {
      same(highlighted('warbler-found-here'), ['abc', 'abc']);
      same(highlighted('warbler-found'), ['ＡＢＣ', 'abc']);
    }
    await finding.key('Escape');
    if ('highlights' in CSS) same([...highlighted('warbler-found-here'), ...highlighted('warbler-found')], []);
  });

  it('forgets an older question over a newer one', async () => {
    const finding = await Finding.open({ messages: herons(300) });
    const { session } = finding.reader;
    await finding.begin();
    session.hold('findInThread');
    await finding.type('heron');
    await finding.type('number 50');
    session.letGo('findInThread');
    await until(() => finding.count === '1/1', 'the newer answer');
    const asked = session.asked('findInThread').length;
    await finding.reader.settle();
    equal(session.asked('findInThread').length, asked);
    equal(finding.count, '1/1');
  });

  it('waits for half-written pinyin', async () => {
    const finding = await Finding.open();
    await finding.begin();
    const { field } = finding;
    ok(field);
    field.value = 'bao';
    field.dispatchEvent(new InputEvent('input', { bubbles: true, isComposing: true }));
    await finding.reader.settle();
    same(finding.reader.session.asked('findInThread'), []);
    field.value = '报';
    field.dispatchEvent(new CompositionEvent('compositionend', { bubbles: true }));
    await finding.reader.settle();
    equal(finding.reader.session.asked('findInThread').length, 1);
  });

  it('counts what comes meanwhile, and keeps to the message that is shown', async () => {
    const finding = await Finding.open({ messages: herons(300) });
    await finding.find('heron');
    await finding.key('Enter');
    finding.reader.session.receive(LI, messageAt(301, { text: 'one more heron' }));
    await until(() => finding.count === '3/4', 'one more');
  });

  it('says what came of it once typing has come to rest, and each message it leads to', async () => {
    const finding = await Finding.open({ messages: herons(300) });
    const { heard, reader } = finding;
    const { clock } = reader;
    await finding.find('heron');
    clock.advance(700);
    equal(heard.at(-1)?.text, '1 of 3');
    await finding.key('Enter');
    await until(() => heard.at(-1)?.text.endsWith('a heron, number 150'), 'the second');
    ok(heard.at(-1)?.text.startsWith('2 of 3. '), heard.at(-1)?.text);
    await finding.type('no such bird');
    await until(() => finding.count === 'No results', 'nothing');
    clock.advance(700);
    equal(heard.at(-1)?.text, 'No results');
  });

  it('reads a long conversation in steps, and leaves nothing behind', async () => {
    const finding = await Finding.open({ messages: herons(2_000) });
    const { session, clock, thread } = finding.reader;
    const held = session.listenerCount;
    await finding.find('heron');
    equal(finding.count, '1/20');
    atMost(session.asked('findInThread').length, 21, 'steps');
    await finding.key('Escape');
    equal(session.listenerCount, held);
    thread.remove();
    equal(clock.pending(), 0, 'timers');
  });
});

describe('what was not searched', () => {
  const hole: Gap = { id: 'hole' as GapId, below: 101, state: 'open' };

  async function openWithHole(fresh: readonly ReturnType<typeof messageAt>[]): Promise<Finding> {
    const finding = await Finding.open({
      messages: many(50, 101),
      prepare: (session) => {
        session.thread().gaps = [hole];
        session.fillGap = () => {
          session.thread().messages.unshift(...fresh);
          session.thread().gaps = [];
          session.tell({ about: 'thread', conversation: LI, from: fresh[0]?.order ?? 101, to: 101 });
          return Promise.resolve(succeeded(undefined));
        };
      },
    });
    await finding.begin();
    await finding.type('heron');
    await until(() => finding.count === 'No results', 'nothing yet');
    return finding;
  }

  it('is told, and fetched on demand until something is found', async () => {
    const finding = await openWithHole([messageAt(7, { text: 'a heron at last' })]);
    equal(finding.status, 'Only messages kept on this device were searched.');
    await finding.press('Search older ones');
    await until(() => finding.count === '1/1', 'the heron');
    equal(finding.status, '');
    await until(() => finding.marked.includes('m7'), 'the heron in sight');
  });

  it('says why it could not be fetched', async () => {
    const finding = await openWithHole([]);
    finding.reader.session.fillGap = () => Promise.resolve({ ok: false, failure: { kind: 'offline' } });
    await finding.press('Search older ones');
    await until(() => finding.status.includes('offline'), 'the reason');
    ok(finding.reader.button('Try again', finding.root), 'a retry');
  });
});

describe('the way back', () => {
  it('leads to where the person was, to the pixel', async () => {
    const finding = await Finding.open({ messages: herons(900) });
    const { reader } = finding;
    await reader.scrollUpTo('m700');
    await reader.scrollBy(37);
    const [first] = reader.inView().slice(1);
    ok(first);
    const offset = reader.offset(first);
    await finding.find('number 50');
    await until(() => finding.marked.includes('m50'), 'the oldest');
    await finding.key('Escape');
    await finding.press('Back to where you were');
    await until(() => reader.inView().includes(first), 'the old place');
    await reader.settle();
    near(reader.offset(first), offset, 1);
    equal(finding.root.querySelector('.back'), null);
  });

  it('leads to the end from where one came from the end', async () => {
    const finding = await Finding.open({ messages: herons(900) });
    await finding.find('number 50');
    await until(() => finding.marked.includes('m50'), 'the oldest');
    await finding.press('Back to where you were');
    await until(() => finding.reader.inView().at(-1) === 'm900', 'the end');
    await finding.reader.settle();
    near(finding.reader.distanceFromEnd, 0, 1);
  });
});

describe('the finder for everybody', () => {
  for (const lang of ['en', 'zh-CN'] as const) {
    for (const theme of ['light', 'dark'] as const) {
      it(`has no faults: ${lang}, ${theme}`, async () => {
        const finding = await Finding.open({ messages: herons(300), lang, theme });
        await finding.find('heron');
        finding.reader.clock.advance(2_000);
        same(await accessibilityFaults(finding.reader.thread), []);
        finding.reader.thread.find(finding.reader.clock.now());
        await finding.key('Escape');
        finding.reader.thread.find(finding.reader.clock.now());
        await until(() => finding.field?.type === 'date', 'the date');
        same(await accessibilityFaults(finding.reader.thread), []);
      });
    }
  }
});
