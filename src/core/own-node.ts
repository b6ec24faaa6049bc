// A node of the own account, kept as it has to be or not written at all: for its own devices only (bookmarks, read marks), or for everybody (keys).
//   publish with options ──ok──▶ done
//      └── refused ──▶ create, or configure, the node ──ok──▶ publish with the options that are left
//                                  └── refused ──▶ given up: a private node that others can read is worse than none
import type { Answer, Failure } from '../model/failure.ts';
import {
  PRIVATE_NODE,
  readItemsOf,
  writeConfigure,
  writeCreate,
  writeItemsGet,
  writePublish,
  writeRetract,
  type Item,
  type NodeConfig,
} from '../xmpp/codecs/pubsub.ts';
import type { Connection } from './ports.ts';

/** ejabberd 23.01 knows only these among the options of a publication; how many items it keeps has to be said to the node itself. */
const optionsLeft = ({ persist_items, access_model }: NodeConfig): NodeConfig => ({
  ...(persist_items && { persist_items }),
  ...(access_model && { access_model }),
});

export class OwnNode {
  readonly #connection: Pick<Connection, 'ask'>;
  readonly #node: string;
  readonly #config: NodeConfig;
  /** What this engine was found to take. */
  #options: NodeConfig;

  constructor(connection: Pick<Connection, 'ask'>, node: string, config: NodeConfig = PRIVATE_NODE) {
    this.#connection = connection;
    this.#node = node;
    this.#config = config;
    this.#options = config;
  }

  /** A node that was never written to is an empty one: `not-found` is passed on for whoever wants to know. */
  async fetch(): Promise<Answer<readonly Item[]>> {
    const answer = await this.#connection.ask(writeItemsGet(this.#node));
    return answer.ok ? { ok: true, value: readItemsOf(answer.value, this.#node) ?? [] } : answer;
  }

  async publish(item: Item): Promise<Answer<void>> {
    const first = await this.#publish(item);
    if (first.ok || !isRefusal(first.failure)) return first;
    const settled = await this.#settle();
    if (!settled.ok) return settled;
    this.#options = optionsLeft(this.#config);
    return this.#publish(item);
  }

  async retract(id: string): Promise<Answer<void>> {
    const answer = await this.#connection.ask(writeRetract(this.#node, id));
    const isGone = !answer.ok && answer.failure.kind === 'not-found';
    return answer.ok || isGone ? { ok: true, value: undefined } : answer;
  }

  async #publish(item: Item): Promise<Answer<void>> {
    const answer = await this.#connection.ask(writePublish(this.#node, item, this.#options));
    return answer.ok ? { ok: true, value: undefined } : answer;
  }

  async #settle(): Promise<Answer<unknown>> {
    const created = await this.#connection.ask(writeCreate(this.#node, this.#config));
    return created.ok ? created : this.#connection.ask(writeConfigure(this.#node, this.#config));
  }
}

/** The same engine tells of an option it does not know as if it were too busy. */
const isRefusal = (failure: Failure): boolean => failure.kind === 'refused' || failure.kind === 'too-many-requests';
