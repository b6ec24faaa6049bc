// Where no shared worker can run: tabs elect a leader, whose dedicated worker they all talk to over BroadcastChannels.
import { commonChannelName, type Knock } from '../contracts/election.ts';
import type { ToTab } from '../contracts/port.ts';
import { linkOver, type Host, type Link } from './link.ts';
import { Lead } from './lead.ts';

/** A core that did not answer for so long hangs in a frozen page. */
const FROZEN_MS = 5_000;

export function electedHost(workerUrl: string, digest: string): Host {
  const name = commonChannelName(digest);
  const knocks = new Map<Link, Knock>();
  let common: BroadcastChannel | undefined;
  const lead = new Lead(workerUrl, digest);

  /** A channel, like a lock, keeps some browsers from caching the page: it is opened and shut with the page. */
  function listen(): BroadcastChannel {
    const channel = new BroadcastChannel(name);
    channel.addEventListener('message', ({ data }: MessageEvent<{ warbler?: string } | null>) => {
      if (data?.warbler !== 'up') return;
      lead.hearUp();
      for (const knock of knocks.values()) channel.postMessage(knock);
    });
    return channel;
  }

  return {
    kind: 'elected',
    open(hello, hear, unavailable) {
      const channel = `${name}:${hello.tab}:${crypto.randomUUID()}`;
      // What came from disk, or a refusal, may have been the last word of a core that died: until the welcome every new core is knocked at.
      const link = linkOver(new BroadcastChannel(channel), (from, data) => {
        if ((data as ToTab | null)?.warbler === 'welcome') knocks.delete(from);
        hear(from, data);
      });
      const knock: Knock = { warbler: 'knock', channel, hello };
      knocks.set(link, knock);
      (common ??= listen()).postMessage(knock);
      lead.stand(unavailable);
      const close = link.close;
      link.close = () => {
        knocks.delete(link);
        close();
      };
      return link;
    },
    unanswered(sinceMs) {
      if (sinceMs >= FROZEN_MS) void lead.challenge();
    },
    died: () => lead.restart(),
    leave() {
      lead.abdicate();
      common?.close();
      common = undefined;
    },
  };
}
