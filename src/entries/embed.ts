// The script tag: `<script src="https://…/embed.js" data-service="wss://…" async></script>`.
// Until the visitor presses the button it draws that button and does nothing else: no request, no storage, no socket, no worker.
import { loaderTextsFor } from '../texts/loader.ts';
import { drawButton, type LauncherButton } from './embed/button.ts';

/** `data-…` of the script tag that become attributes of `warbler-chat`. */
const HANDED_ON = ['service', 'app-id', 'profile', 'lang', 'theme', 'worker-url', 'side'];

const script = document.currentScript as HTMLScriptElement | null;
if (script) whenBodyIsThere(() => offer(script));

function offer(tag: HTMLScriptElement): void {
  const texts = loaderTextsFor(tag.dataset['lang'] ?? document.documentElement.lang ?? navigator.language);
  const launcher = drawButton(texts);
  launcher.button.addEventListener('click', () => {
    if (launcher.button.ariaBusy === 'true') return;
    launcher.button.ariaBusy = 'true';
    launcher.button.ariaLabel = texts.busy;
    open(tag, launcher).catch(() => {
      launcher.button.ariaBusy = 'false';
      launcher.button.ariaLabel = texts.failed;
      launcher.button.title = texts.failed;
    });
  });
  document.body.append(launcher.host);
}

async function open(tag: HTMLScriptElement, launcher: LauncherButton): Promise<void> {
  // A failed import is remembered by its address: a query of its own lets a second press really try again.
  const attempt = launcher.button.title ? `?again=${Date.now()}` : '';
  await import(/* @vite-ignore */ new URL(`define.js${attempt}`, tag.src).href);
  const chat = document.createElement('warbler-chat');
  for (const name of HANDED_ON) {
    const value = tag.getAttribute(`data-${name}`);
    if (value !== null) chat.setAttribute(name, value);
  }
  chat.setAttribute('mode', 'launcher');
  chat.setAttribute('open', '');
  document.body.append(chat);
  launcher.host.remove();
}

function whenBodyIsThere(work: () => void): void {
  if (document.body) work();
  else document.addEventListener('DOMContentLoaded', work, { once: true });
}
