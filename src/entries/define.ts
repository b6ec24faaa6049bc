// The first file of a page, and a small one: for a chat that is shown at once it starts the core and fetches all that a first thread needs,
// side by side. `warbler-chat` is registered when it is done; see register.ts.
import type { Talk } from '../client/shared.ts';
import { startAhead } from '../client/start-ahead.ts';
import { policyMade } from '../client/worker-url.ts';
import { languageOf } from '../elements/chat/language-of.ts';
import { fetchAhead } from './first-files.ts';

const chat = document.querySelector("warbler-chat:is([mode='inline'], [mode='page'], [open])");
const fetchWords = chat && fetchAhead();
const talk = chat ? begin(chat) : undefined;
if (chat) fetchWords?.(languageOf(chat));
await (await import('./register.ts')).register(policyMade(), talk);

function begin(shown: Element): Talk | undefined {
  // A page with a session of its own has its own worker.
  if (Object.hasOwn(shown, 'session')) return undefined;
  const organisation = shown.getAttribute('app-id') || 'open';
  return startAhead({ organisation, profile: shown.getAttribute('profile') ?? 'default' }, shown.getAttribute('worker-url') || undefined);
}
