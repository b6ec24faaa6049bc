// The last resort: the core runs in the page itself and keeps everything in memory.
import { linkOver, type Host } from './link.ts';
import type { LoadCore } from './session-client.ts';

export function inPageHost(loadCore: LoadCore): Host {
  return {
    kind: 'in-page',
    open(hello, hear, unavailable) {
      const { port1, port2 } = new MessageChannel();
      const link = linkOver(port1, hear);
      link.post(hello);
      loadCore().then((letIn) => letIn(port2), unavailable);
      return link;
    },
  };
}
