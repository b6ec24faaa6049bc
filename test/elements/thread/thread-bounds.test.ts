// What a thread costs: nodes, drawings and reads, at any length and in any burst.
import { atMost, equal, near, ok, same } from '../../browser-kit/expect.ts';
import { countNodes, frame, until } from '../../browser-kit/person.ts';
import { LI, messageAt } from '../../browser-kit/scripted-session.ts';
import { many, Reader } from './reader.ts';

afterEach(() => Reader.leave());

const MOST_ROWS = 150;
const MOST_NODES = 1600;
const MOST_NODES_A_BUBBLE = 26;

describe('the bounds of a thread', () => {
  for (const count of [1000, 10_000, 100_000]) {
    it(`${count.toLocaleString('en')} messages: at most ${MOST_ROWS} rows and ${MOST_NODES} nodes, wherever one reads`, async () => {
      const messages = Array.from({ length: count }, (_, index) => messageAt(index + 1, { own: index % 3 === 0, text: 'ok' }));
      const reader = await Reader.open({ messages, height: 700 });
      for (let step = 0; step < 40; step++) {
        reader.log.scrollTop -= 900;
        await frame();
        atMost(reader.all('.row').length, MOST_ROWS, 'rows');
        atMost(countNodes(reader.root), MOST_NODES, 'nodes');
      }
    });
  }

  it(`a bubble takes at most ${MOST_NODES_A_BUBBLE} nodes`, async () => {
    const reader = await Reader.open({
      messages: [messageAt(1), messageAt(2, { sentAt: 0 }), messageAt(3, { own: true }), messageAt(4, { own: true })],
    });
    for (const row of reader.all('.row').slice(1)) {
      const head = row.firstElementChild === row.lastElementChild ? 0 : countNodes(row) - countNodes(row.lastElementChild as Element);
      atMost(countNodes(row) - head, MOST_NODES_A_BUBBLE, row.textContent ?? '');
    }
  });

  it('what is loaded stays bounded, and the way back down is whole', async () => {
    const reader = await Reader.open({ messages: many(1500) });
    await reader.scrollToStart();
    equal(reader.inView()[0], 'm1');
    const seen = new Set<string>();
    await until(() => {
      for (const id of reader.inView()) seen.add(id);
      reader.log.scrollTop += 400;
      return seen.has('m700');
    }, 'message 700');
    const missing = Array.from({ length: 700 }, (_, index) => `m${index + 1}`).filter((id) => !seen.has(id));
    same(missing, []);
    atMost(reader.log.scrollHeight, 450 * 140, 'height of what is loaded');
  });

  it('a burst of 5,000 is drawn at most once a frame, and stands at the end 100 ms later at most', async () => {
    const reader = await Reader.open();
    let frames = 0;
    let running = true;
    const count = (): void => void (running && (frames++, requestAnimationFrame(count)));
    let drawings = 0;
    const observer = new MutationObserver(() => drawings++);
    observer.observe(reader.root, { childList: true, subtree: true });
    requestAnimationFrame(count);
    for (let first = 31; first <= 5030; first += 100) {
      const batch = Array.from({ length: 100 }, (_, index) => messageAt(first + index, { text: `burst ${first + index}` }));
      reader.session.thread().messages.push(...batch);
      // The client tells at most once a frame.
      reader.session.tell({ about: 'thread', conversation: LI });
      await frame();
    }
    const framesBefore = frames;
    await until(() => reader.inView().at(-1) === 'm5030', 'the last of the burst');
    const framesBehind = frames - framesBefore;
    running = false;
    await reader.settle();
    near(reader.distanceFromEnd, 0, 1);
    atMost(framesBehind, 6, 'frames behind the last message');
    // A drawing may take a second pass to be measured in the same frame; mutations are told once for each.
    atMost(drawings, frames * 2, `drawings in ${frames} frames`);
    atMost(reader.session.asked('readThread').length, frames + 2, `reads in ${frames} frames`);
  });

  it('far from the end a burst costs no messages', async () => {
    const reader = await Reader.open({ messages: many(900) });
    await reader.scrollUpTo('m301');
    await reader.settle();
    const before = reader.session.asked('readThread').length;
    const height = reader.log.scrollHeight;
    for (let order = 901; order <= 950; order++) reader.session.receive(LI, messageAt(order));
    await reader.settle();
    equal(reader.log.scrollHeight, height);
    atMost(reader.session.asked('readThread').length - before, 3, 'reads');
  });

  it('asks nothing twice when there is nothing more to come', async () => {
    const reader = await Reader.open({ messages: many(30) });
    const before = reader.session.asked('readThread').length;
    await reader.scrollToStart();
    await reader.scrollBy(200);
    await reader.scrollToStart();
    equal(reader.session.asked('readThread').length, before);
  });

  it('lets go of the session when it leaves the page, and takes hold again', async () => {
    const reader = await Reader.open();
    const held = reader.session.listenerCount;
    ok(held > 0, 'a subscription');
    reader.thread.remove();
    equal(reader.session.listenerCount, 0);
    equal(reader.clock.pending(), 0, 'timers');
    reader.box.append(reader.thread);
    await reader.settle();
    equal(reader.session.listenerCount, held);
    equal(reader.inView().at(-1), 'm30');
  });
});
