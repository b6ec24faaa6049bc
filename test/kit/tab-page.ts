// A page that tests drive by the session itself, without elements: what it was told stands in `window.tab`.
import type { BrowserContext, Page } from '@playwright/test';
import type { HostKind, SessionClient } from '../../src/client/session-client.ts';
import type { Account, Address } from '../../src/model/account.ts';
import type { ConversationId } from '../../src/model/conversation.ts';
import type { Answer } from '../../src/model/failure.ts';
import type { Message, MessageId } from '../../src/model/message.ts';
import type { DemoAccount, DemoSite } from './demo-site.ts';

export interface TabWindow {
  tab: {
    client: SessionClient;
    /** When the tie to the core changed, by the wall clock. */
    log: { state: string; at: number }[];
    /** Of the first core that answered since. */
    answered(since: number): Promise<number>;
    /** Back to the message that says `since`. */
    readAll(conversation: ConversationId, since: string): Promise<readonly Message[]>;
    changeEncryption: typeof changeEncryption;
    encryptRoom: typeof encryptRoom;
  };
}

const PATH = 'tab-page.html';

/** Served on the demo's own site, so that the page shares its storage and its workers. */
export async function serveTabPage(
  context: BrowserContext,
  demo: DemoSite,
  { hosts, profile = 'tab' }: { hosts?: readonly HostKind[]; profile?: string } = {},
): Promise<void> {
  const options = { identity: { organisation: 'open', profile }, ...(hosts ? { hosts } : {}) };
  const body = `<!doctype html><meta charset="utf-8"><title>tab</title><link rel="icon" href="data:,">
<script type="module">
  import { attach } from './warbler/index.js';
  const client = attach(${JSON.stringify(options)});
  const log = [];
  client.onState((state) => log.push({ state, at: Date.now() }));
  const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
  ${readAll.toString()}
  window.tab = { client, log, answered: ${answered.toString()}, readAll: (...of) => readAll(client, ...of), changeEncryption: ${changeEncryption.toString()}, encryptRoom: ${encryptRoom.toString()} };
</script>`;
  await context.route(`${demo.facts.home}${PATH}`, (route) => route.fulfill({ contentType: 'text/html', body }));
}

export async function openTabPage(page: Page, demo: DemoSite): Promise<Page> {
  await page.goto(`${demo.facts.home}${PATH}`);
  await page.waitForFunction(() => 'tab' in window);
  return page;
}

export const signInOn = (page: Page, demo: DemoSite, { address, password }: DemoAccount): Promise<Answer<Account>> =>
  page.evaluate((credentials) => (window as unknown as TabWindow).tab.client.signIn(credentials), {
    address,
    password,
    services: demo.facts.services,
  });

/** Whether the outbox took it. The same id again is the same message. */
export const sendFrom = (page: Page, to: string, id: string, text: string): Promise<boolean> =>
  page.evaluate(async ([to, id, text]) => (await (window as unknown as TabWindow).tab.client.sendMessage(to, { id, text })).ok, [
    to as ConversationId,
    id as MessageId,
    text,
  ] as const);

export const readAllOn = (page: Page, other: string, since: string): Promise<readonly Message[]> =>
  page.evaluate(([other, since]) => (window as unknown as TabWindow).tab.readAll(other as ConversationId, since), [other, since] as const);

export const changeEncryptionOn = (page: Page, other: string, to: 'on' | 'off'): Promise<void> =>
  page.evaluate(
    ([other, to]) => {
      const { client, changeEncryption } = (window as unknown as TabWindow).tab;
      return changeEncryption(client, other, to);
    },
    [other as ConversationId, to] as const,
  );

export const encryptRoomOn = (page: Page, room: string, other: string): Promise<void> =>
  page.evaluate(
    ([room, other]) => {
      const { client, encryptRoom } = (window as unknown as TabWindow).tab;
      return encryptRoom(client, room, other);
    },
    [room as ConversationId, other as Address] as const,
  );

/** Both sides publish their keys a moment after they signed in; where there is no history that would decide for itself. */
export async function changeEncryption(
  client: Pick<SessionClient, 'changeEncryption'>,
  other: ConversationId,
  to: 'on' | 'off',
): Promise<void> {
  for (const until = Date.now() + 30_000; !(await client.changeEncryption(other, to)).ok;) {
    if (Date.now() > until) throw new Error(`encryption could not be turned ${to}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/** Once the other one has a device there; past those who have none. */
export async function encryptRoom(
  client: Pick<SessionClient, 'readReaders' | 'changeEncryption' | 'confirmReaders'>,
  room: ConversationId,
  other: Address,
): Promise<void> {
  for (const until = Date.now() + 30_000; Date.now() < until; await new Promise((resolve) => setTimeout(resolve, 100))) {
    const readers = await client.readReaders(room);
    const people = readers.ok ? readers.value.people : [];
    if (!people.some(({ person, devices }) => person === other && devices > 0)) continue;
    if (!(await client.changeEncryption(room, 'on')).ok) continue;
    const without = people.filter(({ devices }) => devices === 0).map(({ person }) => person);
    if ((await client.confirmReaders(room, { people: people.map(({ person }) => person), without })).ok) return;
  }
  throw new Error('the room could not be encrypted');
}

/** Back to the message that says `since`, or to the beginning. */
export async function readAll(
  client: Pick<SessionClient, 'readThread'>,
  conversation: ConversationId,
  since: string,
): Promise<readonly Message[]> {
  const rows: Message[] = [];
  for (let around: number | 'newest' = 'newest'; ; around = rows[0]?.order ?? 0) {
    const answer = await client.readThread({ conversation, around, before: 200, after: 0 });
    // A fresh device knows of nobody until the archive has been heard.
    if (!answer.ok && answer.failure.kind === 'not-found') return rows;
    if (!answer.ok) throw new Error(answer.failure.kind);
    const page = answer.value;
    rows.unshift(...page.messages);
    const begin = rows.findIndex(({ text }) => text === since);
    if (begin >= 0) return rows.slice(begin + 1);
    if (page.atStart || page.messages.length === 0) return rows;
  }
}

// ---- run in the page ----

declare const client: SessionClient;
declare const log: TabWindow['tab']['log'];
declare const pause: (ms: number) => Promise<void>;

async function answered(since: number): Promise<number> {
  while (!log.some(({ state, at }) => state === 'attached' && at >= since)) await pause(5);
  const answer = await client.readSituation();
  return answer.ok ? Date.now() : answered(since);
}
