// The bar: two seconds of grace, words, one confirmation; and nothing moves.
import type { ConnectionBar } from '../../../src/elements/connection-bar/connection-bar.ts';
import type { Clock } from '../../../src/base/clock.ts';
import type { ConnectionState } from '../../../src/model/situation.ts';
import { accessibilityFaults } from '../../browser-kit/accessibility.ts';
import { equal, ok, same } from '../../browser-kit/expect.ts';
import { addPeople } from '../../browser-kit/people.ts';
import { LI } from '../../browser-kit/scripted-session.ts';
import { Widget } from '../../browser-kit/widget.ts';

afterEach(() => Widget.leave());

const OFFLINE: ConnectionState = { stage: 'waiting', attempt: 2, retryAt: 0, failure: { kind: 'offline' } };
const ONLINE: ConnectionState = { stage: 'online', slow: false };

/** A clock that a test winds. */
class HandClock implements Clock {
  #now = 0;
  #waiting: { at: number; work: () => void }[] = [];

  now(): number {
    return this.#now;
  }

  after(delayMs: number, work: () => void): () => void {
    const entry = { at: this.#now + delayMs, work };
    this.#waiting.push(entry);
    return () => (this.#waiting = this.#waiting.filter((one) => one !== entry));
  }

  wind(byMs: number): void {
    this.#now += byMs;
    const due = this.#waiting.filter((entry) => entry.at <= this.#now);
    this.#waiting = this.#waiting.filter((entry) => entry.at > this.#now);
    for (const entry of due) entry.work();
  }
}

async function openWithBar(): Promise<{ widget: Widget; bar: ConnectionBar; clock: HandClock }> {
  const widget = await Widget.open({ prepare: addPeople });
  const clock = new HandClock();
  const bar = document.createElement('warbler-connection-bar') as ConnectionBar;
  bar.clock = clock;
  bar.session = widget.session;
  widget.chat.shadowRoot?.querySelector('.list-pane')?.append(bar);
  await widget.settle();
  return { widget, bar, clock };
}

const words = (bar: ConnectionBar): string => bar.shadowRoot?.querySelector('.bar')?.textContent?.replaceAll(/\s+/g, ' ').trim() ?? '';

describe('the connection bar', () => {
  it('keeps quiet for two seconds, then says what still works', async () => {
    const { widget, bar, clock } = await openWithBar();
    widget.session.changeSituation({ connection: OFFLINE, waiting: 2 });
    await widget.settle();
    clock.wind(1999);
    await widget.settle();
    equal(words(bar), '');
    clock.wind(1);
    await widget.settle();
    equal(words(bar), 'Offline · 2 messages will go out when you are back Try now');
    await widget.hear('Offline · 2 messages');
  });

  it('a short interruption passes without a word', async () => {
    const { widget, bar, clock } = await openWithBar();
    widget.session.changeSituation({ connection: OFFLINE });
    await widget.settle();
    clock.wind(1500);
    widget.session.changeSituation({ connection: ONLINE });
    await widget.settle();
    clock.wind(5000);
    await widget.settle();
    equal(words(bar), '');
  });

  it('confirms once that it is over, then goes', async () => {
    const { widget, bar, clock } = await openWithBar();
    widget.session.changeSituation({ connection: OFFLINE });
    await widget.settle();
    clock.wind(2000);
    widget.session.changeSituation({ connection: ONLINE });
    await widget.settle();
    equal(words(bar), 'Back online');
    await widget.hear('Back online');
    clock.wind(3000);
    await widget.settle();
    equal(words(bar), '');
  });

  it('tries now when asked', async () => {
    const { widget, bar, clock } = await openWithBar();
    widget.session.changeSituation({ connection: { ...OFFLINE, failure: { kind: 'service-unreachable', service: 'x' } } });
    await widget.settle();
    clock.wind(2000);
    await widget.settle();
    ok(words(bar).startsWith('Service unreachable'), words(bar));
    bar.shadowRoot?.querySelector('button')?.click();
    equal(widget.session.asked('reconnect').length, 1);
  });

  it('a full storage is told as well', async () => {
    const { widget, bar, clock } = await openWithBar();
    widget.session.changeSituation({ storage: 'full' });
    await widget.settle();
    clock.wind(2000);
    await widget.settle();
    ok(words(bar).startsWith('Storage is full'), words(bar));
  });

  it('says what may be done about a disk that nobody gives free', async () => {
    const { widget, bar, clock } = await openWithBar();
    widget.session.changeSituation({ sign: 'restoring', connection: { stage: 'idle' }, storage: 'held' });
    await widget.settle();
    clock.wind(2000);
    await widget.settle();
    equal(words(bar), 'The storage is busy. If another window of this site hangs, close it');
    widget.session.changeSituation({ sign: 'signed-in', connection: ONLINE, storage: 'durable' });
    await widget.settle();
    equal(words(bar), '');
  });

  it('moves nothing when it comes and goes', async () => {
    const widget = await Widget.open({ prepare: addPeople });
    const before = widget.all('.row').map((row) => row.getBoundingClientRect().top);
    widget.session.changeSituation({ connection: OFFLINE });
    await widget.settle();
    const bar = widget.find<ConnectionBar>('warbler-connection-bar') ?? widget.all('warbler-connection-bar')[0];
    ok(bar, 'the bar of the list');
    same(
      widget.all('.row').map((row) => row.getBoundingClientRect().top),
      before,
    );
    equal(getComputedStyle(bar).position, 'absolute');
  });

  it('the head of a thread says it in words of its own, at once', async () => {
    const widget = await Widget.open({ prepare: addPeople });
    widget.chat.openConversation(LI);
    await widget.settle();
    widget.session.changeSituation({ connection: OFFLINE });
    await widget.settle();
    ok(
      widget.find('warbler-conversation-header')?.shadowRoot?.querySelector('.header-state.warn')?.textContent?.includes('Offline'),
      'the words',
    );
  });

  for (const theme of ['light', 'dark'] as const) {
    it(`has no fault for axe: ${theme}`, async () => {
      const { widget, clock } = await openWithBar();
      widget.chat.theme = theme;
      widget.session.changeSituation({ connection: OFFLINE });
      await widget.settle();
      clock.wind(2000);
      await widget.settle();
      same(await accessibilityFaults(widget.chat), []);
    });
  }
});
