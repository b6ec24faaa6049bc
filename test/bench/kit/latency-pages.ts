// One page writes, one sees: bare, and with the chat. Each message is a line of its own that names its number.
import { PAGE_TOOLS, chatPage } from './chat-page.ts';
import { PROBES } from './probes.ts';

export interface Place {
  service: string;
  domain: string;
}

export interface Written {
  /** Milliseconds since the epoch: before the first thing that writing does. */
  at: number;
  /** Frames until the own bubble was drawn; the chat only. */
  frames?: number;
}

const EPOCH = 'const epochNow = () => performance.timeOrigin + performance.now();';

const bare = (name: string, place: Place, more: string): string => `<!doctype html><meta charset="utf-8"><link rel="icon" href="data:,">
<div id="log"></div><script type="module">
import { signIn } from '/bare-client.js';
${PAGE_TOOLS}${PROBES}${EPOCH}
const stream = await signIn(${JSON.stringify({ ...place, user: name, password: name })});
${more}
</script>`;

/** Asked for a number it writes a message with it, and tells when. */
export function bareWriter(place: Place, name: string, to: string): string {
  return bare(
    name,
    place,
    `await tell('${name}:ready', true);
for (;;) {
  const number = await ask('${name}');
  const at = epochNow();
  stream.send('<message xmlns="jabber:client" type="chat" id="n' + number + '" to="${to}@${place.domain}"><body>number ' + number + '.</body></message>');
  await tell('${name}:written', { at });
}`,
  );
}

/** Tells when the number it saw last was painted. */
export function bareReader(place: Place, name: string): string {
  return bare(
    name,
    place,
    `stream.onFrame(async (frame) => {
  const number = /<body>number (\\d+)\\./.exec(frame)?.[1];
  if (!number) return;
  document.getElementById('log').append(document.createElement('p').appendChild(document.createTextNode(number)));
  await painted();
  tell('${name}:seen', { number: Number(number), at: epochNow() });
});
await tell('${name}:ready', true);`,
  );
}

const ours = (name: string, place: Place, other: string, more: string): string =>
  chatPage(
    name,
    {
      service: place.service,
      credentials: { address: `${name}@${place.domain}`, password: name },
      conversation: `${other}@${place.domain}`,
    },
    `${PROBES}${EPOCH}
const area = () => deep(chat.shadowRoot, 'textarea')[0];
while (!area()) await frame();
await new Promise((resolve) => setTimeout(resolve, 1000));
const shows = (number) => bubblesOf(chat).at(-1)?.textContent.includes('number ' + number + '.');
${more}`,
  );

export function ourWriter(place: Place, name: string, to: string): string {
  return ours(
    name,
    place,
    to,
    `await tell('${name}:ready', true);
for (;;) {
  const number = await ask('${name}');
  const at = epochNow();
  area().value = 'number ' + number + '.';
  area().dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }));
  area().dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', code: 'Enter', bubbles: true, composed: true, cancelable: true }));
  let frames = 0;
  while (!shows(number)) {
    await frame();
    frames++;
  }
  await tell('${name}:written', { at, frames });
}`,
  );
}

export function ourReader(place: Place, name: string, other: string): string {
  return ours(
    name,
    place,
    other,
    `let last = -1;
new MutationObserver(async () => {
  const number = Number(/number (\\d+)\\./.exec(bubblesOf(chat).at(-1)?.textContent ?? '')?.[1] ?? -1);
  if (number <= last) return;
  last = number;
  await painted();
  tell('${name}:seen', { number, at: epochNow() });
}).observe(deep(chat.shadowRoot, 'warbler-thread')[0].shadowRoot, { childList: true, subtree: true, characterData: true });
await tell('${name}:ready', true);`,
  );
}
