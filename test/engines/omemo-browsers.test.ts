// Our core in each browser beside somebody else's OMEMO, over a real engine: text both ways, begun by either side.
import { deepEqual, equal, ok } from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { Address } from '../../src/model/account.ts';
import { ensurePrograms } from '../../src/engine/programs.ts';
import { bundlePage } from '../bench/kit/bundle-page.ts';
import { startControlServer, type ControlServer } from '../bench/kit/control-server.ts';
import { Oracle } from '../kit/encryption/oracle.ts';
import { OracleContact } from '../kit/encryption/oracle-contact.ts';
import { startEngine, type TestEngine } from '../kit/engines/start-engine.ts';
import { openAnyBrowser, type BrowserName } from '../kit/open-any-browser.ts';
import type { Shown, TalkOrder } from './in-browser/talk-page.ts';

const BROWSERS: readonly BrowserName[] = ['chromium', 'firefox', 'webkit'];
const OTHERS = ['olga', 'otto'];

let oracle: Oracle;
let engine: TestEngine;
let page: string;
const address = (name: string): Address => `${name}@${engine.domain}` as Address;

before(async () => {
  const ensured = await ensurePrograms(['omemo']);
  ok(ensured.ok, ensured.ok ? '' : ensured.said);
  oracle = new Oracle();
  const names = BROWSERS.flatMap((browser) => [browser, ...OTHERS.map((other) => `${other}-${browser}`)]);
  const contactsOf = (name: string): readonly string[] => names.filter((other) => other !== name && (other.endsWith(`-${name}`) || name.endsWith(`-${other}`))); // oxfmt-ignore
  engine = await startEngine({
    engine: 'prosody',
    users: names.map((name) => ({
      name,
      password: name,
      contacts: contactsOf(name).map((other) => ({ name: other, displayName: other, groups: [] })),
    })),
  });
  page = await bundlePage(join(import.meta.dirname, 'in-browser/talk-page.ts'));
});
after(async () => {
  await oracle.close();
  await engine.stop();
});

/** What the page answers to one order. */
async function order<T>(server: ControlServer, given: TalkOrder): Promise<T> {
  server.answer('order', given);
  const done = await server.told<T & { defect?: string }>('done');
  if (done.defect) throw new Error(done.defect);
  return done;
}

for (const browser of BROWSERS) {
  describe(`our core in ${browser} and another implementation`, () => {
    it('read each other, whoever begins', { timeout: 120_000 }, async () => {
      const server = await startControlServer();
      server.page('/talk', page);
      const [self, olga, otto] = [address(browser), address(`olga-${browser}`), address(`otto-${browser}`)];
      server.answer('wish', { ws: engine.ws, address: self, password: browser });
      const [begun, begins] = [
        await OracleContact.signIn(oracle, engine.ws, olga, `olga-${browser}`),
        await OracleContact.signIn(oracle, engine.ws, otto, `otto-${browser}`),
      ];
      const opened = await openAnyBrowser(browser, `${server.url}/talk`);
      try {
        const [device = 0] = await order<number[]>(server, { do: 'keys', of: self });

        await order(server, { do: 'say', to: olga, id: 'm1', text: '我们先写 ✍🏽' });
        await begun.until('我们先写 ✍🏽');
        await begun.say('and we answer', self, device);
        await order(server, { do: 'read', of: olga, count: 2 });
        await order(server, { do: 'say', to: olga, id: 'm2', text: 'once more' });
        await begun.until('once more');
        deepEqual(await order<Shown[]>(server, { do: 'read', of: olga, count: 3 }), [
          { text: '我们先写 ✍🏽', own: true, how: 'omemo-2' },
          { text: 'and we answer', own: false, how: 'omemo-2' },
          { text: 'once more', own: true, how: 'omemo-2' },
        ]);

        await begins.begin(self, device);
        for (const text of ['they write first', 'and again']) await begins.say(text, self, device);
        await order(server, { do: 'read', of: otto, count: 2 });
        await order(server, { do: 'say', to: otto, id: 'm3', text: 'heard' });
        await begins.until('heard');
        deepEqual((await order<Shown[]>(server, { do: 'read', of: otto, count: 3 })).map(({ how }) => how), ['omemo-2', 'omemo-2', 'omemo-2']); // oxfmt-ignore
        equal([...begun.heard, ...begins.heard].includes('refused'), false);
      } finally {
        await opened.close();
        for (const { guest } of [begun, begins]) await guest.connection.stop();
        await server.close();
      }
    });
  });
}
