// Somebody else's implementation as a party: a Python process of its own, spoken to a line at a time.
import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { readPublished, type Bundle } from '../../../src/core/encryption/exchange/bundle.ts';
import { legacyKeysOf, readLegacyKeys } from '../../../src/core/encryption/legacy/legacy-bundle.ts';
import type { SealedPayload } from '../../../src/core/encryption/payload.ts';
import type { Sealed } from '../../../src/core/encryption/session.ts';
import type { DialectName } from '../../../src/core/encryption/wire/dialect.ts';
import { parseFrame, writeElement } from '../../../src/xmpp/xml.ts';
import type { Item } from '../../../src/xmpp/codecs/pubsub.ts';
import { readBundle, writeBundle } from '../../../src/xmpp/codecs/omemo-bundle.ts';
import { readLegacyBundle, writeLegacyBundle } from '../../../src/xmpp/codecs/legacy-omemo.ts';
import type { Heard, Party } from './party.ts';
import { fromHex, hex } from './primitives.ts';

type Bytes = Uint8Array<ArrayBuffer>;
type Said = { value: unknown } | { why: 'repeat' | 'refused'; text: string };

/** Debian's own Python, which its packages belong to. */
const PYTHON = '/usr/bin/python3';

export class Oracle {
  readonly #process: ChildProcessWithoutNullStreams;
  readonly #waiting: ((said: Said) => void)[] = [];

  constructor() {
    this.#process = spawn(PYTHON, [fileURLToPath(new URL('oracle.py', import.meta.url))]);
    this.#process.stderr.pipe(process.stderr);
    createInterface({ input: this.#process.stdout }).on('line', (line) => this.#waiting.shift()?.(JSON.parse(line) as Said));
  }

  async ask(request: Record<string, unknown>): Promise<Said> {
    const answered = new Promise<Said>((resolve) => this.#waiting.push(resolve));
    this.#process.stdin.write(`${JSON.stringify(request)}\n`);
    return answered;
  }

  async value<T>(request: Record<string, unknown>): Promise<T> {
    const said = await this.ask(request);
    if ('why' in said) throw new Error(said.text);
    return said.value as T;
  }

  async close(): Promise<void> {
    this.#process.stdin.end();
    await once(this.#process, 'exit');
  }
}

/** How a dialect's bundles lie in an item. */
const FORMS: Readonly<Record<DialectName, { read(item: Item): Bundle | undefined; write(bundle: Bundle): Item }>> = {
  'omemo-2': { read: (item) => readIf(readBundle(item), readPublished), write: (bundle) => writeBundle({ ...bundle, device: 2 }) },
  legacy: { read: (item) => readIf(readLegacyBundle(item), readLegacyKeys), write: (bundle) => writeLegacyBundle(legacyKeysOf(bundle)) },
};

const readIf = <T, R>(value: T | undefined, read: (value: T) => R): R | undefined => (value === undefined ? undefined : read(value));

/** One device and whom it writes to: with each it knows one session at a time, the last that was begun. */
export class OracleParty implements Party {
  readonly tellsRepeats = false;
  readonly #oracle: Oracle;
  readonly #device: number;
  readonly #dialect: DialectName;
  readonly #peer: string;
  #canWrite = false;

  private constructor(oracle: Oracle, device: number, dialect: DialectName, peer = '') {
    this.#oracle = oracle;
    this.#device = device;
    this.#dialect = dialect;
    this.#peer = peer;
  }

  static async make(oracle: Oracle, dialect: DialectName): Promise<OracleParty> {
    return new OracleParty(oracle, await oracle.value<number>({ do: 'make', dialect }), dialect);
  }

  /** The same device, towards somebody else. */
  toward(peer: string): OracleParty {
    return new OracleParty(this.#oracle, this.#device, this.#dialect, peer);
  }

  /** The same device, met for the first time again. */
  async forget(): Promise<void> {
    this.#canWrite = false;
    await this.#ask('forget', {});
  }

  async bundle(): Promise<Bundle> {
    const xml = await this.#ask<string>('bundle', {});
    const frame = parseFrame(xml);
    const bundle = frame.ok ? FORMS[this.#dialect].read({ id: '1', payload: frame.element }) : undefined;
    if (!bundle) throw new Error(`that is no bundle: ${xml}`);
    return bundle;
  }

  async begin(bundle: Bundle): Promise<void> {
    const { payload } = FORMS[this.#dialect].write(bundle);
    await this.#ask('begin', { peer: this.#peer, bundle: payload && writeElement(payload) });
    this.#canWrite = true;
  }

  canWrite(): boolean {
    return this.#canWrite;
  }

  async seal(plaintext: Bytes): Promise<Sealed> {
    const wish = { peer: this.#peer, plaintext: hex(plaintext) };
    const { bytes, withExchange } = await this.#ask<{ bytes: string; withExchange: boolean }>('seal', wish);
    return { bytes: fromHex(bytes), withExchange };
  }

  async open({ bytes, withExchange }: Sealed): Promise<Heard> {
    const said = await this.#oracle.ask({ do: 'open', device: this.#device, peer: this.#peer, bytes: hex(bytes), withExchange });
    if ('why' in said) return said.why;
    this.#canWrite = true;
    return { plaintext: fromHex(said.value as string) };
  }

  async sealPayload(plaintext: Bytes): Promise<SealedPayload & { iv: Bytes }> {
    const sealed = await this.#ask<Record<'payload' | 'keyAndTag' | 'iv', string>>('seal-payload', { plaintext: hex(plaintext) });
    return { payload: fromHex(sealed.payload), keyAndTag: fromHex(sealed.keyAndTag), iv: fromHex(sealed.iv) };
  }

  async openPayload({ payload, keyAndTag, iv = new Uint8Array() }: SealedPayload & { iv?: Bytes }): Promise<Bytes> {
    return fromHex(await this.#ask('open-payload', { payload: hex(payload), keyAndTag: hex(keyAndTag), iv: hex(iv) }));
  }

  #ask<T>(what: string, more: Record<string, unknown>): Promise<T> {
    return this.#oracle.value<T>({ do: what, device: this.#device, ...more });
  }
}
