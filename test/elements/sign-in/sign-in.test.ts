// Signing in: the service first, faults at their fields, and words that say what to do next.
import { sendKeys } from '@web/test-runner-commands';
import type { Failure } from '../../../src/model/failure.ts';
import { accessibilityFaults } from '../../browser-kit/accessibility.ts';
import { equal, ok, same } from '../../browser-kit/expect.ts';
import { until } from '../../browser-kit/person.ts';
import type { ScriptedSession } from '../../browser-kit/scripted-session.ts';
import { Widget, type WidgetWishes } from '../../browser-kit/widget.ts';

afterEach(() => Widget.leave());

const signedOut = (session: ScriptedSession): void => {
  const { account: _, ...rest } = session.situation;
  session.situation = { ...rest, sign: 'signed-out', connection: { stage: 'idle' } };
};

const open = (wishes: WidgetWishes = {}, failure?: Failure): Promise<Widget> =>
  Widget.open({
    ...wishes,
    prepare: (session) => {
      signedOut(session);
      if (failure) session.refuse('signIn', failure);
    },
  });

async function fill(widget: Widget): Promise<void> {
  await widget.write('Chat address', 'mia@harbour.example');
  await widget.write('Password', 'pencil-and-paper');
}

const faultOf = (widget: Widget, label: string): string => {
  const field = widget.named<HTMLInputElement>(label);
  const ids = (field.getAttribute('aria-describedby') ?? '').split(' ').filter(Boolean);
  const root = field.getRootNode() as ShadowRoot;
  return ids
    .map((id) => root.getElementById(id)?.textContent ?? `(${id} is missing)`)
    .join(' ')
    .trim();
};

describe('signing in', () => {
  it('says whose service it is, and that nobody certified it, before any field', async () => {
    const widget = await open();
    const line = widget.find('.provider');
    ok(line?.textContent?.includes('chat.harbour.example'), line?.textContent ?? 'no line');
    ok(line?.textContent?.includes('Not certified'), 'said in words');
    const first = widget.find('input');
    ok(line && first && line.compareDocumentPosition(first) & Node.DOCUMENT_POSITION_FOLLOWING, 'before the first field');
  });

  it('hands over what was typed, and shows the list', async () => {
    const widget = await open();
    await fill(widget);
    await widget.press('Sign in');
    same(widget.session.asked('signIn'), [
      [{ services: ['wss://chat.harbour.example/ws'], address: 'mia@harbour.example', password: 'pencil-and-paper', temporary: false }],
    ]);
    ok(widget.text.includes('No conversations yet'), widget.text);
  });

  it('Enter in a field signs in', async () => {
    const widget = await open();
    await fill(widget);
    widget.named('Password').focus();
    await sendKeys({ press: 'Enter' });
    await until(() => widget.session.asked('signIn').length === 1, 'the call');
  });

  it('on a borrowed device everything is temporary', async () => {
    const widget = await open();
    await fill(widget);
    widget.find<HTMLInputElement>('input[type="checkbox"]')?.click();
    await widget.press('Sign in');
    equal((widget.session.asked('signIn')[0]?.[0] as { temporary: boolean } | undefined)?.temporary, true);
  });

  it('asks for the service where the page names none', async () => {
    const widget = await open({ service: '' });
    ok(widget.text.includes('No service chosen yet'), widget.text);
    await widget.write('Service address', 'https://harbour.example');
    await fill(widget);
    await widget.press('Sign in');
    ok(faultOf(widget, 'Service address').startsWith('A service address begins with wss://'), faultOf(widget, 'Service address'));
    equal(widget.focusedName, 'Service address');
    await widget.write('Service address', 'wss://harbour.example/ws');
    ok(widget.text.includes('harbour.example'), 'the provider line follows');
    await widget.press('Sign in');
    equal(widget.session.asked('signIn').length, 1);
  });

  it('ties each fault to its field, counts them, and goes to the first', async () => {
    const widget = await open();
    await widget.press('Sign in');
    equal(faultOf(widget, 'Chat address'), 'Enter your chat address.');
    equal(faultOf(widget, 'Password'), 'Enter your password.');
    equal(widget.named('Chat address').getAttribute('aria-invalid'), 'true');
    equal(widget.focusedName, 'Chat address');
    await widget.hear('2 fields need your attention.');
    equal(widget.session.asked('signIn').length, 0);
  });

  it('names an address that is not complete', async () => {
    const widget = await open();
    await widget.write('Chat address', 'mia');
    await widget.write('Password', 'x');
    await widget.press('Sign in');
    equal(faultOf(widget, 'Chat address'), 'The address is not complete. It looks like name@example.com.');
    equal(faultOf(widget, 'Password'), '');
  });

  it('a wrong password stands at the password, ready to be typed again', async () => {
    const widget = await open({}, { kind: 'wrong-credentials' });
    await fill(widget);
    await widget.press('Sign in');
    equal(faultOf(widget, 'Password'), 'Wrong address or password. Check both and try again.');
    equal(widget.focusedName, 'Password');
    await widget.hear('Wrong address or password.');
    widget.session.refuse('signIn');
    await widget.press('Sign in');
    ok(widget.text.includes('No conversations yet'), 'then it works');
  });

  const whole: readonly [Failure, string][] = [
    [{ kind: 'service-unreachable', service: 'chat.harbour.example' }, 'chat.harbour.example cannot be reached.'],
    [{ kind: 'service-unsuitable', service: 'chat.harbour.example', why: 'not-proven' }, 'could not prove who it is'],
    [{ kind: 'account-disabled' }, 'This account is disabled.'],
    [{ kind: 'no-answer' }, 'There was no answer in time.'],
  ];
  for (const [failure, words] of whole) {
    it(`says ${failure.kind} above the fields, with what to do next`, async () => {
      const widget = await open({}, failure);
      await fill(widget);
      await widget.press('Sign in');
      const trouble = widget.find('.trouble');
      ok(trouble?.textContent?.includes(words), trouble?.textContent ?? 'nothing');
      equal(faultOf(widget, 'Password'), '');
    });
  }

  it('being offline is told apart from a wrong password', async () => {
    const widget = await open();
    const online = Object.getOwnPropertyDescriptor(Navigator.prototype, 'onLine') as PropertyDescriptor;
    Object.defineProperty(navigator, 'onLine', { configurable: true, get: () => false });
    window.dispatchEvent(new Event('offline'));
    await widget.settle();
    ok(widget.find('.trouble.offline')?.textContent?.includes('You are offline.'), 'said before any attempt');
    Object.defineProperty(navigator, 'onLine', online);
    window.dispatchEvent(new Event('online'));
    await widget.settle();
    equal(widget.find('.trouble'), undefined);
  });

  it('is busy while it waits, and takes no second press', async () => {
    const widget = await Widget.open({
      prepare: (session) => {
        signedOut(session);
        session.hold('signIn');
      },
    });
    await fill(widget);
    await widget.press('Sign in');
    const button = widget.named('Signing in…');
    equal(button.getAttribute('aria-busy'), 'true');
    button.click();
    equal(widget.session.asked('signIn').length, 1);
    widget.session.letGo('signIn');
    await widget.settle();
    ok(widget.text.includes('No conversations yet'), widget.text);
  });

  it('shows the password on demand, and says so', async () => {
    const widget = await open();
    const field = widget.named<HTMLInputElement>('Password');
    equal(field.type, 'password');
    widget.find('.reveal')?.click();
    await widget.settle();
    equal(field.type, 'text');
    equal(widget.find('.reveal')?.getAttribute('aria-pressed'), 'true');
    await widget.hear('Password shown');
  });

  it('warns of Caps Lock', async () => {
    const widget = await open();
    const field = widget.named('Password');
    field.dispatchEvent(new KeyboardEvent('keydown', { key: 'A', modifierCapsLock: true }));
    await widget.settle();
    ok(faultOf(widget, 'Password').includes('Caps Lock is on.'), faultOf(widget, 'Password'));
  });

  it('lets password managers and paste do their work', async () => {
    const widget = await open();
    equal(widget.named('Chat address').getAttribute('autocomplete'), 'username');
    equal(widget.named('Password').getAttribute('autocomplete'), 'current-password');
    const paste = new ClipboardEvent('paste', { bubbles: true, cancelable: true, composed: true });
    ok(widget.named('Password').dispatchEvent(paste), 'paste goes through');
  });

  it('a page can sign in by itself', async () => {
    const widget = await open();
    const answer = await widget.chat.signIn({ address: 'mia@harbour.example', password: 'pencil' });
    ok(answer.ok, 'signed in');
    await widget.settle();
    ok(widget.text.includes('No conversations yet'), widget.text);
  });

  it('somebody who comes back sees the list from the disk, not the form', async () => {
    const widget = await Widget.open({
      prepare: (session) => {
        session.hold('readSituation');
        session.hold('listConversations');
        const account = session.situation.account;
        const known = { id: 'li@warbler.example', title: '李雯' };
        session.add(known as never);
        const conversations = [...session.conversations.values()];
        session.firstPage = Promise.resolve({ warbler: 'first-page', conversations, ...(account ? { account } : {}) });
      },
    });
    ok(widget.text.includes('李雯'), widget.text);
    equal(widget.has('Sign in'), false);
  });

  for (const lang of ['en', 'zh-CN'] as const) {
    for (const theme of ['light', 'dark'] as const) {
      it(`has no fault for axe, with faults on show: ${lang}, ${theme}`, async () => {
        const widget = await open({ lang, theme, service: '' });
        widget.find('button[type="submit"]')?.click();
        await widget.settle();
        same(await accessibilityFaults(widget.chat), []);
      });
    }
  }

  it('fits into 320 px', async () => {
    const widget = await open({ width: 320, height: 568, service: '' });
    const wide = widget.all('*').filter((element) => element.getBoundingClientRect().right > 320.5 && element.checkVisibility());
    same(
      wide.map((element) => element.className),
      [],
    );
  });
});
