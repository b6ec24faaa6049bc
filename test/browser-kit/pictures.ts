// Files as people choose them: pictures drawn in the page, with what a camera writes into one, and others of any size.

export interface Drawn {
  width?: number;
  height?: number;
  type?: 'image/jpeg' | 'image/png';
  name?: string;
}

/** Soft hills of noise, so that it does not compress to nothing. */
export async function drawFile({ width = 640, height = 480, type = 'image/jpeg', name = 'hills.jpg' }: Drawn = {}): Promise<File> {
  const canvas = Object.assign(document.createElement('canvas'), { width, height });
  const pen = canvas.getContext('2d');
  if (!pen) throw new Error('there is no canvas here');
  const sky = pen.createLinearGradient(0, 0, width, height);
  for (const [at, colour] of [
    [0, '#9fc9b0'],
    [0.6, '#e7d9b0'],
    [1, '#d19a6c'],
  ] as const)
    sky.addColorStop(at, colour);
  pen.fillStyle = sky;
  pen.fillRect(0, 0, width, height);
  for (let spot = 0; spot < 400; spot++) {
    pen.fillStyle = `hsl(${(spot * 47) % 360} 40% 60% / 0.12)`;
    pen.fillRect((spot * 7919) % width, (spot * 104_729) % height, width / 9, height / 7);
  }
  const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, type, 0.9));
  if (!blob) throw new Error(`this browser does not write ${type}`);
  return new File([blob], name, { type });
}

export const PLACE = 'GPS-48.8583N';

/** The note a camera leaves behind the first two bytes of a JPEG: which way it was held, and here in plain letters where. */
export async function withCameraNote(file: File, orientation: number = 1): Promise<File> {
  const words = new TextEncoder().encode(PLACE);
  const note = new Uint8Array(4 + 6 + 8 + 2 + 12 + 4 + words.length);
  const view = new DataView(note.buffer);
  view.setUint16(0, 0xffe1);
  view.setUint16(2, note.length - 2);
  note.set(new TextEncoder().encode('Exif\0\0MM\0*'), 4);
  view.setUint32(14, 8);
  view.setUint16(18, 1);
  view.setUint16(20, 0x0112);
  view.setUint16(22, 3);
  view.setUint32(24, 1);
  view.setUint16(28, orientation);
  note.set(words, 36);
  return new File([file.slice(0, 2), note, file.slice(2)], file.name, { type: file.type });
}

export const fileOfSize = (bytes: number, name: string = 'notes.pdf', type: string = 'application/pdf'): File =>
  new File([new Uint8Array(bytes).fill(65)], name, { type });

/** A message that was sent with a file in it. */
export async function textOf(blob: Blob): Promise<string> {
  return new TextDecoder('latin1').decode(await blob.arrayBuffer());
}
