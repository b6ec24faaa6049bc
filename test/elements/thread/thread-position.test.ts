// Where the thread stands: own send → bottom, at the bottom → it stays, reading up → nothing moves.
import { SendRequestEvent } from '../../../src/elements/events/message-requests.ts';
import type { MessageId } from '../../../src/model/message.ts';
import { atMost, equal, near, ok } from '../../browser-kit/expect.ts';
import { frame, until } from '../../browser-kit/person.ts';
import { LI, messageAt } from '../../browser-kit/scripted-session.ts';
import { many, Reader } from './reader.ts';

afterEach(() => Reader.leave());

describe('the position of a thread', () => {
  it('opens at the newest message', async () => {
    const reader = await Reader.open();
    near(reader.distanceFromEnd, 0, 1);
    equal(reader.inView().at(-1), 'm30');
  });

  it('lets a few messages lie at the foot', async () => {
    const reader = await Reader.open({ messages: many(2) });
    ok(reader.bubble('m2').getBoundingClientRect().bottom > reader.log.getBoundingClientRect().bottom - 40, 'the last at the foot');
  });

  it('opens at the first new message, with the divider in view', async () => {
    const reader = await Reader.open({ messages: many(60), marks: { readUpTo: 20 } });
    const divider = reader.find('[part="new-divider"]');
    ok(divider, 'a divider');
    const top = divider.getBoundingClientRect().top - reader.log.getBoundingClientRect().top;
    ok(top >= 0 && top < 60, `the divider near the upper edge, ${top}`);
    ok(reader.inView().includes('m21'), 'the first new message in view');
  });

  it('stays at the bottom when messages come in', async () => {
    const reader = await Reader.open();
    for (let order = 31; order <= 40; order++) {
      reader.session.receive(LI, messageAt(order, { text: 'a new one '.repeat(order) }));
      await reader.settle();
      near(reader.distanceFromEnd, 0, 1, `after ${order}`);
    }
    equal(reader.inView().at(-1), 'm40');
  });

  it('counts as at the bottom up to 60 px above it', async () => {
    const reader = await Reader.open();
    await reader.scrollBy(-50);
    reader.session.receive(LI, messageAt(31));
    await reader.settle();
    near(reader.distanceFromEnd, 0, 1);
  });

  it('does not move while the person reads further up', async () => {
    const reader = await Reader.open({ messages: many(45) });
    await reader.scrollBy(-400);
    const [id = ''] = reader.inView().slice(1);
    const before = reader.offset(id);
    for (let order = 46; order <= 60; order++) {
      reader.session.receive(LI, messageAt(order));
      await reader.settle();
      near(reader.offset(id), before, 0.5, `after ${order}`);
    }
  });

  it('goes to the bottom for an own message, from wherever', async () => {
    const reader = await Reader.open({ messages: many(300) });
    await reader.scrollBy(-1500);
    const draft = { id: 'own1' as MessageId, text: 'mine' };
    reader.box.dispatchEvent(new SendRequestEvent(LI, draft));
    await reader.session.sendMessage(LI, draft);
    await reader.settle();
    near(reader.distanceFromEnd, 0, 1);
    equal(reader.inView().at(-1), 'own1');
  });

  it('keeps the line that is read within a pixel while older pages come in, three times', async () => {
    const reader = await Reader.open({ messages: many(300) });
    for (let time = 0; time < 3; time++) {
      reader.session.hold('readThread');
      reader.log.scrollTop = 300;
      await until(() => reader.session.asked('readThread').length === time + 2, 'the wish for an older page');
      await reader.settle();
      const [, id = ''] = reader.inView();
      const before = reader.offset(id);
      const height = reader.log.scrollHeight;
      reader.session.letGo('readThread');
      for (let count = 0; count < 6; count++) {
        await frame();
        near(reader.offset(id), before, 1, `page ${time}, frame ${count}`);
      }
      ok(reader.log.scrollHeight > height + 1000, 'a page came in');
    }
  });

  it('keeps the line that is read when rows above it are measured for the first time', async () => {
    const reader = await Reader.open({ messages: many(200) });
    for (let step = 0; step < 40; step++) {
      const [, id = ''] = reader.inView();
      const before = reader.offset(id);
      const top = reader.log.scrollTop;
      if (top < 60) break;
      reader.log.scrollTop = top - 60;
      await frame();
      await frame();
      near(reader.offset(id), before + 60, 1, `step ${step}`);
    }
  });

  it('keeps its place when the field below grows and when the window changes', async () => {
    const reader = await Reader.open();
    reader.box.style.height = '300px';
    await reader.settle();
    near(reader.distanceFromEnd, 0, 1, 'smaller, at the bottom');
    await reader.scrollBy(-300);
    const [, id = ''] = reader.inView();
    const before = reader.offset(id);
    reader.box.style.height = '420px';
    await reader.settle();
    near(reader.offset(id), before, 1, 'larger, reading');
    reader.box.style.width = '320px';
    await reader.settle();
    near(reader.offset(id), before, 1, 'narrower, reading');
  });

  it('comes back to the same message and the same line of it', async () => {
    const reader = await Reader.open({ messages: many(200) });
    const other = messageAt(1, { conversation: 'omar@warbler.example' as never });
    reader.session.add({ id: 'omar@warbler.example' as never, title: 'Omar' }, [other]);
    await reader.scrollBy(-700);
    const [, id = ''] = reader.inView();
    const before = reader.offset(id);
    reader.thread.conversation = 'omar@warbler.example' as never;
    await reader.settle();
    equal(reader.inView().join(), 'm1');
    reader.thread.conversation = LI;
    await reader.settle();
    near(reader.offset(id), before, 1);
  });

  it('hidden, it asks for nothing of its own accord; shown again, it stands where it stood', async () => {
    const reader = await Reader.open({ messages: many(300) });
    for (const scrolled of [0, -700]) {
      await reader.scrollBy(scrolled);
      const [, id = ''] = reader.inView();
      const before = reader.offset(id);
      reader.box.style.display = 'none';
      const reads = reader.session.asked('readThread').length;
      reader.session.receive(LI, messageAt(301 - scrolled));
      for (let count = 0; count < 20; count++) await reader.settle();
      atMost(reader.session.asked('readThread').length - reads, 2, 'reads');
      reader.box.style.display = 'flex';
      await reader.settle();
      if (scrolled === 0) equal(reader.inView().at(-1), 'm301');
      else near(reader.offset(id), before, 1, 'reading');
    }
  });

  it('out of the page it asks for nothing', async () => {
    const reader = await Reader.open({ messages: many(300) });
    await reader.scrollBy(-900);
    reader.thread.remove();
    const reads = reader.session.asked('readThread').length;
    for (let count = 0; count < 20; count++) await frame();
    atMost(reader.session.asked('readThread').length - reads, 2, 'reads');
  });

  it('never shows an empty view at 20,000 px a second', async () => {
    const reader = await Reader.open({ messages: many(2000) });
    let worst = 0;
    for (let step = 0; step < 60; step++) {
      reader.log.scrollTop -= 333;
      await frame();
      worst = Math.max(worst, blankPx(reader));
    }
    for (let step = 0; step < 60; step++) {
      reader.log.scrollTop += 333;
      await frame();
      worst = Math.max(worst, blankPx(reader));
    }
    atMost(worst, 0, 'blank px');
  });
});

/** How much of the view no row covers. */
function blankPx(reader: Reader): number {
  const view = reader.log.getBoundingClientRect();
  const rows = reader.all('.row');
  const top = rows[0]?.getBoundingClientRect().top ?? Infinity;
  const bottom = rows.at(-1)?.getBoundingClientRect().bottom ?? -Infinity;
  const foot = reader.distanceFromEnd < 30 ? 30 : 0;
  return Math.max(0, top - view.top - 0.5) + Math.max(0, view.bottom - foot - bottom - 0.5);
}
