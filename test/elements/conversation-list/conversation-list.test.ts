// The list: what a row says, how one moves about in it, and that it stays small and still.
import type { ConversationList } from '../../../src/elements/conversation-list/conversation-list.ts';
import type { ConversationId } from '../../../src/model/conversation.ts';
import { accessibilityFaults } from '../../browser-kit/accessibility.ts';
import { atMost, equal, ok, same } from '../../browser-kit/expect.ts';
import { addMany, addPeople, OMAR, ROOM, ZHAO } from '../../browser-kit/people.ts';
import { LI } from '../../browser-kit/scripted-session.ts';
import { frame, until } from '../../browser-kit/person.ts';
import { Widget } from '../../browser-kit/widget.ts';

afterEach(() => Widget.leave());

const JANA = 'jana@warbler.example' as ConversationId;
const names = (widget: Widget): string[] => widget.all('.row .name').map((name) => name.textContent ?? '');
const rowOf = (widget: Widget, id: string): HTMLElement => {
  const row = widget.all('.row').find((one) => one.dataset['id'] === id);
  if (!row) throw new Error(`no row for ${id}`);
  return row;
};
/** What a screen reader makes of a row: its content without what is hidden from it. */
const wordsOf = (row: HTMLElement): string => {
  const copy = row.cloneNode(true) as HTMLElement;
  for (const silent of copy.querySelectorAll('[aria-hidden="true"]')) silent.remove();
  return (copy.textContent ?? '').replaceAll(/\s+/g, ' ').trim();
};
const pressKey = (widget: Widget, key: string): void => {
  widget.focused?.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, composed: true, cancelable: true }));
};

describe('a row of the list', () => {
  it('says who, what is new, the preview and when, in one name', async () => {
    const widget = await Widget.open({ prepare: addPeople });
    const name = wordsOf(rowOf(widget, ROOM));
    for (const part of ['Design weekly Room', '@you Mia: Which radius shall it be?', '2 unread, you were mentioned'])
      ok(name.includes(part), `${part} in ${name}`);
  });

  it('tells a mention, a draft, silence and how far an own message came in words or shapes, not by colour alone', async () => {
    const widget = await Widget.open({ prepare: addPeople });
    equal(rowOf(widget, ROOM).querySelector('.tag.mention')?.textContent, '@you');
    equal(rowOf(widget, OMAR).querySelector('.tag.draft')?.textContent, 'Draft');
    const jana = rowOf(widget, 'jana@warbler.example');
    equal(jana.querySelector('.badge.muted')?.textContent?.trim(), '38');
    equal(jana.querySelector('.state')?.getAttribute('title'), 'Read');
    ok(wordsOf(jana).includes('Away, Muted'), wordsOf(jana));
    ok(wordsOf(jana).includes('Read: See you in Shenzhen'), wordsOf(jana));
    ok(jana.querySelector('.presence.away'), 'a hollow mark');
  });

  it('tells files that wait to be sent as it tells a draft, in both languages', async () => {
    for (const [lang, one, two] of [
      ['en', 'Draft [File]', 'Draft [2 files] See you'],
      ['zh-CN', '草稿 [文件]', '草稿 [2 个文件] See you'],
    ] as const) {
      const widget = await Widget.open({ lang, prepare: addPeople });
      const preview = (): string => wordsOf(rowOf(widget, JANA).querySelector('.preview')!);
      widget.session.change(JANA, { staged: 1 });
      await widget.settle();
      equal(preview(), one);
      equal(rowOf(widget, JANA).querySelector('.state'), null, 'how far the last message came says nothing of them');
      widget.session.change(JANA, { staged: 2, draft: 'See you' });
      await widget.settle();
      equal(preview(), two);
      Widget.leave();
    }
  });

  it('an own message carries a mark and no name', async () => {
    const widget = await Widget.open({ prepare: addPeople });
    equal(rowOf(widget, 'jana@warbler.example').querySelector('.preview')?.textContent, 'See you in Shenzhen');
  });

  it('calls a file by its name, or by what was said of it', async () => {
    const widget = await Widget.open({ prepare: addPeople });
    const preview = (): string => rowOf(widget, JANA).querySelector('.preview')?.textContent?.trim() ?? '';
    for (const [text, type, seen] of [
      ['', 'application/pdf', '[File] terms \u2068v2\u2069.pdf'],
      ['', 'image/jpeg', '[Picture] terms \u2068v2\u2069.pdf'],
      ['the new ones', 'image/jpeg', '[Picture] the new ones'],
    ] as const) {
      widget.session.change(JANA, { preview: { text, file: { name: 'terms \u2068v2\u2069.pdf', type }, own: false } });
      await until(() => preview() === seen.replaceAll(/[\u2068\u2069]/g, ''), seen).catch(() => equal(preview(), seen));
    }
  });

  it('is 64 px high, whatever it holds', async () => {
    const widget = await Widget.open({ prepare: addPeople });
    same([...new Set(widget.all('.item').map((item) => item.getBoundingClientRect().height))], [64]);
  });

  it('a request is answered where it stands, and the answer is told', async () => {
    const widget = await Widget.open({ prepare: addPeople });
    await widget.press('Accept 赵敏');
    same(widget.session.asked('answerContact'), [[ZHAO, 'accept']]);
    await widget.hear('赵敏 was added');
    equal(widget.has('Accept 赵敏'), false);
  });

  it('an invitation into a room says who asks, and is answered the same way', async () => {
    const invited = { joined: 'left', memberCount: 0, nick: 'mia' } as const;
    const widget = await Widget.open({
      prepare: (session) => {
        addPeople(session);
        session.add({ id: ROOM, kind: 'room', title: 'Design', standing: 'asks-for-contact', room: { ...invited, invitedBy: '李雯' } });
        session.add({ id: OMAR, kind: 'room', title: 'Garden', standing: 'asks-for-contact', room: invited });
      },
    });
    ok(widget.text.includes('李雯 invites you') && widget.text.includes('You are invited'), widget.text);
    await widget.press('Accept Design');
    same(widget.session.asked('answerContact'), [[ROOM, 'accept']]);
  });

  it('a request that fails can be answered again', async () => {
    const widget = await Widget.open({ prepare: addPeople });
    widget.session.refuse('answerContact', { kind: 'offline' });
    await widget.press('Decline 赵敏');
    await widget.hear('You are offline');
    equal(widget.named<HTMLButtonElement>('Decline 赵敏').disabled, false);
  });

  it('opens its conversation and is marked as the current one', async () => {
    const widget = await Widget.open({ prepare: addPeople, width: 900 });
    rowOf(widget, LI).click();
    await widget.settle();
    equal(rowOf(widget, LI).getAttribute('aria-current'), 'true');
    equal(widget.all('[aria-current]').length, 1);
  });
});

describe('the keys of the list', () => {
  it('one stop for Tab; arrows, Home, End and pages move through all rows', async () => {
    const widget = await Widget.open({ prepare: (session) => addMany(session, 500) });
    equal(widget.all('.row[tabindex="0"]').length, 1);
    widget.all('.row')[0]?.focus();
    await widget.key('ArrowDown', 'ArrowDown');
    ok(widget.focusedName.startsWith('Person 2 '), widget.focusedName);
    await widget.key('End');
    await until(() => widget.focusedName.startsWith('Person 499 '), 'the last row');
    await widget.key('ArrowUp');
    await until(() => widget.focusedName.startsWith('Person 498 '), 'the one before');
    await widget.key('Home');
    await until(() => widget.focusedName.startsWith('Person 0 '), 'the first row');
    await widget.key('PageDown');
    await until(() => /^Person [5-9] /.test(widget.focusedName), 'a page further');
    equal(widget.all('.row[tabindex="0"]').length, 1);
  });

  it('letters find a row that is not even in sight', async () => {
    const widget = await Widget.open({
      prepare: (session) => {
        addMany(session, 300);
        session.add({ id: 'zelda@warbler.example' as ConversationId, title: 'Zelda', lastActivityAt: 1 });
      },
    });
    widget.all('.row')[0]?.focus();
    pressKey(widget, 'z');
    await until(() => widget.focusedName.startsWith('Zelda'), 'Zelda');
  });

  it('goes from the search into the rows, and Escape clears the search first', async () => {
    const widget = await Widget.open({ prepare: addPeople });
    await widget.write('Search conversations', 'omar');
    same(names(widget), ['Omar Haddad']);
    await widget.key('Escape');
    equal(names(widget).length, 5);
    await widget.key('ArrowDown');
    await until(() => widget.focusedName.startsWith('Design weekly'), 'the first row');
  });

  it('focus outlives a row that leaves', async () => {
    const widget = await Widget.open({ prepare: addPeople });
    rowOf(widget, OMAR).focus();
    widget.session.conversations.delete(OMAR);
    widget.session.tell({ about: 'conversations' });
    await widget.settle();
    ok(widget.focused !== document.body, 'focus stays in the list');
    await widget.key('ArrowUp');
    await until(() => widget.focused?.classList.contains('row'), 'a row');
  });
});

describe('search and filters', () => {
  it('narrows among 5,000 by one pull, and tells how many once', async () => {
    const widget = await Widget.open({ prepare: (session) => addMany(session, 5000) });
    const field = widget.named<HTMLInputElement>('Search conversations');
    const before = widget.session.asked('listConversations').length;
    field.value = 'person 4999';
    field.dispatchEvent(new InputEvent('input'));
    await until(() => names(widget).join() === 'Person 4999', 'the one');
    atMost(widget.session.asked('listConversations').length - before, 1, 'pulls');
    await widget.hear('1 result');
  });

  it('waits for a composition to end', async () => {
    const widget = await Widget.open({ prepare: addPeople });
    const field = widget.named<HTMLInputElement>('Search conversations');
    field.value = 'li';
    field.dispatchEvent(new InputEvent('input', { isComposing: true }));
    await widget.settle();
    equal(names(widget).length, 5);
    field.value = '李';
    field.dispatchEvent(new CompositionEvent('compositionend'));
    await widget.settle();
    same(names(widget), ['李雯']);
  });

  it('shows what is unread, what names me, and rooms', async () => {
    const widget = await Widget.open({ prepare: addPeople });
    await widget.press('Unread 2');
    same(names(widget), ['Design weekly', '李雯', 'Jana Novák']);
    equal(widget.named('Unread 2').getAttribute('aria-pressed'), 'true');
    await widget.press('@Me');
    same(names(widget), ['Design weekly']);
    await widget.press('All');
    equal(names(widget).length, 5);
  });

  it('says that nothing matches, and clears', async () => {
    const widget = await Widget.open({ prepare: addPeople });
    await widget.write('Search conversations', 'nobody');
    ok(widget.text.includes('No conversation matches “nobody”.'), widget.text);
    await widget.press('Clear search');
    equal(names(widget).length, 5);
  });
});

describe('a long list', () => {
  it('holds only the rows in sight', async () => {
    const widget = await Widget.open({ prepare: (session) => addMany(session, 5000) });
    atMost(widget.all('.item').length, 40, 'rows at the top');
    const scroller = widget.find('.scroller');
    if (!scroller) throw new Error('no scroller');
    equal(widget.find('.rows')?.getBoundingClientRect().height, 5000 * 64);
    scroller.scrollTop = 2000 * 64;
    await until(() => names(widget).includes('Person 2003'), 'rows further down');
    atMost(widget.all('.item').length, 40, 'rows further down');
    const row = rowOf(widget, 'person2003@warbler.example').getBoundingClientRect();
    const top = scroller.getBoundingClientRect().top;
    equal(Math.round(row.top - top), 3 * 64, 'its place');
  });

  it('asks once a change, not once a row', async () => {
    const widget = await Widget.open({ prepare: (session) => addMany(session, 5000) });
    const before = widget.session.asked('listConversations').length;
    for (let count = 0; count < 20; count += 1) widget.session.tell({ about: 'conversations' });
    await widget.settle();
    atMost(widget.session.asked('listConversations').length - before, 2, 'pulls for twenty changes at once');
  });

  it('a row under the pointer stays where it is until the pointer rests', async () => {
    const widget = await Widget.open({ prepare: addPeople });
    const list = widget.find<ConversationList>('warbler-conversation-list');
    if (!list) throw new Error('no list');
    list.idleMs = 600;
    widget.find('.scroller')?.dispatchEvent(new PointerEvent('pointermove', { bubbles: true }));
    widget.session.change(OMAR, { lastActivityAt: Date.now() + 1000 });
    await widget.settle();
    same(names(widget).slice(0, 3), ['Design weekly', '李雯', 'Omar Haddad']);
    await until(() => names(widget)[0] === 'Omar Haddad', 'the new order');
  });
});

describe('the faces of the list', () => {
  it('empty: says why and offers one thing to do', async () => {
    const widget = await Widget.open({});
    ok(widget.text.includes('No conversations yet'), widget.text);
    await widget.press('Add contact');
    ok(widget.all('[role="dialog"]').length > 0, 'a sheet');
  });

  it('loading: bones, only after 200 ms, and a word for those who listen', async () => {
    const widget = await Widget.open({ prepare: (session) => session.hold('listConversations') });
    equal(widget.all('.loading')[0] && getComputedStyle(widget.all('.loading')[0] as Element).animationDelay, '0.2s');
    ok(widget.all('.loading .spoken')[0]?.textContent?.includes('Loading conversations'), 'the word');
    widget.session.letGo('listConversations');
    await widget.settle();
    ok(widget.text.includes('No conversations yet'), 'then what there is');
  });

  it('failed: says why and tries again', async () => {
    const widget = await Widget.open({
      prepare: (session) => {
        addPeople(session);
        session.refuse('listConversations', { kind: 'no-answer' });
      },
    });
    ok(widget.text.includes('There was no answer in time.'), widget.text);
    widget.session.refuse('listConversations');
    await widget.press('Try again');
    equal(names(widget).length, 5);
  });

  it('a later failure leaves the rows and says so below', async () => {
    const widget = await Widget.open({ prepare: addPeople });
    widget.session.refuse('listConversations', { kind: 'core-gone' });
    widget.session.tell({ about: 'conversations' });
    await widget.settle();
    equal(names(widget).length, 5);
    ok(widget.text.includes('The chat stopped in the background.'), widget.text);
  });

  for (const lang of ['en', 'zh-CN'] as const) {
    for (const theme of ['light', 'dark'] as const) {
      it(`has no fault for axe: ${lang}, ${theme}`, async () => {
        const widget = await Widget.open({ prepare: addPeople, lang, theme, width: 900 });
        rowOf(widget, LI).click();
        await widget.settle();
        await frame();
        same(await accessibilityFaults(widget.chat), []);
      });
    }
  }
});

describe('a list alone on a page', () => {
  it('dresses itself, speaks the page’s language, and serves its own requests', async () => {
    const widget = await Widget.open({ prepare: addPeople });
    const list = document.createElement('warbler-conversation-list') as ConversationList;
    list.session = widget.session;
    widget.chat.replaceWith(list);
    await until(() => list.shadowRoot?.querySelector('.row'), 'rows');
    const chosen: string[] = [];
    list.addEventListener('warbler-open-request', (event) => chosen.push((event as unknown as { conversation: string }).conversation));
    list.shadowRoot?.querySelector<HTMLElement>('.row')?.click();
    same(chosen, [ROOM]);
    equal(getComputedStyle(list).getPropertyValue('--warbler-row-height'), '64px');
    list.shadowRoot?.querySelector<HTMLElement>('[aria-label="Accept 赵敏"]')?.click();
    await until(() => widget.session.asked('answerContact').length === 1, 'the call');
  });
});
