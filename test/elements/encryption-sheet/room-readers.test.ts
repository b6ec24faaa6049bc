// Who reads in a room: why it cannot be encrypted, who is new, for whom nobody can encrypt, and the devices of each.
import type { RoomReader, RoomReaders } from '../../../src/contracts/readers.ts';
import type { Conversation } from '../../../src/model/conversation.ts';
import { accessibilityFaults } from '../../browser-kit/accessibility.ts';
import { equal, ok, same } from '../../browser-kit/expect.ts';
import { addKeys, HERE, NUMBER, PHONE, TABLET } from '../../browser-kit/keys.ts';
import { addPeople, OMAR, ROOM, ZHAO } from '../../browser-kit/people.ts';
import { until } from '../../browser-kit/person.ts';
import { LI, type ScriptedSession } from '../../browser-kit/scripted-session.ts';
import { Widget, type WidgetWishes } from '../../browser-kit/widget.ts';

afterEach(() => Widget.leave());

const reader = (person: RoomReader['person'], name: string, parts: Partial<RoomReader> = {}): RoomReader => ({
  person,
  name,
  role: 'member',
  devices: 2,
  undecided: 0,
  trust: 'first-use',
  isNew: false,
  isPassedOver: false,
  ...parts,
});
const li = reader(LI, '李雯', { role: 'owner' });
const omar = reader(OMAR, 'Omar');
const ON: Partial<Conversation> = { encrypted: true, readability: 'encrypted' };

interface Opening extends WidgetWishes {
  readers?: Omit<RoomReaders, 'room'>;
  room?: Partial<Conversation>;
}

const sheetOf = (widget: Widget): HTMLElement | undefined =>
  widget.find('warbler-encryption-sheet')?.shadowRoot?.querySelector('.sheet') ?? undefined;
const cardOf = (widget: Widget, person: string): HTMLDetailsElement => {
  const card = widget.find<HTMLDetailsElement>(`[data-person="${person}"]`);
  if (!card) throw new Error(`no card of ${person}`);
  return card;
};
const stateOf = (widget: Widget, person: string): string | undefined =>
  cardOf(widget, person).querySelector('.device-state')?.textContent?.trim();

async function openSheet({ readers = { people: [li, omar] }, room = ON, ...wishes }: Opening = {}): Promise<Widget> {
  const prepare = (session: ScriptedSession): void => {
    addPeople(session);
    addKeys(session, { ours: [HERE, TABLET] });
    session.change(ROOM, room);
    session.keys.addReaders({ room: ROOM, ...readers });
    wishes.prepare?.(session);
  };
  const widget = await Widget.open({ width: 390, ...wishes, prepare });
  widget.chat.openConversation(ROOM);
  await until(() => widget.find('.readability'), 'the badge');
  widget.find('.readability')?.click();
  await until(() => sheetOf(widget)?.querySelector('.who-reads') && !sheetOf(widget)?.querySelector('.bones'), 'the sheet');
  await widget.settle();
  return widget;
}

describe('who reads in a room', () => {
  it('is everybody on its lists, with what they are and how many devices they have', async () => {
    const widget = await openSheet({
      readers: { people: [li, { ...omar, trust: 'verified', devices: 1 }, reader(ZHAO, '赵', { undecided: 1 })] },
    });
    ok(widget.text.includes('Members beside you (3)'), widget.text);
    same(
      [LI, OMAR, ZHAO].map((one) => stateOf(widget, one)),
      ['Owner · 2 devices · not compared', '1 device · Compared', '1 new device waits for your word'],
    );
    equal(widget.find('[data-person]')?.dataset['person'], ZHAO, 'who waits for a word stands first');
    ok(widget.text.includes('For the devices of all members'), widget.text);
  });

  it('unfolds, by keys as well, to the devices of one after the other', async () => {
    const widget = await openSheet();
    same(
      widget.session.asked('readKeys').filter(([person]) => person !== HERE.label?.text && person === LI),
      [],
    );
    cardOf(widget, LI).querySelector('summary')?.focus();
    await widget.key('Enter');
    await until(() => cardOf(widget, LI).querySelector(`[data-device="${PHONE.id}"]`), 'the devices');
    equal(cardOf(widget, LI).querySelector('.number')?.textContent?.replaceAll(/\s+/g, ' ').trim(), NUMBER);
    cardOf(widget, OMAR).querySelector('summary')?.click();
    await until(() => !cardOf(widget, LI).open && cardOf(widget, OMAR).open, 'the other card');
    await widget.settle();
    ok(cardOf(widget, OMAR).textContent?.includes('No devices of Omar yet.'), cardOf(widget, OMAR).textContent ?? '');
  });

  it('begins anew with one of them, not with the room', async () => {
    const widget = await openSheet();
    cardOf(widget, LI).querySelector('summary')?.click();
    await until(() => widget.has('Begin the encryption anew'), 'the button');
    await widget.press('Begin the encryption anew');
    same(widget.session.asked('renewSessions'), [[LI]]);
  });
});

describe('the switch of a room', () => {
  const OFF: Partial<Conversation> = { encrypted: false, readability: 'organisation' };

  it('turns encryption on, and off only after a question that names the room', async () => {
    const widget = await openSheet({ room: OFF });
    await widget.press('Encrypt what I write');
    same(widget.session.asked('changeEncryption'), [[ROOM, 'on']]);
    await widget.press('Encrypt what I write');
    equal(sheetOf(widget)?.getAttribute('role'), 'alertdialog');
    ok(widget.text.includes('Write to Design weekly without encryption?'), widget.text);
    await widget.press('Do not encrypt for Design weekly');
    same(widget.session.asked('changeEncryption').at(-1), [ROOM, 'off']);
  });

  for (const [unfit, words] of [
    ['open', 'it is not for members only'],
    ['anonymous', 'it hides who its members are'],
    ['lists-withheld', 'it does not say who its members are'],
  ] as const)
    it(`is not there in a room that cannot be encrypted: ${unfit}`, async () => {
      const widget = await openSheet({ room: OFF, readers: { unfit, people: [] } });
      ok(widget.text.includes(words) && widget.text.includes('Its owner can change that.'), widget.text);
      equal(widget.has('Encrypt what I write'), false);
    });

  it('stays where a room can no longer be encrypted, and it says that nothing is sent', async () => {
    const widget = await openSheet({ readers: { unfit: 'open', people: [] } });
    ok(widget.text.includes('Nothing is sent here until the room is as it was'), widget.text);
    equal(widget.named('Encrypt what I write').getAttribute('aria-checked'), 'true');
  });

  it('says why the members are not known', async () => {
    const widget = await openSheet({ prepare: (session) => session.refuse('readReaders', { kind: 'offline' }) });
    await widget.hear('You are offline.');
    widget.session.refuse('readReaders');
    await widget.press('Try again');
    await until(() => widget.find(`[data-person="${LI}"]`), 'the members');
  });
});

describe('a decision on members', () => {
  it('lets in exactly those who were shown', async () => {
    const widget = await openSheet({ readers: { people: [li, { ...omar, isNew: true }] } });
    ok(widget.text.includes('New in this room: Omar'), widget.text);
    ok(widget.text.includes(OMAR), 'the address: a name is anybody’s');
    widget.session.keys.addReaders({ room: ROOM, people: [li, { ...omar, isNew: true }, reader(ZHAO, '赵', { isNew: true })] });
    widget.named('May read').focus();
    await widget.key('Enter');
    same(widget.session.asked('confirmReaders'), [[ROOM, { people: [LI, OMAR], without: [] }]]);
    await widget.hear('Decided');
    await until(() => widget.text.includes('New in this room: 赵'), 'who came meanwhile waits');
    ok(sheetOf(widget)?.contains(widget.focused), 'the keys go on in the sheet');
  });

  it('goes on without somebody only after a question that names them', async () => {
    const widget = await openSheet({
      readers: { people: [li, { ...omar, devices: 0 }, reader(ZHAO, '赵', { devices: 0, isPassedOver: true })] },
    });
    ok(widget.text.includes('Nobody can encrypt for Omar'), widget.text);
    equal(stateOf(widget, ZHAO), 'No device that encrypts · left out by you');
    await widget.press('Go on without Omar');
    equal(sheetOf(widget)?.getAttribute('role'), 'alertdialog');
    ok(widget.text.includes('Write without Omar?') && widget.text.includes('will not be able to read'), widget.text);
    same(widget.session.asked('confirmReaders'), []);
    await widget.press('Go on without Omar');
    same(widget.session.asked('confirmReaders'), [[ROOM, { people: [], without: [ZHAO, OMAR] }]]);
    await until(() => !widget.text.includes('Nobody can encrypt'), 'nobody is waited for');
  });

  it('asks for none where nothing is written encrypted', async () => {
    const widget = await openSheet({
      room: { encrypted: false, readability: 'organisation' },
      readers: { people: [{ ...omar, devices: 0, isNew: true }] },
    });
    equal(widget.has('May read') || widget.has('Go on without Omar'), false);
  });
});

describe('the sheet of a room', () => {
  const faces: readonly (readonly [string, Omit<RoomReaders, 'room'>])[] = [
    ['calm', { people: [li, { ...omar, trust: 'verified' }] }],
    ['new and lacking', { people: [{ ...omar, isNew: true }, reader(ZHAO, '赵', { devices: 0 }), li] }],
    ['unfit', { unfit: 'lists-withheld', people: [] }],
  ];
  for (const [face, readers] of faces)
    for (const [lang, theme] of [
      ['en', 'dark'],
      ['zh-CN', 'light'],
    ] as const)
      it(`axe finds nothing, and it fits into 320 px: ${face}, ${lang}, ${theme}`, async () => {
        const widget = await openSheet({ readers, lang, theme, width: 320, height: 568 });
        widget.find<HTMLDetailsElement>(`[data-person="${LI}"]`)?.querySelector('summary')?.click();
        if (readers.people.length > 0) await until(() => widget.find(`[data-device="${PHONE.id}"]`), 'the devices');
        await widget.settle();
        same(await accessibilityFaults(widget.chat), []);
        const sheet = sheetOf(widget);
        ok(sheet && sheet.scrollWidth <= sheet.clientWidth, 'nothing stands out');
        for (const button of sheet.querySelectorAll<HTMLElement>('button, summary'))
          ok(!button.checkVisibility() || button.getBoundingClientRect().height >= 24, button.textContent ?? '');
      });
});
