// Starts the shared worker, and asks it for the first page, before the code that shows it has arrived. Whoever attaches takes the talk over.
import { BUILD } from '../base/build.ts';
import { digestName } from '../base/digest.ts';
import type { CoreIdentity } from '../contracts/port.ts';
import { CONTRACT_VERSION } from '../contracts/session.ts';
import { FIRST_WISH } from './first-wish.ts';
import { beginTalk, canShare, type Talk } from './shared.ts';
import { workerUrlOf } from './worker-url.ts';

/** What does not work here is found out, and told, by whoever attaches. */
export function startAhead(identity: CoreIdentity, given?: string): Talk | undefined {
  try {
    const workerUrl = workerUrlOf(given);
    if (!isSecureContext || !canShare(workerUrl)) return undefined;
    const tab = crypto.randomUUID();
    const hello = { warbler: 'hello', contract: CONTRACT_VERSION, build: BUILD, identity, tab, first: FIRST_WISH } as const;
    return beginTalk(workerUrl, digestName(identity.organisation, identity.profile), hello);
  } catch {
    // The elected worker, or the page itself, will do.
    return undefined;
  }
}
