// Where no shared worker can run: tabs elect a leader, whose dedicated worker they all talk to over BroadcastChannels.
import { commonChannelName, type Knock, type Up } from '../contracts/election.ts';
import type { LastWords, ToTab } from '../contracts/port.ts';
import { linkOver, type Host, type Link } from './link.ts';
import { Lead } from './lead.ts';

/** A core that did not answer for so long hangs in a frozen page. */
const FROZEN_MS = 5_000;
/** Who was frozen just now believes it sooner of others: a lead given away in that moment may go to a page that never learns of it. */
const FROZEN_TOO_MS = 2_500;

export function electedHost(workerUrl: string, digest: string): Host {
  const name = commonChannelName(digest);
  const knocks = new Map<Link, Knock>();
  let common: BroadcastChannel | undefined;
  let isBack = false;
  /** Of tabs that went. Whoever leads says them, and by then nobody else has said them: their core had gone too. */
  let left: LastWords['calls'] = [];
  let tell = (_words: LastWords): void => {};
  const lead = new Lead(workerUrl, digest, () => inherit([]));

  function inherit(calls: LastWords['calls']): void {
    const all = [...left, ...calls];
    left = lead.leads ? [] : all;
    if (lead.leads && all.length > 0) tell({ warbler: 'last-words', calls: all });
  }

  /** A channel, like a lock, keeps some browsers from caching the page: it is opened and shut with the page. */
  function listen(): BroadcastChannel {
    const channel = new BroadcastChannel(name);
    channel.addEventListener('message', ({ data }: MessageEvent<LastWords | Up | null>) => {
      if (data?.warbler === 'last-words') inherit(data.calls);
      if (data?.warbler !== 'up') return;
      left = [];
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
        if ((data as ToTab | null)?.warbler === 'welcome') {
          knocks.delete(from);
          isBack = false;
        }
        hear(from, data);
      });
      const knock: Knock = { warbler: 'knock', channel, hello };
      knocks.set(link, knock);
      tell = (words) => hear(link, words);
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
      if (sinceMs >= (isBack && !lead.leads ? FROZEN_TOO_MS : FROZEN_MS)) void lead.challenge();
    },
    died: () => lead.restart(),
    leave(words) {
      // Where another tab leads, its core has heard them, unless nobody has answered yet.
      if (words.length > 0 && (lead.leads || knocks.size > 0))
        common?.postMessage({ warbler: 'last-words', calls: words } satisfies LastWords);
      isBack = true;
      lead.abdicate();
      common?.close();
      common = undefined;
    },
  };
}
