// R8 of the reliability table on the product's own core: tabs that elect who runs it lose their leader again and again, in the middle of what all of
// them write to somebody over a real engine. In clear, encrypted, and encrypted in a room: each word once, on every screen, from one device, and
// no key of a ratchet used twice. WARBLER_ELECTIONS sets the size, and with it every browser, engine and place: 50 before a release.
import { deepEqual, equal } from 'node:assert/strict';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { describe, it } from 'node:test';
import { ENGINE_KINDS, type EngineKind } from '../../src/engine/plan.ts';
import type { Address } from '../../src/model/account.ts';
import type { ConversationId } from '../../src/model/conversation.ts';
import { bundlePage } from '../bench/kit/bundle-page.ts';
import { startControlServer, type ControlServer } from '../bench/kit/control-server.ts';
import { openDemo, personOf } from '../kit/demo-site.ts';
import { until } from '../kit/engines/looking.ts';
import { PLACES, type Place } from '../kit/engines/talk-places.ts';
import { HistoryChecker, type Screen } from '../kit/history-checker.ts';
import { HERE, Meeting, THERE } from '../kit/meeting.ts';
import { openAnyBrowser, type BrowserName } from '../kit/open-any-browser.ts';
import { screenOf } from '../kit/peer.ts';
import type { ElectionsHeld, ElectionsOrder, Screens } from './in-browser/elections-page.ts';

const isLarge = process.env['WARBLER_ELECTIONS'] !== undefined || process.env['WARBLER_NIGHTLY'] !== undefined;
const ELECTIONS = Number(process.env['WARBLER_ELECTIONS'] ?? (isLarge ? 50 : 7));
const SEED = Number(process.env['WARBLER_SEED'] ?? 20261121);
const TABS = 5;
const SETTLE_MS = 60_000;
const BROWSERS: readonly BrowserName[] = isLarge ? ['chromium', 'firefox', 'webkit'] : ['chromium'];
const ENGINES: readonly EngineKind[] = isLarge ? ENGINE_KINDS : ['prosody'];
const WHERE: readonly Place[] = isLarge ? PLACES : ['encrypted'];

describe('elections over a real engine', { timeout: 120_000 + ELECTIONS * 5_000 }, () => {
  for (const engine of ENGINES)
    for (const browser of BROWSERS)
      for (const place of WHERE)
        it(`R8: ${ELECTIONS} elections of ${TABS} tabs that write (${engine}, ${browser}, ${place})`, async () => {
          const meeting = await Meeting.open(await openDemo(engine), place);
          const server = await startControlServer();
          const folder = join(import.meta.dirname, '..');
          server.page('/elections', await bundlePage(join(folder, 'engines/in-browser/elections-page.ts')));
          server.page('/tab.html', await bundlePage(join(folder, 'contract/kit/tab.ts')));
          const opened = await openAnyBrowser(browser, `${server.url}/elections`);
          try {
            await writeThrough(meeting, server, place);
          } finally {
            await opened.close();
            await Promise.all([server.close(), meeting.close()]);
            await meeting.demo.stop();
          }
        });
});

type Heard = <T>(key: string, withinMs: number) => Promise<T>;

async function writeThrough(meeting: Meeting, server: ControlServer, place: Place): Promise<void> {
  const order = orderFor(meeting, place);
  const heard = listenTo(server);
  server.answer('order', order);
  await heard('begun', 60_000);
  await meeting.settleThere();
  await until('the first words', async () => (await meeting.peer.readAll(meeting.toHere)).some(({ text }) => text === order.begin));
  server.answer('go', {});
  const { taken, told } = await heard<ElectionsHeld>('held', 60_000 + ELECTIONS * 5_000);
  const checker = new HistoryChecker();
  for (const [pen, count] of Object.entries(taken)) for (let number = 1; number <= count; number++) checker.accepted(pen, number);
  deepEqual(
    checker.judge(
      await settledScreens(
        meeting,
        () => (server.answer('look', {}), heard<Screens>('screens', 30_000)),
        order.begin,
        checker.acceptedCount(),
      ),
    ),
    [],
  );
  deepEqual([...meeting.faults, ...meeting.peer.errors], []);
  if (meeting.isEncrypted) equal(await meeting.devicesHere(), 1, 'devices of one profile');
  equal(await meeting.demo.sockets(), 2, 'sockets: one for all tabs, one for the other side');
  console.log(`${told}\n  ${checker.acceptedCount()} messages, ${meeting.keys} keys`);
}

function orderFor({ demo, toThere, peer }: Meeting, place: Place): ElectionsOrder {
  const { address, password } = personOf(demo, HERE);
  const login = { address, password, services: demo.facts.services };
  const words = { to: toThere as ConversationId, other: peer.address as Address, begin: `begin ${crypto.randomUUID()}` };
  return { login, place, ...words, tabs: TABS, count: ELECTIONS, seed: SEED };
}

/** What the page tells, or what went wrong in it. */
function listenTo(server: ControlServer): Heard {
  const defect = server.told<string>('defect', 3_600_000).then((words) => Promise.reject(new Error(words)));
  return (key, withinMs) => Promise.race([server.told<never>(key, withinMs), defect]);
}

/** Of all tabs and of the other side, once everything stands everywhere, or when it has had its time. */
async function settledScreens(meeting: Meeting, look: () => Promise<Screens>, begin: string, count: number): Promise<readonly Screen[]> {
  for (const end = Date.now() + SETTLE_MS; ; await wait(300)) {
    const screens = [
      ...(await look()).map((rows) => screenOf(HERE, meeting.wordsAmong(rows))),
      screenOf(THERE, meeting.wordsAmong(await meeting.peer.readAll(meeting.toHere, begin))),
    ];
    if (screens.every(({ rows }) => rows.length >= count) || Date.now() > end) return screens;
  }
}
