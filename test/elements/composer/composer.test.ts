// Writing: what Enter does, what becomes of a draft, and that nothing written is ever lost.
import { leaving } from '../../../src/client/leaving.ts';
import { LONGEST_TEXT } from '../../../src/model/message.ts';
import { accessibilityFaults } from '../../browser-kit/accessibility.ts';
import { atMost, equal, ok, same } from '../../browser-kit/expect.ts';
import { clearStages } from '../../browser-kit/person.ts';
import { LI } from '../../browser-kit/scripted-session.ts';
import { OMAR, Writer } from './writer.ts';

afterEach(clearStages);

describe('drafts', () => {
  const saved = (writer: Writer): string[] => writer.session.asked('saveDraft').map(([, text]) => String(text));

  it('are there again', async () => {
    const writer = await Writer.open((session) => session.change(LI, { draft: 'begun' }));
    equal(writer.area.value, 'begun');
  });

  it('are kept within half a second', async () => {
    const writer = await Writer.open();
    await writer.write('a');
    await writer.write('ab');
    same(saved(writer), []);
    writer.clock.advance(500);
    same(saved(writer), ['ab']);
  });

  it('are kept at once when the person leaves the field, the conversation or the page', async () => {
    const writer = await Writer.open();
    await writer.write('one');
    writer.area.blur();
    same(saved(writer), ['one']);
    await writer.write('two');
    writer.composer.conversation = OMAR;
    await writer.settle();
    same(writer.session.asked('saveDraft').at(-1), [LI, 'two']);
    equal(writer.area.value, '');
    await writer.write('three');
    window.dispatchEvent(new Event('pagehide'));
    same(writer.session.asked('saveDraft').at(-1), [OMAR, 'three']);
  });

  it('are told while they can still be: before the tie to the core is cut, whoever heard of the leaving first', async () => {
    const writer = await Writer.open();
    await writer.write('half a thought');
    const told: string[][] = [];
    leaving.dispatchEvent(new Event('leave'));
    told.push(saved(writer));
    window.dispatchEvent(new Event('pagehide'));
    told.push(saved(writer));
    same(told, [['half a thought'], ['half a thought']]);
    writer.composer.remove();
    leaving.dispatchEvent(new Event('leave'));
    equal(saved(writer).length, 1);
  });

  it('belong to their conversation', async () => {
    const writer = await Writer.open();
    await writer.write('for li');
    writer.composer.conversation = OMAR;
    await writer.settle();
    writer.composer.conversation = LI;
    await writer.settle();
    equal(writer.area.value, 'for li');
  });

  it('of another tab come in', async () => {
    const writer = await Writer.open();
    writer.session.change(LI, { draft: 'from there' });
    await writer.settle();
    equal(writer.area.value, 'from there');
  });

  it('of another tab never replace what is being typed', async () => {
    const writer = await Writer.open();
    await writer.write('here');
    writer.session.change(LI, { draft: 'from there' });
    await writer.settle();
    equal(writer.area.value, 'here');
    writer.clock.advance(500);
    same(saved(writer), ['here']);
  });

  it('are gone once sent', async () => {
    const writer = await Writer.open();
    await writer.write('a');
    writer.clock.advance(500);
    await writer.press('Enter');
    equal(saved(writer).at(-1), '');
    equal(writer.session.conversations.get(LI)?.draft, '');
    equal(writer.area.value, '');
  });

  it('typed before the core answered stay', async () => {
    const writer = await Writer.open((session) => {
      session.change(LI, { draft: 'older' });
      session.hold('readConversation');
    });
    await writer.write('quick');
    writer.session.letGo('readConversation');
    await writer.settle();
    equal(writer.area.value, 'quick');
  });
});

describe('the other side', () => {
  const told = (writer: Writer): unknown[] => writer.session.asked('tellWriting').map(([, writing]) => writing);

  it('hears of writing at most every three seconds, and of the end', async () => {
    const writer = await Writer.open();
    await writer.write('a');
    await writer.write('ab');
    writer.clock.advance(500);
    same(told(writer), [true]);
    await writer.write('abc');
    same(told(writer), [true]);
    writer.clock.advance(3000);
    await writer.write('abcd');
    same(told(writer), [true, true]);
    writer.clock.advance(10_000);
    same(told(writer), [true, true, false]);
  });

  it('hears the end when the text is taken away', async () => {
    const writer = await Writer.open();
    await writer.write('a');
    writer.clock.advance(500);
    await writer.write('');
    same(told(writer), [true, false]);
  });

  it('hears nothing but the message of what was written in a moment', async () => {
    const writer = await Writer.open();
    await writer.write('quick');
    await writer.press('Enter');
    writer.clock.advance(10_000);
    same(told(writer), []);
  });

  it('hears no end beside the message itself, and of the next one anew', async () => {
    const writer = await Writer.open();
    await writer.write('a');
    writer.clock.advance(500);
    await writer.press('Enter');
    same(told(writer), [true]);
    await writer.write('b');
    writer.clock.advance(500);
    same(told(writer), [true, true]);
  });
});

describe('the field', () => {
  it('is as tall with the first letter, and the button that comes with it, as without', async () => {
    const writer = await Writer.open();
    const height = (): number => writer.composer.getBoundingClientRect().height;
    const before = height();
    await writer.write('a');
    ok(writer.button, 'the button');
    equal(height(), before);
  });

  it('grows to six lines, then scrolls', async () => {
    const writer = await Writer.open();
    const one = writer.area.offsetHeight;
    await writer.write('1\n2\n3');
    const three = writer.area.offsetHeight;
    ok(three > one + 35, `${one} → ${three}`);
    await writer.write(Array.from({ length: 30 }, (_, line) => line).join('\n'));
    atMost(writer.area.offsetHeight, one + 5 * 22 + 2, 'height at thirty lines');
    ok(writer.area.scrollHeight > writer.area.clientHeight + 100, 'it scrolls');
    await writer.write('');
    equal(writer.area.offsetHeight, one);
  });

  it('counts from nine tenths, and refuses in words what is too long', async () => {
    const writer = await Writer.open();
    await writer.write('x'.repeat(LONGEST_TEXT * 0.9 - 1));
    equal(writer.text('[part="hint"]'), '');
    await writer.write('x'.repeat(LONGEST_TEXT - 100));
    equal(writer.text('[part="hint"]'), '100 characters left');
    await writer.write('x'.repeat(LONGEST_TEXT + 1));
    equal(writer.text('[part="hint"]'), '1 character too many');
    equal(writer.area.getAttribute('aria-invalid'), 'true');
    equal(writer.button?.disabled, true);
    await writer.press('Enter');
    same(writer.sent, []);
  });

  it('says whom it writes to, and that it waits for the network', async () => {
    const writer = await Writer.open();
    equal(writer.area.placeholder, 'Write to 李雯');
    equal(writer.area.getAttribute('aria-label'), 'Message to 李雯');
    writer.session.changeSituation({ connection: { stage: 'waiting', retryAt: 0, attempt: 1, failure: { kind: 'offline' } } });
    await writer.settle();
    equal(writer.area.placeholder, 'Will be sent when online');
  });

  it('takes back the words of a message that failed', async () => {
    const writer = await Writer.open();
    writer.composer.insert('again');
    await writer.settle();
    equal(writer.area.value, 'again');
    writer.composer.insert('and more');
    await writer.settle();
    equal(writer.area.value, 'again\nand more');
  });

  for (const lang of ['zh-CN', 'en'] as const) {
    for (const theme of ['light', 'dark']) {
      it(`axe finds nothing: ${lang}, ${theme}`, async () => {
        const writer = await Writer.open(undefined, lang, theme);
        same(await accessibilityFaults(writer.box), []);
        await writer.write('x'.repeat(LONGEST_TEXT + 1));
        same(await accessibilityFaults(writer.box), []);
      });
    }
  }
});
