// Two pages that hear the same burst: the bare client, which only counts, and the chat with the conversation open.
import { PAGE_TOOLS, chatPage } from './chat-page.ts';
import { PROBES } from './probes.ts';
import type { ReplayServer } from './replay-server.ts';

export interface FloorFacts {
  heardAt: number;
  count: number;
}

export interface BurstFacts {
  /** When the last words were painted: milliseconds since the epoch. */
  paintedAt: number;
  renders: number;
  frames: number;
  longTasks: number[];
  idleKeys: number[];
  keys: number[];
}

/** Tells `ready`, then `done`. It answers the ping behind the burst, as everybody does. */
export function floorBurstPage({ service, domain, user, password }: ReplayServer): string {
  return `<!doctype html><meta charset="utf-8"><link rel="icon" href="data:,"><script type="module">
import { signIn } from '/bare-client.js';
${PAGE_TOOLS}
const stream = await signIn(${JSON.stringify({ service, domain, user, password })});
let count = 0;
const all = new Promise((resolve) => stream.onFrame((frame) => {
  if (frame.startsWith('<message')) count++;
  const ping = /^<iq[^>]*id=['"]([^'"]*)['"].*urn:xmpp:ping/.exec(frame);
  if (!ping) return;
  stream.send('<iq xmlns="jabber:client" type="result" id="' + ping[1] + '"/>');
  resolve(performance.timeOrigin + performance.now());
}));
await tell('ready', true);
const heardAt = await all;
await tell('done', { heardAt, count });
</script>`;
}

/** \`types\`: a person writes meanwhile, and did so before. */
export function ourBurstPage({ service, domain, user, password, sender, lastWords }: ReplayServer, types: boolean): string {
  return chatPage(
    'ours',
    { service, credentials: { address: `${user}@${domain}`, password }, conversation: sender },
    `${PROBES}
const area = () => deep(chat.shadowRoot, 'textarea')[0];
while (!area()) await frame();
await new Promise((resolve) => setTimeout(resolve, 500));
let isIdleOver = !${types};
setTimeout(() => (isIdleOver = true), 3000);
const idleKeys = await typeUntil(area, () => isIdleOver);
const list = deep(chat.shadowRoot, 'warbler-thread')[0].shadowRoot;
let renders = 0;
let frames = 0;
let paintedAt;
const longTasks = watchLongTasks();
new MutationObserver(() => renders++).observe(list, { childList: true, subtree: true });
const typing = ${types} ? typeUntil(area, () => paintedAt !== undefined) : [];
await tell('ready', true);
const isLast = () => bubblesOf(chat).at(-1)?.textContent.includes(${JSON.stringify(lastWords)});
while (!isLast()) {
  await frame();
  frames++;
}
await painted();
paintedAt = performance.timeOrigin + performance.now();
await tell('done', { paintedAt, renders, frames: frames + 1, longTasks, idleKeys, keys: await typing });
`,
  );
}
