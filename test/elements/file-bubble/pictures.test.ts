// Pictures in a thread: who may show one by itself, that nothing moves for it, and the large look.
import { sendKeys } from '@web/test-runner-commands';
import type { SharedFile } from '../../../src/model/file.ts';
import { accessibilityFaults } from '../../browser-kit/accessibility.ts';
import { equal, near, ok, same } from '../../browser-kit/expect.ts';
import { deepActive, frame, until } from '../../browser-kit/person.ts';
import { drawFile, withCameraNote } from '../../browser-kit/pictures.ts';
import { LI } from '../../browser-kit/scripted-session.ts';
import { messageAt } from '../../browser-kit/scripted-session.ts';
import { many, Reader } from '../thread/reader.ts';
import { pictureOf, placeOf, Viewer, withFile } from './viewer.ts';

afterEach(() => Reader.leave());

const drawn = (viewer: Viewer): HTMLCanvasElement | null => viewer.find<HTMLCanvasElement>('.ground > canvas');

describe('room for a picture', () => {
  it('is there before anything of it is, and the line that is read stays where it is', async () => {
    const picture = await pictureOf();
    const odd = (order: number): Partial<SharedFile> =>
      order % 3 === 0 ? { width: 480, height: 2000 } : { width: 300 + order, height: 200 };
    const messages = Array.from({ length: 40 }, (_, at) =>
      at % 2 ? messageAt(at + 1) : withFile(at + 1, { ...picture, ...odd(at + 1) }, at % 4 ? {} : { text: 'a caption' }),
    );
    const isLate = customElements.get('warbler-file-bubble') === undefined;
    ok(isLate, 'what draws files is not there yet');
    const reader = await Reader.open({ messages, prepare: (session) => session.change(LI, { standing: 'contact' }) });
    await reader.scrollBy(-900);
    const [, id = ''] = reader.inView();
    const before = reader.offset(id);
    for (const { order } of messages) if (order !== undefined) reader.session.files.keep(placeOf(order), await drawFile());
    reader.session.tell({ about: 'transfers', conversation: LI });
    for (let count = 0; count < 30; count++) {
      await frame();
      near(reader.offset(id), before, 1, `frame ${count}`);
    }
    ok(
      await until(() => reader.all('warbler-file-bubble').some((one) => one.shadowRoot?.querySelector('.ground > canvas')), 'a picture'),
      'pictures were drawn',
    );
    near(reader.offset(id), before, 1, 'at the end');
  });

  it('is there in the moment in which its bubble is, before it has drawn anything', async () => {
    const viewer = await Viewer.open(await pictureOf());
    const bubble = document.createElement('warbler-file-bubble');
    bubble.style.display = 'block';
    bubble.append(Object.assign(document.createElement('canvas'), { width: 120, height: 90, style: 'display: block' }));
    viewer.reader.box.append(bubble);
    equal(bubble.getBoundingClientRect().height, 90);
  });

  it('fits into a narrow thread as it fits into a wide one', async () => {
    const viewer = await Viewer.open(await pictureOf({ width: 1200, height: 600 }), { width: 200 });
    const { width, height } = viewer.bubble.getBoundingClientRect();
    ok(width <= 172, `${width} px`);
    near(height / width, 0.5, 0.02, 'its form');
  });
});

describe('a picture that may come by itself', () => {
  it('is a small one of a contact, once somebody sees its place', async () => {
    const viewer = await Viewer.open(await pictureOf());
    await until(() => viewer.session.asked('fetchFile').length === 1, 'the wish');
    same(viewer.session.asked('fetchFile'), [[{ ...placeOf(4), byItself: true }]]);
    ok(await until(() => drawn(viewer), 'the preview'), 'the small picture meanwhile');
    await viewer.transfer({ stage: 'failed', failure: { kind: 'no-answer' } });
    equal(viewer.session.asked('fetchFile').length, 1, 'asked once; then it waits for a person');
    await viewer.arrive(await drawFile());
    await until(() => (drawn(viewer)?.width ?? 0) > 320, 'the picture itself');
  });

  it('is an own one that another device sent', async () => {
    const viewer = await Viewer.open(await pictureOf(), {
      parts: { own: true },
      prepare: (session) => session.change(LI, { standing: 'stranger' }),
    });
    await until(() => viewer.session.asked('fetchFile').length === 1, 'the wish');
  });

  for (const [what, file, change] of [
    ['a large one', { size: 600_000 }, {}],
    ['one that does not say how large it is', { size: undefined as unknown as number }, {}],
    ['one of a stranger', {}, { standing: 'stranger' }],
    ['one of somebody who asks for contact', {}, { standing: 'asks-for-contact' }],
    ['one of a room', {}, { standing: 'member' }],
  ] as const)
    it(`is not ${what}`, async () => {
      const viewer = await Viewer.open(await pictureOf(file), { prepare: (session) => session.change(LI, change) });
      for (let count = 0; count < 10; count++) await frame();
      same(viewer.session.asked('fetchFile'), []);
      await viewer.press();
      same(viewer.session.asked('fetchFile'), [[placeOf(4)]], 'a person asks for it');
    });

  it('waits where the connection is slow', async () => {
    const viewer = await Viewer.open(await pictureOf(), {
      prepare: (session) => session.changeSituation({ connection: { stage: 'online', slow: true } }),
    });
    for (let count = 0; count < 10; count++) await frame();
    same(viewer.session.asked('fetchFile'), []);
    viewer.session.changeSituation({ connection: { stage: 'online', slow: false } });
    await until(() => viewer.session.asked('fetchFile').length === 1, 'the wish');
  });

  it('shows nothing of a stranger’s, not even what came inside the message', async () => {
    const viewer = await Viewer.open(await pictureOf(), { prepare: (session) => session.change(LI, { standing: 'stranger' }) });
    for (let count = 0; count < 10; count++) await frame();
    equal(drawn(viewer), null);
    ok(viewer.said.startsWith('Show picture hills.jpg, Not shown by itself'), viewer.said);
    viewer.session.change(LI, { standing: 'contact' });
    await until(() => drawn(viewer), 'the small picture of a contact');
  });
});

describe('what is drawn', () => {
  it('stands upright where the camera was turned', async () => {
    const upright = await withCameraNote(await drawFile({ width: 400, height: 200 }), 6);
    const viewer = await Viewer.open(await pictureOf({ width: 200, height: 400 }));
    await viewer.arrive(upright);
    const canvas = await until(() => drawn(viewer), 'the picture');
    await until(() => canvas.width === 200 && canvas.height === 400, 'its turned sides').catch(() =>
      same([canvas.width, canvas.height], [200, 400]),
    );
  });

  for (const [what, body] of [
    [
      'a drawing that can run',
      '<svg xmlns="http://www.w3.org/2000/svg" onload="globalThis.hit=1" width="9" height="9"><script>globalThis.hit=1</script></svg>',
    ],
    ['a page', '<!doctype html><script>globalThis.hit=1</script>'],
    ['noise', 'ÿØÿnothing'],
  ] as const)
    it(`is not what only calls itself a picture: ${what}`, async () => {
      const viewer = await Viewer.open(await pictureOf({ preview: undefined as never }));
      await viewer.arrive(new Blob([body], { type: 'image/svg+xml' }));
      await until(() => viewer.said.includes('It cannot be shown, only saved'), 'the word for it');
      equal(drawn(viewer), null);
      equal('hit' in globalThis, false, 'a script ran');
      equal(viewer.bubble.shadowRoot?.querySelectorAll('img, iframe, object, embed, video').length, 0);
    });

  it('is not what would be larger unpacked than a phone can hold', async () => {
    const viewer = await Viewer.open(await pictureOf({ preview: undefined as never }));
    const bomb = new Uint8Array([
      0x89, 80, 78, 71, 13, 10, 26, 10, 0, 0, 0, 13, 73, 72, 68, 82, 0, 1, 0, 0, 0, 1, 0, 0, 8, 6, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
    ]);
    await viewer.arrive(new Blob([bomb]));
    await until(() => viewer.said.includes('It cannot be shown, only saved'), 'the word for it');
  });
});

describe('the large look', () => {
  const view = (viewer: Viewer): Element | null => viewer.reader.find('warbler-picture-view');
  const dialog = (viewer: Viewer): HTMLDialogElement | null | undefined => view(viewer)?.shadowRoot?.querySelector('dialog');

  async function look(): Promise<Viewer> {
    const viewer = await Viewer.open(await pictureOf());
    await viewer.arrive(await drawFile());
    await until(() => (drawn(viewer)?.width ?? 0) > 320, 'the picture');
    viewer.find('.main')?.focus();
    await viewer.press();
    await until(() => dialog(viewer)?.querySelector('canvas'), 'the large picture');
    return viewer;
  }

  it('opens by a press, has a name, and begins at the way back', async () => {
    const viewer = await look();
    equal(dialog(viewer)?.ariaLabel, 'hills.jpg');
    equal(deepActive()?.getAttribute('aria-label'), 'Close');
  });

  it('is left by Escape, which nobody below hears, and the focus returns', async () => {
    const viewer = await look();
    let heard = 0;
    viewer.reader.box.addEventListener('keydown', () => heard++);
    await sendKeys({ press: 'Escape' });
    await until(() => view(viewer) === null, 'the thread again');
    equal(heard, 0, 'keys heard below');
    equal(deepActive(), viewer.find('.main'), 'the focus');
  });

  it('is left by its button, and by a press beside the picture', async () => {
    const viewer = await look();
    dialog(viewer)?.querySelector<HTMLButtonElement>('[aria-label="Close"]')?.click();
    await until(() => view(viewer) === null, 'the thread again');
    await viewer.press();
    await until(() => dialog(viewer)?.open, 'the large look again');
    dialog(viewer)?.querySelector<HTMLElement>('.stage')?.click();
    await until(() => view(viewer) === null, 'the thread once more');
  });

  it('goes to the pictures before and behind by arrow keys and buttons, and says where there is none', async () => {
    const [first, second] = [await drawFile(), await drawFile({ width: 300, height: 500 })];
    const earlier = withFile(2, await pictureOf({ name: 'river.jpg' }));
    const viewer = await Viewer.open(await pictureOf(), { messages: [...many(1), earlier, ...many(1, 3), withFile(4, await pictureOf())] });
    viewer.session.files.keep(placeOf(2), second);
    await viewer.arrive(first);
    await until(() => (drawn(viewer)?.width ?? 0) > 320, 'the picture');
    await viewer.press();
    const canvas = (): HTMLCanvasElement | null | undefined => dialog(viewer)?.querySelector('canvas');
    const name = (): string | undefined => dialog(viewer)?.querySelector('bdi')?.textContent?.trim();
    await until(canvas, 'the large picture');
    await sendKeys({ press: 'ArrowRight' });
    await until(() => name() === 'There is no later picture here.', 'the word for it');
    await sendKeys({ press: 'ArrowLeft' });
    await until(() => name() === 'river.jpg' && (canvas()?.height ?? 0) > (canvas()?.width ?? 0), 'the one before');
    equal(dialog(viewer)?.ariaLabel, 'river.jpg');
    const button = (words: string): HTMLButtonElement | null | undefined => dialog(viewer)?.querySelector(`[aria-label="${words}"]`);
    button('Earlier picture')?.click();
    await until(() => button('Earlier picture')?.ariaDisabled === 'true', 'the end');
    button('Later picture')?.click();
    await until(() => name() === 'hills.jpg' && (canvas()?.width ?? 0) > (canvas()?.height ?? 0), 'the one behind');
    same(await accessibilityFaults(view(viewer)!), []);
    await sendKeys({ press: 'Escape' });
    await until(() => view(viewer) === null, 'the thread again');
  });

  it('asks before it fetches what does not come by itself', async () => {
    const away = withFile(2, await pictureOf({ name: 'river.jpg', size: 900_000 }));
    const viewer = await Viewer.open(await pictureOf(), { messages: [...many(1), away, ...many(1, 3), withFile(4, await pictureOf())] });
    await viewer.arrive(await drawFile());
    await until(() => (drawn(viewer)?.width ?? 0) > 320, 'the picture');
    await viewer.press();
    await until(() => dialog(viewer)?.querySelector('canvas'), 'the large picture');
    await sendKeys({ press: 'ArrowLeft' });
    const show = await until(() => dialog(viewer)?.querySelector<HTMLButtonElement>('.soft-button'), 'the offer');
    equal(show.textContent?.trim(), 'Show picture river.jpg');
    const isOf = (order: number): boolean =>
      viewer.session.asked('fetchFile').some(([place]) => (place as { order?: number }).order === order);
    equal(isOf(2), false, 'fetched unasked');
    same(await accessibilityFaults(view(viewer)!), []);
    show.click();
    await until(() => isOf(2), 'the wish');
    viewer.session.files.keep(placeOf(2), await drawFile());
    await viewer.tell();
    await until(() => dialog(viewer)?.querySelector('canvas'), 'the picture');
  });

  it('stays while messages come in below it', async () => {
    const viewer = await look();
    viewer.session.receive(LI, ...many(60, 5));
    await viewer.settle();
    ok(dialog(viewer)?.open, 'still open');
  });
});
