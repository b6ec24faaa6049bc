// The older method in a room: asked for the sake of who has nothing newer, with those named who would not read it.
import type { RoomReader, RoomReaders } from '../../../src/contracts/readers.ts';
import { accessibilityFaults } from '../../browser-kit/accessibility.ts';
import { equal, ok, same } from '../../browser-kit/expect.ts';
import { addKeys } from '../../browser-kit/keys.ts';
import { addPeople, OMAR, ROOM, ZHAO } from '../../browser-kit/people.ts';
import { until } from '../../browser-kit/person.ts';
import { LI, type ScriptedSession } from '../../browser-kit/scripted-session.ts';
import { Widget, type WidgetWishes } from '../../browser-kit/widget.ts';

afterEach(() => Widget.leave());

const reader = (person: RoomReader['person'], name: string, devices = 1): RoomReader => ({
  person,
  name,
  role: 'member',
  devices,
  undecided: 0,
  trust: 'first-use',
  isNew: false,
  isPassedOver: false,
});
const PEOPLE = [reader(LI, '李雯'), reader(OMAR, 'Omar', 0), reader(ZHAO, '赵')];
const OLDER: NonNullable<RoomReaders['older']> = { only: [OMAR], hadNewer: [], lacking: [LI, ZHAO] };

const sheetOf = (widget: Widget): HTMLElement | undefined =>
  widget.find('warbler-encryption-sheet')?.shadowRoot?.querySelector('.sheet') ?? undefined;

interface Opening extends WidgetWishes {
  older?: RoomReaders['older'];
  isOlder?: boolean;
}

async function openSheet({ older = OLDER, isOlder = false, ...wishes }: Opening = {}): Promise<Widget> {
  const prepare = (session: ScriptedSession): void => {
    addPeople(session);
    addKeys(session);
    const room = { encrypted: true, readability: isOlder ? 'mixed' : 'encrypted', legacy: isOlder, title: 'Team' } as const;
    session.change(ROOM, room);
    session.keys.addReaders({ room: ROOM, people: PEOPLE, ...(isOlder ? {} : { older }) });
  };
  const widget = await Widget.open({ width: 390, ...wishes, prepare });
  widget.chat.openConversation(ROOM);
  await until(() => widget.find('.readability'), 'the badge');
  widget.find('.readability')?.click();
  await until(() => sheetOf(widget)?.querySelector('.who-reads') && !sheetOf(widget)?.querySelector('.bones'), 'the sheet');
  await widget.settle();
  return widget;
}

describe('the older method in a room', () => {
  it('is asked for by the names of those who need it and of those whom it does not reach, by keys as well', async () => {
    const widget = await openSheet();
    ok(widget.text.includes('Only an older method works with Omar'), widget.text);
    ok(widget.text.includes('It does not reach 李雯, 赵 yet'), widget.text);
    widget.named('Use the older method in Team').focus();
    await widget.key('Enter');
    same(widget.session.asked('changeEncryption'), [[ROOM, 'legacy']]);
    await widget.hear('The older method is in use: only the words are protected');
    ok(widget.text.includes('What you write in Team goes by an older method'), 'it is explained from now on');
    await until(() => !widget.find('.older'), 'it is not asked twice');
    ok(sheetOf(widget)?.contains(widget.focused), 'the keys go on in the sheet');
  });

  it('asks once more where one of them had something newer, and what does no harm has the focus', async () => {
    const widget = await openSheet({ older: { ...OLDER, hadNewer: [OMAR] } });
    ok(widget.text.includes('Somebody may be hiding them'), widget.text);
    await widget.press('Use the older method in Team');
    same(widget.session.asked('changeEncryption'), []);
    equal(sheetOf(widget)?.getAttribute('role'), 'alertdialog');
    equal(widget.focusedName, 'Do not use it');
    await widget.press('Use the older method in Team');
    same(widget.session.asked('changeEncryption'), [[ROOM, 'legacy']]);
  });

  it('names in it who has no device of the older one', async () => {
    const widget = await openSheet({ isOlder: true });
    equal(widget.find('.older'), undefined);
    ok(widget.text.includes('Nobody can encrypt for Omar'), widget.text);
    ok(widget.text.includes('until they switch on the older method as well'), widget.text);
    equal(widget.find(`[data-person="${OMAR}"] .device-state`)?.textContent, 'No device of the older method');
  });

  for (const lang of ['en', 'zh-CN'] as const)
    it(`is asked for in ${lang} without a fault that axe finds`, async () => {
      const widget = await openSheet({ older: { ...OLDER, hadNewer: [OMAR] }, lang });
      ok(widget.text.includes(lang === 'en' ? 'It does not reach 李雯, 赵 yet' : '它还到不了 李雯、赵'), widget.text);
      same(await accessibilityFaults(widget.chat), []);
    });
});
