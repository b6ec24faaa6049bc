// Pictures are decoded and drawn, never given to the page by an address: what runs or loads in a file stays bytes, and the strictest
// pages, which forbid addresses of the browser's own making, show them too.
import { readPictureHead, type PictureHead } from './picture-head.ts';

/** Unpacked they take four bytes each, and some phones have no memory for more. */
const MOST_PIXELS = 50_000_000;

export interface Size {
  width: number;
  height: number;
}

/** At most so long at each side, and never larger than it is. */
function fitInto({ width, height }: Size, most: Size): Size {
  const scale = Math.min(1, most.width / width, most.height / height);
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
}

/** Undefined where it is not what a browser may draw, or is too large unpacked. */
export async function drawPicture(file: Blob, most: Size, ground?: string): Promise<HTMLCanvasElement | undefined> {
  const head = await readPictureHead(file);
  const picture = head && head.width * head.height <= MOST_PIXELS ? await decode(file, head) : undefined;
  if (!picture) return undefined;
  const canvas = document.createElement('canvas');
  Object.assign(canvas, fitInto(picture, most));
  const pen = canvas.getContext('2d');
  if (pen) paint(pen, picture, ground);
  picture.close();
  return pen ? canvas : undefined;
}

function paint(pen: CanvasRenderingContext2D, picture: ImageBitmap, ground: string | undefined): void {
  const { width, height } = pen.canvas;
  if (ground) {
    pen.fillStyle = ground;
    pen.fillRect(0, 0, width, height);
  }
  pen.imageSmoothingQuality = 'high';
  pen.drawImage(picture, 0, 0, width, height);
}

/** As the kind that its bytes are, whatever its name says. In one piece: Firefox decodes nothing that was put together out of several. */
async function decode(file: Blob, { type }: PictureHead): Promise<ImageBitmap | undefined> {
  try {
    return await createImageBitmap(new Blob([await file.arrayBuffer()], { type }));
  } catch {
    return undefined;
  }
}
