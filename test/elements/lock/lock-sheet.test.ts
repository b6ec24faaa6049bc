// Where the lock is set: what each way protects, a passphrase that nobody guesses, changing it, turning it off, when it locks by itself.
import { accessibilityFaults } from '../../browser-kit/accessibility.ts';
import { equal, ok, same } from '../../browser-kit/expect.ts';
import { addPeople } from '../../browser-kit/people.ts';
import { press, until } from '../../browser-kit/person.ts';
import type { ScriptedSession } from '../../browser-kit/scripted-session.ts';
import { Widget, type WidgetWishes } from '../../browser-kit/widget.ts';

afterEach(() => Widget.leave());

const SECRET = 'seven green kettles whistle nightly';
const OTHER = 'another five words stand here';

async function openSheet(wishes: WidgetWishes = {}): Promise<Widget> {
  const widget = await Widget.open({ prepare: addPeople, ...wishes });
  await widget.press(wishes.lang === 'zh-CN' ? '账号与设置' : 'Account and settings');
  await widget.press(wishes.lang === 'zh-CN' ? '锁' : 'Lock');
  await until(() => widget.find('.mode'), 'the sheet');
  await widget.settle();
  return widget;
}

const locked = (session: ScriptedSession): void => {
  addPeople(session);
  session.lock.state = { ...session.lock.state, mode: 'passphrase', idle: 15 };
  session.lock.secret = SECRET;
  session.situation = { ...session.situation, lock: { mode: 'passphrase', idle: 15 } };
};

describe('the sheet of the lock', () => {
  it('says what is protected without one, and sets a passphrase', async () => {
    const widget = await openSheet();
    ok(widget.text.includes('Whoever copies this browser profile and knows this program can read all of it.'), widget.text);
    await widget.press('Set a passphrase');
    await widget.write('New passphrase', SECRET);
    ok(widget.text.includes('Strength: Good') || widget.text.includes('Strength: Strong'), widget.text);
    await widget.write('Once more', SECRET);
    await widget.press('Lock with this');
    await until(() => widget.session.lock.wishes.length === 1, 'the wish');
    same(widget.session.lock.wishes, [{ mode: 'passphrase', current: undefined, to: SECRET }]);
    await until(() => widget.has('Turn the lock off'), 'the way back');
    ok(
      widget.all('input').every((input) => (input as HTMLInputElement).value === ''),
      'nothing of it is left in the page',
    );
  });

  it('takes no passphrase that could be guessed, and says why in words', async () => {
    const widget = await openSheet();
    await widget.press('Set a passphrase');
    for (const [weak, words] of [
      ['1234', 'Strength: Too short'],
      ['000000000000', 'Strength: Too even'],
      ['abcdefghijklm', 'Strength: Too even'],
    ] as const) {
      await widget.write('New passphrase', weak);
      await widget.write('Once more', weak);
      ok(widget.text.includes(words), `${weak}: ${widget.text}`);
      await widget.press('Lock with this');
      equal(widget.named('New passphrase').getAttribute('aria-invalid'), 'true');
    }
    ok(widget.text.includes('does not encrypt anything against a copy of the disk'), widget.text);
    await widget.write('New passphrase', SECRET);
    await widget.write('Once more', OTHER);
    await widget.press('Lock with this');
    ok(widget.text.includes('The two are not the same.'), widget.text);
    same(widget.session.lock.wishes, []);
  });

  it('changes it and turns it off only with the one that is set', async () => {
    const widget = await openSheet({ prepare: locked });
    await widget.press('Change the passphrase');
    await widget.write('Passphrase as it is now', 'wrong one');
    await widget.write('New passphrase', OTHER);
    await widget.write('Once more', OTHER);
    await widget.press('Lock with this');
    await until(() => widget.text.includes('It does not open with this.'), 'the fault');
    await widget.write('Passphrase as it is now', SECRET);
    await widget.press('Lock with this');
    await until(() => widget.has('Turn the lock off'), 'the overview');
    await widget.press('Turn the lock off');
    await widget.write('Passphrase as it is now', OTHER);
    await widget.press('Turn off');
    await until(() => widget.has('Set a passphrase'), 'no lock');
    same(
      widget.session.lock.wishes.map(({ mode, current }) => [mode, current]),
      [
        ['passphrase', 'wrong one'],
        ['passphrase', SECRET],
        ['none', OTHER],
      ],
    );
  });

  it('is taken off with the recovery code where the passkey is lost', async () => {
    const code = 'ABCD-EFGH-JKLM-NPQR-STUV-WXYZ';
    const byPasskey = (session: ScriptedSession): void => {
      addPeople(session);
      session.lock.state = { ...session.lock.state, mode: 'passkey', passkey: { credential: 'AAAA', salt: 'AAAA' } };
      session.lock.secret = code;
    };
    const widget = await openSheet({ prepare: byPasskey });
    await widget.press('Turn the lock off');
    await widget.write('Recovery code', 'abcd efgh');
    await widget.press('Turn off');
    ok(widget.text.includes('24 letters and figures'), widget.text);
    await widget.write('Recovery code', code.toLowerCase().replaceAll('-', ''));
    await widget.press('Turn off');
    await until(() => widget.has('Set a passphrase'), 'no lock');
    same(widget.session.lock.wishes, [{ mode: 'none', current: code, to: undefined }]);
  });

  it('chooses when it locks by itself', async () => {
    const widget = await openSheet({ prepare: locked });
    const idle = widget.all('select[name="idle"]')[0] as HTMLSelectElement;
    equal(idle.value, '15');
    idle.value = '5';
    idle.dispatchEvent(new Event('change', { bubbles: true }));
    await until(() => widget.session.asked('setAutoLock').length === 1, 'the choice');
    same(widget.session.asked('setAutoLock')[0], [{ idle: 5, hidden: 0 }]);
  });

  it('says that there is nothing to lock where nothing is stored', async () => {
    const inMemory = (session: ScriptedSession): void => {
      addPeople(session);
      session.lock.state = { ...session.lock.state, isInMemory: true };
    };
    const widget = await Widget.open({ prepare: inMemory });
    await widget.press('Account and settings');
    await widget.press('Lock');
    await until(() => widget.text.includes('there is nothing to lock'), 'the words');
    equal(widget.has('Set a passphrase'), false);
  });

  it('is locked now from the menu, and by its keys', async () => {
    const widget = await Widget.open({ prepare: locked });
    await widget.press('Account and settings');
    await widget.press('Lock now');
    await until(() => widget.find('warbler-lock-face'), 'the face');
    widget.session.changeSituation({ sign: 'signed-in' });
    await until(() => widget.find('.row'), 'the list');
    widget.find('.row')?.focus();
    press('L', { code: 'KeyL', altKey: true, shiftKey: true });
    await until(() => widget.session.asked('lockNow').length === 2, 'the second lock');
  });

  for (const lang of ['en', 'zh-CN'] as const)
    it(`has no fault for those who cannot see it: ${lang}`, async () => {
      const widget = await openSheet({ lang, prepare: locked });
      same(await accessibilityFaults(widget.chat), []);
      widget.find('[data-step="passphrase"]')?.click();
      await widget.settle();
      same(await accessibilityFaults(widget.chat), []);
    });
});
