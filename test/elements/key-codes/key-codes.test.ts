// Comparing by QR code: one's own is drawn so that it can be read; the other's comes by camera, picture or text.
import { accessibilityFaults } from '../../browser-kit/accessibility.ts';
import { equal, ok, same } from '../../browser-kit/expect.ts';
import { addKeys, OWN_PICTURE, THEIR_PICTURE } from '../../browser-kit/keys.ts';
import { addPeople } from '../../browser-kit/people.ts';
import { until } from '../../browser-kit/person.ts';
import { LI, ME } from '../../browser-kit/scripted-session.ts';
import { Widget, type WidgetWishes } from '../../browser-kit/widget.ts';
import { readCode } from '../../kit/read-qr.ts';

interface Camera {
  /** What is in front of it; without it the browser refuses. */
  sees?: string;
  trouble?: string;
}

const undo: (() => void)[] = [];

afterEach(() => {
  for (const back of undo.splice(0)) back();
  Widget.leave();
});

function replace(target: object, name: string, value: unknown): void {
  const before = Object.getOwnPropertyDescriptor(target, name);
  Object.defineProperty(target, name, { configurable: true, writable: true, value });
  undo.push(() => (before ? Object.defineProperty(target, name, before) : Reflect.deleteProperty(target, name)));
}

/** A browser that reads codes: whatever picture it is given says this. */
function readPictures(says: string | undefined): void {
  replace(
    globalThis,
    'BarcodeDetector',
    class {
      detect(): Promise<{ rawValue: string }[]> {
        return Promise.resolve(says === undefined ? [] : [{ rawValue: says }]);
      }
    },
  );
}

function giveCamera({ sees, trouble }: Camera): { stopped: number } {
  const counts = { stopped: 0 };
  readPictures(sees);
  const canvas = document.createElement('canvas');
  canvas.getContext('2d');
  const getUserMedia = (): Promise<MediaStream> => {
    if (trouble !== undefined) return Promise.reject(new DOMException('', trouble));
    const stream = new MediaStream();
    stream.getTracks = () => [{ stop: () => counts.stopped++ } as unknown as MediaStreamTrack];
    return Promise.resolve(stream);
  };
  replace(navigator, 'mediaDevices', { getUserMedia });
  // A picture of its own to look at, whether or not this machine can play one.
  replace(HTMLVideoElement.prototype, 'readyState', 4);
  return counts;
}

async function openCodes(wishes: WidgetWishes = {}): Promise<Widget> {
  const widget = await Widget.open({
    ...wishes,
    prepare(session) {
      addPeople(session);
      addKeys(session);
    },
  });
  widget.chat.openConversation(LI);
  (await until(() => widget.find('.readability'), 'the badge')).click();
  const name = wishes.lang === 'zh-CN' ? '扫码核对' : 'Compare by QR code';
  await until(() => widget.has(name), 'the button');
  widget.named(name).focus();
  await widget.press(name);
  await until(() => widget.find('.code'), 'the code');
  await widget.settle();
  return widget;
}

/** The dark modules of what is drawn, without the quiet zone. */
function drawn(widget: Widget): boolean[][] {
  const picture = widget.find('.code') as unknown as SVGSVGElement;
  const whole = picture.viewBox.baseVal.width;
  const grid = Array.from({ length: whole }, () => Array.from({ length: whole }, () => false));
  const path = picture.querySelectorAll('path')[1]?.getAttribute('d') ?? '';
  for (const [, x, y, length] of path.matchAll(/M(\d+) (\d+)h(\d+)v1h-\d+z/g))
    for (let at = 0; at < Number(length); at++) grid[Number(y)]![Number(x) + at] = true;
  ok(
    grid.slice(0, 4).every((row) => !row.includes(true)),
    'a quiet zone',
  );
  return grid.slice(4, -4).map((row) => row.slice(4, -4));
}

async function paste(widget: Widget, text: string): Promise<void> {
  await widget.write('Or paste the text they copied', text);
  await widget.press('Compare');
}

describe('comparing by QR code', () => {
  it('draws the own keys as a code with a name, and offers them as text', async () => {
    const copied: string[] = [];
    replace(navigator, 'clipboard', { writeText: (text: string) => Promise.resolve(void copied.push(text)) });
    const widget = await openCodes();
    equal(readCode(drawn(widget)), OWN_PICTURE);
    equal(widget.find('.code')?.getAttribute('aria-label'), 'My QR code');
    await widget.press('Copy as text');
    same(copied, [OWN_PICTURE]);
    await widget.hear('Copied');
  });

  it('compares pasted text: the same, another, and what is no key', async () => {
    const widget = await openCodes();
    await paste(widget, 'see you tomorrow');
    await widget.hear('This is not a code or text of keys.');
    await paste(widget, 'xmpp:li@warbler.example?omemo-sid-101=00');
    await widget.hear('Different: the keys known here for 李雯');
    equal(widget.session.keys.device(LI, 101).trust, 'first-use');
    await paste(widget, ` ${THEIR_PICTURE} `);
    await widget.hear('The same: the devices of 李雯 are compared now.');
    same(widget.session.asked('compareKeys').at(-1), [LI, THEIR_PICTURE]);
    equal(widget.session.keys.device(LI, 101).trust, 'verified');
  });

  it('says why nothing could be compared', async () => {
    const widget = await openCodes();
    widget.session.refuse('compareKeys', { kind: 'no-answer' });
    await paste(widget, THEIR_PICTURE);
    await widget.hear('There was no answer in time.');
  });

  it('an empty field asks nothing, and a browser that reads no pictures offers none', async () => {
    replace(globalThis, 'BarcodeDetector', undefined);
    const widget = await openCodes();
    await widget.press('Compare');
    same(widget.session.asked('compareKeys'), []);
    equal(widget.has('Scan with the camera') || widget.has('Choose a picture'), false);
  });

  it('reads a picture that is chosen, or says that there is no code in it', async () => {
    readPictures(THEIR_PICTURE);
    replace(globalThis, 'createImageBitmap', () => Promise.resolve({ close() {} }));
    const widget = await openCodes();
    const picker = widget.all('input[accept="image/*"]')[0] as HTMLInputElement;
    const choose = (): void => {
      const chosen = new DataTransfer();
      chosen.items.add(new File(['x'], 'code.png', { type: 'image/png' }));
      picker.files = chosen.files;
      picker.dispatchEvent(new Event('change'));
    };
    choose();
    await widget.hear('The same: the devices of 李雯 are compared now.');
    readPictures(undefined);
    choose();
    await widget.hear('No code was found in this picture.');
  });

  it('looks through the camera until it finds a code, then lets go of it', async () => {
    const counts = giveCamera({ sees: THEIR_PICTURE });
    const widget = await openCodes();
    await widget.press('Scan with the camera');
    await widget.hear('The same: the devices of 李雯 are compared now.');
    equal(counts.stopped, 1);
    equal(widget.find('video'), undefined);
  });

  it('lets go of the camera with the sheet', async () => {
    const counts = giveCamera({});
    const widget = await openCodes();
    await widget.press('Scan with the camera');
    await widget.hear('Looking for a code');
    await widget.key('Escape');
    equal(counts.stopped, 1);
  });

  for (const [trouble, said] of [
    ['NotAllowedError', 'The browser does not allow the camera.'],
    ['NotFoundError', 'No camera was found.'],
  ] as const)
    it(`names what is wrong with the camera: ${trouble}`, async () => {
      giveCamera({ trouble });
      const widget = await openCodes();
      await widget.press('Scan with the camera');
      await widget.hear(said);
      equal(widget.find('video'), undefined);
    });

  it('goes back by button or Escape to where it was asked for', async () => {
    const widget = await openCodes();
    await widget.press('Back');
    equal(widget.focusedName, 'Compare by QR code');
    await widget.press('Compare by QR code');
    await widget.key('Escape');
    equal(widget.focusedName, 'Compare by QR code');
  });

  it('compares one’s own devices with each other', async () => {
    const widget = await Widget.open({
      prepare(session) {
        addPeople(session);
        addKeys(session);
      },
    });
    await widget.press('Account and settings');
    await widget.press('My devices');
    await until(() => widget.has('Compare by QR code'), 'the button');
    await widget.press('Compare by QR code');
    await until(() => widget.find('.code'), 'the code');
    await paste(widget, OWN_PICTURE);
    await widget.hear('The same: that device is compared now, and is told, encrypted, whose keys you compared or refused.');
    same(widget.session.asked('compareKeys'), [[ME, OWN_PICTURE]]);
  });

  for (const [lang, theme] of [
    ['en', 'dark'],
    ['zh-CN', 'light'],
  ] as const)
    it(`axe finds nothing, and it fits into 320 px: ${lang}, ${theme}`, async () => {
      readPictures(undefined);
      const widget = await openCodes({ lang, theme, width: 320, height: 568 });
      same(await accessibilityFaults(widget.chat), []);
      const sheet = widget.find('.sheet');
      ok(sheet && sheet.scrollWidth <= sheet.clientWidth, 'nothing stands out');
    });
});
