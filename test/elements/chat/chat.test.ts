// The frame: launcher and panel, list and thread, keys, what a tab remembers, and the states that need words.
import type { WarblerChat } from '../../../src/elements/chat/chat.ts';
import { accessibilityFaults } from '../../browser-kit/accessibility.ts';
import { equal, ok, same } from '../../browser-kit/expect.ts';
import { addPeople, OMAR } from '../../browser-kit/people.ts';
import { settle, until } from '../../browser-kit/person.ts';
import { LI } from '../../browser-kit/scripted-session.ts';
import { Widget } from '../../browser-kit/widget.ts';

afterEach(() => Widget.leave());

const row = (widget: Widget, id: string): HTMLElement => {
  const found = widget.all('.row').find((one) => one.dataset['id'] === id);
  if (!found) throw new Error(`no row for ${id}`);
  return found;
};

describe('the launcher', () => {
  it('is a button that says what it is for, how it stands and what waits', async () => {
    const widget = await Widget.open({ mode: 'launcher', open: false, prepare: addPeople });
    const launcher = widget.find('.launcher');
    equal(launcher?.localName, 'button');
    equal(launcher?.getAttribute('aria-label'), 'Messages, 3 unread, closed');
    equal(launcher?.getAttribute('aria-expanded'), 'false');
    await widget.press('Messages, 3 unread, closed');
    equal(launcher?.getAttribute('aria-expanded'), 'true');
    equal(launcher?.getAttribute('aria-controls'), widget.find('[role="dialog"]')?.id);
    equal(launcher?.getAttribute('aria-label'), 'Messages, open');
    await widget.press('Close');
    equal(widget.find('.alert')?.textContent?.trim(), '3');
  });

  it('shows at most 9+, and a mention by its own sign', async () => {
    const widget = await Widget.open({ mode: 'launcher', prepare: addPeople });
    widget.session.changeSituation({ unread: { messages: 12, conversations: 3, mentioned: true } });
    await widget.press('Close');
    equal(widget.find('.alert')?.textContent?.trim(), '@9+');
    ok(widget.find('.launcher')?.getAttribute('aria-label')?.includes('you were mentioned'), 'said as well');
  });

  it('asks nobody for anything before it is opened', async () => {
    const stored = [localStorage.length, sessionStorage.length];
    const chat = document.createElement('warbler-chat') as WarblerChat;
    chat.setAttribute('service', 'wss://chat.harbour.example/ws');
    document.body.append(chat);
    await chat.updateComplete;
    await settle(chat);
    equal(chat.shadowRoot?.querySelector('.panel'), null);
    same([localStorage.length, sessionStorage.length], stored);
    const workers = performance.getEntriesByType('resource').filter((entry) => /\/worker\.[jt]s/.test(entry.name));
    same(workers, []);
    chat.remove();
  });

  it('closed, it covers nothing but its own circle', async () => {
    const widget = await Widget.open({ mode: 'launcher', open: false });
    const { left, top, width } = (widget.find('.launcher') as HTMLElement).getBoundingClientRect();
    equal(width, 60);
    ok(document.elementFromPoint(left - 4, top + 30) !== widget.chat, 'beside it');
    ok(document.elementFromPoint(left + 30, top - 4) !== widget.chat, 'above it');
    equal(document.elementFromPoint(left + 30, top + 30), widget.chat);
  });
});

describe('the panel', () => {
  it('is a dialog that leaves the page usable, and takes the focus', async () => {
    const widget = await Widget.open({ mode: 'launcher', open: false, prepare: addPeople });
    await widget.press('Messages');
    const panel = widget.find('[role="dialog"]');
    equal(panel?.hasAttribute('aria-modal'), window.innerWidth < 667);
    equal(widget.focused, panel);
  });

  it('Escape closes the innermost first, and the focus returns to the launcher', async () => {
    const widget = await Widget.open({ mode: 'launcher', prepare: addPeople });
    await widget.press('Account and settings');
    ok(widget.find('[role="menu"]'), 'a menu');
    await widget.key('Escape');
    equal(widget.find('[role="menu"]'), undefined);
    equal(widget.focusedName, 'Account and settings');
    await widget.press('New conversation');
    await widget.key('Escape');
    equal(widget.find('.sheet'), undefined);
    equal(widget.chat.open, true);
    widget.find('.panel')?.focus();
    await widget.key('Escape');
    equal(widget.chat.open, false);
    ok(widget.focusedName.startsWith('Messages'), widget.focusedName);
    equal(widget.find('.panel'), undefined);
  });

  it('remembers over a reload that it was open, and no address', async () => {
    const widget = await Widget.open({ mode: 'launcher', prepare: addPeople });
    row(widget, LI).click();
    await widget.settle();
    const kept = JSON.stringify([Object.entries(sessionStorage), Object.entries(localStorage)]);
    ok(!kept.includes('li@'), kept);
    const again = document.createElement('warbler-chat') as WarblerChat;
    again.session = widget.session;
    widget.chat.replaceWith(again);
    await again.updateComplete;
    equal(again.open, true);
  });

  it('tells the page that it opened and closed', async () => {
    const widget = await Widget.open({ mode: 'launcher', open: false });
    const heard: string[] = [];
    for (const type of ['warbler-opened', 'warbler-closed']) widget.chat.addEventListener(type, () => heard.push(type));
    widget.chat.show();
    await widget.settle();
    widget.chat.hide();
    await widget.settle();
    same(heard, ['warbler-opened', 'warbler-closed']);
  });

  it('a move within the page keeps everything', async () => {
    const widget = await Widget.open({ prepare: addPeople });
    const box = widget.chat.parentElement as HTMLElement;
    const other = document.createElement('div');
    other.style.display = 'contents';
    box.append(other);
    other.append(widget.chat);
    await widget.settle();
    equal(widget.all('.row').length, 5);
    widget.session.change(OMAR, { title: 'Omar H.' });
    await widget.settle();
    ok(widget.text.includes('Omar H.'), 'it still listens');
  });
});

describe('list and thread', () => {
  it('in a panel one follows the other, and back', async () => {
    const widget = await Widget.open({ prepare: addPeople });
    row(widget, LI).click();
    await widget.settle();
    equal(widget.find('warbler-conversation-list'), undefined);
    ok(widget.find('warbler-thread'), 'the thread');
    ok(widget.text.includes('message 2'), widget.text);
    await widget.press('Back to conversations');
    ok(widget.find('warbler-conversation-list'), 'the list');
    await until(() => widget.focused?.classList.contains('row'), 'focus in the list');
  });

  it('with room they stand side by side', async () => {
    const widget = await Widget.open({ prepare: addPeople, width: 1000 });
    ok(widget.find('warbler-conversation-list') && widget.find('warbler-thread'), 'both');
    equal(widget.find('.list-pane')?.getBoundingClientRect().width, 332);
    ok(widget.text.includes('Choose a conversation'), widget.text);
    row(widget, LI).click();
    await widget.settle();
    equal(widget.has('Back to conversations'), false);
    ok(widget.text.includes('message 2'), widget.text);
  });

  it('what was open last is open again, from the disk', async () => {
    const widget = await Widget.open({
      prepare: (session) => {
        addPeople(session);
        const { account } = session.situation;
        const page = {
          messages: session.thread().messages,
          outbox: [],
          gaps: [],
          marks: session.thread().marks,
          atStart: true,
          atEnd: true,
        };
        session.firstPage = Promise.resolve({
          warbler: 'first-page',
          conversations: [...session.conversations.values()],
          open: { conversation: LI, page },
          ...(account ? { account } : {}),
        });
      },
    });
    ok(widget.text.includes('message 2'), widget.text);
  });

  it('tells the core what this tab shows', async () => {
    const widget = await Widget.open({ prepare: addPeople });
    row(widget, LI).click();
    await widget.settle();
    equal((widget.session.asked('reportTab').at(-1)?.[0] as { conversation?: string } | undefined)?.conversation, LI);
    await widget.press('Back to conversations');
    equal((widget.session.asked('reportTab').at(-1)?.[0] as { conversation?: string } | undefined)?.conversation, undefined);
  });

  it('Alt with arrows goes from conversation to conversation, F6 from region to region', async () => {
    const widget = await Widget.open({ prepare: addPeople, width: 1000 });
    row(widget, LI).click();
    await widget.settle();
    row(widget, LI).focus();
    row(widget, LI).dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowDown', altKey: true, bubbles: true, composed: true }));
    await until(() => row(widget, OMAR).getAttribute('aria-current') === 'true', 'the next conversation');
    const seen = new Set<string>();
    for (let count = 0; count < 5; count += 1) {
      widget.focused?.dispatchEvent(new KeyboardEvent('keydown', { key: 'F6', bubbles: true, composed: true }));
      await widget.settle();
      seen.add(widget.chat.shadowRoot?.activeElement?.localName ?? '');
    }
    for (const region of ['warbler-conversation-list', 'warbler-conversation-header', 'warbler-composer'])
      ok(seen.has(region), [...seen].join());
  });

  it('begins something new with a person or in a room', async () => {
    const widget = await Widget.open({ prepare: addPeople });
    await widget.press('New conversation');
    await until(() => widget.focusedName === 'Their chat address', 'the field');
    await widget.write('Their chat address', 'nobody');
    await widget.press('Add');
    await widget.hear('Enter a complete address');
    await widget.write('Their chat address', 'kim@warbler.example');
    (widget.all('.sheet form')[0] as HTMLFormElement).requestSubmit();
    await widget.settle();
    same(widget.session.asked('addContact'), [['kim@warbler.example']]);
    ok(widget.find('warbler-thread'), 'its thread is open');
    await widget.press('Back to conversations');
    await widget.press('New conversation');
    await widget.press('Join room');
    await widget.write('Room address', 'tea@rooms.warbler.example');
    widget.session.refuse('joinRoom', { kind: 'refused', reason: 'members-only' });
    (widget.all('.sheet form')[0] as HTMLFormElement).requestSubmit();
    await widget.hear('This room is for members only.');
    ok(widget.find('.sheet'), 'the sheet stays');
  });
});

describe('the account', () => {
  it('language and looks change at once, and are remembered', async () => {
    const widget = await Widget.open({ prepare: addPeople });
    await widget.press('Account and settings');
    await widget.press('Dark');
    equal(widget.chat.theme, 'dark');
    await widget.press('中文');
    await until(() => widget.text.includes('外观'), 'the words');
    equal(widget.find('.search input')?.getAttribute('placeholder'), '搜索联系人与群组');
    ok(localStorage.getItem('warbler:preferences')?.includes('dark'), 'remembered');
  });

  it('the menu goes by arrows and letters', async () => {
    const widget = await Widget.open({ prepare: addPeople });
    await widget.press('Account and settings');
    equal(widget.focusedName, '中文');
    await widget.key('ArrowDown');
    equal(widget.focusedName, 'English');
    await widget.key('End');
    ok(widget.focusedName.startsWith('Sign out'), widget.focusedName);
    await widget.key('d');
    equal(widget.focusedName, 'Dark');
  });

  it('signs out without a question where nothing waits', async () => {
    const widget = await Widget.open({ prepare: addPeople });
    await widget.press('Account and settings');
    ok(widget.text.includes('erases the messages and keys on this device'), 'it says what is erased');
    await widget.press('Sign out');
    equal(widget.session.asked('signOut').length, 1);
    ok(widget.has('Chat address'), 'the form');
  });

  it('asks first where messages wait', async () => {
    const widget = await Widget.open({
      prepare: (session) => {
        addPeople(session);
        session.situation = { ...session.situation, waiting: 2 };
      },
    });
    await widget.press('Account and settings');
    await widget.press('Sign out');
    equal(widget.session.asked('signOut').length, 0);
    ok(widget.text.includes('2 messages not sent yet will be deleted.'), widget.text);
    await until(() => widget.focusedName === 'Cancel', 'the safe choice');
    await widget.press('Sign out anyway');
    equal(widget.session.asked('signOut').length, 1);
  });
});

describe('states that need words', () => {
  it('signed in elsewhere: a screen of its own, a way on, and the history behind it', async () => {
    const widget = await Widget.open({ prepare: addPeople });
    widget.session.changeSituation({ connection: { stage: 'stopped', failure: { kind: 'signed-in-elsewhere' } } });
    await widget.settle();
    ok(widget.text.includes('You signed in elsewhere'), widget.text);
    await widget.press('Only read what is here');
    equal(widget.all('.row').length, 5);
    equal(widget.session.asked('reconnect').length, 0);
  });

  it('another version: reload', async () => {
    const widget = await Widget.open({ prepare: (session) => session.become('refused', { kind: 'reload-needed', older: 'core' }) });
    ok(widget.text.includes('Another tab still runs an older version.'), widget.text);
    ok(widget.has('Reload'), 'the button');
  });

  it('the core gone: try again', async () => {
    const widget = await Widget.open({ prepare: addPeople });
    widget.session.become('lost', { kind: 'core-gone' });
    await widget.settle();
    ok(widget.text.includes('The chat stopped in the background.'), widget.text);
    widget.session.become('attached');
    await widget.settle();
    equal(widget.all('.row').length, 5);
  });

  it('notices are told once and put away', async () => {
    const widget = await Widget.open({
      prepare: (session) => {
        addPeople(session);
        session.situation = { ...session.situation, notices: [{ kind: 'clock-wrong', offByMs: -400_000 }] };
      },
    });
    ok(widget.text.includes('off by about 7 minutes'), widget.text);
    await widget.press('Got it');
    same(widget.session.asked('dismissNotice'), [['clock-wrong']]);
    ok(!widget.text.includes('off by about'), 'gone');
  });

  for (const [lang, told, words] of [
    ['en', { people: 3, from: 'Firefox' }, 'on the keys of 3 contacts was taken over from Firefox.'],
    ['en', { people: 1 }, 'on the keys of 1 contact was taken over from your other device.'],
    ['zh-CN', { people: 3, from: 'Firefox' }, '已采纳你在“Firefox”上对 3 位联系人密钥的核对结果。'],
    ['zh-CN', { people: 1 }, '已采纳你在另一台设备上对 1 位联系人密钥的核对结果。'],
  ] as const)
    it(`what another own device told of keys is said: ${words}`, async () => {
      const widget = await Widget.open({
        lang,
        prepare: (session) => {
          addPeople(session);
          session.situation = { ...session.situation, notices: [{ kind: 'keys-told', ...told }] };
        },
      });
      ok(widget.text.includes(words), widget.text);
      same(await accessibilityFaults(widget.chat), []);
    });
});

describe('the whole for those who do not see it, or see it differently', () => {
  for (const lang of ['en', 'zh-CN'] as const) {
    for (const theme of ['light', 'dark'] as const) {
      it(`axe finds nothing, panel with menu and sheet: ${lang}, ${theme}`, async () => {
        const widget = await Widget.open({ prepare: addPeople, lang, theme });
        widget.find('warbler-account-menu')?.shadowRoot?.querySelector('button')?.click();
        await widget.settle();
        same(await accessibilityFaults(widget.chat), []);
        await widget.key('Escape');
        widget.find('.header [aria-haspopup="dialog"]')?.click();
        await widget.settle();
        same(await accessibilityFaults(widget.chat), []);
      });

      it(`axe finds nothing, trouble and launcher: ${lang}, ${theme}`, async () => {
        const widget = await Widget.open({ mode: 'launcher', prepare: addPeople, lang, theme });
        widget.session.changeSituation({ connection: { stage: 'stopped', failure: { kind: 'account-disabled' } } });
        await widget.settle();
        same(await accessibilityFaults(widget.chat), []);
        widget.chat.hide();
        await widget.settle();
        same(await accessibilityFaults(widget.chat), []);
      });
    }
  }

  it('from right to left everything stands mirrored', async () => {
    const widget = await Widget.open({ prepare: addPeople });
    document.documentElement.dir = 'rtl';
    await widget.settle();
    const avatar = widget.find('.row .avatar')?.getBoundingClientRect();
    const time = widget.find('.row time')?.getBoundingClientRect();
    document.documentElement.dir = '';
    ok(avatar && time && avatar.left > time.right, 'the face at the right, the time at the left');
  });

  it('fits into 320 px', async () => {
    const widget = await Widget.open({ prepare: addPeople, width: 320, height: 568 });
    const wide = widget.all('*').filter((element) => {
      const { right, left, width } = element.getBoundingClientRect();
      return width > 0 && element.checkVisibility() && (right > 320.5 || left < -0.5) && !element.closest('.spoken, .rows');
    });
    same(
      wide.map((element) => `${element.localName}.${element.className}`),
      [],
    );
  });

  it('every control is at least 24 px, and has a name', async () => {
    const widget = await Widget.open({ prepare: addPeople, width: 1000 });
    row(widget, LI).click();
    await widget.settle();
    const small = widget.all('button').filter((button) => {
      const { width, height } = button.getBoundingClientRect();
      return button.checkVisibility() && (width < 24 || height < 24);
    });
    same(
      small.map((button) => button.outerHTML.slice(0, 80)),
      [],
    );
  });
});
