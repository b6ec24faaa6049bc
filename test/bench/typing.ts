// Typing while words go to a hundred devices: one person's, and those of a room of ten. Whatever the core has to seal, no key may wait for it.
import { createConnectionFor, publishDevices } from './kit/many-devices.ts';
import { startEngine } from '../kit/engines/start-engine.ts';
import { startControlServer } from './kit/control-server.ts';
import { openBrowser } from './kit/plain-browser.ts';
import type { Row } from './kit/report.ts';
import { quantile } from './kit/stats.ts';
import { typingPage, type Typed } from './kit/typing-page.ts';

const MOST_MS = 16;
const PEOPLE = 10;
const ROOM = 'team';

/** With those who read along, and where. */
const PLACES = [
  { what: 'a conversation with 100 devices', writer: 'mia', turnsOn: false },
  { what: 'a room of 100 devices', writer: 'lea', turnsOn: true },
] as const;

export async function measureTyping({ quick }: { quick: boolean }): Promise<{ rows: Row[]; notes: string[] }> {
  const members = Array.from({ length: PEOPLE }, (_, at) => `member${at}`);
  const names = ['mia', 'lea', 'omar', ...members];
  const engine = await startEngine({
    engine: 'prosody',
    users: names.map((name) => ({
      name,
      password: name,
      contacts: name === 'mia' ? [contact('omar')] : name === 'omar' ? [contact('mia')] : [],
      ...(name === 'lea' && { bookmarks: [{ room: ROOM, title: ROOM, nick: name }] }),
    })),
    rooms: [
      {
        name: ROOM,
        title: ROOM,
        membersOnly: true,
        nonAnonymous: true,
        members: ['lea', ...members].map((name) => ({
          name,
          nick: name,
          affiliation: name === 'lea' ? ('owner' as const) : ('member' as const),
        })),
      },
    ],
  });
  const server = await startControlServer();
  const browsers: { close(): Promise<void> }[] = [];
  const rows: Row[] = [];
  const notes: string[] = [];
  try {
    for (const [name, count] of [['omar', 100], ...members.map((member) => [member, 100 / PEOPLE] as const)] as const) {
      const guest = await createConnectionFor(engine, name);
      await publishDevices(guest.connection, count);
      await guest.connection.stop();
    }
    for (const { what, writer, turnsOn } of PLACES) {
      const conversation = writer === 'mia' ? `omar@${engine.domain}` : `${ROOM}@${engine.conferenceDomain}`;
      const place = { service: engine.ws, domain: engine.domain };
      server.page(`/${writer}`, typingPage(place, writer, conversation, { turnsOn, sends: quick ? 10 : 40 }));
      const browser = openBrowser(`${server.url}/${writer}`);
      browsers.push(browser);
      const typed = await server.told<Typed>(`${writer}:typed`, 120_000);
      await browser.close();
      rows.push(...rowsOf(what, typed));
      notes.push(`${what}: badge "${typed.badge}", own bubble after ${Math.round(quantile(typed.sentMs, 0.5))} ms, tasks above 50 ms: ${typed.longTasks.join(' ') || 'none'}`); // oxfmt-ignore
    }
    return { rows, notes };
  } finally {
    await Promise.all(browsers.map((browser) => browser.close()));
    await server.close();
    await engine.stop();
  }
}

const contact = (name: string): { name: string; displayName: string; groups: string[] } => ({ name, displayName: name, groups: [] });

function rowsOf(what: string, { keys, bare, longTasks }: Typed): Row[] {
  const [floor, ours] = [quantile(bare, 0.95), quantile(keys, 0.95)];
  // Where a bare field takes that long, the machine was busy with other things.
  const isBusy = floor > MOST_MS / 2;
  const rows: Row[] = [
    { id: `a key in ${what}, p95`, unit: 'ms', floor, ours, goal: `<= ${MOST_MS}`, pass: ours <= MOST_MS },
    { id: `the page while sending in ${what}`, unit: 'long tasks', ours: longTasks.length, goal: '0', pass: longTasks.length === 0 },
  ];
  return rows.map((row) => (isBusy ? { ...row, pass: false, void: true } : row));
}
