// A picture as PNG: a few flat shapes with soft edges on a ground, without any program for it.
import { crc32, deflateSync } from 'node:zlib';

export type Colour = readonly [red: number, green: number, blue: number];

export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
  radius?: number;
}

export class Picture {
  readonly width: number;
  readonly height: number;
  readonly #pixels: Uint8Array;

  constructor(width: number, height: number, ground: Colour = [255, 255, 255]) {
    [this.width, this.height] = [width, height];
    this.#pixels = new Uint8Array(width * height * 3);
    for (let at = 0; at < this.#pixels.length; at += 3) this.#pixels.set(ground, at);
  }

  /** One colour, or one for each place. */
  paint(box: Box, colour: Colour | ((x: number, y: number) => Colour)): this {
    const [right, bottom] = [Math.min(this.width, box.x + box.width), Math.min(this.height, box.y + box.height)];
    for (let y = Math.max(0, box.y); y < bottom; y++) {
      for (let x = Math.max(0, box.x); x < right; x++)
        this.#blend(x, y, typeof colour === 'function' ? colour(x, y) : colour, share(box, x, y));
    }
    return this;
  }

  /** So many times smaller: each place the mean of those it stands for. */
  smaller(times: number): Picture {
    const small = new Picture(Math.floor(this.width / times), Math.floor(this.height / times));
    const mean = (x: number, y: number, part: number): number => {
      let sum = 0;
      for (let row = y * times; row < (y + 1) * times; row++)
        for (let column = x * times; column < (x + 1) * times; column++) sum += this.#pixels[(row * this.width + column) * 3 + part] ?? 0;
      return sum / times ** 2;
    };
    return small.paint({ x: 0, y: 0, width: small.width, height: small.height }, (x, y) => [mean(x, y, 0), mean(x, y, 1), mean(x, y, 2)]);
  }

  png(): Uint8Array<ArrayBuffer> {
    const line = this.width * 3;
    const lines = new Uint8Array(this.height * (line + 1));
    for (let y = 0; y < this.height; y++) lines.set(this.#pixels.subarray(y * line, (y + 1) * line), y * (line + 1) + 1);
    const head = new Uint8Array(13);
    new DataView(head.buffer).setUint32(0, this.width);
    new DataView(head.buffer).setUint32(4, this.height);
    head.set([8, 2, 0, 0, 0], 8);
    const parts = [chunk('IHDR', head), chunk('IDAT', deflateSync(lines, { level: 9 })), chunk('IEND', new Uint8Array())];
    return new Uint8Array(Buffer.concat([Buffer.from('\u0089PNG\r\n\u001a\n', 'latin1'), ...parts]));
  }

  #blend(x: number, y: number, colour: Colour, part: number): void {
    const at = (y * this.width + x) * 3;
    for (let nth = 0; nth < 3; nth++) {
      const before = this.#pixels[at + nth] ?? 0;
      this.#pixels[at + nth] = Math.round(before + ((colour[nth] ?? 0) - before) * part);
    }
  }
}

/** How much of this place lies inside, so that round corners are soft. */
function share({ x, y, width, height, radius = 0 }: Box, placeX: number, placeY: number): number {
  if (radius === 0) return 1;
  const across = Math.abs(placeX + 0.5 - x - width / 2) - width / 2 + radius;
  const down = Math.abs(placeY + 0.5 - y - height / 2) - height / 2 + radius;
  const away = Math.hypot(Math.max(across, 0), Math.max(down, 0)) - radius;
  return Math.min(1, Math.max(0, 0.5 - away));
}

function chunk(kind: string, data: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(kind, 'latin1'), data]);
  const framed = Buffer.alloc(body.length + 8);
  framed.writeUInt32BE(data.length, 0);
  body.copy(framed, 4);
  framed.writeUInt32BE(crc32(body), body.length + 4);
  return framed;
}
