// Elements may not import the core: the entry that can load it hands the way in, for pages where workers are forbidden.
import type { LoadCore } from '../client/session-client.ts';

let loader: LoadCore | undefined;

export function provideCore(load: LoadCore): void {
  loader = load;
}

export const coreLoader = (): { loadCore?: LoadCore } => (loader ? { loadCore: loader } : {});
