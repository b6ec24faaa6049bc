// The tab's tie to its core: searching → attached → (the core dies, the page leaves and returns) → searching …
import { CONTRACT_VERSION, type Session, type TabReport } from '../contracts/session.ts';
import type { FirstPage, Hello, Refused, ToTab, Welcome } from '../contracts/port.ts';
import { BUILD } from '../base/build.ts';
import { failed, type Answer, type Failure } from '../model/failure.ts';
import { takeTalk } from './begun-talk.ts';
import { listHosts } from './hosts.ts';
import { leaving } from './leaving.ts';
import type { Host, Link } from './link.ts';
import { Looking } from './looking.ts';
import { OpenCalls } from './open-calls.ts';
import { Page, watchCore } from './page.ts';
import { painted } from './painted.ts';
import { Search } from './search.ts';
import type { AttachOptions, ClientState, HostKind } from './session-client.ts';
import { SharedReads } from './shared-reads.ts';
import type { Talk } from './shared.ts';

const loadComlink = (): Promise<typeof import('comlink') | undefined> => import('comlink').catch(() => undefined);

type Remote = Record<string, (id: string, ...args: readonly unknown[]) => Promise<Answer<unknown>>>;

export class Attachment {
  state: ClientState = 'attaching';
  host: HostKind | undefined;
  failure: Failure | undefined;
  readonly firstPage: Promise<FirstPage | undefined>;
  readonly looking: Looking = new Looking((revision) => this.#link?.post({ warbler: 'seen', revision }));
  #options: AttachOptions;
  #listeners = new Set<(state: ClientState) => void>();
  #calls = new OpenCalls(() => this.#doubt());
  #reads = new SharedReads();
  #page: Page;
  #search: Search | undefined;
  #link: Link | undefined;
  #stopWatching: () => void = () => {};
  #report: TabReport = { visible: false };
  #showFirstPage: ((page: FirstPage | undefined) => void) | undefined;
  #isDisposed = false;
  #isAway = false;

  constructor(options: AttachOptions) {
    this.#options = options;
    this.firstPage = options.first ? new Promise((resolve) => (this.#showFirstPage = resolve)) : Promise.resolve(undefined);
    const begun = takeTalk(options);
    const tellSight = (): void => void (this.#link && this.call('reportTab', [this.#report]));
    const events = {
      left: () => this.#leave(),
      returned: () => this.#return(),
      visibilityChanged: tellSight,
      // A frozen leader would keep the lead and answer nobody. A shared core goes on, and is told that nobody looks.
      frozen: (isFrozen: boolean) => (this.host !== 'elected' ? tellSight() : isFrozen ? this.#leave() : this.#return()),
    };
    this.#page = new Page(events, begun?.hello.tab);
    this.#start(begun);
  }

  onState(listener: (state: ClientState) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  call(name: keyof Session, args: readonly unknown[]): Promise<Answer<unknown>> {
    if (this.state === 'refused' || this.#isDisposed) return Promise.resolve(failed(this.failure ?? { kind: 'core-gone' }));
    if (this.state === 'lost') this.#searchAgain();
    if (name !== 'reportTab') return this.#reads.ask(name, args, () => this.#calls.make(name, args));
    this.#report = { ...(args[0] as TabReport), visible: this.#page.isVisible };
    return this.#calls.make(name, [this.#report]);
  }

  dispose(): void {
    this.#isDisposed = true;
    this.#search?.leave(this.#calls.words);
    this.#drop();
    this.#listeners.clear();
    this.#end('lost', { kind: 'core-gone' });
    this.looking.end();
    this.#page.end();
  }

  /** A tab that only wants its first page is heard before it holds its lock: nothing is shared with it yet. */
  #start(begun: Talk | undefined): void {
    if (!isSecureContext) return this.#end('refused', { kind: 'service-not-secure', service: location.origin });
    // Locks are refused in frames without storage: only a core in the page needs none.
    const canLock = this.#page.hold().then(
      () => true,
      () => false,
    );
    this.#search = new Search(listHosts(this.#options, canLock, begun), () => this.#greet(), {
      welcomed: (link, welcome, host) => this.#attach(link, welcome, host),
      refused: (refused) => this.#end('refused', failureOf(refused)),
      lost: () => this.#end('lost', { kind: 'core-gone' }),
      heard: (link, data) => this.#hear(link, data),
    });
    if (this.#options.first) void this.#search.begin();
    else void canLock.then(() => (this.#isDisposed ? undefined : this.#search?.begin()));
  }

  #greet(): Hello {
    const { identity, first } = this.#options;
    const wish = first && this.#showFirstPage ? { first } : {};
    return { warbler: 'hello', contract: CONTRACT_VERSION, build: BUILD, identity, tab: this.#page.tab, ...wish };
  }

  #attach(link: Link, welcome: Welcome, host: Host): void {
    const isFirst = this.host === undefined;
    this.host = host.kind;
    this.#link = link;
    this.#stopWatching = watchCore(welcome.coreLock, () => link === this.#link && this.#mourn());
    void this.#carryCalls(link);
    this.looking.begin(welcome.revision, isFirst);
    this.#enter('attached');
    void this.call('reportTab', [this.#report]);
  }

  /** What carries calls comes after the first page, which needs none. Calls wait for it as they wait for a core. */
  async #carryCalls(link: Link): Promise<void> {
    const comlink = await loadComlink();
    if (link !== this.#link) return;
    if (!comlink) return this.#end('lost', { kind: 'core-gone' });
    const remote = comlink.wrap<Remote>(link.carrier) as unknown as Remote;
    this.#calls.attach((name, id, args) => (remote[name] as Remote[string])(id, ...args));
  }

  #hear(link: Link, data: ToTab): void {
    if (data.warbler === 'changed' && link === this.#link) this.looking.hear(data);
    if (data.warbler === 'last-words') for (const [name, args] of data.calls) void this.call(name, args);
    if (data.warbler === 'locked' && link === this.#link) this.#lock();
    if (data.warbler === 'first-page') void this.#show(link, data.account || data.locked ? data : undefined);
  }

  /** What was asked is not repeated: it is of what was locked. The core goes next, and is looked for again then. */
  #lock(): void {
    this.#calls.detach();
    this.#calls.failAll({ kind: 'locked' });
    this.#enter('locked');
  }

  async #show(link: Link, page: FirstPage | undefined): Promise<void> {
    this.#resolveFirstPage(page);
    const held = this.#page.hold().catch(() => undefined);
    await Promise.all([held, page && painted(page, this.#options.whenPainted)]);
    link.post({ warbler: 'painted' });
    void loadComlink();
  }

  #resolveFirstPage(page: FirstPage | undefined): void {
    this.#showFirstPage?.(page);
    this.#showFirstPage = undefined;
  }

  #searchAgain(): void {
    this.#drop();
    this.#enter('attaching');
    void this.#search?.begin();
  }

  #mourn(): void {
    this.#drop();
    this.#enter('attaching');
    this.#search?.beginAfterDeath();
  }

  /** An elected core can hang in a frozen page with its lock held: knocking again finds out. */
  #doubt(): void {
    if (this.host === 'elected' && this.#link) this.#searchAgain();
  }

  #leave(): void {
    if (this.#isAway) return;
    this.#isAway = true;
    leaving.dispatchEvent(new Event('leave'));
    this.#drop();
    this.#search?.leave(this.#calls.words);
    this.#page.letGo();
  }

  /** What comes out of the back-forward cache is thawed, and then shown. */
  #return(): void {
    if (!this.#isAway) return;
    this.#isAway = false;
    this.#calls.restartDeadlines();
    this.#enter('attaching');
    void this.#page.hold().then(() => (this.#isAway ? undefined : this.#search?.begin()));
  }

  #drop(): void {
    this.#stopWatching();
    this.#calls.detach();
    this.#link?.close();
    this.#link = undefined;
  }

  #end(state: 'lost' | 'refused', failure: Failure): void {
    this.#resolveFirstPage(undefined);
    this.#enter(state, failure);
    this.#calls.failAll(failure);
  }

  #enter(state: ClientState, failure?: Failure): void {
    const isSame = this.state === state;
    this.state = state;
    this.failure = failure;
    if (!isSame) for (const listener of Array.from(this.#listeners)) listener(state);
  }
}

/** Of two builds the one with the lower contract is older. Another identity on our worker's name cannot be mended from here. */
function failureOf({ why }: Refused): Failure {
  if (why === 'other-identity') return { kind: 'core-gone' };
  return { kind: 'reload-needed', older: why === 'older-tab' ? 'tab' : 'core' };
}
