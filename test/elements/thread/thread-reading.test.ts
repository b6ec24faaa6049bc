// What counts as read, and the way down to what is new.
import { equal, near, ok, same } from '../../browser-kit/expect.ts';
import { until } from '../../browser-kit/person.ts';
import { LI, messageAt } from '../../browser-kit/scripted-session.ts';
import { many, Reader } from './reader.ts';

afterEach(() => Reader.leave());

const theirs = (count: number): ReturnType<typeof many> =>
  many(count).map((message) => ({ ...message, own: false, text: `message ${message.order}` }));

/** The browser tells what is on the screen a frame or two later. */
const noticed = (reader: Reader): Promise<unknown> => until(() => reader.clock.pending() > 1, 'a timer for what is in sight');

describe('reading', () => {
  it('a message is read once it was in sight for a second', async () => {
    const reader = await Reader.open({ messages: theirs(5), marks: { readUpTo: 2 } });
    await noticed(reader);
    reader.clock.advance(999);
    same(reader.session.asked('markRead'), []);
    reader.clock.advance(1);
    same(reader.session.asked('markRead'), [[LI, 5]]);
  });

  it('only what is in sight is read', async () => {
    const reader = await Reader.open({ messages: theirs(80), marks: { readUpTo: 10 } });
    await noticed(reader);
    reader.clock.advance(1000);
    const upTo = Number(reader.session.asked('markRead')[0]?.[1]);
    ok(upTo >= 14 && upTo < 25, `read up to ${upTo}`);
    const last = reader.inView().at(-1);
    ok(last === `m${upTo}` || last === `m${upTo + 1}`, `${last} is the last in view`);
  });

  it('what is scrolled past in less than a second is not', async () => {
    const reader = await Reader.open({ messages: theirs(80), marks: { readUpTo: 10 } });
    await noticed(reader);
    reader.clock.advance(500);
    await reader.scrollBy(900);
    reader.clock.advance(600);
    same(reader.session.asked('markRead'), []);
    reader.clock.advance(400);
    equal(reader.session.asked('markRead').length, 1);
  });

  it('nothing is read, and no timer runs, where nobody can see it', async () => {
    const reader = await Reader.open({ messages: theirs(5), marks: { readUpTo: 2 } });
    await noticed(reader);
    reader.box.style.display = 'none';
    await until(() => reader.clock.pending() === 0, 'no timer');
    reader.clock.advance(5000);
    same(reader.session.asked('markRead'), []);
  });

  it('own messages need no reading', async () => {
    const reader = await Reader.open({ messages: [messageAt(1, { own: true })], marks: { readUpTo: 0 } });
    await reader.settle();
    await reader.settle();
    reader.clock.advance(2000);
    same(reader.session.asked('markRead'), []);
  });
});

describe('the jump button', () => {
  it('is not there at the end', async () => {
    const reader = await Reader.open();
    equal(reader.find('[part="jump-button"]'), null);
  });

  it('counts what came below, and names it', async () => {
    const reader = await Reader.open({ messages: many(60) });
    await reader.scrollBy(-900);
    equal(reader.find('[part="jump-button"]')?.getAttribute('aria-label') ?? '', 'Jump to newest');
    reader.session.receive(LI, messageAt(61), messageAt(62, { own: true }), messageAt(63));
    await reader.settle();
    equal(reader.find('[part="jump-button"]')?.getAttribute('aria-label') ?? '', 'Jump to newest, 2 new');
  });

  it('goes to the first new message, then to the end', async () => {
    const reader = await Reader.open({ messages: many(60) });
    await reader.scrollBy(-900);
    reader.session.receive(
      LI,
      ...theirs(40).map((message) => ({ ...message, order: 100 + (message.order ?? 0), id: `n${message.order}` as never })),
    );
    await reader.settle();
    reader.find('[part="jump-button"]')?.click();
    await reader.settle();
    ok(reader.inView().includes('n1'), 'the first new one in view');
    ok(reader.distanceFromEnd > 100, 'not yet at the end');
    reader.find('[part="jump-button"]')?.click();
    await reader.settle();
    near(reader.distanceFromEnd, 0, 1);
    equal(reader.find('[part="jump-button"]'), null);
  });

  it('reads the newest page when the end is no longer loaded', async () => {
    const reader = await Reader.open({ messages: many(1200) });
    await reader.scrollUpTo('m501');
    reader.find('[part="jump-button"]')?.click();
    await until(() => reader.inView().at(-1) === 'm1200', 'the newest message');
    await reader.settle();
    near(reader.distanceFromEnd, 0, 1);
  });
});
