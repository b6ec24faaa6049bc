// Our core in each of the three browsers, all open at once, and beside them somebody else's OMEMO, over a real engine: words and a file each way
// between all of them, with one person and in a room. WARBLER_NIGHTLY takes the other engine too, larger files, and the two alone, begun by either side.
import { deepEqual, ok } from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { Address } from '../../src/model/account.ts';
import { ENGINE_KINDS, type EngineKind } from '../../src/engine/plan.ts';
import { ensurePrograms } from '../../src/engine/programs.ts';
import { bundlePage } from '../bench/kit/bundle-page.ts';
import { startControlServer } from '../bench/kit/control-server.ts';
import { populationOf, talkInPair, talkInRoom, talkWithStranger, type Person, type Stranger } from '../kit/encryption/circle.ts';
import { OracleContact } from '../kit/encryption/oracle-contact.ts';
import { Oracle } from '../kit/encryption/oracle.ts';
import type { TalkOrder } from '../kit/encryption/speaker.ts';
import { contentOf } from '../kit/engines/looking.ts';
import { startEngine, type TestEngine } from '../kit/engines/start-engine.ts';
import { openAnyBrowser, type BrowserName } from '../kit/open-any-browser.ts';

const isNightly = process.env['WARBLER_NIGHTLY'] !== undefined;
const ENGINES: readonly EngineKind[] = isNightly ? ENGINE_KINDS : ['prosody'];
const BROWSERS: readonly BrowserName[] = ['chromium', 'firefox', 'webkit'];
const SIZE = isNightly ? 1_200_777 : 600_777;

for (const kind of ENGINES) {
  describe(`three browsers and another implementation over ${kind}`, { timeout: 170_000 }, () => {
    let engine: TestEngine;
    let oracle: Oracle;
    let strangers: [Stranger, Stranger];
    let people: [Person, Person, Person];
    const closings: (() => Promise<unknown>)[] = [];

    before(async () => {
      const ensured = await ensurePrograms(['omemo', 'browsers']);
      ok(ensured.ok, ensured.ok ? '' : ensured.said);
      engine = await startEngine({ engine: kind, ...populationOf(BROWSERS, ['olga', 'otto']) });
      oracle = new Oracle();
      const page = await bundlePage(join(import.meta.dirname, 'in-browser/talk-page.ts'));
      strangers = [await meet('olga'), await meet('otto')];
      people = (await Promise.all(BROWSERS.map((browser) => open(browser, page)))) as typeof people;
    });
    after(async () => {
      await Promise.all(closings.map((close) => close()));
      await oracle.close();
      await engine.stop();
    });

    async function meet(name: string): Promise<Stranger> {
      const address = `${name}@${engine.domain}` as Address;
      const contact = await OracleContact.signIn(oracle, engine.ws, address, name);
      closings.push(() => contact.guest.connection.stop());
      return { address, contact };
    }

    async function open(name: BrowserName, page: string): Promise<Person> {
      const server = await startControlServer();
      const address = `${name}@${engine.domain}` as Address;
      server.page('/talk', page);
      server.answer('wish', { ws: engine.ws, address, password: name });
      const browser = await openAnyBrowser(name, `${server.url}/talk`);
      closings.push(() => browser.close().then(() => server.close()));
      const speak = async <T>(order: TalkOrder): Promise<T> => {
        server.answer('order', order);
        const { said, defect } = await server.told<{ said: T; defect?: string }>('done');
        if (defect) throw new Error(`${name}: ${defect}`);
        return said;
      };
      return { name, address, speak };
    }

    it('each two browsers read each other, and have each other’s files', async () => {
      for (const [at, one] of people.entries()) await talkInPair(one, people[(at + 1) % people.length]!, SIZE);
    });

    for (const [at, browser] of BROWSERS.entries()) {
      it(`${browser} and the other implementation do, whoever begins`, { skip: !isNightly }, async () => {
        await talkWithStranger(people[at]!, strangers[0], SIZE, true);
        await talkWithStranger(people[at]!, strangers[1], SIZE, false);
      });
    }

    it('and all of them in a room', async () => {
      await talkInRoom(people, strangers[0], `team@${engine.conferenceDomain}` as Address, SIZE);
      const stored = await contentOf(engine.dir);
      deepEqual([stored.includes('urn:xmpp:omemo:2'), stored.includes('on paper'), stored.includes('.pdf')], [true, false, false]);
    });
  });
}
