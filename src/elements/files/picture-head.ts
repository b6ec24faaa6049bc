// What the first bytes of a file say of a picture: its kind, its size, whether it moves. Nothing is decoded for it, so nothing can be
// unpacked that is larger than it looks. What is not one of these four is no picture here, whatever its name says.

export interface PictureHead {
  type: 'image/jpeg' | 'image/png' | 'image/webp' | 'image/gif';
  width: number;
  height: number;
  /** More than one frame: drawn anew only the first would be left. */
  moves: boolean;
}

/** Where a camera puts its own small picture first, the size comes late. */
const MOST_HEAD_BYTES = 256 * 1024;

export async function readPictureHead(file: Blob): Promise<PictureHead | undefined> {
  try {
    return pictureHead(new Uint8Array(await file.slice(0, MOST_HEAD_BYTES).arrayBuffer()));
  } catch {
    return undefined;
  }
}

export function pictureHead(bytes: Uint8Array<ArrayBuffer>): PictureHead | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  try {
    const head = readJpeg(view) ?? readPng(view) ?? readWebp(view) ?? readGif(view);
    return head && head.width > 0 && head.height > 0 ? head : undefined;
  } catch (error) {
    // It ends before its size is told.
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

const textAt = (view: DataView, at: number, length: number): string =>
  Array.from({ length }, (_, index) => String.fromCharCode(view.getUint8(at + index))).join('');

function readPng(view: DataView): PictureHead | undefined {
  if (textAt(view, 1, 3) !== 'PNG' || textAt(view, 12, 4) !== 'IHDR') return undefined;
  return { type: 'image/png', width: view.getUint32(16), height: view.getUint32(20), moves: hasPngFrames(view) };
}

/** Frames are announced before the first of the picture's own bytes. */
function hasPngFrames(view: DataView): boolean {
  for (let at = 8; at + 8 <= view.byteLength; at += 12 + view.getUint32(at)) {
    const chunk = textAt(view, at + 4, 4);
    if (chunk === 'acTL') return true;
    if (chunk === 'IDAT') return false;
  }
  return false;
}

function readGif(view: DataView): PictureHead | undefined {
  if (textAt(view, 0, 4) !== 'GIF8') return undefined;
  return { type: 'image/gif', width: view.getUint16(6, true), height: view.getUint16(8, true), moves: true };
}

function readWebp(view: DataView): PictureHead | undefined {
  if (textAt(view, 0, 4) !== 'RIFF' || textAt(view, 8, 4) !== 'WEBP') return undefined;
  const size = webpSize(view);
  return (
    size && { type: 'image/webp', width: size[0], height: size[1], moves: textAt(view, 12, 4) === 'VP8X' && (view.getUint8(20) & 2) > 0 }
  );
}

function webpSize(view: DataView): readonly [number, number] | undefined {
  const kind = textAt(view, 12, 4);
  const three = (at: number): number => view.getUint16(at, true) | (view.getUint8(at + 2) << 16);
  if (kind === 'VP8X') return [three(24) + 1, three(27) + 1];
  if (kind === 'VP8 ') return [view.getUint16(26, true) & 0x3fff, view.getUint16(28, true) & 0x3fff];
  const packed = view.getUint32(21, true);
  return kind === 'VP8L' ? [(packed & 0x3fff) + 1, ((packed >>> 14) & 0x3fff) + 1] : undefined;
}

const STARTS_OF_FRAME = new Set([0xc0, 0xc1, 0xc2, 0xc3, 0xc5, 0xc6, 0xc7, 0xc9, 0xca, 0xcb, 0xcd, 0xce, 0xcf]);
const EXIF = 0xe1;

function readJpeg(view: DataView): PictureHead | undefined {
  if (view.getUint16(0) !== 0xffd8) return undefined;
  let isTurned = false;
  for (let at = 2; ; at += 2 + view.getUint16(at + 2)) {
    if (view.getUint8(at) !== 0xff) return undefined;
    const mark = view.getUint8(at + 1);
    if (mark === EXIF) isTurned ||= isTurnedOnItsSide(view, at + 4);
    if (!STARTS_OF_FRAME.has(mark)) continue;
    const [height, width] = [view.getUint16(at + 5), view.getUint16(at + 7)];
    return { type: 'image/jpeg', ...(isTurned ? { width: height, height: width } : { width, height }), moves: false };
  }
}

/** A camera held upright says so in a note instead of turning the picture: orientations 5 to 8 swap its sides. Nonsense in it says nothing. */
function isTurnedOnItsSide(view: DataView, at: number): boolean {
  const start = at + 6;
  if (view.byteLength < start + 8 || textAt(view, at, 4) !== 'Exif') return false;
  const isLittle = textAt(view, start, 2) === 'II';
  const list = start + view.getUint32(start + 4, isLittle);
  const count = list + 2 <= view.byteLength ? view.getUint16(list, isLittle) : 0;
  for (let entry = list + 2; entry < list + 2 + count * 12 && entry + 10 <= view.byteLength; entry += 12)
    if (view.getUint16(entry, isLittle) === 0x0112) return view.getUint16(entry + 8, isLittle) >= 5;
  return false;
}
