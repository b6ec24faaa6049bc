// Which hosts this page can try, best first.
import { digestName } from '../base/digest.ts';
import type { Host } from './link.ts';
import type { AttachOptions, HostKind } from './session-client.ts';
import { inPageHost } from './in-page.ts';
import { canShare, sharedHost } from './shared.ts';
import { defaultWorkerUrl } from './worker-url.ts';

/** `sealed`, a frame on the widget's own origin, comes second once it exists. */
const ORDER: readonly HostKind[] = ['shared', 'elected', 'in-page'];

export async function listHosts(options: AttachOptions, canLock: Promise<boolean>): Promise<(() => Promise<Host>)[]> {
  const { identity, loadCore, hosts = ORDER } = options;
  const workerUrl = new URL(options.workerUrl ?? defaultWorkerUrl(), location.href).href;
  const [digest, hasLocks] = await Promise.all([digestName(crypto.subtle, identity.organisation, identity.profile), canLock]);
  const makers: Record<HostKind, (() => Promise<Host>) | undefined> = {
    shared: canShare(workerUrl) ? async () => sharedHost(workerUrl, digest) : undefined,
    // Few browsers need it: loaded when asked for.
    elected: 'Worker' in globalThis ? async () => (await import('./elected.ts')).electedHost(workerUrl, digest) : undefined,
    'in-page': loadCore && (async () => inPageHost(loadCore)),
  };
  return hosts.flatMap((kind) => (hasLocks || kind === 'in-page' ? (makers[kind] ?? []) : []));
}
