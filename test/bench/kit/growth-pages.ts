// Pages of growth: a chat that signs in, shows its list and a thread, and scrolls it; and tabs of one profile.
import { chatPage } from './chat-page.ts';
import { PROBES } from './probes.ts';

export interface SeenFacts {
  /** From the sign-in until the newest messages, or the list, are painted. */
  threadMs: number;
  listMs: number;
  rows: number;
  /** Work of one frame while scrolling through what is loaded. */
  frameMs: number;
}

/** Waits for `go`, tells `seen`, then waits for ever. */
export function seenPage(service: string, credentials: { address: string; password: string }, conversation: string): string {
  return chatPage(
    'growth',
    { service },
    `${PROBES}
await tell('ready', true);
await ask('go');
const rowsOf = () => deep(chat.shadowRoot, 'warbler-conversation-list')[0]?.shadowRoot?.querySelectorAll('li').length ?? 0;
const at = performance.now();
const list = whenPainted(() => rowsOf() > 0).then((ms) => ms - at);
await chat.signIn(${JSON.stringify(credentials)});
chat.openConversation(${JSON.stringify(conversation)});
const thread = whenPainted(() => bubblesOf(chat).length > 0).then((ms) => ms - at);
const [listMs, threadMs] = await Promise.all([list, thread]);
await new Promise((resolve) => setTimeout(resolve, 500));
const scroller = deep(chat.shadowRoot, '[role="log"]')[0];
const costs = [];
for (let step = 0; step < 40; step++) {
  await frame();
  const before = performance.now();
  scroller.scrollTop += step % 2 ? 400 : -400;
  await painted();
  costs.push(performance.now() - before);
}
costs.sort((a, b) => a - b);
await tell('seen', { listMs, threadMs, rows: rowsOf(), frameMs: costs[costs.length >> 1] });
`,
  );
}

/** One of many tabs of a profile: \`n\` in the address tells them apart. The first signs in. */
export function tabPage(service: string, credentials: { address: string; password: string }, conversation: string): string {
  return chatPage(
    'tab',
    { service },
    `const own = new URL(location.href).searchParams.get('n');
if (own === '0') await chat.signIn(${JSON.stringify(credentials)});
chat.openConversation(${JSON.stringify(conversation)});
for (let next = 1; own === '0' && next < Number(new URL(location.href).searchParams.get('tabs')); next++) window.open('/tab?n=' + next);
// A hidden tab has no frames to wait for.
while (!document.hidden && deep(chat.shadowRoot, 'textarea').length === 0) await new Promise((resolve) => setTimeout(resolve, 50));
await new Promise((resolve) => setTimeout(resolve, 1000));
await tell('tab:ready', own);
`,
  );
}
