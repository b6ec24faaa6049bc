// Who can read, explained by one press on the badge, and everything a person can decide about it.
import { accessibilityFaults } from '../../browser-kit/accessibility.ts';
import { equal, ok, same } from '../../browser-kit/expect.ts';
import { addKeys, GAJIM, HERE, NUMBER, PHONE, TABLET, type KeysStory } from '../../browser-kit/keys.ts';
import { addPeople } from '../../browser-kit/people.ts';
import { until } from '../../browser-kit/person.ts';
import { deviceAt } from '../../browser-kit/scripted-keys.ts';
import { LI, ME, type ScriptedSession } from '../../browser-kit/scripted-session.ts';
import { Widget, type WidgetWishes } from '../../browser-kit/widget.ts';

afterEach(() => Widget.leave());

const sheetOf = (widget: Widget): HTMLElement | undefined =>
  widget.find('warbler-encryption-sheet')?.shadowRoot?.querySelector('.sheet') ?? undefined;
const cards = (widget: Widget): HTMLDetailsElement[] =>
  widget.all('details.device').filter((card): card is HTMLDetailsElement => card instanceof HTMLDetailsElement && card.checkVisibility());
const cardOf = (widget: Widget, id: number): HTMLDetailsElement => {
  const card = cards(widget).find((one) => one.dataset['device'] === String(id));
  if (!card) throw new Error(`no card of device ${id}`);
  return card;
};

interface Opening extends WidgetWishes, KeysStory {}

async function openThread(opening: Opening = {}): Promise<Widget> {
  const prepare = (session: ScriptedSession): void => {
    addPeople(session);
    addKeys(session, opening);
    opening.prepare?.(session);
  };
  const widget = await Widget.open({ ...opening, prepare });
  widget.chat.openConversation(LI);
  await until(() => widget.find('.readability'), 'the badge');
  await widget.settle();
  return widget;
}

async function openSheet(opening: Opening = {}): Promise<Widget> {
  const widget = await openThread(opening);
  widget.find('.readability')?.focus();
  widget.find('.readability')?.click();
  await until(() => sheetOf(widget)?.querySelector('.who-reads'), 'the sheet');
  await until(() => !sheetOf(widget)?.querySelector('.bones'), 'the devices');
  await widget.settle();
  return widget;
}

describe('who can read', () => {
  it('is explained by one press on the badge, and the focus comes back to it', async () => {
    const widget = await openSheet();
    ok(widget.text.includes('keys were not compared yet'), 'the reasons');
    equal(sheetOf(widget)?.getAttribute('role'), 'dialog');
    await until(() => widget.focused === sheetOf(widget), 'the focus in the sheet');
    await widget.key('Escape');
    equal(sheetOf(widget), undefined);
    await until(() => (widget.focused as HTMLElement | null)?.matches('.readability'), 'the focus at the badge');
  });

  it('is reached from the menu of the conversation as well', async () => {
    const widget = await openThread();
    await widget.press('Conversation actions');
    await widget.press('Encryption and devices');
    await until(() => sheetOf(widget)?.querySelector('.who-reads'), 'the sheet');
  });

  it('says so where nothing is known of the other side, and where it could not be asked', async () => {
    const widget = await openSheet({ theirs: [] });
    ok(widget.text.includes('No devices of 李雯 yet.'), widget.text);
    widget.session.refuse('readKeys', { kind: 'no-answer' });
    widget.chat.remove();
    const failing = await openThread({ prepare: (session) => session.refuse('readKeys', { kind: 'no-answer' }) });
    failing.find('.readability')?.click();
    await failing.hear('There was no answer in time.');
    failing.session.refuse('readKeys');
    await failing.press('Try again');
    await until(() => cards(failing).length > 0, 'the devices');
  });

  it('shows devices and number by itself once they can be known', async () => {
    const widget = await openThread({ prepare: (session) => session.refuse('readKeys', { kind: 'offline' }) });
    widget.find('.readability')?.click();
    await widget.hear('You are offline.');
    widget.session.refuse('readKeys');
    widget.session.tell({ about: 'keys', person: LI });
    await until(() => cards(widget).length > 0, 'the devices');
    ok(widget.text.includes(NUMBER.split(' ')[0] ?? 'no number'), widget.text);
  });

  it('is told by the words of the language that is spoken', async () => {
    const widget = await openSheet({ lang: 'zh-CN' });
    ok(widget.text.includes('与 李雯 的加密') && widget.text.includes('还没有核对密钥'), widget.text);
    equal(/[A-Za-z]{4,}/.exec(sheetOf(widget)?.querySelector('.who-reads')?.textContent ?? '')?.[0], undefined);
  });
});

describe('the switch', () => {
  it('turns encryption on at once', async () => {
    const widget = await openSheet({ conversation: { encrypted: false, readability: 'organisation' } });
    equal(widget.named('Encrypt what I write').getAttribute('aria-checked'), 'false');
    await widget.press('Encrypt what I write');
    same(widget.session.asked('changeEncryption'), [[LI, 'on']]);
    await widget.hear('Encryption is on');
    equal(widget.named('Encrypt what I write').getAttribute('aria-checked'), 'true');
  });

  it('says why it stays off, and that nothing was turned on', async () => {
    const widget = await openSheet({ conversation: { encrypted: false, readability: 'organisation' } });
    widget.session.refuse('changeEncryption', { kind: 'keys-missing', person: LI });
    await widget.press('Encrypt what I write');
    await widget.hear('There are no keys to encrypt for');
    equal(widget.named('Encrypt what I write').getAttribute('aria-checked'), 'false');
  });

  it('turns off only after a question that names the person', async () => {
    const widget = await openSheet();
    await widget.press('Encrypt what I write');
    same(widget.session.asked('changeEncryption'), []);
    equal(sheetOf(widget)?.getAttribute('role'), 'alertdialog');
    ok(widget.text.includes('Write to 李雯 without encryption?') && widget.text.includes('李雯 may see each of them marked'), widget.text);
    equal(widget.focusedName, 'Keep encrypting', 'what does no harm has the focus');
    await widget.press('Do not encrypt for 李雯');
    same(widget.session.asked('changeEncryption'), [[LI, 'off']]);
    await widget.hear('Encryption is off: the organisation can read');
    ok(widget.text.includes('Encryption is off: the organisation can read what you write now.'), 'it is explained from now on');
  });

  it('stays on where the person keeps it, by button or by Escape, and the focus goes back to the switch', async () => {
    const widget = await openSheet();
    const toggle = widget.named('Encrypt what I write');
    toggle.focus();
    await widget.press('Encrypt what I write');
    await widget.press('Keep encrypting');
    equal(widget.focused, toggle);
    await widget.press('Encrypt what I write');
    await widget.key('Escape');
    ok(sheetOf(widget)?.querySelector('.who-reads')?.checkVisibility(), 'the sheet is still there');
    equal(widget.focused, toggle);
    same(widget.session.asked('changeEncryption'), []);
  });
});

describe('devices', () => {
  it('say what they are, how far they are trusted, and unfold to their fingerprint', async () => {
    const widget = await openSheet();
    const [gajim, phone] = [cardOf(widget, GAJIM.id), cardOf(widget, PHONE.id)];
    equal(phone.querySelector('summary')?.textContent?.replaceAll(/\s+/g, ' ').trim(), '李雯的手机Trusted when first seen, not compared');
    equal(phone.open, false);
    phone.querySelector('summary')?.focus();
    await widget.key('Enter');
    equal(phone.open, true);
    equal(phone.querySelector('.fingerprint')?.textContent?.replaceAll(/\s+/g, ' ').trim(), PHONE.fingerprint);
    ok(phone.textContent?.includes('First seen:') && phone.textContent.includes('Last seen:'), phone.textContent ?? '');
    ok(!phone.textContent?.includes('Name not signed'), 'a signed name');
    ok(gajim.textContent?.includes('Name not signed by the device'), 'a hearsay name');
  });

  it('that wait for a word come first, unfolded, and it says that nothing is sent before', async () => {
    const waiting = deviceAt(103, { trust: 'undecided' });
    const widget = await openSheet({ theirs: [{ ...PHONE, trust: 'verified' }, waiting] });
    ok(widget.text.includes('1 new device of 李雯 waits for your word'), widget.text);
    ok(widget.text.includes('nothing is sent in this conversation'), widget.text);
    equal(cards(widget)[0]?.dataset['device'], '103');
    equal(cardOf(widget, 103).open, true);
  });

  for (const [button, trust, said] of [
    ['Accept', 'accepted', 'Unnamed device 103 was accepted'],
    ['Refuse', 'refused', 'Unnamed device 103 was refused and gets no more messages'],
    ['Fingerprint is the same', 'verified', 'Unnamed device 103 was compared'],
  ] as const)
    it(`are decided on with the key that was shown: ${trust}`, async () => {
      const waiting = deviceAt(103, { trust: 'undecided' });
      const widget = await openSheet({ theirs: [{ ...PHONE, trust: 'verified' }, waiting] });
      widget.named(`${button}: Unnamed device 103`).focus();
      await widget.key('Enter');
      same(widget.session.asked('decideOnDevice'), [[LI, { device: 103, fingerprint: waiting.fingerprint, trust }]]);
      await widget.hear(said);
      await until(() => cardOf(widget, 103).classList.contains(trust), 'the decision on the card');
      ok(!widget.text.includes('waits for your word'), 'nothing waits any more');
      ok(sheetOf(widget)?.contains(widget.focused), 'the keys go on in the sheet');
    });

  it('a comparison made by mistake is taken back', async () => {
    const widget = await openSheet({ theirs: [{ ...PHONE, trust: 'verified' }] });
    cardOf(widget, PHONE.id).open = true;
    await widget.press('Undo the comparison: 李雯的手机');
    equal(widget.session.keys.device(LI, PHONE.id).trust, 'accepted');
  });

  it('a decision that was not kept is told, and nothing looks decided', async () => {
    const waiting = deviceAt(103, { trust: 'undecided' });
    const widget = await openSheet({ theirs: [waiting] });
    widget.session.refuse('decideOnDevice', { kind: 'storage-full' });
    await widget.press('Accept: Unnamed device 103');
    await widget.hear('The storage of this device is full.');
    ok(cardOf(widget, 103).classList.contains('undecided'));
  });

  it('a name cannot pass for more than one line, nor turn what stands beside it around', async () => {
    const label = { text: `\u202eevil\n${'x'.repeat(500)}`, isSigned: false };
    const widget = await openSheet({ theirs: [deviceAt(104, { label })], width: 320 });
    const name = cardOf(widget, 104).querySelector('.device-name');
    equal(name?.textContent, `evil ${'x'.repeat(55)}`);
    const sheet = sheetOf(widget);
    ok(sheet && sheet.scrollWidth <= sheet.clientWidth, 'nothing stands out');
  });

  it('of one’s own are folded away, unless one waits for a word', async () => {
    const calm = await openSheet();
    equal(calm.find<HTMLDetailsElement>('details.own')?.open, false);
    calm.chat.remove();
    const widget = await openSheet({ ours: [HERE, { ...TABLET, trust: 'undecided' }] });
    equal(widget.find<HTMLDetailsElement>('details.own')?.open, true);
    ok(widget.text.includes('1 new device of your account waits for your word'), widget.text);
    await widget.press('Accept: Unnamed device 202');
    same(widget.session.asked('decideOnDevice'), [[ME, { device: 202, fingerprint: TABLET.fingerprint, trust: 'accepted' }]]);
  });
});

describe('the safety number', () => {
  it('is shown in twelve groups, and the same digits verify the person', async () => {
    const widget = await openSheet();
    equal(widget.find('.number')?.textContent?.replaceAll(/\s+/g, ' ').trim(), NUMBER);
    await widget.press('The same');
    same(widget.session.asked('confirmSafetyNumber'), [[LI, NUMBER]]);
    await widget.hear('All devices of 李雯 are compared now');
    await until(() => cards(widget).every((card) => card.classList.contains('verified')), 'the devices');
    equal(widget.has('The same'), false, 'there is nothing more to compare');
  });

  it('a number that changed meanwhile verifies nobody', async () => {
    const widget = await openSheet();
    widget.session.keys.add({ ...widget.session.keys.of(LI), safetyNumber: NUMBER.replace('34821', '00000') });
    await widget.press('The same');
    await widget.hear('The number has just changed.');
    equal(widget.session.keys.device(LI, PHONE.id).trust, 'first-use');
  });

  it('different digits lead to advice, and nothing is verified', async () => {
    const widget = await openSheet();
    widget.named('Different').focus();
    await widget.key('Enter');
    equal(sheetOf(widget)?.getAttribute('role'), 'alertdialog');
    ok(widget.text.includes('Reach 李雯 in another way'), widget.text);
    await widget.press('Got it');
    same(widget.session.asked('confirmSafetyNumber'), []);
    equal(widget.focusedName, 'Different');
  });
});

describe('beginning anew', () => {
  it('is asked for and told', async () => {
    const widget = await openSheet();
    await widget.press('Begin the encryption anew');
    same(widget.session.asked('renewSessions'), [[LI]]);
    await widget.hear('With the next message the encryption with 李雯 begins anew');
  });

  it('is not offered where nothing is encrypted', async () => {
    const widget = await openSheet({ conversation: { encrypted: false, readability: 'organisation' } });
    equal(widget.has('Begin the encryption anew'), false);
  });
});

describe('the sheet', () => {
  it('follows what others decide on meanwhile', async () => {
    const widget = await openSheet();
    widget.session.keys.confirm(LI, NUMBER);
    widget.session.tell({ about: 'keys', person: ME });
    await widget.settle();
    ok(cardOf(widget, PHONE.id).classList.contains('first-use'), 'news of somebody else reads nothing again');
    widget.session.tell({ about: 'keys', person: LI });
    await until(() => cardOf(widget, PHONE.id).classList.contains('verified'), 'the news');
  });

  const faces: readonly (readonly [string, KeysStory])[] = [
    ['encrypted', {}],
    [
      'undecided',
      {
        theirs: [
          { ...PHONE, trust: 'verified' },
          { ...GAJIM, trust: 'undecided' },
        ],
        ours: [HERE, { ...TABLET, trust: 'undecided' }],
      },
    ],
    ['verified', { conversation: { readability: 'verified' }, theirs: [{ ...PHONE, trust: 'verified' }] }],
    [
      'mixed',
      {
        conversation: { readability: 'mixed' },
        theirs: [
          { ...PHONE, trust: 'refused' },
          { ...GAJIM, isListed: false },
        ],
      },
    ],
    ['organisation', { conversation: { readability: 'organisation', encrypted: false }, theirs: [] }],
  ];
  for (const [face, story] of faces)
    for (const [lang, theme] of [
      ['en', 'dark'],
      ['zh-CN', 'light'],
    ] as const)
      it(`axe finds nothing, and it fits into 320 px: ${face}, ${lang}, ${theme}`, async () => {
        const widget = await openSheet({ ...story, lang, theme, width: 320, height: 568 });
        for (const fold of sheetOf(widget)?.querySelectorAll('details') ?? []) fold.open = true;
        await widget.settle();
        same(await accessibilityFaults(widget.chat), []);
        const sheet = sheetOf(widget);
        ok(sheet && sheet.scrollWidth <= sheet.clientWidth, 'nothing stands out');
        for (const button of sheet.querySelectorAll<HTMLElement>('button, summary'))
          ok(!button.checkVisibility() || button.getBoundingClientRect().height >= 24, button.textContent ?? '');
      });
});
