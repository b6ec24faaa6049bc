// What lies in the files of Firefox and WebKit: nothing anybody could read, in use, locked, after another start and after signing out, and
// nothing of a key that opened it before. A minute, so with WARBLER_NIGHTLY only. (Chromium's files: test/e2e/disk.spec.ts.)
import { deepEqual, ok } from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { ensureBuild } from '../../src/engine/demo-build.ts';
import { bundlePage } from '../bench/kit/bundle-page.ts';
import { startControlServer, type ControlServer } from '../bench/kit/control-server.ts';
import { until } from '../kit/engines/looking.ts';
import { startEngine, type TestEngine } from '../kit/engines/start-engine.ts';
import { openAnyBrowser, type BrowserName } from '../kit/open-any-browser.ts';
import { rowsIn } from '../kit/profile/databases.ts';
import { needlesOf, randomPieces, searchProfile, type Needle } from '../kit/profile/search.ts';
import { ROOT } from '../structure/source-files.ts';
import type { PersonOrder } from './in-browser/person-page.ts';

const isNightly = process.env['WARBLER_NIGHTLY'] !== undefined;
const BROWSERS: readonly BrowserName[] = ['firefox', 'webkit'];
const HISTORY = Array.from({ length: 40 }, (_, at) => `Kanarienvogel-${at}-${(at * 7919 + 1013).toString(36)} 金丝雀${at}号在笼子里`);
const SAID = ['Zaunkönig-4711 sitzt am Bach', '戴菊鸟四七一一在河边'];
const DRAFT = 'Entwurf-Rohrdommel-0815';
const FILE = { name: 'Lohnliste-Eisvogel.txt', content: 'Inhalt-Blaumeise-2207 '.repeat(40) };
const PASSPHRASE = 'sieben grüne Kessel pfeifen nachts';
const PEOPLE = [
  { name: 'goldammer', password: 'Passwort-Goldammer-77' },
  { name: 'steinschmaetzer', password: 'other' },
] as const;
const CANARIES: readonly string[] = [
  ...HISTORY.flatMap((text) => text.split(' ')),
  ...SAID,
  ...[DRAFT, FILE.name, 'Inhalt-Blaumeise-2207', PASSPHRASE, PEOPLE[0].password, 'Frau Steinschmätzer', 'steinschmaetzer@', 'goldammer@'],
];
const NEEDLES = needlesOf(CANARIES);

let engine: TestEngine;
let page: string;

before(async () => {
  if (!isNightly) return;
  const built = await ensureBuild(ROOT, () => {});
  ok(built.ok, built.ok ? '' : built.said);
  const [self, other] = PEOPLE;
  engine = await startEngine({
    engine: 'prosody',
    users: [{ ...self, contacts: [{ name: other.name, displayName: 'Frau Steinschmätzer', groups: [] }] }, other],
    archive: HISTORY.map((text, at) => ({ id: `past-${at}`, from: other.name, to: self.name, sentAt: Date.now() - (HISTORY.length - at) * 60_000, text })), // oxfmt-ignore
  });
  page = await bundlePage(join(import.meta.dirname, 'in-browser/person-page.ts'));
});
after(() => (isNightly ? engine.stop() : undefined));

/** A person at one profile, through one browser after another. */
class Sitting {
  readonly #browser: BrowserName;
  readonly #server: ControlServer;
  readonly profile: string;
  /** A page that went may still wait for its next order, or tell with its last breath that it gets none. */
  #run = 0;

  private constructor(browser: BrowserName, server: ControlServer, profile: string) {
    [this.#browser, this.#server, this.profile] = [browser, server, profile];
  }

  static async at(browser: BrowserName): Promise<Sitting> {
    const server = await startControlServer();
    server.page('/person', page);
    const profile = await mkdtemp(join(tmpdir(), `warbler-${browser}-`));
    // As soon as something changes, not within a quarter of a minute.
    if (browser === 'firefox') await writeFile(join(profile, 'user.js'), 'user_pref("browser.sessionstore.interval", 300);\n');
    return new Sitting(browser, server, profile);
  }

  async run(work: () => Promise<void>): Promise<void> {
    this.#run += 1;
    const opened = await openAnyBrowser(this.#browser, `${this.#server.url}/person?run=${this.#run}`, this.profile);
    try {
      await work();
    } finally {
      await opened.close();
    }
  }

  async order<T = unknown>(given: PersonOrder): Promise<T> {
    this.#server.answer(`order${this.#run}`, given);
    const done = await this.#server.told<T & { defect?: string }>(`done${this.#run}`);
    if (done.defect) throw new Error(done.defect);
    return done;
  }

  async found(needles: readonly Needle[] = NEEDLES): Promise<readonly string[]> {
    return (await searchProfile(this.profile, needles)).found;
  }

  /** What is random in the row that holds the root, or wraps it. */
  async keyPieces(name: string): Promise<Needle[]> {
    const rows = (await rowsIn(this.profile)).filter(({ store, file }) => store === 'keys' && file.includes('127.0.0.1'));
    return rows.flatMap(({ value }) => randomPieces(value, name));
  }

  async end(): Promise<void> {
    await this.#server.close();
    await rm(this.profile, { recursive: true, force: true, maxRetries: 30, retryDelay: 100 });
  }
}

for (const browser of BROWSERS) {
  describe(`a profile of ${browser}`, () => {
    it('holds nothing readable in use, locked or signed out, and no key of before', { timeout: 150_000, skip: !isNightly }, async () => {
      const sitting = await Sitting.at(browser);
      const [self, other] = [`${PEOPLE[0].name}@${engine.domain}`, `${PEOPLE[1].name}@${engine.domain}`];
      let bare: Needle[] = [];
      let wrapped: Needle[] = [];
      try {
        await sitting.run(async () => {
          await sitting.order({ do: 'sign-in', service: engine.ws, address: self, password: PEOPLE[0].password });
          await sitting.order({ do: 'open', conversation: other });
          await sitting.order({ do: 'see', text: HISTORY.at(-1)! });
          await sitting.order({ do: 'see', text: HISTORY[0]! });
          for (const text of SAID) await sitting.order({ do: 'say', text });
          await sitting.order({ do: 'send-file', ...FILE });
          await sitting.order({ do: 'leave-draft', text: DRAFT });
          deepEqual(await sitting.found(), [], 'in use, without a lock');
          bare = await sitting.keyPieces('the bare key');
          ok(bare.length > 0 && (await sitting.found(bare)).length > 0, 'the key of an account without a lock lies there');
          await sitting.order({ do: 'set-lock', passphrase: PASSPHRASE });
          deepEqual(await sitting.found([...NEEDLES, ...bare]), [], 'unlocked, with a lock set');
          await sitting.order({ do: 'lock' });
          const words = await sitting.order<string>({ do: 'tell-words' });
          deepEqual(
            CANARIES.filter((canary) => words.includes(canary)),
            [],
            'on the page',
          );
          deepEqual(await sitting.found([...NEEDLES, ...bare]), [], 'locked');
        });
        deepEqual(await sitting.found([...NEEDLES, ...bare]), [], 'closed');
        await sitting.run(async () => {
          await sitting.order({ do: 'find-locked' });
          deepEqual(await sitting.found([...NEEDLES, ...bare]), [], 'locked, after another start');
          await sitting.order({ do: 'unlock', passphrase: PASSPHRASE });
          await sitting.order({ do: 'open', conversation: other });
          await sitting.order({ do: 'find-draft', text: DRAFT });
          await sitting.order({ do: 'see', text: SAID[0]! });
          wrapped = await sitting.keyPieces('the wrapped key');
          ok(wrapped.length > 0 && (await sitting.found(wrapped)).length > 0, 'what the passphrase opens lies there');
          await sitting.order({ do: 'sign-out' });
          deepEqual(await sitting.found([...NEEDLES, ...bare, ...wrapped]), [], 'signed out');
        });
        deepEqual(await sitting.found([...NEEDLES, ...bare, ...wrapped]), [], 'signed out and closed');
        await sitting.run(async () => {
          await sitting.order({ do: 'plant', text: DRAFT });
          // Firefox writes a page's own storage seconds later.
          await until('the search finds what does lie there', async () => (await sitting.found()).length >= 2);
        });
      } finally {
        await sitting.end();
      }
    });
  });
}
