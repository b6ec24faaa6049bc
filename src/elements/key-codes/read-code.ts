// Reading QR codes: by what the browser brings along (Chromium on phones and on a Mac). Elsewhere people paste the text.

interface Detector {
  detect(source: ImageBitmapSource): Promise<readonly { rawValue: string }[]>;
}

type DetectorClass = new (options: { formats: string[] }) => Detector;

/** Larger pictures are read at this width: a code fills a good part of what is taken of it. */
const MOST_PIXELS = 1600;
const BETWEEN_LOOKS_MS = 250;

const detectorClass = (): DetectorClass | undefined => (globalThis as { BarcodeDetector?: DetectorClass }).BarcodeDetector;

export const canReadPictures = (): boolean => detectorClass() !== undefined;
export const canScan = (): boolean => canReadPictures() && navigator.mediaDevices?.getUserMedia !== undefined;

async function readCode(source: ImageBitmapSource): Promise<string | undefined> {
  const Detector = detectorClass();
  if (!Detector) return undefined;
  const [code] = await new Detector({ formats: ['qr_code'] }).detect(source);
  return code?.rawValue;
}

/** Undefined where there is no code, or no picture. */
export async function readPicture(file: Blob): Promise<string | undefined> {
  try {
    const picture = await createImageBitmap(file, { resizeWidth: MOST_PIXELS, resizeQuality: 'medium' });
    const text = await readCode(picture);
    picture.close();
    return text;
  } catch {
    return undefined;
  }
}

export type CameraTrouble = 'refused' | 'missing';

/** One look through the camera, until a code is found or nobody looks any more. */
export class Scan {
  readonly #video: HTMLVideoElement;
  readonly #found: (text: string) => void;
  #stream: MediaStream | undefined;
  #isOver = false;

  constructor(video: HTMLVideoElement, found: (text: string) => void) {
    this.#video = video;
    this.#found = found;
  }

  async begin(): Promise<CameraTrouble | undefined> {
    try {
      this.#stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment' } });
    } catch (trouble) {
      return trouble instanceof DOMException && trouble.name === 'NotAllowedError' ? 'refused' : 'missing';
    }
    if (this.#isOver) this.stop();
    else {
      this.#video.srcObject = this.#stream;
      void this.#look();
    }
    return undefined;
  }

  stop(): void {
    this.#isOver = true;
    for (const track of this.#stream?.getTracks() ?? []) track.stop();
    this.#video.srcObject = null;
  }

  async #look(): Promise<void> {
    // A frame that cannot be read is followed by others.
    const text = this.#video.readyState >= 2 ? await readCode(this.#video).catch(() => undefined) : undefined;
    if (this.#isOver) return;
    if (text === undefined) setTimeout(() => void this.#look(), BETWEEN_LOOKS_MS);
    else this.#found(text);
  }
}
