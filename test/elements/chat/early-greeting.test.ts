// The core is greeted by the first file of a page, and whoever attaches later goes on with that talk.
import type { FirstPage, Hello, ToCore } from '../../../src/contracts/port.ts';
import { digestName } from '../../../src/base/digest.ts';
import type { WarblerChat } from '../../../src/elements/chat/chat.ts';
import { equal, ok } from '../../browser-kit/expect.ts';
import { until } from '../../browser-kit/person.ts';
import { LI, messageAt } from '../../browser-kit/scripted-session.ts';

interface Worker {
  name: string;
  heard: ToCore[];
  say(data: unknown): void;
}

const { SharedWorker: real } = window;
const workers: Worker[] = [];

/** The page's end of each port is real; the test speaks for the core. */
function playWorkers(): void {
  window.SharedWorker = class extends EventTarget {
    readonly port: MessagePort;
    constructor(_url: string, { name = '' }: WorkerOptions) {
      super();
      const { port1, port2 } = new MessageChannel();
      this.port = port1;
      const heard: ToCore[] = [];
      port2.addEventListener('message', ({ data }) => heard.push(data as ToCore));
      port2.start();
      workers.push({ name, heard, say: (data) => port2.postMessage(data) });
    }
  } as unknown as typeof SharedWorker;
}

const firstPage: FirstPage = {
  warbler: 'first-page',
  account: { address: 'mia@warbler.example', name: 'Mia' } as never,
  conversations: [],
  open: {
    conversation: LI,
    page: {
      messages: [messageAt(1, { text: 'from the disk' })],
      outbox: [],
      gaps: [],
      marks: { readUpTo: Infinity, receivedUpTo: 0, displayedUpTo: 0 } as never,
      atStart: true,
      atEnd: true,
    },
  },
};

const heldLocks = async (): Promise<string[]> => ((await navigator.locks.query()).held ?? []).map(({ name = '' }) => name);

describe('a page that shows a chat at once', () => {
  after(() => {
    window.SharedWorker = real;
  });

  it('asks for its first page before the elements are there, once, and holds the lock of the tab it greeted as', async () => {
    playWorkers();
    const chat = document.createElement('warbler-chat') as WarblerChat;
    chat.setAttribute('mode', 'inline');
    chat.setAttribute('profile', 'early');
    document.body.append(chat);
    const ready = import('../../../src/entries/define.ts');
    await until(() => workers[0]?.heard.length === 1, 'a greeting');
    const [worker] = workers as [Worker];
    const { tab, first, identity } = worker.heard[0] as Hello;
    equal(JSON.stringify({ first, ...identity }), '{"first":{"count":50},"organisation":"open","profile":"early"}');
    worker.say(firstPage);
    await ready;
    const thread = await until(() => chat.shadowRoot?.querySelector('warbler-thread')?.shadowRoot, 'a thread');
    await until(() => thread.querySelector('.text')?.textContent === 'from the disk', 'the message');
    await until(() => worker.heard.length === 2, 'word that it is painted');
    equal(worker.heard[1]?.warbler, 'painted');
    ok((await heldLocks()).includes(`warbler:tab:${tab}`), 'the lock');
    equal(workers.map(({ name }) => name).join(), `warbler-${digestName('open', 'early')}`);
    chat.remove();
  });

  it('begins a talk of its own with another core', async () => {
    const chat = document.createElement('warbler-chat') as WarblerChat;
    chat.setAttribute('mode', 'inline');
    chat.setAttribute('profile', 'another');
    document.body.append(chat);
    const wanted = `warbler-${digestName('open', 'another')}`;
    const worker = await until(() => workers.find(({ name }) => name === wanted), 'its worker');
    await until(() => worker.heard.length === 1, 'a greeting');
    equal((worker.heard[0] as Hello).identity.profile, 'another');
    chat.remove();
  });
});
