// The older method: asked for where nothing newer works, named for what it is, and switched on or off for the whole account.
import { accessibilityFaults } from '../../browser-kit/accessibility.ts';
import { equal, ok, same } from '../../browser-kit/expect.ts';
import { addKeys, HERE, type KeysStory } from '../../browser-kit/keys.ts';
import { addPeople } from '../../browser-kit/people.ts';
import { until } from '../../browser-kit/person.ts';
import { deviceAt } from '../../browser-kit/scripted-keys.ts';
import { LI } from '../../browser-kit/scripted-session.ts';
import { Widget, type WidgetWishes } from '../../browser-kit/widget.ts';

afterEach(() => Widget.leave());

const ONLY_WAY = { isOn: false, isOnlyWay: true, hadNewer: false };
const CLEAR = { encrypted: false, readability: 'organisation' } as const;

const sheetOf = (widget: Widget): HTMLElement | undefined =>
  widget.find('warbler-encryption-sheet')?.shadowRoot?.querySelector('.sheet') ?? undefined;

async function open(story: WidgetWishes & KeysStory): Promise<Widget> {
  const prepare = (session: Parameters<typeof addKeys>[0]): void => {
    addPeople(session);
    addKeys(session, story);
  };
  return Widget.open({ ...story, prepare });
}

async function openSheet(story: WidgetWishes & KeysStory): Promise<Widget> {
  const widget = await open(story);
  widget.chat.openConversation(LI);
  await until(() => widget.find('.readability'), 'the badge');
  widget.find('.readability')?.click();
  await until(() => sheetOf(widget)?.querySelector('.who-reads') && !sheetOf(widget)?.querySelector('.bones'), 'the sheet');
  await widget.settle();
  return widget;
}

async function openDevices(story: WidgetWishes & KeysStory): Promise<Widget> {
  const widget = await open(story);
  await widget.press('Account and settings');
  await widget.press('My devices');
  await until(() => widget.find('warbler-devices-sheet')?.shadowRoot?.querySelector('.device'), 'the devices');
  await widget.settle();
  return widget;
}

describe('the older method with somebody', () => {
  it('is asked for by name where nothing newer works, and says what it does not protect', async () => {
    const widget = await openSheet({ conversation: CLEAR, theirs: [], legacy: ONLY_WAY });
    ok(widget.text.includes('Only an older method works with 李雯'), widget.text);
    ok(widget.text.includes('Only the words are protected'), widget.text);
    await widget.press('Use the older method with 李雯');
    same(widget.session.asked('changeEncryption'), [[LI, 'legacy']]);
    await widget.hear('The older method is in use: only the words are protected');
    ok(widget.text.includes('What you write to 李雯 goes by an older method'), 'it is explained from now on');
    await until(() => !widget.find('.older'), 'it is not asked twice');
  });

  it('is asked for again where the account does not speak it any more', async () => {
    const widget = await openSheet({ conversation: { legacy: true, readability: 'mixed' }, theirs: [], legacy: ONLY_WAY });
    await widget.press('Use the older method with 李雯');
    same(widget.session.asked('changeEncryption'), [[LI, 'legacy']]);
  });

  it('is not offered where something newer works', async () => {
    const widget = await openSheet({ legacy: { ...ONLY_WAY, isOnlyWay: false } });
    equal(widget.find('.older'), undefined);
  });

  it('asks once more where they had something newer, and what does no harm has the focus', async () => {
    const widget = await openSheet({ conversation: { encrypted: true }, theirs: [], legacy: { ...ONLY_WAY, hadNewer: true } });
    ok(widget.text.includes('Somebody may be hiding them'), widget.text);
    await widget.press('Use the older method with 李雯');
    same(widget.session.asked('changeEncryption'), []);
    equal(sheetOf(widget)?.getAttribute('role'), 'alertdialog');
    equal(widget.focusedName, 'Do not use it');
    await widget.press('Use the older method with 李雯');
    same(widget.session.asked('changeEncryption'), [[LI, 'legacy']]);
  });

  it('says of each of their devices that it is one of these', async () => {
    const theirs = [deviceAt(301, { method: 'legacy' })];
    const widget = await openSheet({ conversation: { legacy: true, readability: 'mixed' }, theirs, legacy: { ...ONLY_WAY, isOn: true } });
    ok(widget.find('.device-state')?.textContent?.includes('Older method'), widget.text);
    equal(widget.find('.older'), undefined);
  });

  for (const lang of ['en', 'zh-CN'] as const)
    it(`is asked for in ${lang} without a fault that axe finds`, async () => {
      const widget = await openSheet({ conversation: CLEAR, theirs: [], legacy: { ...ONLY_WAY, hadNewer: true }, lang });
      ok(widget.text.includes(lang === 'en' ? 'Only an older method works with 李雯' : '与 李雯 只能用旧式加密'), widget.text);
      same(await accessibilityFaults(widget.chat), []);
    });
});

describe('the older method of the account', () => {
  it('is switched on and off beside the own devices', async () => {
    const widget = await openDevices({ ours: [HERE] });
    const toggle = widget.named('Also speak the older method');
    equal(toggle.getAttribute('aria-checked'), 'false');
    await widget.press('Also speak the older method');
    await widget.hear('The older method is on');
    equal(toggle.getAttribute('aria-checked'), 'true');
    await widget.press('Also speak the older method');
    await widget.hear('The older method is off');
    same(widget.session.asked('changeLegacy'), [['on'], ['off']]);
  });

  it('stays what it was where the engine cannot be told, and says why', async () => {
    const widget = await openDevices({ ours: [HERE], legacy: { ...ONLY_WAY, isOn: true } });
    widget.session.refuse('changeLegacy', { kind: 'offline' });
    await widget.press('Also speak the older method');
    await until(() => widget.find('.fault'), 'the reason');
    equal(widget.named('Also speak the older method').getAttribute('aria-checked'), 'true');
  });
});
