// Starts the shared worker before the code that talks to it has arrived. It is asked for once more then, and by that time it runs.
import { digestName } from '../base/digest.ts';
import type { CoreIdentity } from '../contracts/port.ts';
import { canShare, openShared } from './shared.ts';
import { defaultWorkerUrl } from './worker-url.ts';

/** What does not work here is found out, and told, by whoever attaches. */
export function startAhead({ organisation, profile }: CoreIdentity, workerUrl: string = defaultWorkerUrl()): void {
  try {
    const url = new URL(workerUrl, location.href).href;
    if (isSecureContext && canShare(url)) openShared(url, digestName(organisation, profile));
  } catch {
    // The elected worker, or the page itself, will do.
  }
}
