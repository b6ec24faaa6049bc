// Inviting contacts into a room: who can be, what becomes of it, by keys and for those who listen.
import type { Conversation, ConversationId } from '../../../src/model/conversation.ts';
import { accessibilityFaults } from '../../browser-kit/accessibility.ts';
import { equal, ok, same } from '../../browser-kit/expect.ts';
import { addPeople, OMAR } from '../../browser-kit/people.ts';
import { deepActive, listen, until } from '../../browser-kit/person.ts';
import { LI, type ScriptedSession } from '../../browser-kit/scripted-session.ts';
import { Widget, type WidgetWishes } from '../../browser-kit/widget.ts';

afterEach(() => Widget.leave());

const GARDEN = 'garden@rooms.warbler.example' as ConversationId;
const room = (joined: NonNullable<Conversation['room']>['joined']): NonNullable<Conversation['room']> => ({
  joined,
  memberCount: 3,
  nick: 'Mia',
});

const withRoom =
  (joined: NonNullable<Conversation['room']>['joined'] = 'joined') =>
  (session: ScriptedSession): void => {
    addPeople(session);
    session.add({ id: GARDEN, kind: 'room', title: 'Garden', standing: 'member', lastActivityAt: 9e12, room: room(joined) });
  };

async function openMenu(wishes: WidgetWishes = {}): Promise<Widget> {
  const widget = await Widget.open({ width: 1000, prepare: withRoom(), ...wishes });
  widget.chat.openConversation(GARDEN);
  await widget.settle();
  await widget.press(wishes.lang === 'zh-CN' ? '会话操作' : 'Conversation actions');
  return widget;
}

async function openSheet(wishes: WidgetWishes = {}): Promise<Widget> {
  const widget = await openMenu(wishes);
  await widget.press(wishes.lang === 'zh-CN' ? '邀请联系人' : 'Invite contacts');
  await until(() => guests(widget).length > 0, 'the contacts');
  return widget;
}

const sheet = (widget: Widget): ShadowRoot => widget.find('warbler-invite-sheet')?.shadowRoot as ShadowRoot;
const guests = (widget: Widget): string[] =>
  [...(widget.find('warbler-invite-sheet')?.shadowRoot?.querySelectorAll('li .name') ?? [])].map((name) => name.textContent ?? '');
const rowOf = (widget: Widget, name: string): HTMLElement => {
  const row = [...sheet(widget).querySelectorAll<HTMLElement>('li')].find((one) => one.querySelector('.name')?.textContent === name);
  if (!row) throw new Error(`no ${name} among ${guests(widget).join()}`);
  return row;
};
const stateOf = (widget: Widget, name: string): string => rowOf(widget, name).querySelector('.state')?.textContent?.trim() ?? '';

describe('inviting', () => {
  it('is offered in a room that one is in, and nowhere else', async () => {
    ok((await openMenu()).has('Invite contacts'), 'offered');
    Widget.leave();
    ok(!(await openMenu({ prepare: withRoom('left') })).has('Invite contacts'), 'not from outside');
    Widget.leave();
    const widget = await Widget.open({ width: 1000, prepare: withRoom() });
    widget.chat.openConversation(LI);
    await widget.settle();
    await widget.press('Conversation actions');
    ok(!widget.has('Invite contacts'), 'not with one person');
  });

  it('shows contacts only, and finds them by name', async () => {
    const widget = await openSheet();
    ok(guests(widget).includes('李雯') && guests(widget).includes('Omar Haddad'), guests(widget).join());
    ok(!guests(widget).includes('赵敏') && !guests(widget).includes('Garden'), guests(widget).join());
    equal(widget.focusedName, 'Search contacts');
    await widget.write('Search contacts', 'omar');
    await until(() => guests(widget).length === 1, 'one of them');
    await widget.write('Search contacts', 'nobody');
    await until(() => guests(widget).length === 0, 'none');
    ok(sheet(widget).querySelector('[role="status"]')?.textContent?.includes('No contact matches.'), 'and says so');
  });

  it('tells what becomes of each, and keeps the focus where it was', async () => {
    const widget = await openSheet();
    const heard = listen(widget.chat);
    widget.session.hold('inviteToRoom');
    rowOf(widget, 'Omar Haddad').querySelector('button')?.focus();
    (deepActive() as HTMLElement).click();
    await until(() => rowOf(widget, 'Omar Haddad').querySelector('button')?.textContent?.trim() === 'Inviting…', 'the wait');
    (deepActive() as HTMLElement).click();
    widget.session.letGo('inviteToRoom');
    await until(() => stateOf(widget, 'Omar Haddad') === 'Invited', 'the end');
    await widget.settle();
    same(widget.session.asked('inviteToRoom'), [[GARDEN, OMAR]]);
    equal(heard.at(-1)?.text, 'Omar Haddad was invited');
    ok(rowOf(widget, 'Omar Haddad').contains(deepActive()), 'the focus');
  });

  it('says why not, and can be tried again', async () => {
    const widget = await openSheet();
    const heard = listen(widget.chat);
    widget.session.refuse('inviteToRoom', { kind: 'refused', reason: 'blocked' });
    rowOf(widget, '李雯').querySelector('button')?.click();
    await until(() => rowOf(widget, '李雯').querySelector('.why'), 'the reason');
    ok(heard.at(-1)?.text.startsWith('李雯 was not invited: '), heard.at(-1)?.text);
    equal(rowOf(widget, '李雯').querySelector('button')?.textContent?.trim(), 'Try again');
    widget.session.refuse('inviteToRoom');
    rowOf(widget, '李雯').querySelector('button')?.click();
    await until(() => stateOf(widget, '李雯') === 'Invited', 'the second time');
  });

  it('ends by Escape, and the focus goes back', async () => {
    const widget = await openSheet();
    await widget.key('Escape');
    equal(widget.find('warbler-invite-sheet'), undefined);
    equal(widget.focusedName, 'Conversation actions');
  });

  for (const lang of ['en', 'zh-CN'] as const) {
    for (const theme of ['light', 'dark'] as const) {
      it(`has no faults: ${lang}, ${theme}`, async () => {
        const widget = await openSheet({ lang, theme });
        widget.session.refuse('inviteToRoom', { kind: 'offline' });
        rowOf(widget, '李雯').querySelector('button')?.click();
        await until(() => rowOf(widget, '李雯').querySelector('.why'), 'the reason');
        widget.session.refuse('inviteToRoom');
        rowOf(widget, 'Omar Haddad').querySelector('button')?.click();
        await until(() => stateOf(widget, 'Omar Haddad') !== '', 'the end');
        await widget.settle();
        same(await accessibilityFaults(widget.chat), []);
      });
    }
  }
});
