// The floors as pages: an article, a launcher without anything behind it, fifty bubbles, and the same read from IndexedDB.
import { longHistory } from '../../../src/engine/seed/population.ts';
import { PAGE_TOOLS } from '../kit/chat-page.ts';
import { LATE, OTHER, PERSON } from '../kit/warm-profile.ts';

const HEAD = '<!doctype html><html lang="en"><meta charset="utf-8"><title>bench</title><link rel="icon" href="data:,">';

/** Long enough that its layout is work. */
export function articlePage(key: string, script: string): string {
  const words = [...longHistory([PERSON.name, OTHER.name], 200, LATE)].map((message) => ('text' in message ? escape(message.text) : ''));
  return `${HEAD}<style>body{font:16px/1.5 system-ui;max-inline-size:40em;margin:2em auto}</style>
<script>performance.mark('began')</script>${script}
<h1>An article</h1>${words.map((text) => `<p>${text}</p>`).join('\n')}
<script type="module">${PAGE_TOOLS}
const painted = () => performance.getEntriesByName('first-contentful-paint')[0]?.startTime;
while (painted() === undefined) await frame();
${script === '' ? '' : LAUNCHER_PAINTED}
tell('${key}', { firstPaint: painted(), launcher: globalThis.launcherPainted ?? 0 });
</script></html>`;
}

const LAUNCHER_PAINTED = `
const launcher = () => [...document.body.children].some((element) => element.shadowRoot?.querySelector('button'));
globalThis.launcherPainted = await whenPainted(launcher);
`;

export const embedTag = '<script src="/warbler/embed.js" data-service="ws://127.0.0.1:9/ws" async></script>';
export const plainTag = '<script src="/plain-launcher.js" async></script>';

/** Fifty bubbles in the page's own HTML: nothing can show them sooner. */
export function bubblesPage(key: string): string {
  return `${HEAD}${BUBBLE_STYLE}<main>${bubbleTexts().map(bubble).join('')}</main>
<script type="module">${PAGE_TOOLS}
tell('${key}', { ms: await whenPainted(() => document.querySelectorAll('.bubble').length >= 50) });
</script></html>`;
}

/** Puts the fifty texts into IndexedDB at the first visit, and draws them from there at every later one. */
export function storedPage(key: string): string {
  return `${HEAD}${BUBBLE_STYLE}<main></main><script type="module">${PAGE_TOOLS}
const asked = indexedDB.open('floor', 1);
asked.onupgradeneeded = () => asked.result.createObjectStore('messages');
const done = (request) => new Promise((resolve) => (request.onsuccess = () => resolve(request.result)));
const database = await done(asked);
let texts = await done(database.transaction('messages').objectStore('messages').getAll());
if (texts.length === 0) {
  texts = ${JSON.stringify(bubbleTexts()).replaceAll('<', '\\u003c')};
  const writing = database.transaction('messages', 'readwrite');
  texts.forEach((text, place) => writing.objectStore('messages').put(text, place));
  await new Promise((resolve) => (writing.oncomplete = resolve));
}
for (const text of texts) {
  const made = document.createElement('div');
  made.className = 'bubble';
  made.textContent = text;
  document.querySelector('main').append(made);
}
tell('${key}', { ms: await whenPainted(() => document.querySelectorAll('.bubble').length >= 50) });
</script></html>`;
}

const BUBBLE_STYLE = `<style>body{font:15px/1.4 system-ui;margin:0}.bubble{max-inline-size:34em;margin:6px 14px;padding:8px 12px;border-radius:18px;background:#eef3ee}
.bubble:nth-child(2n){margin-inline-start:auto;background:#d5ecdf}</style>`;

const bubble = (text: string): string => `<div class="bubble">${escape(text)}</div>`;

function bubbleTexts(): string[] {
  const told = [...longHistory([PERSON.name, OTHER.name], 80, LATE)].flatMap((message) => ('text' in message ? [message.text] : []));
  return told.slice(-50);
}

const escape = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
