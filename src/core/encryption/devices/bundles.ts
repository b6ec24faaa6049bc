// The keys of devices that something is to be written to for the first time, asked for all at once.
import type { Address } from '../../../model/account.ts';
import type { Failure } from '../../../model/failure.ts';
import { readItemsOf } from '../../../xmpp/codecs/pubsub.ts';
import type { Element } from '../../../xmpp/xml.ts';
import type { Connection } from '../../ports.ts';
import { isSigned, type Bundle } from '../exchange/bundle.ts';
import type { Curves } from '../primitives/curves.ts';
import type { Method } from '../method.ts';

export interface BundleNeeds {
  method: Method;
  connection: Pick<Connection, 'ask'>;
  curves: Curves;
  now(): number;
}

/** The longer keys are held, the more likely somebody else has taken the same prekey. */
const HOLDS_MS = 30_000;
/** A device without usable keys is passed over for so long. */
const BROKEN_HOLDS_MS = 600_000;

type Fetched = { readonly bundle: Bundle | undefined; readonly until: number };

export class Bundles {
  readonly #needs: BundleNeeds;
  readonly #fetched = new Map<string, Fetched>();

  constructor(needs: BundleNeeds) {
    this.#needs = needs;
  }

  onFreshStream(): void {
    this.#fetched.clear();
  }

  /** Undefined where there is none that could be used, or it was not asked for yet. */
  get(person: Address, id: number): Bundle | undefined {
    const fetched = this.#fetched.get(`${person} ${id}`);
    return fetched && fetched.until > this.#needs.now() ? fetched.bundle : undefined;
  }

  /** Each prekey is for one session. Without another word it is asked for anew. */
  spend(person: Address, id: number): void {
    this.#fetched.delete(`${person} ${id}`);
  }

  /** It turned out to be of no use. */
  spoil(person: Address, id: number): void {
    this.#keep(person, id, undefined);
  }

  /** The first failure that is the network's; a device whose keys are missing or broken is none. */
  async fetch(person: Address, ids: readonly number[]): Promise<Failure | undefined> {
    const wanted = ids.filter((id) => (this.#fetched.get(`${person} ${id}`)?.until ?? -Infinity) <= this.#needs.now());
    const failures = await Promise.all(wanted.map((id) => this.#fetchOne(person, id)));
    return failures.find((failure) => failure !== undefined);
  }

  async #fetchOne(person: Address, id: number): Promise<Failure | undefined> {
    const { connection, method } = this.#needs;
    const answer = await connection.ask(method.askBundle(id, person));
    if (!answer.ok && isOfNetwork(answer.failure)) return answer.failure;
    this.#keep(person, id, answer.ok ? await this.#read(answer.value, id) : undefined);
    return undefined;
  }

  async #read(iq: Element, id: number): Promise<Bundle | undefined> {
    const { method, curves } = this.#needs;
    const items = readItemsOf(iq, method.bundlePlace(id).node) ?? [];
    const bundle = items.map((item) => method.readBundle(item, id)).find((one) => one !== undefined);
    return bundle && (await isSigned(curves, method.dialect, bundle)) ? bundle : undefined;
  }

  #keep(person: Address, id: number, bundle: Bundle | undefined): void {
    this.#fetched.set(`${person} ${id}`, { bundle, until: this.#needs.now() + (bundle ? HOLDS_MS : BROKEN_HOLDS_MS) });
  }
}

const isOfNetwork = ({ kind }: Failure): boolean => kind === 'offline' || kind === 'no-answer' || kind === 'too-many-requests';
