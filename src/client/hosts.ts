// Which hosts this page can try, best first.
import { digestName } from '../base/digest.ts';
import type { Host } from './link.ts';
import type { AttachOptions, HostKind } from './session-client.ts';
import { inPageHost } from './in-page.ts';
import { canShare, sharedHost, type Talk } from './shared.ts';
import { workerUrlOf } from './worker-url.ts';

/** `sealed`, a frame on the widget's own origin, comes second once it exists. */
const ORDER: readonly HostKind[] = ['shared', 'elected', 'in-page'];

/** The shared one is there at once: its worker starts before the page does anything else. */
export type HostMaker = () => Host | Promise<Host>;

/** `canLock`: whether this page may hold locks. Without them only a core in the page is sure to have one writer. */
export function listHosts(options: AttachOptions, canLock: Promise<boolean>, begun?: Talk): HostMaker[] {
  const { identity, loadCore, hosts = ORDER } = options;
  const workerUrl = workerUrlOf(options.workerUrl);
  const digest = digestName(identity.organisation, identity.profile);
  const makers: Record<HostKind, HostMaker | undefined> = {
    shared: canShare(workerUrl) ? () => sharedHost(workerUrl, digest, canLock, begun) : undefined,
    // Few browsers need it: loaded when asked for.
    elected: 'Worker' in globalThis ? () => loadElected(workerUrl, digest, canLock) : undefined,
    'in-page': loadCore && (() => inPageHost(loadCore)),
  };
  return hosts.flatMap((kind) => makers[kind] ?? []);
}

async function loadElected(workerUrl: string, digest: string, canLock: Promise<boolean>): Promise<Host> {
  if (!(await canLock)) throw new DOMException('Locks are refused', 'SecurityError');
  return (await import('./elected.ts')).electedHost(workerUrl, digest);
}
