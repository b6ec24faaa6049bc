// A file in a message: how far it is, in words, shape and colour, and what a press does.
import { sendKeys } from '@web/test-runner-commands';
import { FetchFileRequestEvent } from '../../../src/elements/events/file-requests.ts';
import { ensureElement } from '../../../src/elements/registry.ts';
import type { Message, MessageId } from '../../../src/model/message.ts';
import { equal, ok, same } from '../../browser-kit/expect.ts';
import { drawFile, fileOfSize, textOf } from '../../browser-kit/pictures.ts';
import { catchSaved } from '../../browser-kit/saved-files.ts';
import { until } from '../../browser-kit/person.ts';
import { LI } from '../../browser-kit/scripted-session.ts';
import { many, Reader } from '../thread/reader.ts';
import { PDF, pictureOf, placeOf, Viewer, withFile } from './viewer.ts';

afterEach(() => Reader.leave());

const sealed: Partial<Message> = { protection: { how: 'omemo-2', trust: 'verified' } };

describe('a file in a message', () => {
  it('says what it is and what a press does, and is fetched by nobody before', async () => {
    const viewer = await Viewer.open(PDF, { parts: sealed });
    equal(viewer.said, 'Save terms.pdf, terms.pdf184 kB · Encrypted');
    same(viewer.session.asked('fetchFile'), []);
  });

  for (const [stage, said, icon] of [
    ['waiting', 'Waiting to be fetched', '.stop'],
    ['running', 'Fetching 46 kB of 184 kB', '.stop'],
    ['failed', 'Not fetched: There was no answer in time.', '.failed .tile svg'],
    ['here', '184 kB · On device', '.here .tile svg'],
  ] as const)
    it(`tells in words and shape that it is ${stage}`, async () => {
      const viewer = await Viewer.open(PDF);
      await viewer.transfer({ stage, done: 46_000, ...(stage === 'failed' && { failure: { kind: 'no-answer' } }) });
      ok(viewer.said.endsWith(said), viewer.said);
      ok(viewer.find(icon), `a sign for ${stage}`);
    });

  it('tells how far it is to those who listen', async () => {
    const viewer = await Viewer.open(PDF);
    await viewer.transfer({ stage: 'running', done: 46_000 });
    const bar = viewer.find('[role="progressbar"]');
    same([bar?.ariaLabel, bar?.ariaValueNow, bar?.ariaValueText], ['terms.pdf', '25', 'Fetching 46 kB of 184 kB']);
  });

  it('is fetched by a press and handed over when it is here, as bytes of no kind', async () => {
    const viewer = await Viewer.open({ ...PDF, name: 'page.html', type: 'text/html' });
    const { saved, restore } = catchSaved();
    await viewer.press();
    same(viewer.session.asked('fetchFile'), [[placeOf(4)]]);
    await viewer.transfer({ stage: 'running' });
    equal(viewer.canPress, false, 'a press while it comes');
    await viewer.arrive(new File(['<script>globalThis.hit = 1</script>'], 'page.html', { type: 'text/html' }));
    await until(() => saved.length === 1, 'the saved file');
    restore();
    same([saved[0]?.name, saved[0]?.body.type], ['page.html', 'application/octet-stream']);
    equal(saved[0] && (await textOf(saved[0].body)), '<script>globalThis.hit = 1</script>');
    equal('hit' in globalThis, false, 'a script ran');
    ok(
      viewer.reader.heard.some(({ text }) => text.startsWith('page.html was handed')),
      'it is said',
    );
  });

  it('is fetched by Enter on it, which opens no menu of its message', async () => {
    await ensureElement('warbler-message-menu');
    const viewer = await Viewer.open(PDF);
    viewer.find('.main')?.focus();
    await sendKeys({ press: 'Enter' });
    await viewer.settle();
    same(viewer.session.asked('fetchFile'), [[placeOf(4)]]);
    equal(viewer.reader.find('warbler-message-menu')?.shadowRoot?.querySelector('[role="menu"]') ?? null, null);
  });

  it('does not hand over what nobody asked to keep', async () => {
    const viewer = await Viewer.open(PDF);
    const { saved, restore } = catchSaved();
    await viewer.arrive();
    restore();
    equal(saved.length, 0);
  });

  it('is stopped by a button of its own', async () => {
    const viewer = await Viewer.open(PDF);
    await viewer.transfer({ stage: 'running', done: 1000 });
    await viewer.press('.stop');
    same(viewer.session.asked('cancelTransfer'), [[placeOf(4)]]);
    ok(viewer.reader.heard.some(({ text }) => text === 'terms.pdf was stopped'));
  });

  it('is fetched again after it failed', async () => {
    const viewer = await Viewer.open(PDF);
    await viewer.transfer({ stage: 'failed', failure: { kind: 'no-answer' } });
    await viewer.press();
    same(viewer.session.asked('fetchFile'), [[placeOf(4)]]);
  });

  it('says at once why it cannot be fetched', async () => {
    const viewer = await Viewer.open(PDF);
    viewer.session.refuse('fetchFile', { kind: 'offline' });
    await viewer.press();
    ok(viewer.reader.heard.some(({ text, urgency }) => urgency === 'assertive' && text.startsWith('You are offline.')));
  });

  it('leaves the fetching to a page that takes it over', async () => {
    const viewer = await Viewer.open(PDF);
    viewer.reader.box.addEventListener(FetchFileRequestEvent.type, (event) => event.preventDefault());
    await viewer.press();
    same(viewer.session.asked('fetchFile'), []);
  });

  it('offers nothing for what cannot be fetched', async () => {
    const viewer = await Viewer.open({ ...PDF, available: false });
    equal(viewer.canPress, false);
    ok(viewer.said.endsWith('It cannot be fetched here'), viewer.said);
    await viewer.press();
    same(viewer.session.asked('fetchFile'), []);
  });

  it('is on its way up as far as its transfer is, and cannot be edited when it was not sent', async () => {
    const id = 'up' as MessageId;
    const reader = await Reader.open({ messages: many(2) });
    await reader.session.sendFile(LI, { id, text: '', file: fileOfSize(4_000_000), name: 'notes.pdf', type: 'application/pdf' });
    const bubble = await until(() => reader.find(`[data-id="${id}"] warbler-file-bubble`)?.shadowRoot, 'the file');
    await until(() => bubble.querySelector('.stop'), 'the button that stops it');
    ok(bubble.textContent?.includes('Waiting to be sent'), 'it waits');
    reader.session.files.set(LI, { message: id, direction: 'up', stage: 'running', done: 1_000_000, total: 4_000_000 });
    reader.session.tell({ about: 'transfers', conversation: LI });
    await reader.settle();
    ok(bubble.textContent?.includes('Sending 1 MB of 4 MB'), bubble.textContent ?? '');
    reader.session.failMessage(LI, id, { kind: 'no-answer' });
    await reader.settle();
    ok(bubble.textContent?.includes('Not sent'), 'it was not sent');
    same(
      [...reader.bubble(id).querySelectorAll('.failure button')].map((one) => one.textContent?.trim()),
      ['Try again', 'Delete'],
    );
  });

  it('asks the session once for all files of a thread, and lets go with it', async () => {
    const file = await pictureOf({ size: 5_000_000 });
    const reader = await Reader.open({ messages: Array.from({ length: 12 }, (_, at) => withFile(at + 1, at % 2 ? PDF : file)) });
    await until(() => reader.all('warbler-file-bubble').every((one) => one.shadowRoot?.querySelector('.main')), 'the files');
    equal(reader.session.asked('readTransfers').length, 1);
    reader.session.tell({ about: 'transfers', conversation: LI });
    await reader.settle();
    equal(reader.session.asked('readTransfers').length, 2);
    reader.thread.remove();
    await reader.settle();
    equal(reader.session.listenerCount, 0, 'listeners');
  });

  it('takes part in the tab order only in the message that has the focus', async () => {
    const viewer = await Viewer.open(PDF);
    equal(viewer.find('.main')?.tabIndex, -1);
    viewer.reader.thread.focus();
    await viewer.settle();
    equal(viewer.find('.main')?.tabIndex, 0);
  });

  it('offers the same in the menu of its message', async () => {
    const file = await pictureOf({ size: 5_000_000 });
    const viewer = await Viewer.open(file, { parts: { text: 'a caption' } });
    const names = (): string[] => viewer.bubble.actions.map(({ name }) => name);
    same(names(), ['Show picture', 'Save']);
    await viewer.transfer({ stage: 'running', total: 5_000_000 });
    same(names(), ['Stop']);
    await viewer.arrive(await drawFile());
    same(names(), ['Look at it in full', 'Save']);
    await viewer.transfer({ stage: 'failed', failure: { kind: 'file-gone' } });
    same(names(), ['Show picture', 'Save']);
  });
});
