// Tabs are frames of this page: each with a window, locks and frames of its own.
import type { ConversationId } from '../../../src/model/conversation.ts';
import type { AttachOptions, HostKind, SessionClient } from '../../../src/client/session-client.ts';
import type { TabHooks } from './tab.ts';
import { ok } from './expect.ts';

export interface Tab {
  client: SessionClient;
  window: Window & { hooks: TabHooks };
  /** Removes the frame; `silently` lets it say nothing. */
  close(silently?: 'silently'): void;
}

export interface CoreFacts {
  core: string;
  tabs: number;
  /** That somebody can look at. */
  seen: number;
  gone: number;
  calls: number;
}

const frames = new Set<HTMLIFrameElement>();
export const WORKER_URL: string = new URL('./small-worker.ts', import.meta.url).href;

/** The worker of the product. Its tabs get the product's core in the page, too. */
export const REAL_WORKER_URL: string = new URL('../../../src/entries/worker.ts', import.meta.url).href;

/** A new organisation for each test: nothing of another test's core is met. */
export const newOrganisation = (): string => `test-${crypto.randomUUID()}`;

/** Loads the frame, but attaches nothing yet. */
export async function openFrame(page = './tab.html'): Promise<{ frame: HTMLIFrameElement; window: Tab['window'] }> {
  const frame = document.createElement('iframe');
  frames.add(frame);
  const ready = new Promise<Tab['window']>((resolve) => {
    const hear = (event: Event): void => {
      const { detail } = event as CustomEvent<Tab['window']>;
      if (detail !== (frame.contentWindow as unknown)) return;
      removeEventListener('tab-ready', hear);
      resolve(detail);
    };
    addEventListener('tab-ready', hear);
  });
  frame.src = new URL(page, import.meta.url).href;
  document.body.append(frame);
  return { frame, window: await ready };
}

export async function openTab(host: HostKind, organisation: string, options: Partial<AttachOptions> = {}, page?: string): Promise<Tab> {
  const { frame, window } = await openFrame(page);
  const client = window.hooks.attach({
    identity: { organisation, profile: '' },
    workerUrl: WORKER_URL,
    loadCore: options.workerUrl === REAL_WORKER_URL ? window.hooks.loadRealCore : window.hooks.loadSmallCore,
    hosts: [host],
    ...options,
  });
  const close = (silently?: 'silently'): void => {
    if (silently) window.hooks.dieSilently();
    frames.delete(frame);
    frame.remove();
  };
  return { client, window, close };
}

/** Frames are loaded first, then all attach in the same instant. */
export async function openTabsTogether(count: number, host: HostKind, organisation: string): Promise<Tab[]> {
  const loaded = await Promise.all(Array.from({ length: count }, openFrame));
  return loaded.map(({ frame, window }) => ({
    window,
    client: window.hooks.attach({ identity: { organisation, profile: '' }, workerUrl: WORKER_URL, hosts: [host] }),
    close(silently) {
      if (silently) window.hooks.dieSilently();
      frames.delete(frame);
      frame.remove();
    },
  }));
}

export function closeAllTabs(): void {
  for (const frame of frames) frame.remove();
  frames.clear();
}

const ANY = 'anybody@garden.example' as ConversationId;

export async function factsOf({ client }: Tab): Promise<CoreFacts> {
  const answer = await client.readConversation(ANY);
  ok(answer.ok, `the core answers: ${JSON.stringify(answer)}`);
  return JSON.parse(answer.value.title) as CoreFacts;
}

export async function textsOf({ client }: Tab): Promise<string[]> {
  const answer = await client.readThread({ conversation: ANY, around: 'newest', before: 50, after: 0 });
  ok(answer.ok, 'the core answers');
  return answer.value.messages.map((message) => (message as unknown as { text: string }).text);
}

export const send = ({ client }: Tab, text: string): ReturnType<SessionClient['sendMessage']> => client.sendMessage(ANY, { text } as never);
