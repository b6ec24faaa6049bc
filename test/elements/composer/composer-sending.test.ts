// Sending: what Enter does, when the field is free, and that nothing written is ever lost.
import { sendKeys } from '@web/test-runner-commands';
import { equal, ok, same } from '../../browser-kit/expect.ts';
import { clearStages, deepActive } from '../../browser-kit/person.ts';
import { LI } from '../../browser-kit/scripted-session.ts';
import { Writer } from './writer.ts';

afterEach(clearStages);

describe('sending', () => {
  it('a person types and presses Enter', async () => {
    const writer = await Writer.open();
    writer.composer.focus();
    await sendKeys({ type: 'words' });
    await sendKeys({ press: 'Enter' });
    await writer.settle();
    same(writer.sent, ['words']);
    equal(writer.area.value, '');
    equal(deepActive(), writer.area);
  });

  it('Shift with Enter begins a new line', async () => {
    const writer = await Writer.open();
    await writer.write('a');
    ok(!(await writer.press('Enter', { shiftKey: true })).defaultPrevented, 'the browser breaks the line');
    same(writer.sent, []);
  });

  it('keys can be swapped', async () => {
    const writer = await Writer.open();
    writer.composer.enterBreaks = true;
    await writer.write('a');
    ok(!(await writer.press('Enter')).defaultPrevented, 'Enter breaks the line');
    await writer.press('Enter', { ctrlKey: true });
    same(writer.sent, ['a']);
  });

  for (const [what, init] of [
    ['while a word is being composed', { isComposing: true }],
    ['when Safari says the input method had the key', { keyCode: 229 }],
  ] as const) {
    it(`never ${what}`, async () => {
      const writer = await Writer.open();
      await writer.write('ni hao');
      await writer.press('Enter', init);
      same(writer.sent, []);
      equal(writer.area.value, 'ni hao');
    });
  }

  it('the button is there once there is something to send', async () => {
    const writer = await Writer.open();
    equal(writer.button, null);
    await writer.write('   ');
    equal(writer.button, null);
    await writer.write(' a ');
    writer.button?.click();
    await writer.settle();
    same(writer.sent, ['a']);
    equal(writer.button, null);
  });

  it('the field is free at once, and the draft is kept until the core has the message', async () => {
    const writer = await Writer.open((session) => session.hold('sendMessage'));
    await writer.write('slow');
    await writer.press('Enter');
    equal(writer.area.value, '');
    same(writer.sent, ['slow']);
    writer.clock.advance(400);
    same(writer.session.asked('saveDraft').at(-1), [LI, 'slow']);
    writer.session.letGo('sendMessage');
    await writer.settle();
    same(writer.session.asked('saveDraft').at(-1), [LI, '']);
  });

  it('whoever leaves in the middle of it finds the words sent, not as a draft again; what was typed since is a draft', async () => {
    const writer = await Writer.open((session) => session.hold('sendMessage'));
    await writer.write('on its way');
    await writer.press('Enter');
    window.dispatchEvent(new Event('pagehide'));
    same(writer.session.asked('saveDraft'), []);
    await writer.write('and then');
    window.dispatchEvent(new Event('pagehide'));
    same(writer.session.asked('saveDraft'), [[LI, 'and then']]);
  });

  it('what is typed meanwhile stays', async () => {
    const writer = await Writer.open((session) => session.hold('sendMessage'));
    await writer.write('first');
    await writer.press('Enter');
    await writer.write('second');
    writer.session.letGo('sendMessage');
    await writer.settle();
    equal(writer.area.value, 'second');
    same(writer.sent, ['first']);
  });

  it('what is sent meanwhile follows', async () => {
    const writer = await Writer.open((session) => session.hold('sendMessage'));
    await writer.write('first');
    await writer.press('Enter');
    await writer.write('second');
    await writer.press('Enter');
    same(writer.sent, ['first']);
    writer.session.letGo('sendMessage');
    await writer.settle();
    same(writer.sent, ['first', 'second']);
    equal(writer.area.value, '');
  });

  it('a refusal puts the words back before what was typed meanwhile', async () => {
    const writer = await Writer.open((session) => {
      session.hold('sendMessage');
      session.refuse('sendMessage', { kind: 'storage-full' });
    });
    await writer.write('first');
    await writer.press('Enter');
    await writer.write('second');
    writer.session.letGo('sendMessage');
    await writer.settle();
    equal(writer.area.value, 'first\nsecond');
    equal(writer.heard.at(-1)?.urgency, 'assertive');
  });

  it('a refusal loses nothing, says why, and is the same message when sent again', async () => {
    const writer = await Writer.open((session) => session.refuse('sendMessage', { kind: 'storage-full' }));
    await writer.write('dear');
    await writer.press('Enter');
    equal(writer.area.value, 'dear');
    ok(writer.text('[part="hint"]').length > 10, 'the reason');
    equal(writer.heard.at(-1)?.urgency, 'assertive');
    writer.session.refuse('sendMessage');
    await writer.press('Enter');
    equal(writer.area.value, '');
    const ids = writer.session.asked('sendMessage').map(([, draft]) => (draft as { id: string }).id);
    equal(ids[0], ids[1]);
    equal(writer.text('[part="hint"]'), '');
  });

  it('two messages are never the same one', async () => {
    const writer = await Writer.open();
    for (const text of ['a', 'a']) {
      await writer.write(text);
      await writer.press('Enter');
    }
    const ids = writer.session.asked('sendMessage').map(([, draft]) => (draft as { id: string }).id);
    equal(new Set(ids).size, 2);
  });
});
