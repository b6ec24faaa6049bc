// Files on their way out: chosen, pasted or dropped, looked at before they go, and sent one after the other.
import { LARGEST_PREVIEW } from '../../../src/model/file.ts';
import { LONGEST_TEXT } from '../../../src/model/message.ts';
import { pictureHead } from '../../../src/elements/files/picture-head.ts';
import { accessibilityFaults } from '../../browser-kit/accessibility.ts';
import { atMost, equal, ok, same } from '../../browser-kit/expect.ts';
import { clearStages, deepActive, until } from '../../browser-kit/person.ts';
import { drawFile, fileOfSize, PLACE, textOf, withCameraNote } from '../../browser-kit/pictures.ts';
import { LI } from '../../browser-kit/scripted-session.ts';
import { OMAR, Writer } from '../composer/writer.ts';
import { carrying, choose, drafts, facts, names, note, open, press, rows, strip } from './staging.ts';

afterEach(clearStages);

describe('files that are staged', () => {
  it('are chosen by a button of their own', async () => {
    const writer = await open();
    let clicked = 0;
    writer.composer.shadowRoot?.querySelector('input')?.addEventListener('click', (event) => {
      event.preventDefault();
      clicked++;
    });
    writer.composer.shadowRoot?.querySelector<HTMLButtonElement>('[aria-label="Attach files"]')?.click();
    equal(clicked, 1);
  });

  it('stand above the field with what they are, and nothing goes out before "send"', async () => {
    const writer = await open();
    await choose(writer, fileOfSize(184_000), await drawFile());
    same(names(writer), ['notes.pdf', 'hills.jpg']);
    equal(facts(writer)[0], '184 kB');
    ok(facts(writer)[1]?.endsWith('No place or camera data'), facts(writer)[1]);
    equal(note(writer), 'Up to 10 MB a file');
    await until(() => rows(writer)[1]?.querySelector('canvas'), 'a small picture of the picture');
    same(drafts(writer), []);
    ok(writer.button && !writer.button.disabled, 'they can be sent');
    equal(deepActive(), writer.area, 'words may follow');
    ok(
      writer.heard.some(({ text }) => text === '2 files added'),
      'it is said',
    );
  });

  it('are sent in their order, the words with the first', async () => {
    const writer = await open();
    await choose(writer, fileOfSize(10, 'a.txt', 'text/plain'), fileOfSize(20, 'b.txt', 'text/plain'));
    await writer.write(' both of them ');
    await writer.press('Enter');
    await until(() => drafts(writer).length === 2 && rows(writer).length === 0, 'both sent');
    same(
      drafts(writer).map(({ name, text, type, file }) => [name, text, type, file.size]),
      [
        ['a.txt', 'both of them', 'text/plain', 10],
        ['b.txt', '', 'text/plain', 20],
      ],
    );
    equal(writer.area.value, '');
    same(writer.sent, [], 'no message beside them');
    ok(drafts(writer)[0]?.id !== drafts(writer)[1]?.id, 'a message each');
  });

  it('can be put into another order and taken away again, by keys', async () => {
    const writer = await open();
    await choose(writer, fileOfSize(1, 'a'), fileOfSize(2, 'b'), fileOfSize(3, 'c'));
    await press(writer, 'Move c forward');
    same(names(writer), ['a', 'c', 'b']);
    ok(
      writer.heard.some(({ text }) => text === 'c: 2 of 3'),
      'its place is said',
    );
    equal(deepActive()?.ariaLabel, 'Move c forward', 'the focus went along');
    await press(writer, 'Remove c');
    same(names(writer), ['a', 'b']);
    await until(() => deepActive()?.ariaLabel === 'Remove b', 'the focus on the next');
    await press(writer, 'Remove b');
    await press(writer, 'Remove a');
    await until(() => deepActive() === writer.area, 'the focus in the field');
    equal(writer.button, null, 'nothing to send');
  });

  it('wait in their conversation while another is looked at', async () => {
    const writer = await open();
    await choose(writer, fileOfSize(1, 'for-li.txt'));
    writer.composer.conversation = OMAR;
    await writer.settle();
    same(names(writer), []);
    equal(writer.button, null);
    writer.composer.conversation = LI;
    await writer.settle();
    same(names(writer), ['for-li.txt']);
  });

  it('stay, with their words, where they could not be taken, and are the same messages when sent again', async () => {
    const writer = await open((session) => session.refuse('sendFile', { kind: 'storage-full' }));
    await choose(writer, fileOfSize(1, 'a'), fileOfSize(2, 'b'));
    await writer.write('words');
    writer.button?.click();
    await until(() => writer.text('[part="hint"]').includes('full'), 'why it was not sent');
    same(names(writer), ['a', 'b']);
    equal(writer.area.value, 'words');
    writer.session.refuse('sendFile');
    writer.button?.click();
    await until(() => rows(writer).length === 0, 'both sent');
    equal(drafts(writer)[1]?.id, drafts(writer)[0]?.id, 'the same message');
    same(
      drafts(writer)
        .slice(1)
        .map(({ text }) => text),
      ['words', ''],
    );
  });
});

describe('before a file goes out', () => {
  it('a picture is rid of what its camera wrote into it', async () => {
    const writer = await open();
    const taken = await withCameraNote(await drawFile({ width: 400, height: 200 }), 6);
    ok((await textOf(taken)).includes(PLACE), 'the note is there');
    await choose(writer, taken);
    writer.button?.click();
    const [draft] = await until(() => drafts(writer).length === 1 && drafts(writer), 'the picture');
    ok(draft && !(await textOf(draft.file)).includes(PLACE), 'the note is gone');
    const head = pictureHead(new Uint8Array(await draft.file.arrayBuffer()));
    same([head?.type, head?.width, head?.height], ['image/jpeg', 200, 400], 'and it stands upright');
    same([draft.type, draft.width, draft.height], ['image/jpeg', 200, 400]);
    const { preview } = draft;
    atMost(preview?.bytes.length ?? Infinity, LARGEST_PREVIEW, 'the small picture');
    ok(preview && !new TextDecoder('latin1').decode(preview.bytes).includes(PLACE), 'nor is it in the small one');
  });

  it('a picture goes whole where somebody wants that', async () => {
    const writer = await open();
    const taken = await withCameraNote(await drawFile());
    await choose(writer, taken);
    await press(writer, 'Send the original of hills.jpg');
    ok(facts(writer)[0]?.endsWith('place and camera data stay in it.'), facts(writer)[0]);
    writer.button?.click();
    const [draft] = await until(() => drafts(writer).length === 1 && drafts(writer), 'the picture');
    equal(draft?.file.size, taken.size);
    ok(draft && (await textOf(draft.file)).includes(PLACE), 'the note is in it');
  });

  it('a picture is what its bytes are, whatever it is called', async () => {
    const writer = await open();
    const drawing = new File(['<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'], 'a.png', { type: 'image/svg+xml' });
    await choose(writer, drawing, new File([await drawFile({ type: 'image/png' })], 'b.txt', { type: 'text/plain' }));
    writer.button?.click();
    await until(() => drafts(writer).length === 2, 'both');
    same(
      drafts(writer).map(({ type, width, preview }) => [type, width, preview !== undefined]),
      [
        ['image/svg+xml', undefined, false],
        ['image/png', 640, true],
      ],
    );
  });

  for (const [what, file, said] of [
    ['too large', fileOfSize(10_000_001, 'big.zip', 'application/zip'), 'Too large: 10 MB is the most here'],
    ['empty', fileOfSize(0, 'empty.txt'), 'The file is empty'],
  ] as const)
    it(`it says that one is ${what}, and sends none of them`, async () => {
      const writer = await open();
      await choose(writer, fileOfSize(1, 'a'), file);
      equal(facts(writer)[1], said);
      equal(note(writer), 'Remove what is marked; then the rest can be sent.');
      ok(writer.button?.disabled, 'not to be sent');
      await writer.press('Enter');
      same(drafts(writer), []);
      await press(writer, `Remove ${file.name}`);
      ok(writer.button && !writer.button.disabled, 'the other can');
      equal(note(writer), 'Up to 10 MB a file');
    });

  it('one that cannot go is brought into sight', async () => {
    const writer = await open();
    const good = Array.from({ length: 6 }, (_, at) => fileOfSize(1, `${at}.txt`));
    await choose(writer, ...good, fileOfSize(10_000_001, 'big.zip', 'application/zip'));
    const [list, bad] = [strip(writer)?.querySelector('ul'), rows(writer).at(-1)];
    ok(list && bad, 'both');
    ok(bad.getBoundingClientRect().bottom <= list.getBoundingClientRect().bottom + 1, 'it is in sight');
    list.scrollTop = 0;
    await press(writer, 'Remove 0.txt');
    equal(list.scrollTop, 0, 'once');
  });

  it('it says where a service takes none', async () => {
    const writer = await open((session) => (session.files.limit = undefined));
    await choose(writer, fileOfSize(1, 'a'));
    equal(note(writer), 'This service takes no files. Ask the provider of the service.');
    same(names(writer), []);
    ok(
      writer.heard.some(({ text }) => text.startsWith('This service takes no files.')),
      'it is said',
    );
    await writer.write('then in words');
    equal(note(writer), '', 'it goes when something else is done');
  });

  for (const [lang, said] of [
    ['en', 'The older method carries no files. Send it another way, or ask for a program with the newer encryption.'],
    ['zh-CN', '旧式加密不能发送文件。请换一种方式发送，或请对方改用支持新方式的程序。'],
  ] as const)
    it(`it says that the older method carries none, and what to do then (${lang})`, async () => {
      const writer = await open((session) => session.refuse('readUploadLimit', { kind: 'legacy-no-files' }), lang);
      await choose(writer, fileOfSize(1, 'a'));
      equal(note(writer), said);
      same(names(writer), []);
    });

  it('it takes ten and says so', async () => {
    const writer = await open();
    await choose(writer, ...Array.from({ length: 12 }, (_, at) => fileOfSize(1, `${at}.txt`)));
    equal(rows(writer).length, 10);
    ok(note(writer).startsWith('10 files at a time is the most.'), note(writer));
  });

  it('it goes on where the limit cannot be known now', async () => {
    const writer = await open((session) => session.refuse('readUploadLimit', { kind: 'offline' }));
    await choose(writer, fileOfSize(20_000_000, 'a.zip'));
    same(names(writer), ['a.zip']);
    ok(writer.button && !writer.button.disabled, 'it waits for the network');
  });
});

describe('pasting and dropping', () => {
  const paste = async (writer: Writer, carried: DataTransfer): Promise<ClipboardEvent> => {
    const event = new ClipboardEvent('paste', { bubbles: true, cancelable: true, composed: true, clipboardData: carried });
    // Firefox hands out an empty clipboard to events that a page makes.
    if (event.clipboardData?.files.length !== carried.files.length) Object.defineProperty(event, 'clipboardData', { value: carried });
    writer.area.dispatchEvent(event);
    await writer.settle();
    return event;
  };

  it('a picture that is pasted is staged under a name of its own', async () => {
    const writer = await open();
    const event = await paste(writer, carrying(await drawFile({ name: 'image.png', type: 'image/png' })));
    ok(event.defaultPrevented, 'ours');
    await until(() => rows(writer).length === 1, 'the picture');
    same(names(writer), ['Pasted picture.png']);
  });

  for (const [lang, words, name] of [
    ['en', 'Send as a file', 'Text.txt'],
    ['zh-CN', '作为文件发送', '文字.txt'],
  ] as const)
    it(`a text too long for a message becomes a file, where somebody wants that: ${lang}`, async () => {
      const writer = await open(undefined, lang);
      const offer = (): HTMLButtonElement | undefined =>
        [...(writer.composer.shadowRoot?.querySelectorAll('button') ?? [])].find((one) => one.textContent?.trim() === words);
      await writer.write('字'.repeat(LONGEST_TEXT));
      equal(offer(), undefined);
      const text = `${'字'.repeat(LONGEST_TEXT)}!`;
      await writer.write(text);
      same(await accessibilityFaults(writer.composer), []);
      offer()?.focus();
      offer()?.click();
      await until(() => rows(writer).length === 1, 'the file');
      same(names(writer), [name]);
      equal(writer.area.value, '');
      equal(deepActive(), writer.area, 'the focus');
      await until(() => writer.button?.disabled === false, 'a file that is ready');
      writer.button?.click();
      await until(() => drafts(writer).length === 1, 'the file on its way');
      ok((await drafts(writer)[0]!.file.text()) === text, 'the words');
    });

  it('a text too long stays in the field where no file is taken', async () => {
    const writer = await open((session) => (session.files.limit = undefined));
    const text = 'x'.repeat(LONGEST_TEXT + 1);
    await writer.write(text);
    writer.composer.shadowRoot?.querySelector<HTMLButtonElement>('.link-button')?.click();
    await until(() => note(writer).startsWith('This service takes no files.'), 'the word for it');
    equal(writer.area.value, text);
  });

  it('words that are pasted stay words, also where a picture of them comes along', async () => {
    const writer = await open();
    const carried = carrying(await drawFile({ name: 'image.png', type: 'image/png' }));
    carried.setData('text/plain', 'a table');
    const event = await paste(writer, carried);
    ok(!event.defaultPrevented, 'the browser’s own');
    same(names(writer), []);
  });

  const drag = (writer: Writer, type: string, carried: DataTransfer): DragEvent => {
    const event = new DragEvent(type, { bubbles: true, cancelable: true, composed: true, dataTransfer: carried });
    writer.box.dispatchEvent(event);
    return event;
  };

  it('files are dropped anywhere on the panel, which says so meanwhile', async () => {
    const writer = await open();
    const carried = carrying(fileOfSize(5, 'dropped.txt'));
    ok(drag(writer, 'dragenter', carried).defaultPrevented, 'taken');
    const veil = await until(() => strip(writer)?.querySelector<HTMLElement>('.veil'), 'the veil');
    equal(veil.textContent?.trim(), 'Drop to add to 李雯');
    await writer.settle();
    const [seen, ground] = [veil.getBoundingClientRect(), writer.box.getBoundingClientRect()];
    same([seen.width, seen.height], [ground.width, ground.height], 'over all of it');
    ok(!veil.matches('a, button, [tabindex]'), 'no tab stop');
    ok(drag(writer, 'drop', carried).defaultPrevented, 'not opened in place of the page');
    await until(() => rows(writer).length === 1, 'the file');
    same(names(writer), ['dropped.txt']);
    equal(strip(writer)?.querySelector('.veil'), null, 'the veil is gone');
  });

  it('the veil goes with what was held over it', async () => {
    const writer = await open();
    const carried = carrying(fileOfSize(5));
    drag(writer, 'dragenter', carried);
    await until(() => strip(writer)?.querySelector('.veil'), 'the veil');
    drag(writer, 'dragenter', carried);
    drag(writer, 'dragleave', carried);
    await writer.settle();
    ok(strip(writer)?.querySelector('.veil'), 'still there over a child');
    drag(writer, 'dragleave', carried);
    await until(() => strip(writer)?.querySelector('.veil') === null, 'nothing over the panel');
  });

  it('words that are dragged are left to the browser', async () => {
    const writer = await open();
    const words = new DataTransfer();
    words.setData('text/plain', 'words');
    ok(!drag(writer, 'dragenter', words).defaultPrevented);
    ok(!drag(writer, 'drop', words).defaultPrevented);
  });

  it('nothing is staged where nothing can be written, and the page stays', async () => {
    const writer = await open((session) => session.change(LI, { standing: 'asks-for-contact' }));
    ok(drag(writer, 'drop', carrying(fileOfSize(5))).defaultPrevented, 'not opened in place of the page');
    await writer.settle();
    writer.session.change(LI, { standing: 'contact' });
    await writer.settle();
    same(names(writer), []);
  });
});

for (const lang of ['zh-CN', 'en'] as const)
  for (const theme of ['light', 'dark'])
    it(`staged files: axe finds nothing, and they fit into 320 px: ${lang}, ${theme}`, async () => {
      const writer = await open(undefined, lang, theme);
      writer.box.style.width = '320px';
      await choose(writer, fileOfSize(10_000_001, `${'long'.repeat(75)}.zip`), await drawFile(), fileOfSize(5, 'photo\u202egpj.exe'));
      same(await accessibilityFaults(writer.box), []);
      atMost(writer.box.scrollWidth, 320, 'width');
      const list = strip(writer)?.querySelector('ul');
      equal(list?.scrollWidth, list?.clientWidth, 'nothing to scroll sideways');
      ok(!/[\u202a-\u202e]/.test(strip(writer)?.innerHTML ?? ''), 'nothing turns the direction of writing');
    });
