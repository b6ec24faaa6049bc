// The small picture that travels inside a message, and the large one without what a camera wrote into it: both drawn anew in the page.
import { LARGEST_PREVIEW, type Picture } from '../../model/file.ts';
import { drawPicture, type Size } from './draw-picture.ts';

/** Side and quality, from what looks best to what surely fits. */
const TRIES: readonly (readonly [side: number, quality: number])[] = [
  [240, 0.7],
  [200, 0.6],
  [160, 0.5],
  [96, 0.5],
  [48, 0.4],
];
const WHOLE: Size = { width: Infinity, height: Infinity };
const QUALITY = 0.9;

export async function makePreview(file: Blob): Promise<Picture | undefined> {
  for (const [side, quality] of TRIES) {
    // A JPEG knows no holes: they are white, as paper is.
    const small = await drawPicture(file, { width: side, height: side }, '#fff');
    const blob = small && (await written(small, 'image/jpeg', quality));
    if (!blob) return undefined;
    if (blob.size <= LARGEST_PREVIEW) return { type: 'image/jpeg', bytes: new Uint8Array(await blob.arrayBuffer()) };
  }
  return undefined;
}

/** The same picture without place, time and camera. Undefined where this browser cannot draw it truly, or cannot write its kind. */
export async function redrawPicture(file: Blob, type: string): Promise<Blob | undefined> {
  if (!drawsTruly()) return undefined;
  const canvas = await drawPicture(file, WHOLE);
  const blob = canvas && (await written(canvas, type, QUALITY));
  // A browser that cannot write WebP writes something else and says so.
  return blob?.type === type ? blob : undefined;
}

const written = (canvas: HTMLCanvasElement, type: string, quality: number): Promise<Blob | undefined> =>
  new Promise((done) => canvas.toBlob((blob) => done(blob ?? undefined), type, quality));

/** Against being recognised, some browsers hand out noise in place of what was drawn. */
function drawsTruly(): boolean {
  const pen = Object.assign(document.createElement('canvas'), { width: 2, height: 2 }).getContext('2d');
  if (!pen) return false;
  pen.fillStyle = '#123456';
  pen.fillRect(0, 0, 2, 2);
  const { data } = pen.getImageData(0, 0, 2, 2);
  return data.every((part, at) => part === [0x12, 0x34, 0x56, 0xff][at % 4]);
}
