// Two pages that read the same archive: the bare client, which only counts, and the chat, which places, seals and stores.
import { PAGE_TOOLS, chatPage, type ChatPageWish } from './chat-page.ts';
import { PROBES } from './probes.ts';

export interface ArchiveWish {
  service: string;
  domain: string;
  user: string;
  password: string;
  total: number;
}

export interface ArchiveFacts {
  ms: number;
  count: number;
  /** Once the newest messages are painted: before, the chat itself is being opened. */
  longTasks?: number[];
  /** Until then. */
  openingTasks?: number[];
  keys?: number[];
}

/** Waits for `go`, tells `done`. Both begin with the sign-in. */
export function floorPage(wish: ArchiveWish): string {
  return `<!doctype html><meta charset="utf-8"><link rel="icon" href="data:,"><script type="module">
import { signIn, readArchive } from '/bare-client.js';
${PAGE_TOOLS}
await tell('ready', true);
await ask('go');
const wish = ${JSON.stringify(wish)};
const at = performance.now();
const stream = await signIn(wish);
const count = await readArchive(stream, wish.total);
await tell('done', { ms: performance.now() - at, count });
</script>`;
}

/** Tells `painted` in between. Only where somebody types is it known how long a key takes; typing costs the page something. */
export function ourPage(wish: ArchiveWish, conversation: string, types: boolean): string {
  const ours: ChatPageWish = { service: wish.service };
  const credentials = { address: `${wish.user}@${wish.domain}`, password: wish.password };
  return chatPage(
    'ours',
    ours,
    `${PROBES}
await new Promise((resolve) => requestIdleCallback(resolve, { timeout: 2000 }));
await tell('ready', true);
await ask('go');
const longTasks = watchLongTasks();
const at = performance.now();
const answer = await chat.signIn(${JSON.stringify(credentials)});
if (!answer.ok) await tell('done', { ms: NaN, count: 0, failure: answer.failure.kind });
chat.openConversation(${JSON.stringify(conversation)});
whenPainted(() => bubblesOf(chat).length > 0).then(() => {
  openingTasks = longTasks.splice(0);
  tell('painted', true);
});
let openingTasks = [];
let isOver = false;
const typing = ${types} ? typeUntil(() => bubblesOf(chat).length > 0 && deep(chat.shadowRoot, 'textarea')[0], () => isOver) : [];
const end = await untilStored(${wish.total});
isOver = true;
const keys = await typing;
await tell('done', { ms: end - at, count: await countStored(), longTasks, openingTasks, keys });
`,
  );
}
