// Codecs by example: stanzas as engines sent them and what they say, and what we say as XML. A file a surprise, in `test/cases/<codec>/`.
import { deepEqual, equal, ok } from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { parseFrame, writeElement, type Element } from '../../../src/xmpp/xml.ts';

/**
 * `read` names a reader, which gets the stanza, or its item where it reads items; `write` a writer, which gets `given`. Elements stand as XML
 * text in both, bytes as `bytes:` and base64.
 */
interface Case {
  title: string;
  /** Which engine sent it, where one did. */
  seen?: string;
  xml: string;
  read?: string;
  /** The reader gets an item with this id and the XML as its payload. */
  item?: string;
  /** Further arguments of the reader. */
  with?: unknown[];
  /** `null` for what belongs to another. */
  is?: unknown;
  write?: string;
  given?: unknown[];
}

const BYTES = 'bytes:';

const folder = new URL('../../cases/', import.meta.url);
const codecs = readdirSync(folder, { withFileTypes: true }).filter((one) => one.isDirectory());

for (const { name: codec } of codecs) {
  describe(`codec ${codec}`, async () => {
    const module = (await import(`../../../src/xmpp/codecs/${codec}.ts`)) as Record<string, (...given: unknown[]) => unknown>;
    for (const file of readdirSync(new URL(`${codec}/`, folder)).filter((one) => one.endsWith('.json'))) {
      for (const one of JSON.parse(readFileSync(new URL(`${codec}/${file}`, folder), 'utf8')) as Case[]) {
        it(`${one.title}${one.seen ? ` (${one.seen})` : ''}`, () => check(module, one, `${codec}/${file}`));
      }
    }
  });
}

function check(module: Record<string, (...given: unknown[]) => unknown>, one: Case, place: string): void {
  ok(one.read || one.write, `${place}: neither read nor write`);
  if (one.read) {
    const reader = module[one.read];
    ok(reader, `${place}: no reader ${one.read}`);
    const given = one.item === undefined ? parsed(one.xml) : { id: one.item, payload: parsed(one.xml) };
    deepEqual(plain(reader(given, ...(one.with ?? []))), one.is ?? null);
  }
  if (one.write) {
    const writer = module[one.write];
    ok(writer, `${place}: no writer ${one.write}`);
    equal(writeElement(elementIn(writer(...(one.given ?? []).map(unplain)))), writeElement(parsed(one.xml)));
  }
}

function parsed(xml: string): Element {
  const frame = parseFrame(xml);
  ok(frame.ok, xml);
  return frame.element;
}

/** Writers of items give the item; what is written of it is the payload. */
const elementIn = (written: unknown): Element => (isElement(written) ? written : (written as { payload: Element }).payload);

function plain(value: unknown): unknown {
  if (value === undefined) return null;
  if (isElement(value)) return writeElement(value);
  if (value instanceof Uint8Array) return `${BYTES}${Buffer.from(value).toString('base64')}`;
  if (value instanceof Map) return Object.fromEntries([...value].map(([key, one]) => [key, plain(one)]));
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value === 'object' && value !== null) return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, plain(one)]));
  return value;
}

function unplain(value: unknown): unknown {
  if (typeof value === 'string' && value.startsWith('<')) return parsed(value);
  if (typeof value === 'string' && value.startsWith(BYTES)) return Uint8Array.from(Buffer.from(value.slice(BYTES.length), 'base64'));
  if (Array.isArray(value)) return value.map(unplain);
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, unplain(one)]));
  return value ?? undefined;
}

const isElement = (value: unknown): value is Element =>
  typeof value === 'object' && value !== null && 'namespace' in value && 'children' in value;
