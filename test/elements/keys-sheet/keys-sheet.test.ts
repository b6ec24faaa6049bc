// Which keys do what: asked for by a key or in the menu, never while somebody writes, and single characters can be switched off.
import { accessibilityFaults } from '../../browser-kit/accessibility.ts';
import { equal, ok, same } from '../../browser-kit/expect.ts';
import { addPeople } from '../../browser-kit/people.ts';
import { press, until } from '../../browser-kit/person.ts';
import { LI } from '../../browser-kit/scripted-session.ts';
import { Widget, type WidgetWishes } from '../../browser-kit/widget.ts';

afterEach(() => Widget.leave());

const sheetOf = (widget: Widget): HTMLElement | null | undefined =>
  widget.find('warbler-keys-sheet')?.shadowRoot?.querySelector<HTMLElement>('.sheet');

async function openKeys(wishes: WidgetWishes = {}): Promise<Widget> {
  const widget = await Widget.open({ prepare: addPeople, ...wishes });
  widget.find('.row')?.focus();
  press('?');
  await widget.settle();
  ok(sheetOf(widget), 'the sheet');
  return widget;
}

describe('help for the keys', () => {
  it('comes with a question mark, says what the keys do, and goes with Escape', async () => {
    const widget = await openKeys();
    for (const words of [
      'F6',
      'Next part; with Shift, back',
      'Page ↓',
      'Find by first letters',
      'back to writing',
      'Shift Enter',
      'New line',
    ])
      ok(widget.text.includes(words), words);
    await widget.key('Escape');
    equal(sheetOf(widget) ?? null, null);
    await until(() => (widget.focused as HTMLElement).matches('.row'), 'the focus where it was');
  });

  it('comes from the account’s menu as well', async () => {
    const widget = await Widget.open({ prepare: addPeople });
    await widget.press('Account and settings');
    await widget.press('Keyboard shortcuts');
    ok(sheetOf(widget), 'the sheet');
    await until(() => widget.focused === sheetOf(widget), 'the focus in the sheet');
  });

  it('stays away where somebody writes', async () => {
    const widget = await Widget.open({ prepare: addPeople });
    widget.chat.openConversation(LI);
    await widget.settle();
    const area = await until(() => widget.find<HTMLTextAreaElement>('textarea'), 'the field');
    area.focus();
    const pressed = press('?');
    await widget.settle();
    equal(pressed.defaultPrevented, false, 'the key is left to the field');
    equal(sheetOf(widget) ?? null, null);
  });

  it('single characters mean nothing once they are switched off, after a reload as well', async () => {
    const widget = await openKeys();
    widget.named('Use shortcuts of a single character').click();
    await widget.key('Escape');
    press('?');
    await widget.settle();
    equal(sheetOf(widget) ?? null, null);
    widget.chat.remove();
    const again = await Widget.open({ prepare: addPeople });
    again.find('.row')?.focus();
    press('?');
    await again.settle();
    equal(sheetOf(again) ?? null, null);
    await again.press('Account and settings');
    await again.press('Keyboard shortcuts');
    equal(again.find<HTMLInputElement>('input[type="checkbox"]')?.checked, false);
  });

  for (const lang of ['en', 'zh-CN'] as const)
    for (const theme of ['light', 'dark'] as const)
      it(`axe finds nothing, and it fits into 320 px: ${lang}, ${theme}`, async () => {
        const widget = await openKeys({ lang, theme, width: 320, height: 568 });
        same(await accessibilityFaults(widget.chat), []);
        const sheet = sheetOf(widget);
        ok(sheet && sheet.scrollWidth <= sheet.clientWidth, 'nothing stands out');
      });
});
