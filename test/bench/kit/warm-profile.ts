// A browser profile in which somebody has signed in and read: what a returning visitor's page finds.
import { longHistory } from '../../../src/engine/seed/population.ts';
import { startEngine, type TestEngine } from '../../kit/engines/start-engine.ts';
import { chatPage, type ChatPageWish } from './chat-page.ts';
import type { ControlServer } from './control-server.ts';
import { newProfile, openBrowser } from './plain-browser.ts';

export const PERSON = { name: 'mia', password: 'pencil and paper' };
export const OTHER = { name: 'omar', password: 'ink and paper' };
/** The end of every seeded history: fixed, so that each run draws the same days. */
export const LATE = Date.UTC(2026, 5, 1, 8);

export function startArchive(count: number): Promise<TestEngine> {
  return startEngine({ engine: 'prosody', users: [PERSON, OTHER], archive: longHistory([PERSON.name, OTHER.name], count, LATE) });
}

export const conversationWith = ({ domain }: TestEngine): string => `${OTHER.name}@${domain}`;

export function firstVisit(engine: TestEngine): ChatPageWish {
  const credentials = { address: `${PERSON.name}@${engine.domain}`, password: PERSON.password };
  return { service: engine.ws, credentials, conversation: conversationWith(engine) };
}

/** Signs in, opens the thread, waits until it is read from disk by a second page, and closes the browser in good order. */
export async function makeWarmProfile(server: ControlServer, engine: TestEngine): Promise<string> {
  const profile = newProfile();
  const wish = firstVisit(engine);
  server.page('/first-visit', chatPage('first', wish, UNTIL_CAUGHT_UP));
  server.page('/second-visit', chatPage('second', { service: wish.service }));
  const first = openBrowser(`${server.url}/first-visit`, { profile });
  const { ok, failure } = await server.told<{ ok: boolean; failure?: string }>('first:signed-in');
  if (!ok) throw new Error(`not signed in: ${failure}`);
  await server.told('first:caught-up');
  await first.close({ keepProfile: true });
  const second = openBrowser(`${server.url}/second-visit`, { profile });
  await server.told('second:thread');
  await second.close({ keepProfile: true });
  return profile;
}

/** Idle for a while: nothing more is being read or written. */
const UNTIL_CAUGHT_UP = `
await whenPainted(() => bubblesOf(chat).length > 20);
await new Promise((resolve) => setTimeout(resolve, 1500));
tell(key + ':caught-up', {});
`;
