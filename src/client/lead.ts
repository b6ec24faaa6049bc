// One tab's part in the election. The lead is a Web Lock: who holds it runs the worker, and ends it before letting go.
//   standing → (lock granted) leading → (page leaves, or is frozen) out → standing …  ·  leading → (lock stolen, we hung) standing
import { commonChannelName, type Lead as LeadWord } from '../contracts/election.ts';
import { scriptUrl } from './worker-url.ts';

/** How long a challenger waits for its core before another may challenge it. */
const CHALLENGE_MS = 5_000;

export class Lead {
  #workerUrl: string;
  #digest: string;
  #candidacy: AbortController | undefined;
  #worker: Worker | undefined;
  #letGo: (() => void) | undefined;
  #unavailable: () => void = () => {};
  #blobUrl: string | undefined;
  #isUp = false;
  #heardUp: (() => void) | undefined;
  readonly #led: () => void;

  /** `led` is called whenever this tab has come to lead. */
  constructor(workerUrl: string, digest: string, led: () => void) {
    this.#workerUrl = workerUrl;
    this.#digest = digest;
    this.#led = led;
  }

  get leads(): boolean {
    return this.#worker !== undefined;
  }

  /** `unavailable` is called if this tab comes to lead and its worker does not start. */
  stand(unavailable: () => void): void {
    this.#unavailable = unavailable;
    if (this.#candidacy) return;
    const candidacy = new AbortController();
    this.#candidacy = candidacy;
    this.#request({ signal: candidacy.signal }, candidacy, false);
  }

  /** A core answers knocks. */
  hearUp(): void {
    this.#isUp = true;
    this.#heardUp?.();
  }

  /** The worker of this leader died, or answers nobody. */
  restart(): void {
    if (!this.#worker) return;
    this.#endWorker();
    this.#run(false);
  }

  /** Takes the lead from a tab that does not answer. One challenger at a time, and it stays alone until its core is up. */
  async challenge(): Promise<void> {
    if (this.#worker) return this.restart();
    if (!this.#candidacy) return;
    await navigator.locks.request(`warbler:challenge:${this.#digest}`, { ifAvailable: true }, async (lock) => {
      if (!lock || !this.#candidacy || this.#worker) return;
      const isUp = new Promise<void>((resolve) => (this.#heardUp = resolve));
      this.#candidacy.abort();
      const candidacy = new AbortController();
      this.#candidacy = candidacy;
      this.#request({ steal: true }, candidacy, true);
      await Promise.race([isUp, new Promise((resolve) => setTimeout(resolve, CHALLENGE_MS))]);
    });
  }

  /** A page in the back-forward cache would keep the lead and answer nobody. */
  abdicate(): void {
    this.#candidacy?.abort();
    this.#candidacy = undefined;
    this.#endWorker();
    this.#letGo?.();
  }

  #request(options: LockOptions, candidacy: AbortController, seize: boolean): void {
    navigator.locks
      .request(`warbler:leader:${this.#digest}`, options, () => this.#rule(candidacy, seize))
      .catch(() => this.#endRule(candidacy));
  }

  #rule(candidacy: AbortController, seize: boolean): Promise<void> | undefined {
    // Abandoned between the grant and this call.
    if (candidacy !== this.#candidacy) return undefined;
    const rule = new Promise<void>((letGo) => (this.#letGo = letGo));
    this.#run(seize);
    return rule;
  }

  #run(seize: boolean): void {
    this.#isUp = false;
    try {
      this.#worker = this.#startWorker(seize);
      this.#worker.addEventListener('error', () => this.#isUp || this.#fail());
      this.#led();
    } catch {
      this.#fail();
    }
  }

  /**
   * Aborted by ourselves, or stolen while this page was frozen: whoever stole it runs a core already, and we queue behind it.
   * A request that was never granted is not repeated: WebKit refuses them at once in a frame that was removed.
   */
  #endRule(candidacy: AbortController): void {
    if (candidacy !== this.#candidacy) return;
    const ruled = this.#worker !== undefined;
    this.#endWorker();
    this.#candidacy = undefined;
    if (ruled) this.stand(this.#unavailable);
  }

  #fail(): void {
    this.abdicate();
    this.#unavailable();
  }

  #endWorker(): void {
    this.#worker?.terminate();
    this.#worker = undefined;
    if (this.#blobUrl) URL.revokeObjectURL(this.#blobUrl);
  }

  /** A worker file of another origin is imported by a blob of ours. The blob is never shared between tabs. */
  #startWorker(seize: boolean): Worker {
    const isOurs = new URL(this.#workerUrl).origin === location.origin;
    const stub = `import ${JSON.stringify(this.#workerUrl)};`;
    if (!isOurs) this.#blobUrl = URL.createObjectURL(new Blob([stub], { type: 'text/javascript' }));
    const worker = new Worker(scriptUrl(this.#blobUrl ?? this.#workerUrl), { type: 'module', name: `warbler-${this.#digest}` });
    const word: LeadWord = { warbler: 'lead', channel: commonChannelName(this.#digest), seize };
    worker.postMessage(word);
    return worker;
  }
}
