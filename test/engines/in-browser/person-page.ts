// In the page: the product as it is built, and a person's hands. It is told what to do, one thing after another, and says when it is done.
import { shell } from '../../../src/texts/en/shell.ts';
import { composer } from '../../../src/texts/en/composer.ts';
import { lock as lockWords } from '../../../src/texts/en/lock-words.ts';
import type { ConversationId } from '../../../src/model/conversation.ts';
import type { WarblerChat } from '../../../src/elements/chat/chat.ts';
import { control } from '../../bench/in-browser/control.ts';

export type PersonOrder =
  | { do: 'sign-in'; service: string; address: string; password: string }
  | { do: 'open'; conversation: string }
  /** Pages up until it stands in the thread. */
  | { do: 'see'; text: string }
  | { do: 'say'; text: string }
  | { do: 'leave-draft'; text: string }
  | { do: 'find-draft'; text: string }
  | { do: 'send-file'; name: string; content: string }
  | { do: 'set-lock'; passphrase: string }
  | { do: 'lock' | 'find-locked' | 'sign-out' }
  | { do: 'unlock'; passphrase: string }
  /** All that stands in the document: words, names for those who listen, fields. */
  | { do: 'tell-words' }
  /** Where no lock and no seal is: a search has to find it. */
  | { do: 'plant'; text: string };

/** One profile is opened several times. */
const RUN = new URL(location.href).searchParams.get('run') ?? '';
const PATIENCE_MS = 25_000;
const frame = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 30));

async function until<T>(what: string, look: () => T | undefined | false): Promise<T> {
  for (const end = Date.now() + PATIENCE_MS; Date.now() < end; await frame()) {
    const found = look();
    if (found !== undefined && found !== false) return found;
  }
  throw new Error(`it never came to that: ${what}`);
}

function* everything(root: ParentNode = document): Generator<HTMLElement> {
  for (const element of root.querySelectorAll<HTMLElement>('*')) {
    yield element;
    if (element.shadowRoot) yield* everything(element.shadowRoot);
  }
}

const isSeen = (element: HTMLElement): boolean => element.checkVisibility() && !element.closest('[inert]');

/** `host inner`: the second in the shadow of the first. */
function find(selector: string, words?: string): HTMLElement | undefined {
  const [host, inner] = /^warbler-[\w-]+ /.test(selector)
    ? [selector.slice(0, selector.indexOf(' ')), selector.slice(selector.indexOf(' ') + 1)]
    : ['', selector];
  for (const element of everything())
    if (element.matches(inner) && isSeen(element) && isIn(element, host) && (words === undefined || isCalled(element, words)))
      return element;
  return undefined;
}

function isIn(element: Element, host: string): boolean {
  const root = element.getRootNode();
  return host === '' || (root instanceof ShadowRoot && root.host.matches(host));
}

const isCalled = (element: HTMLElement, words: string): boolean =>
  (element.getAttribute('aria-label') ?? element.textContent).trim().startsWith(words);

const see = (selector: string, words?: string): Promise<HTMLElement> => until(`${selector} ${words ?? ''}`, () => find(selector, words));

async function press(words: string, selector = 'button, [role="menuitem"]'): Promise<void> {
  (await see(selector, words)).click();
}

async function write(selector: string, text: string): Promise<void> {
  const field = (await see(selector)) as HTMLInputElement;
  field.focus();
  field.value = text;
  field.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }));
}

const bubbles = (): HTMLElement[] => [...everything()].filter((element) => element.matches('[role="article"]'));
const bubble = (text: string): HTMLElement | undefined => bubbles().find(({ textContent }) => textContent.includes(text));

async function pageUp(text: string): Promise<void> {
  await until(`"${text}" in the thread`, () => {
    if (bubble(text)) return true;
    for (const element of everything()) if (element.scrollHeight > element.clientHeight + 50) element.scrollTop = 0;
    return undefined;
  });
}

const newest = (): HTMLElement | undefined => bubbles().at(-1);
/** A file's words stand in a shadow of their own. */
const nameOf = (element: HTMLElement | undefined): string => [...(element?.attributes ?? [])].map(({ value }) => value).join(' ');

/** Another message than the newest of before. */
async function isSent(before: string): Promise<void> {
  await until('it is sent', () => {
    const states = [...(newest()?.querySelectorAll('[data-state]') ?? [])].map((state) => state.getAttribute('data-state') ?? '');
    return nameOf(newest()) !== before && states.some((word) => /sent|delivered|read/.test(word));
  });
}

async function say(text: string): Promise<void> {
  const before = nameOf(newest());
  await write('warbler-composer textarea', text);
  await press(composer.send);
  await isSent(before);
}

async function sendFile(name: string, content: string): Promise<void> {
  const given = new DataTransfer();
  given.items.add(new File([content], name, { type: 'text/plain' }));
  const input = await until('the field for files', () => [...everything()].find((one) => one.matches('input[type="file"]')));
  (input as HTMLInputElement).files = given.files;
  input.dispatchEvent(new Event('change'));
  await see('warbler-staged-files li');
  const before = nameOf(newest());
  await press(composer.send);
  await isSent(before);
}

async function openLockSheet(): Promise<void> {
  await press(shell.accountMenu);
  await until('the lock in the menu', () =>
    [...everything()].find((one) => one.matches('[role="menuitem"]') && one.textContent.trim() === shell.lock),
  ).then((item) => item.click());
}

async function setLock(passphrase: string): Promise<void> {
  await openLockSheet();
  await press(lockWords.setPassphrase);
  await write('#field-fresh', passphrase);
  await write('#field-again', passphrase);
  await press(lockWords.set);
  await see('button', lockWords.turnOff);
  await press(shell.close);
}

async function plant(text: string): Promise<void> {
  localStorage.setItem('planted', text);
  await new Promise((resolve, reject) => {
    const opening = indexedDB.open('planted', 1);
    opening.addEventListener('upgradeneeded', () => opening.result.createObjectStore('rows'));
    opening.addEventListener('error', reject);
    opening.addEventListener('success', () => {
      const transaction = opening.result.transaction('rows', 'readwrite');
      transaction.objectStore('rows').put({ text: `${text} ${text} ${'-'.repeat(400)}` }, 'value');
      transaction.objectStore('rows').put(1, text);
      transaction.addEventListener('complete', resolve);
    });
  });
}

const wordsHere = (): string =>
  [document.title, location.href]
    .concat(
      [...everything()]
        .filter((element) => !element.matches('script, style'))
        .map((element) => {
          const attributes = [...element.attributes].map(({ value }) => value).join(' ');
          const own = [...element.childNodes].map((node) => (node.nodeType === Node.TEXT_NODE ? node.textContent : '')).join(' ');
          return `${own} ${attributes} ${'value' in element ? String(element.value) : ''}`;
        }),
    )
    .join(' ');

async function obey(order: PersonOrder, chat: WarblerChat): Promise<unknown> {
  switch (order.do) {
    case 'sign-in': {
      const answer = await chat.signIn({ service: order.service, address: order.address, password: order.password });
      return answer.ok || Promise.reject(new Error(answer.failure.kind));
    }
    case 'open':
      return chat.openConversation(order.conversation as ConversationId);
    case 'see':
      return pageUp(order.text);
    case 'say':
      return say(order.text);
    case 'leave-draft':
      return write('warbler-composer textarea', order.text);
    case 'find-draft':
      return void (await until(
        'the draft',
        () => (find('warbler-composer textarea') as HTMLTextAreaElement | undefined)?.value === order.text,
      ));
    case 'send-file':
      return sendFile(order.name, order.content);
    case 'set-lock':
      return setLock(order.passphrase);
    case 'lock':
      await press(shell.accountMenu);
      await press(shell.lockNow);
      return void (await see('warbler-lock-face input'));
    case 'find-locked':
      return void (await see('warbler-lock-face input'));
    case 'unlock':
      await write('warbler-lock-face input', order.passphrase);
      await press(lockWords.unlock);
      return void (await see('warbler-conversation-list .row'));
    case 'sign-out':
      await press(shell.accountMenu);
      await press(shell.signOut);
      return void (await see('warbler-sign-in form'));
    case 'tell-words':
      return wordsHere();
    case 'plant':
      return plant(order.text);
  }
}

async function run(): Promise<void> {
  const chat = document.createElement('warbler-chat') as WarblerChat;
  for (const [name, value] of Object.entries({ mode: 'page', lang: 'en' })) chat.setAttribute(name, value);
  Object.assign(chat.style, { display: 'block', width: '1000px', height: '700px' });
  document.body.append(chat);
  await import(/* @vite-ignore */ new URL('/warbler/define.js', location.href).href);
  await customElements.whenDefined('warbler-chat');
  for (;;) {
    const order = (await control.ask(`order${RUN}`)) as PersonOrder;
    const done = await obey(order, chat).catch((defect: unknown) => ({
      defect: `${order.do}: ${String((defect as Error).message)} — ${wordsHere().replaceAll(/\s+/g, ' ').slice(0, 3000)}`,
    }));
    await control.tell(`done${RUN}`, done ?? true);
  }
}

void run().catch((defect: unknown) => control.tell(`done${RUN}`, { defect: String(defect) }));
