// Where nothing can be written: it says why, and offers the way out.
import { accessibilityFaults } from '../../browser-kit/accessibility.ts';
import { equal, ok, same } from '../../browser-kit/expect.ts';
import { clearStages } from '../../browser-kit/person.ts';
import { LI } from '../../browser-kit/scripted-session.ts';
import { Writer } from './writer.ts';

afterEach(clearStages);

describe('a composer that is closed', () => {
  for (const [why, change, words] of [
    ['a room was left', { kind: 'room', room: { joined: 'left', memberCount: 0, nick: 'x' } }, 'Join the room to write.'],
    [
      'a room asks one in',
      { kind: 'room', standing: 'asks-for-contact', room: { joined: 'left', memberCount: 0, nick: 'x' } },
      'Accept the request to write.',
    ],
    ['somebody asks for contact', { standing: 'asks-for-contact' }, 'Accept the request to write.'],
  ] as const) {
    it(`says why: ${why}`, async () => {
      const writer = await Writer.open((session) => session.change(LI, change));
      equal(writer.text('[part="closed"] p'), words);
      equal(writer.composer.shadowRoot?.querySelector('textarea') ?? null, null);
    });
  }

  const ways = (writer: Writer): HTMLButtonElement[] => [...(writer.composer.shadowRoot?.querySelectorAll('button') ?? [])];

  it('joins a room again from where it says that one left', async () => {
    const writer = await Writer.open((session) =>
      session.change(LI, { kind: 'room', room: { joined: 'left', memberCount: 0, nick: 'x' } }),
    );
    writer.session.refuse('joinRoom', { kind: 'refused', reason: 'banned' });
    ways(writer)[0]?.click();
    await writer.settle();
    ok(writer.text('[part="closed"] p').startsWith('You were removed from this room.'), writer.text('[part="closed"] p'));
    writer.session.refuse('joinRoom');
    ways(writer)[0]?.click();
    await writer.settle();
    same(writer.session.asked('joinRoom'), [[LI], [LI]]);
  });

  it('accepts or declines a request where it asks for that, and can be written in then', async () => {
    const writer = await Writer.open((session) => session.change(LI, { standing: 'asks-for-contact' }));
    same(
      ways(writer).map((button) => button.ariaLabel),
      ['Decline 李雯', 'Accept 李雯'],
    );
    ways(writer)[1]?.click();
    await writer.settle();
    same(writer.session.asked('answerContact'), [[LI, 'accept']]);
    equal(writer.composer.shadowRoot?.activeElement, writer.area, 'the field has the focus');
  });

  for (const lang of ['zh-CN', 'en'] as const)
    for (const theme of ['light', 'dark'])
      it(`axe finds nothing, and it fits into 320 px: ${lang}, ${theme}`, async () => {
        const writer = await Writer.open((session) => session.change(LI, { standing: 'asks-for-contact' }), lang, theme);
        writer.box.style.width = '320px';
        await writer.settle();
        same(await accessibilityFaults(writer.box), []);
        ok(writer.box.scrollWidth <= 320, `${writer.box.scrollWidth} px`);
      });
});
