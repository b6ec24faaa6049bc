// The back gesture of a phone goes from the innermost thing outward, and never touches the page's history.
import { FULL_SCREEN_QUERY } from '../../../src/elements/chat/full-screen.ts';
import { equal, ok } from '../../browser-kit/expect.ts';
import { addPeople } from '../../browser-kit/people.ts';
import { LI } from '../../browser-kit/scripted-session.ts';
import { Widget } from '../../browser-kit/widget.ts';

const page = window as unknown as { CloseWatcher?: unknown };
const real = Object.getOwnPropertyDescriptor(window, 'CloseWatcher');
const length = history.length;

/** As a browser with a back gesture has it: the newest one hears of it, once. */
class FakeWatcher extends EventTarget {
  static open: FakeWatcher[] = [];

  constructor() {
    super();
    FakeWatcher.open.push(this);
  }

  destroy(): void {
    FakeWatcher.open = FakeWatcher.open.filter((one) => one !== this);
  }
}

/** A window as narrow as a test says, whatever it is. */
class Narrow extends EventTarget {
  matches = true;

  become(matches: boolean): void {
    this.matches = matches;
    this.dispatchEvent(new Event('change'));
  }
}

let narrow = new Narrow();
const { matchMedia } = window;

async function goBack(widget: Widget): Promise<void> {
  const newest = FakeWatcher.open.at(-1);
  ok(newest, 'somebody who waits for the gesture');
  newest.destroy();
  newest.dispatchEvent(new Event('close'));
  await widget.settle();
}

async function openPhone(mode: 'launcher' | 'page' = 'launcher'): Promise<Widget> {
  narrow = new Narrow();
  window.matchMedia = (query) => (query === FULL_SCREEN_QUERY ? (narrow as unknown as MediaQueryList) : matchMedia.call(window, query));
  Object.defineProperty(window, 'CloseWatcher', { configurable: true, writable: true, value: FakeWatcher });
  const widget = await Widget.open({ mode, width: 390, height: 844, prepare: addPeople });
  if (mode === 'page') {
    widget.chat.mode = 'page';
    widget.chat.style.inlineSize = '390px';
  }
  await widget.settle();
  return widget;
}

const isThreadSeen = (widget: Widget): boolean => widget.find('.thread-pane')?.checkVisibility() ?? false;

afterEach(() => {
  Widget.leave();
  window.matchMedia = matchMedia;
  FakeWatcher.open = [];
  if (real) Object.defineProperty(window, 'CloseWatcher', real);
  else delete page.CloseWatcher;
  equal(history.length, length, 'the history of the page');
});

describe('the back gesture', () => {
  it('leads from the thread to the list, then puts the panel away', async () => {
    const widget = await openPhone();
    widget.chat.openConversation(LI);
    await widget.settle();
    await goBack(widget);
    ok(!isThreadSeen(widget) && widget.chat.open, 'the list');
    await goBack(widget);
    equal(widget.chat.open, false);
    equal(FakeWatcher.open.length, 0, 'nobody waits any more');
  });

  it('puts a menu and a sheet away first', async () => {
    const widget = await openPhone();
    await widget.press('Account and settings');
    await goBack(widget);
    ok(widget.chat.open && !widget.find('.menu'), 'the menu is gone, the panel is not');
    await widget.press('New conversation');
    await goBack(widget);
    ok(widget.chat.open && !widget.find('.sheet'), 'the sheet is gone, the panel is not');
  });

  it('in a page leads from the thread to the list, and then belongs to the page', async () => {
    const widget = await openPhone('page');
    equal(FakeWatcher.open.length, 0);
    widget.chat.openConversation(LI);
    await widget.settle();
    await goBack(widget);
    ok(!isThreadSeen(widget), 'the list');
    equal(FakeWatcher.open.length, 0);
  });

  it('belongs to the page where there is a page to see', async () => {
    const widget = await openPhone();
    narrow.become(false);
    await widget.settle();
    equal(FakeWatcher.open.length, 0, 'nobody waits');
  });

  it('is no defect where the browser knows none', async () => {
    const widget = await openPhone();
    delete page.CloseWatcher;
    widget.chat.hide();
    await widget.settle();
    widget.chat.show();
    await widget.settle();
    ok(widget.chat.open, 'open');
  });
});
