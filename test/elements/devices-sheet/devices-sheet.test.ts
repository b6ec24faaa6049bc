// One's own devices: which of them read along, and taking one out.
import { accessibilityFaults } from '../../browser-kit/accessibility.ts';
import { equal, ok, same } from '../../browser-kit/expect.ts';
import { addKeys, HERE, LAPTOP, TABLET, type KeysStory } from '../../browser-kit/keys.ts';
import { addPeople } from '../../browser-kit/people.ts';
import { until } from '../../browser-kit/person.ts';
import { ME } from '../../browser-kit/scripted-session.ts';
import { Widget, type WidgetWishes } from '../../browser-kit/widget.ts';

afterEach(() => Widget.leave());

const sheetOf = (widget: Widget): HTMLElement | undefined =>
  widget.find('warbler-devices-sheet')?.shadowRoot?.querySelector('.sheet') ?? undefined;
const names = (widget: Widget): (string | null)[] => widget.all('.device-name').map((name) => name.textContent);

async function openDevices(wishes: WidgetWishes & KeysStory = {}): Promise<Widget> {
  const widget = await Widget.open({
    ...wishes,
    prepare(session) {
      addPeople(session);
      addKeys(session, wishes);
      wishes.prepare?.(session);
    },
  });
  const isChinese = wishes.lang === 'zh-CN';
  await widget.press(isChinese ? '账号与设置' : 'Account and settings');
  await widget.press(isChinese ? '我的设备' : 'My devices');
  await until(() => sheetOf(widget)?.querySelector('.inside'), 'the sheet');
  await widget.settle();
  return widget;
}

function unfold(widget: Widget): void {
  for (const card of widget.all('details.device')) (card as HTMLDetailsElement).open = true;
}

describe('own devices', () => {
  it('are listed from the account’s menu, this one first and beyond any decision', async () => {
    const widget = await openDevices();
    same(names(widget), ['Warbler', 'Unnamed device 202']);
    unfold(widget);
    const [here] = widget.all('details.device');
    ok(here && (here.textContent ?? '').includes('This device'));
    equal(here.querySelectorAll('button').length, 0);
    same(widget.session.asked('readKeys'), [[ME]]);
  });

  it('one is removed after a question, and the keys go on in the sheet', async () => {
    const widget = await openDevices();
    unfold(widget);
    await widget.press('Remove: Unnamed device 202');
    same(widget.session.asked('removeOwnDevice'), []);
    equal(sheetOf(widget)?.getAttribute('role'), 'alertdialog');
    equal(widget.focusedName, 'Keep it');
    await widget.press('Remove');
    same(widget.session.asked('removeOwnDevice'), [[TABLET.id]]);
    await widget.hear('Unnamed device 202 was removed');
    await until(() => names(widget).length === 1, 'the others');
    ok(sheetOf(widget)?.contains(widget.focused));
  });

  it('what could not be removed stays, and it says why', async () => {
    const widget = await openDevices();
    widget.session.refuse('removeOwnDevice', { kind: 'offline' });
    unfold(widget);
    await widget.press('Remove: Unnamed device 202');
    await widget.press('Remove');
    await widget.hear('You are offline.');
    same(names(widget), ['Warbler', 'Unnamed device 202']);
  });

  for (const [lang, words] of [
    ['en', 'You are offline.'],
    ['zh-CN', '当前没有网络'],
  ] as const)
    it(`that could not be learnt are shown by themselves as soon as they can be: ${lang}`, async () => {
      const widget = await openDevices({ lang, prepare: (session) => session.refuse('readKeys', { kind: 'offline' }) });
      await widget.hear(words);
      widget.session.refuse('readKeys');
      widget.session.tell({ about: 'keys', person: ME });
      await until(() => names(widget).length === 2, 'the devices');
      ok(!sheetOf(widget)?.querySelector('.fault'));
    });

  it('says that its keys are still being made', async () => {
    const widget = await openDevices({ ours: [] });
    ok(widget.text.includes('The keys of this device are being made.'), widget.text);
  });

  it('says what an own device told of others’ keys, and what this one told it', async () => {
    const widget = await openDevices({ ours: [HERE, LAPTOP] });
    unfold(widget);
    ok(widget.text.includes('Once two of your devices have each scanned the other, they tell each other'), widget.text);
    const card = widget.all('details.device')[1]?.textContent ?? '';
    ok(card.includes('Taken over from it: decisions on the keys of 3 contacts'), card);
    ok(card.includes('Told whose keys you compared or refused'), card);
  });

  it('says nothing of that where there is one device alone', async () => {
    const widget = await openDevices({ ours: [HERE] });
    ok(!widget.text.includes('they tell each other'));
  });

  it('asks before whoever counts as compared by its word has to wait again', async () => {
    const widget = await openDevices({ ours: [HERE, LAPTOP] });
    unfold(widget);
    await widget.press('Refuse: Firefox');
    same(widget.session.asked('decideOnDevice'), []);
    equal(sheetOf(widget)?.getAttribute('role'), 'alertdialog');
    ok(widget.text.includes('on the keys of 3 contacts'), widget.text);
    equal(widget.focusedName, 'Keep trusting it');
    await widget.press('No longer trust it');
    await widget.hear('Firefox was refused and gets no more messages');
    equal(widget.session.asked('decideOnDevice').length, 1);
    ok(sheetOf(widget)?.contains(widget.focused));
  });

  it('removing it says the same, and by the keys alone it stays', async () => {
    const widget = await openDevices({ ours: [HERE, LAPTOP] });
    unfold(widget);
    widget.named('Remove: Firefox').focus();
    await widget.key('Enter');
    ok(widget.text.includes('on the keys of 3 contacts'), widget.text);
    await widget.key('Escape');
    same(widget.session.asked('removeOwnDevice'), []);
    equal(widget.focusedName, 'Remove: Firefox');
  });

  it('one that only a backup or another device vouched for can be compared here', async () => {
    const { exchange: _, ...told } = LAPTOP;
    const widget = await openDevices({ ours: [HERE, { ...told, isTold: true }] });
    unfold(widget);
    ok(widget.text.includes('Compared on another of your devices'), widget.text);
    await widget.press('Fingerprint is the same: Firefox');
    await widget.hear('Firefox was compared');
  });

  for (const [lang, theme] of [
    ['en', 'light'],
    ['zh-CN', 'dark'],
  ] as const)
    it(`axe finds nothing, and it fits into 320 px: ${lang}, ${theme}`, async () => {
      const widget = await openDevices({
        lang,
        theme,
        width: 320,
        height: 568,
        ours: [HERE, TABLET, { ...TABLET, id: 203, trust: 'refused', isTold: true }, LAPTOP],
      });
      unfold(widget);
      same(await accessibilityFaults(widget.chat), []);
      const sheet = sheetOf(widget);
      ok(sheet && sheet.scrollWidth <= sheet.clientWidth, 'nothing stands out');
    });
});
