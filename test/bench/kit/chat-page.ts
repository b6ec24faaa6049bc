// A page that wears the chat and tells the control server what it saw, with times since its own navigation began.

export interface ChatPageWish {
  service: string;
  /** Signs in with these; without them the profile's kept session is used. */
  credentials?: { address: string; password: string };
  /** Opened at once; without it the conversation that was open last. */
  conversation?: string;
  mode?: 'page' | 'inline';
  profile?: string;
}

/** Tells `KEY:signed-in`, `KEY:thread` (a bubble was painted), each as `{ ms }`. `chat` stands in `window.chat` for what follows. */
export function chatPage(key: string, wish: ChatPageWish, more = ''): string {
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>bench</title><link rel="icon" href="data:,">
<style>html,body{margin:0;height:100%}warbler-chat{display:block;height:100vh}</style>
<warbler-chat mode="${wish.mode ?? 'page'}" profile="${wish.profile ?? 'bench'}" lang="en" service="${wish.service}"></warbler-chat>
<script type="module" src="/warbler/define.js"></script>
<script type="module">
${PAGE_TOOLS}
const key = ${JSON.stringify(key)};
const chat = (window.chat = document.querySelector('warbler-chat'));
const wish = ${JSON.stringify(wish)};
whenPainted(() => bubblesOf(chat).length > 0).then((ms) => tell(key + ':thread', { ms, bubbles: bubblesOf(chat).length }));
await customElements.whenDefined('warbler-chat');
if (wish.credentials) {
  const answer = await chat.signIn(wish.credentials);
  tell(key + ':signed-in', { ms: performance.now(), ok: answer.ok, failure: answer.ok ? undefined : answer.failure.kind });
}
if (wish.conversation) chat.openConversation(wish.conversation);
${more}
</script></html>`;
}

/** Kept in the page: talk with the control server, and look at what is painted. */
export const PAGE_TOOLS = `
const tell = (key, value) => fetch('/control/tell?key=' + encodeURIComponent(key), { method: 'POST', body: JSON.stringify(value) });
const ask = async (key) => (await fetch('/control/ask?key=' + encodeURIComponent(key))).json();
const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
/** Runs right behind the frame that is being made: by then it is laid out and painted. */
const behindFrame = () => new Promise((resolve) => { const { port1, port2 } = new MessageChannel(); port1.onmessage = resolve; port2.postMessage(0); });
/** When the first frame that shows the sight was made, for whatever is there from the start as for what comes later. */
async function whenPainted(sight) {
  do await frame(); while (!sight());
  await behindFrame();
  return performance.now();
}
const deep = (root, selector) => {
  const found = [...root.querySelectorAll(selector)];
  for (const child of root.querySelectorAll('*')) if (child.shadowRoot) found.push(...deep(child.shadowRoot, selector));
  return found;
};
const bubblesOf = (chat) => (chat.shadowRoot ? deep(chat.shadowRoot, '[part~="bubble"]') : []);
`;
