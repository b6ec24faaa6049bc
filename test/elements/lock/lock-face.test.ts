// A locked chat: nothing of anybody in sight or in the page, one way in, and a way to begin anew.
import { accessibilityFaults } from '../../browser-kit/accessibility.ts';
import { equal, ok, same } from '../../browser-kit/expect.ts';
import { addPeople } from '../../browser-kit/people.ts';
import { until } from '../../browser-kit/person.ts';
import { changeCore, sayLocked } from '../../browser-kit/scripted-lock.ts';
import { LI, messageAt, type ScriptedSession } from '../../browser-kit/scripted-session.ts';
import { plainSituation } from '../../browser-kit/scripted-situation.ts';
import { announce } from '../../../src/elements/announcement.ts';
import { Widget, type WidgetWishes } from '../../browser-kit/widget.ts';

afterEach(() => Widget.leave());

const SECRET = 'seven green kettles whistle nightly';

const withLock = (session: ScriptedSession): void => {
  addPeople(session);
  session.receive(LI, messageAt(900, { text: 'the canary sings' }));
  session.lock.state = { ...session.lock.state, mode: 'passphrase' };
  session.lock.secret = SECRET;
};

async function lockedWidget(wishes: WidgetWishes = {}): Promise<Widget> {
  const widget = await Widget.open({ width: 900, ...wishes, prepare: withLock });
  widget.chat.openConversation(LI);
  await widget.settle();
  ok(widget.text.includes('the canary sings'), 'it is read before');
  await widget.write('Message', 'half a word').catch(() => undefined);
  announce(widget.chat, 'New message from Mia');
  await until(() => everything(widget).includes('New message from Mia'), 'it is spoken');
  sayLocked(widget.session);
  await until(() => widget.text.includes('Locked'), 'the face');
  return widget;
}

const everything = (widget: Widget): string =>
  widget
    .all('*')
    .map((element) => [element.textContent, element.getAttribute('aria-label'), (element as HTMLInputElement).value ?? ''].join(' '))
    .join(' ');

describe('a locked chat', () => {
  it('has nothing of anybody left in the page, drafts and titles included', async () => {
    const widget = await lockedWidget();
    ok(widget.text.includes('Locked'), widget.text);
    for (const words of ['New message from', 'the canary sings', 'half a word', 'Mia', '李雯', 'mia@warbler.example', 'li@warbler.example'])
      ok(!everything(widget).includes(words), `${words} is still there`);
    equal(document.title.startsWith('('), false);
    equal(widget.all('warbler-thread, warbler-composer, warbler-conversation-list').length, 0);
  });

  it('opens with the passphrase, and shows what was there', async () => {
    const widget = await lockedWidget();
    await widget.write('Passphrase', SECRET);
    await widget.press('Unlock');
    await until(() => widget.find('warbler-conversation-list'), 'the list');
    ok(!everything(widget).includes(SECRET), 'the passphrase is gone');
  });

  it('stays as it is while one core goes and the next one comes: what is being typed there, and the keys', async () => {
    const widget = await lockedWidget();
    await widget.write('Passphrase', SECRET);
    const field = widget.named<HTMLInputElement>('Passphrase');
    const shown: boolean[] = [];
    await changeCore(widget.session, async () => {
      await widget.settle();
      shown.push(widget.named('Passphrase') === field && field.value === SECRET && widget.focused === field);
    });
    same(shown, [true, true, true]);
    await widget.press('Unlock');
    await until(() => widget.find('warbler-conversation-list'), 'the list');
    equal(widget.session.asked('unlock').length, 1);
  });

  it('opens with what was entered while there was no core, and stays busy until then', async () => {
    const widget = await lockedWidget();
    await widget.write('Passphrase', SECRET);
    widget.session.hold('unlock');
    await widget.press('Unlock');
    await changeCore(widget.session, async () => {
      await widget.settle();
      ok(widget.text.includes('Unlocking'), widget.text);
    });
    widget.session.letGo('unlock');
    await until(() => widget.find('warbler-conversation-list'), 'the list');
    equal(widget.session.asked('unlock').length, 1);
  });

  it('is what the page shows from the first moment on, before the core has looked at the disk', async () => {
    const prepare = (session: ScriptedSession): void => {
      withLock(session);
      session.firstPage = Promise.resolve({ warbler: 'first-page', locked: 'passphrase', conversations: [] });
      const { account: _, ...situation } = session.situation;
      session.situation = { ...situation, sign: 'restoring' };
    };
    const widget = await Widget.open({ width: 900, prepare });
    await until(() => widget.has('Unlock'), 'the face');
    equal(widget.all('warbler-thread, warbler-composer, warbler-conversation-list').length, 0);
    equal(widget.session.asked('listConversations').length, 0);
  });

  it('does not come back while the rows of an open account are sealed anew', async () => {
    const widget = await lockedWidget();
    const { account } = plainSituation;
    await widget.write('Passphrase', SECRET);
    await widget.press('Unlock');
    widget.session.changeSituation({ sign: 'restoring', ...(account && { account }) });
    await until(() => widget.find('warbler-conversation-list'), 'the list');
    const { account: _, ...resting } = widget.session.situation;
    widget.session.situation = resting;
    widget.session.tell({ about: 'situation' });
    await widget.settle();
    equal(widget.find('warbler-lock-face'), undefined);
  });

  it('asks for what opens it now, also where another tab has set another lock meanwhile', async () => {
    const widget = await lockedWidget();
    ok(widget.has('Passphrase'), widget.text);
    widget.session.lock.state = { ...widget.session.lock.state, mode: 'passkey', passkey: { credential: 'AAAA', salt: 'AAAA' } };
    sayLocked(widget.session);
    await until(() => widget.has('Unlock with passkey'), 'the other way');
  });

  it('opens where it was closed: the same conversation is open again', async () => {
    const widget = await lockedWidget();
    equal(widget.session.asked('readLastOpen').length, 0);
    widget.session.lastOpen = LI;
    await widget.write('Passphrase', SECRET);
    await widget.press('Unlock');
    await until(() => widget.find('warbler-composer'), 'one can go on writing');
    await until(() => widget.text.includes('the canary sings'), 'what was read before');
  });

  it('stays at the list where nothing was open, or where the person had gone back to it', async () => {
    const widget = await lockedWidget();
    await widget.write('Passphrase', SECRET);
    await widget.press('Unlock');
    await until(() => widget.session.asked('readLastOpen').length === 1, 'it is asked for');
    await widget.settle();
    equal(widget.find('warbler-composer'), undefined);
  });

  it('says one thing of all that does not open it, at the field, and keeps the keys there', async () => {
    const widget = await lockedWidget();
    await widget.write('Passphrase', 'something else');
    await widget.press('Unlock');
    const field = widget.named<HTMLInputElement>('Passphrase');
    await until(() => field.getAttribute('aria-invalid') === 'true', 'the fault');
    const described = field.getAttribute('aria-describedby')?.split(' ') ?? [];
    const root = field.getRootNode() as ShadowRoot;
    ok(
      described.some((id) => root.getElementById(id)?.textContent?.includes('does not open with this')),
      'tied to its field',
    );
    equal(widget.focused, field);
    await widget.write('Passphrase', ' ');
    await widget.press('Unlock');
    ok(widget.text.includes('Enter your passphrase.'), widget.text);
    equal(widget.session.asked('unlock').length, 1);
  });

  it('warns of Caps Lock, and shows what is typed on demand', async () => {
    const widget = await lockedWidget();
    const field = widget.named<HTMLInputElement>('Passphrase');
    field.dispatchEvent(new KeyboardEvent('keydown', { key: 'A', modifierCapsLock: true, bubbles: true, composed: true }));
    await widget.settle();
    ok(widget.text.includes('Caps Lock is on.'), widget.text);
    await widget.press('Show Passphrase');
    equal(field.type, 'text');
  });

  it('erases everything for whoever has forgotten it, after a word of what that means', async () => {
    const widget = await lockedWidget();
    await widget.press('Forgotten?');
    ok(widget.text.includes('All that is stored on this device is erased'), widget.text);
    await widget.press('Cancel');
    equal(widget.session.asked('signOut').length, 0);
    await widget.press('Forgotten?');
    await widget.press('Erase and sign out');
    await until(() => widget.find('warbler-sign-in'), 'the sign-in');
  });

  it('asks for a recovery code where the passkey is lost', async () => {
    const widget = await lockedWidget();
    widget.session.lock.state = { ...widget.session.lock.state, mode: 'passkey', passkey: { credential: 'AAAA', salt: 'AAAA' } };
    widget.session.lock.secret = 'ABCD-EFGH-JKLM-NPQR-STUV-WXYZ';
    const face = widget.find('warbler-lock-face') as HTMLElement & { held: unknown };
    const { held } = face;
    face.held = undefined;
    await widget.settle();
    face.held = held;
    await widget.settle();
    await widget.press('Use the recovery code');
    await widget.write('Recovery code', 'abcd efgh jklm npqr stuv');
    await widget.press('Unlock');
    ok(widget.text.includes('24 letters and figures'), widget.text);
    await widget.write('Recovery code', 'abcd efgh jklm npqr stuv wxyz');
    await widget.press('Unlock');
    await until(() => widget.find('warbler-conversation-list'), 'the list');
  });

  for (const lang of ['en', 'zh-CN'] as const)
    for (const theme of ['light', 'dark'] as const)
      it(`has no fault for those who cannot see it: ${lang}, ${theme}`, async () => {
        const widget = await Widget.open({ lang, theme, prepare: withLock });
        sayLocked(widget.session);
        await widget.settle();
        ok(widget.find('warbler-lock-face'), 'the face');
        same(await accessibilityFaults(widget.chat), []);
      });
});
