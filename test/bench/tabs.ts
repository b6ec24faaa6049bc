// One and eight tabs of one profile: sockets and sessions at the engine, whether every tab is right, and memory over blank tabs.
import { rmSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { openBound } from '../kit/engines/raw-stream.ts';
import type { TestEngine } from '../kit/engines/start-engine.ts';
import { pssMibOf } from '../kit/process-tree.ts';
import { chatPage, PAGE_TOOLS } from './kit/chat-page.ts';
import { startControlServer, type ControlServer } from './kit/control-server.ts';
import type { Measured, Row } from './kit/report.ts';
import { spread } from './kit/stats.ts';
import { makeWarmProfile, OTHER, PERSON, startArchive } from './kit/warm-profile.ts';
import { openWindows, type Windows } from './kit/windows.ts';

const TABS = 8;
const RENDERERS = /--type=renderer/;
/** What a person may wait to see in the next tab what was sent in this one. */
const ALL_RIGHT_MS = 100;
const MESSAGES = 9;

interface Round {
  memory: { one: number; eight: number };
  sockets: number[];
  sessions: number[];
  /** Milliseconds until the last tab showed what another tab sent, and what another person sent; each message. */
  own: number[];
  others: number[];
}

export async function measure({ quick }: { quick: boolean }): Promise<Measured> {
  const server = await startControlServer();
  const engine = await startArchive(300);
  const profile = await makeWarmProfile(server, engine);
  const rounds: Round[] = [];
  const blanks: Round['memory'][] = [];
  try {
    for (let round = 0; round < (quick ? 1 : 5); round++) {
      blanks.push(await measureBlank(server, quick));
      rounds.push(await measureChat(server, engine, profile, quick));
    }
    return { rows: rowsOf(rounds, blanks), notes: notesOf(rounds) };
  } finally {
    await engine.stop();
    await server.close();
    rmSync(profile, { recursive: true, force: true });
  }
}

async function measureBlank(server: ControlServer, quick: boolean): Promise<Round['memory']> {
  const windows = await openWindows(server);
  const open = async (tab: number): Promise<void> => {
    const key = nextKey(`blank-${tab}`);
    server.page(
      `/${key}`,
      `<!doctype html><title>blank</title><link rel="icon" href="data:,"><script>${PAGE_TOOLS}
      frame().then(() => tell('${key}', {}))</script>`,
    );
    windows.open(`/${key}`);
    await server.told(key);
  };
  const memory = await weigh(windows, open, quick);
  await windows.close();
  return memory;
}

async function measureChat(server: ControlServer, engine: TestEngine, profile: string, quick: boolean): Promise<Round> {
  const windows = await openWindows(server, profile);
  const sockets: number[] = [];
  const sessions: number[] = [];
  const keys: string[] = [];
  const count = async (): Promise<void> => {
    sockets.push(await engine.sockets());
    sessions.push(await engine.sessions());
  };
  const open = async (tab: number): Promise<void> => {
    const key = nextKey(`tab-${tab}`);
    server.page(`/${key}`, chatPage(key, { service: engine.ws }, OBEY));
    windows.open(`/${key}`);
    await server.told(`${key}:thread`);
    keys.push(key);
  };
  const memory = await weigh(windows, open, quick, count);
  const own = await repeat((turn) =>
    seenByAll(server, windows, keys, `from another tab ${turn} ${keys[2]}`, async (text) => {
      const sent = server.told<{ at: number }>(`${keys[2]}:sent`);
      windows.cast({ sender: keys[2], send: text });
      return (await sent).at;
    }),
  );
  const others = await sentByOther(server, windows, engine, keys);
  await windows.close();
  return { memory, sockets, sessions, own, others };
}

async function weigh(
  windows: Windows,
  open: (tab: number) => Promise<void>,
  quick: boolean,
  afterwards: () => Promise<void> = async () => undefined,
): Promise<Round['memory']> {
  const now = async (): Promise<number> => {
    await wait(quick ? 4000 : 12_000);
    await afterwards();
    return pssMibOf(windows.browser.pid, RENDERERS);
  };
  await open(1);
  const one = await now();
  for (let tab = 2; tab <= TABS; tab++) await open(tab);
  return { one, eight: await now() };
}

async function sentByOther(server: ControlServer, windows: Windows, engine: TestEngine, keys: readonly string[]): Promise<number[]> {
  const stream = await openBound({ ws: engine.ws, domain: engine.domain, name: OTHER.name, password: OTHER.password });
  const to = `${PERSON.name}@${engine.domain}`;
  const say = async (text: string): Promise<number> => {
    const at = Date.now();
    stream.send(`<message xmlns='jabber:client' type='chat' to='${to}' id='${crypto.randomUUID()}'><body>${text}</body></message>`);
    return at;
  };
  const took = await repeat((turn) => seenByAll(server, windows, keys, `from another person ${turn} ${keys[0]}`, say));
  stream.close();
  return took;
}

async function repeat(once: (turn: number) => Promise<number>): Promise<number[]> {
  const took: number[] = [];
  for (let turn = 0; turn < MESSAGES; turn++) took.push(await once(turn));
  return took;
}

/** Every tab is asked to look out first, then it is sent; `send` answers when. Times are of the wall, as pages and this process share one clock. */
async function seenByAll(
  server: ControlServer,
  windows: Windows,
  keys: readonly string[],
  text: string,
  send: (text: string) => Promise<number>,
): Promise<number> {
  windows.cast({ see: text });
  await Promise.all(keys.map((key) => server.told(`${key}:looking`)));
  const began = await send(text);
  const seen = await Promise.all(keys.map((key) => server.told<{ at: number; times: number }>(`${key}:saw`, 10_000)));
  if (seen.some(({ times }) => times !== 1)) return Infinity;
  return Math.max(...seen.map(({ at }) => at)) - began;
}

/** Looks out for a text and sends one as a person would, at the same time. */
const OBEY = `
const thread = () => deep(chat.shadowRoot, 'warbler-thread')[0].shadowRoot;
const shows = (text, root) => [...root.querySelectorAll('[part~="bubble"]')].filter((bubble) => bubble.textContent.includes(text)).length;
/** Eight tabs that ask at every frame would have two cores draw for the measure alone: each waits to be told of a change. */
const whenShown = (text, root) => new Promise((resolve) => {
  const observer = new MutationObserver(() => {
    if (shows(text, root) === 0) return;
    observer.disconnect();
    resolve(frame());
  });
  observer.observe(root, { childList: true, characterData: true, subtree: true });
});
async function look(text) {
  const root = thread();
  const shown = whenShown(text, root);
  tell(key + ':looking', {});
  await shown;
  tell(key + ':saw', { at: Date.now(), times: shows(text, root) });
}
/** Begins with the key: how the order came to this page is no part of it. */
function send(text) {
  const [field] = deep(chat.shadowRoot, 'textarea');
  field.value = text;
  field.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true, data: text, inputType: 'insertText' }));
  const at = Date.now();
  field.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, composed: true, cancelable: true }));
  tell(key + ':sent', { at });
}
new BroadcastChannel('windows').onmessage = ({ data }) => {
  if (data.see) look(data.see);
  else if (data.sender === key) send(data.send);
};
`;

let keys = 0;
const nextKey = (name: string): string => `${name}-${++keys}`;

function rowsOf(rounds: readonly Round[], blanks: readonly Round['memory'][]): Row[] {
  const most = (of: (round: Round) => number[]): number => Math.max(...rounds.flatMap(of));
  const sockets = most((round) => round.sockets);
  const sessions = most((round) => round.sessions);
  return [
    { id: '18 sockets at the engine, 1 and 8 tabs', unit: 'sockets', ours: sockets, goal: '1', pass: sockets === 1 },
    { id: '18 sessions at the engine, 1 and 8 tabs', unit: 'sessions', ours: sessions, goal: '1', pass: sessions === 1 },
    within(
      '18 sent in one tab, once in all',
      rounds.flatMap((round) => round.own),
    ),
    within(
      '18 sent by another person, once in all',
      rounds.flatMap((round) => round.others),
    ),
    overBlank('17 memory of 1 tab', 40, 'one', rounds, blanks),
    overBlank('17 memory of 8 tabs', 130, 'eight', rounds, blanks),
  ];
}

/** Until the last tab has painted it. A message that a tab shows twice is never right. */
function within(id: string, took: readonly number[]): Row {
  const ours = Math.max(...took) === Infinity ? Infinity : spread(took).median;
  return { id: `${id}, median`, unit: 'ms', ours, goal: `≤ ${ALL_RIGHT_MS}`, pass: ours <= ALL_RIGHT_MS };
}

function overBlank(id: string, goal: number, tabs: 'one' | 'eight', rounds: readonly Round[], blanks: readonly Round['memory'][]): Row {
  const floor = spread(blanks.map((memory) => memory[tabs])).median;
  const ours = spread(rounds.map(({ memory }, round) => memory[tabs] - (blanks[round]?.[tabs] ?? NaN))).median;
  return { id: `${id} over blank`, unit: 'MiB', floor, ours, goal: `≤ +${goal}`, pass: ours <= goal };
}

function notesOf(rounds: readonly Round[]): string[] {
  const all = (of: (round: Round) => number[]): string => rounds.flatMap(of).join(' ');
  return [
    `memory: median of ${rounds.length}, in turns with blank tabs`,
    `ms until all tabs showed it: own ${all(({ own }) => own)}; others' ${all(({ others }) => others)}`,
  ];
}
