// Choosing a day: the nearest stored message, what is fetched first, and what is said where there is nothing.
import type { Gap, GapId } from '../../../src/contracts/session.ts';
import { succeeded } from '../../../src/model/failure.ts';
import type { Message } from '../../../src/model/message.ts';
import { equal, ok, same } from '../../browser-kit/expect.ts';
import { deepActive, until } from '../../browser-kit/person.ts';
import { messageAt } from '../../browser-kit/scripted-session.ts';
import { many, NOW, Reader } from '../thread/reader.ts';
import { Finding } from './finding.ts';

afterEach(() => Reader.leave());

/** Noon, so many days before the reader's today. */
const noon = (daysAgo: number): number => {
  const day = new Date(NOW);
  day.setHours(12, 0, 0, 0);
  return day.setDate(day.getDate() - daysAgo);
};
const written = (daysAgo: number): string => {
  const day = new Date(noon(daysAgo));
  return [day.getFullYear(), day.getMonth() + 1, day.getDate()].map((figure) => String(figure).padStart(2, '0')).join('-');
};

/** Ten messages a day, on every other day: 0, 2, 4 … days ago. */
const everyOtherDay = (count: number): Message[] =>
  many(count).map((message, index) => ({ ...message, sentAt: noon(2 * Math.floor((count - 1 - index) / 10)) + (index % 10) * 1_000 }));

async function openDay(messages: readonly Message[], gaps: readonly Gap[] = []): Promise<Finding> {
  const finding = await Finding.open({ messages, prepare: (session) => (session.thread().gaps = [...gaps]) });
  finding.reader.thread.find(NOW);
  await until(() => finding.field?.type === 'date', 'the date');
  return finding;
}

describe('a day', () => {
  it('is chosen from the divider of another, which is a button', async () => {
    const finding = await Finding.open({ messages: everyOtherDay(300) });
    const divider = finding.reader.all('[part="day-divider"] button').at(-1);
    equal(divider?.textContent?.trim(), 'Today');
    divider?.click();
    await until(() => finding.field?.type === 'date', 'the date');
    equal(finding.field?.value, written(0));
    equal(deepActive(), finding.field);
  });

  it('can be reached without a pointer: from the search, and from the message below the divider', async () => {
    const finding = await Finding.open({ messages: many(3) });
    finding.reader.bubble('m1').focus();
    await finding.reader.settle();
    equal(finding.reader.find('[part="day-divider"] button')?.tabIndex, 0);
    await finding.begin();
    await finding.press('Jump to a date');
    await until(() => finding.field?.type === 'date' && deepActive() === finding.field, 'the date');
  });

  it('leads to its first message, which then has the focus', async () => {
    const finding = await openDay(everyOtherDay(900));
    await finding.goTo(written(100));
    await until(() => finding.marked.includes('m391'), 'the day');
    await until(() => (deepActive() as HTMLElement | null)?.dataset['id'] === 'm391', 'the focus');
    equal(finding.field, null);
    await finding.press('Back to where you were');
    await until(() => finding.reader.inView().at(-1) === 'm900', 'the end');
  });

  it('with nothing on it says so and leads to the next', async () => {
    const finding = await openDay(everyOtherDay(900));
    await finding.goTo(written(101));
    await until(() => finding.marked.includes('m391'), 'the next day');
    equal(finding.status, 'Nothing on that day. This is the next day with messages.');
    equal(finding.heard.at(-1)?.text, finding.status);
  });

  it('after everything leads to the newest', async () => {
    const finding = await openDay(everyOtherDay(40).map((message) => ({ ...message, sentAt: message.sentAt - 10 * 86_400_000 })));
    await finding.goTo(written(3));
    equal(finding.status, 'Nothing on that day or later. These are the newest messages.');
  });

  it('that is none is not looked for', async () => {
    const finding = await openDay(many(3));
    await finding.goTo('');
    equal(finding.status, 'Choose a date.');
  });
});

describe('a day that is missing here', () => {
  const hole: Gap = { id: 'hole' as GapId, below: 101, state: 'open' };
  const stored = (): Message[] => many(50, 101).map((message) => ({ ...message, sentAt: noon(1) }));

  it('is fetched, page after page', async () => {
    const finding = await openDay(stored(), [hole]);
    const { session } = finding.reader;
    let below = 101;
    session.fillGap = () => {
      below -= 10;
      session.thread().messages.unshift(...many(10, below).map((message) => ({ ...message, sentAt: noon(101 - below) })));
      session.thread().gaps = [{ ...hole, below }];
      return Promise.resolve(succeeded(undefined));
    };
    await finding.goTo(written(30));
    await until(() => finding.marked.includes('m71'), 'the day');
  });

  it('and cannot be had: the nearest is shown, and why', async () => {
    const finding = await openDay(stored(), [hole]);
    finding.reader.session.fillGap = () => Promise.resolve({ ok: false, failure: { kind: 'offline' } });
    await finding.goTo(written(30));
    await until(() => finding.marked.includes('m101'), 'the nearest');
    ok(finding.status.startsWith('Messages of that day could not be fetched.'), finding.status);
  });

  it('need not be waited for', async () => {
    const finding = await openDay(stored(), [hole]);
    const { session } = finding.reader;
    session.hold('fillGap');
    await finding.goTo(written(30));
    equal(finding.status, 'Fetching older messages…');
    await finding.press('Stop');
    equal(session.asked('fillGap').length, 1);
    session.letGo('fillGap');
    await until(() => finding.marked.includes('m101'), 'the nearest');
    same(finding.status.startsWith('Messages of that day could not be fetched.'), true);
  });

  it('is asked for at the beginning too, once that is known to be missing', async () => {
    const finding = await openDay([messageAt(1, { sentAt: noon(1) })]);
    await finding.goTo(written(30));
    equal(finding.status, 'Nothing on that day. This is the next day with messages.');
  });
});
