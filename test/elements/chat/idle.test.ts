// What runs in a tab while nothing happens: midnight, and nothing at all where nobody looks.
import { MidnightController } from '../../../src/elements/controllers/midnight-controller.ts';
import { nextMidnight } from '../../../src/texts/dates.ts';
import { equal, ok } from '../../browser-kit/expect.ts';
import { addPeople } from '../../browser-kit/people.ts';
import { until } from '../../browser-kit/person.ts';
import { LI } from '../../browser-kit/scripted-session.ts';
import { Widget } from '../../browser-kit/widget.ts';

const real = { set: window.setTimeout, clear: window.clearTimeout, every: window.setInterval, now: Date.now };

/** When the timers fall due that were set and neither ran nor were cleared. */
function watchTimers(): Map<number, number> {
  const due = new Map<number, number>();
  window.setTimeout = ((work: () => void, ms = 0) => {
    const timer = Number(real.set.call(window, () => (due.delete(timer), work()), ms));
    due.set(timer, Date.now() + ms);
    return timer;
  }) as typeof window.setTimeout;
  window.clearTimeout = (timer) => {
    due.delete(Number(timer));
    real.clear.call(window, timer);
  };
  window.setInterval = (() => ok(false, 'no interval, ever')) as never;
  return due;
}

function look(visibility: DocumentVisibilityState): void {
  Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => visibility });
  document.dispatchEvent(new Event('visibilitychange'));
}

afterEach(() => {
  Widget.leave();
  Reflect.deleteProperty(document, 'visibilityState');
  Object.assign(window, { setTimeout: real.set, clearTimeout: real.clear, setInterval: real.every });
  Date.now = real.now;
});

async function openIdle(): Promise<Map<number, number>> {
  const due = watchTimers();
  const midnight = nextMidnight(Date.now());
  const widget = await Widget.open({ width: 900, prepare: addPeople });
  widget.chat.openConversation(LI);
  await widget.settle();
  await until(() => [...due.values()].every((at) => at >= midnight), 'a page that waits for midnight alone');
  return due;
}

describe('an idle page', () => {
  it('waits for midnight alone while it is seen', async () => {
    const due = await openIdle();
    ok(due.size > 0, 'midnight is waited for');
  });

  it('has no timer while it is hidden, and waits again once it is seen', async () => {
    const due = await openIdle();
    look('hidden');
    await until(() => due.size === 0, 'no timer');
    look('visible');
    await until(() => due.size > 0, 'midnight is waited for');
  });

  it('is drawn anew when it is seen again on another day, and only then', () => {
    let updates = 0;
    const host = {
      addController: () => undefined,
      removeController: () => undefined,
      requestUpdate: () => void updates++,
      updateComplete: Promise.resolve(true),
    };
    const controller = new MidnightController(host);
    controller.hostConnected();
    look('hidden');
    look('visible');
    equal(updates, 0);
    look('hidden');
    const tomorrow = nextMidnight(Date.now()) + 1;
    Date.now = () => tomorrow;
    look('visible');
    equal(updates, 1);
    controller.hostDisconnected();
  });
});
