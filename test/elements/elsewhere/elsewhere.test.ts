// News of conversations that nobody looks at: a figure in the page's title, and words for those who listen.
import { ElsewhereVoice } from '../../../src/elements/elsewhere/elsewhere-voice.ts';
import type { Conversation, ConversationId } from '../../../src/model/conversation.ts';
import type { Locale } from '../../../src/texts/texts.ts';
import { knownTexts, loadTexts } from '../../../src/texts/catalogue.ts';
import { equal, same } from '../../browser-kit/expect.ts';
import { addPeople, OMAR, ROOM } from '../../browser-kit/people.ts';
import { frame, until } from '../../browser-kit/person.ts';
import { LI, ScriptedSession } from '../../browser-kit/scripted-session.ts';
import { Widget } from '../../browser-kit/widget.ts';
import { fakeClock } from '../../kit/fake-clock.ts';

const JANA = 'jana@warbler.example' as ConversationId;
const pageTitle = document.title;
const leaving: (() => void)[] = [];

afterEach(() => {
  for (const leave of leaving.splice(0)) leave();
  Widget.leave();
  document.title = pageTitle;
});

class Listener {
  readonly session: ScriptedSession = new ScriptedSession();
  readonly clock = fakeClock(1_753_000_000_000);
  readonly heard: string[] = [];
  open: ConversationId | undefined;

  static async begin(lang: Locale = 'en'): Promise<Listener> {
    await loadTexts(lang);
    const listener = new Listener();
    addPeople(listener.session);
    const voice = new ElsewhereVoice({
      clock: listener.clock,
      texts: () => knownTexts(lang),
      situation: () => listener.session.situation,
      open: () => listener.open,
      say: (text) => listener.heard.push(text),
    });
    voice.follow(listener.session);
    leaving.push(() => voice.follow(undefined));
    await listener.looked(1);
    return listener;
  }

  /** Something happens, and two seconds pass. */
  async hear(...changes: [ConversationId, Partial<Conversation>][]): Promise<readonly string[]> {
    const before = this.session.asked('listConversations').length;
    for (const [id, change] of changes) this.session.change(id, change);
    this.clock.advance(2000);
    await this.looked(before + 1);
    return this.heard.splice(0);
  }

  async looked(times: number): Promise<void> {
    await until(() => this.session.asked('listConversations').length >= times, 'a look at the list');
    await frame();
  }
}

describe('those who listen', () => {
  it('hear how many messages came elsewhere, once for each conversation', async () => {
    const listener = await Listener.begin();
    same(await listener.hear([LI, { unread: 2 }], [LI, { unread: 4 }]), ['3 new messages in 李雯']);
  });

  it('hear nothing of what was unread before', async () => {
    const listener = await Listener.begin();
    same(listener.heard, []);
    same(await listener.hear([OMAR, { draft: 'other words' }]), []);
  });

  it('hear nothing of the open conversation, nor of a muted one that names nobody', async () => {
    const listener = await Listener.begin();
    listener.open = LI;
    same(await listener.hear([LI, { unread: 5 }], [JANA, { unread: 40 }]), []);
    same(await listener.hear([JANA, { unread: 41, mentioned: true }]), ['You were mentioned: 1 new message in Jana Novák']);
  });

  it('hear of a mention before the rest, and of many conversations in one sentence', async () => {
    const listener = await Listener.begin();
    const others = ['a', 'b', 'c'].map((name) => `${name}@warbler.example` as ConversationId);
    const now = Date.now();
    for (const [at, id] of others.entries()) listener.session.add({ id, title: id.slice(0, 1), lastActivityAt: now - at });
    const news = others.map((id): [ConversationId, Partial<Conversation>] => [id, { unread: 2 }]);
    same(await listener.hear(...news, [LI, { unread: 2 }], [ROOM, { unread: 3 }]), [
      'You were mentioned: 1 new message in Design weekly',
      '2 new messages in a',
      '2 new messages in b',
      '3 new messages in 2 more conversations',
    ]);
  });

  it('hear nothing of what a catch-up brings', async () => {
    const listener = await Listener.begin();
    listener.session.situation = { ...listener.session.situation, catchingUp: true };
    same(await listener.hear([LI, { unread: 90 }]), []);
    listener.session.situation = { ...listener.session.situation, catchingUp: false };
    same(await listener.hear([LI, { unread: 91 }]), ['1 new message in 李雯']);
  });

  it('hear it in 中文', async () => {
    const listener = await Listener.begin('zh-CN');
    same(await listener.hear([LI, { unread: 3 }], [ROOM, { unread: 4 }]), ['Design weekly 有人@你，共 2 条新消息', '李雯 有 2 条新消息']);
  });
});

describe('the title of the page', () => {
  const unread = (messages: number): Partial<ScriptedSession['situation']> => ({
    unread: { messages, conversations: 1, mentioned: false },
  });

  async function open(): Promise<Widget> {
    document.title = 'Willow & Co';
    const widget = await Widget.open({ prepare: addPeople });
    await until(() => document.title === '(3) Willow & Co', 'the figure');
    return widget;
  }

  it('counts what is unread, to 99, and is as before once all is read', async () => {
    const widget = await open();
    widget.session.changeSituation(unread(120));
    await until(() => document.title === '(99+) Willow & Co', 'a short figure');
    widget.session.changeSituation(unread(0));
    await until(() => document.title === 'Willow & Co', 'the title of the page');
  });

  it('is the page’s own as soon as the page writes it', async () => {
    const widget = await open();
    document.title = 'Checkout';
    await widget.settle();
    equal(document.title, 'Checkout');
    widget.session.changeSituation(unread(4));
    await until(() => document.title === '(4) Checkout', 'the figure before what the page wrote');
  });

  it('is left as it was when the widget goes', async () => {
    const widget = await open();
    widget.chat.remove();
    equal(document.title, 'Willow & Co');
  });

  it('stays the page’s own where it asks for that', async () => {
    const widget = await open();
    widget.chat.keepTitle = true;
    await until(() => document.title === 'Willow & Co', 'the title of the page');
  });

  it('carries one figure for two widgets', async () => {
    await open();
    const other = await Widget.open({ prepare: addPeople });
    await until(() => document.title === '(6) Willow & Co', 'the sum');
    other.chat.remove();
    equal(document.title, '(3) Willow & Co');
  });
});
