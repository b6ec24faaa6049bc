// A device that has never been here: signed in, and the newest page of a long archive on the screen. The floor is a bare client in a worker.
import type { TestEngine } from '../../kit/engines/start-engine.ts';
import { PAGE_TOOLS, chatPage } from '../kit/chat-page.ts';
import type { ControlServer } from '../kit/control-server.ts';
import { ratioRow } from '../kit/ratio-row.ts';
import type { Measured } from '../kit/report.ts';
import { interleave, ratios } from '../kit/stats.ts';
import { PERSON, firstVisit } from '../kit/warm-profile.ts';
import { openWindows } from '../kit/windows.ts';

interface Times {
  signedIn: number;
  newest: number;
}

let visits = 0;

export async function measureCold(server: ControlServer, engine: TestEngine, rounds: number): Promise<Measured> {
  const newest: Record<'floor' | 'control' | 'ours', number[]> = { floor: [], control: [], ours: [] };
  const trial = (name: keyof typeof newest, page: (key: string) => string) => async (): Promise<number> => {
    const times = await visitOnce(server, page);
    newest[name].push(times.newest);
    return times.signedIn;
  };
  const bare = (key: string): string => barePage(key, engine);
  const signedIn = await interleave(
    {
      floor: trial('floor', bare),
      control: trial('control', bare),
      ours: trial('ours', (key) => oursPage(key, engine)),
    },
    rounds,
  );
  const control = ratios(signedIn.control, signedIn.floor).median.toFixed(2);
  return {
    rows: [
      ratioRow('9 signed in, cold', signedIn.ours, signedIn.floor, { most: 2.5 }),
      ratioRow('10 newest page, cold', newest.ours, newest.floor, { most: 1.3 }),
    ],
    notes: [`cold: floor against floor ${control}, newest page ${ratios(newest.control, newest.floor).median.toFixed(2)}`],
  };
}

/** A new profile each time. Times are since the page asked to be signed in. */
async function visitOnce(server: ControlServer, page: (key: string) => string): Promise<Times> {
  const key = `cold-${++visits}`;
  server.page(`/${key}`, page(key));
  const windows = await openWindows(server);
  windows.open(`/${key}`);
  const times = await server.told<Times>(`${key}:times`);
  await windows.close();
  return times;
}

function oursPage(key: string, engine: TestEngine): string {
  const { credentials: _, ...wish } = firstVisit(engine);
  const credentials = { address: `${PERSON.name}@${engine.domain}`, password: PERSON.password };
  return chatPage(
    key,
    { ...wish, profile: key },
    `
const began = performance.now();
const painted = whenPainted(() => bubblesOf(chat).length > 0);
const answer = await chat.signIn(${JSON.stringify(credentials)});
if (!answer.ok) throw new Error(answer.failure.kind);
const signedIn = performance.now() - began;
tell(key + ':times', { signedIn, newest: (await painted) - began });
`,
  );
}

const barePage = (key: string, engine: TestEngine): string => `<!doctype html><html lang="en"><meta charset="utf-8"><title>bare</title>
<link rel="icon" href="data:,"><main></main><script type="module">${PAGE_TOOLS}
const began = performance.now();
const worker = new Worker('/bare-worker.js', { type: 'module' });
worker.postMessage(${JSON.stringify({ service: engine.ws, domain: engine.domain, user: PERSON.name, password: PERSON.password })});
const next = () => new Promise((resolve) => worker.addEventListener('message', ({ data }) => resolve(data), { once: true }));
await next();
const signedIn = performance.now() - began;
for (const text of await next()) {
  const made = document.createElement('div');
  made.className = 'bubble';
  made.textContent = text;
  document.querySelector('main').append(made);
}
const newest = (await whenPainted(() => document.querySelectorAll('.bubble').length > 0)) - began;
tell('${key}:times', { signedIn, newest });
</script></html>`;
