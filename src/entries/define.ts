// The first file of a page, and a small one: for a chat that is shown at once it starts the core and fetches all that a first thread needs,
// side by side. `warbler-chat` is registered when it is done; see register.ts.
import { startAhead } from '../client/start-ahead.ts';
import { policyMade } from '../client/worker-url.ts';
import { languageOf } from '../elements/chat/language-of.ts';
import { fetchAhead } from './first-files.ts';

const chat = document.querySelector("warbler-chat:is([mode='inline'], [mode='page'], [open])");
if (chat) prepare(chat);
(await import('./register.ts')).register(policyMade());

function prepare(shown: Element): void {
  // A page with a session of its own has its own worker.
  if (!Object.hasOwn(shown, 'session')) {
    const organisation = shown.getAttribute('app-id') || 'open';
    startAhead({ organisation, profile: shown.getAttribute('profile') ?? 'default' }, shown.getAttribute('worker-url') || undefined);
  }
  fetchAhead(languageOf(shown));
}
