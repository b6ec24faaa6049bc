// What a client says over a WebSocket, read from the bytes on their way: frames are masked, nothing else hides them.

const CLIENT_MASK = 4;
const TEXT = 1;
const CLOSE = 8;

export class SpokenFrames {
  readonly #said: (text: string) => void;
  readonly #closing: () => void;
  #rest: Buffer = Buffer.alloc(0);
  #isUpgraded = false;

  constructor(said: (text: string) => void, closing: () => void = () => undefined) {
    this.#said = said;
    this.#closing = closing;
  }

  read(bytes: Buffer): void {
    this.#rest = Buffer.concat([this.#rest, bytes]);
    if (!this.#isUpgraded && !this.#skipRequest()) return;
    for (let end = this.#frameEnd(); end !== undefined; end = this.#frameEnd()) {
      this.#tell(this.#rest.subarray(0, end));
      this.#rest = this.#rest.subarray(end);
    }
  }

  #skipRequest(): boolean {
    const end = this.#rest.indexOf('\r\n\r\n');
    if (end < 0) return false;
    this.#isUpgraded = true;
    this.#rest = this.#rest.subarray(end + 4);
    return true;
  }

  #frameEnd(): number | undefined {
    const short = (this.#rest[1] ?? 0) & 0x7f;
    const head = headLength(short);
    if (this.#rest.length < head) return undefined;
    const end = head + payloadLength(this.#rest, short) + CLIENT_MASK;
    return this.#rest.length < end ? undefined : end;
  }

  #tell(frame: Buffer): void {
    const head = headLength((frame[1] ?? 0) & 0x7f);
    const mask = frame.subarray(head, head + CLIENT_MASK);
    const payload = frame.subarray(head + CLIENT_MASK).map((byte, at) => byte ^ (mask[at % CLIENT_MASK] ?? 0));
    const kind = (frame[0] ?? 0) & 0x0f;
    if (kind === TEXT) this.#said(Buffer.from(payload).toString('utf8'));
    if (kind === CLOSE) this.#closing();
  }
}

const headLength = (short: number): number => (short === 127 ? 10 : short === 126 ? 4 : 2);

const payloadLength = (frame: Buffer, short: number): number =>
  short === 127 ? Number(frame.readBigUInt64BE(2)) : short === 126 ? frame.readUInt16BE(2) : short;
