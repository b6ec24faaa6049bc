// Whether the keys of this device live on somewhere else: a copy of the profile that was put back, or one that runs beside it. The disk cannot
// tell, because all of it is old or doubled; the engine can. Each stream is counted here and there, and whoever finds more there than here
// is the copy. Until that is known nothing is sealed: a key would be used twice.
//   fresh stream ──▶ asked ──more there──▶ given up: another device
//                      └──not more──▶ one more here, on the disk ──▶ there ──▶ sure
import type { Address } from '../../../model/account.ts';
import { failed, succeeded, type Answer, type Failure } from '../../../model/failure.ts';
import { readStreams, writeStreams } from '../../../xmpp/codecs/device-streams.ts';
import type { Item } from '../../../xmpp/codecs/pubsub.ts';
import { NS_DEVICE_STREAMS } from '../../../xmpp/namespaces.ts';
import { OwnNode } from '../../own-node.ts';
import type { Connection, Log } from '../../ports.ts';
import type { OwnDevice } from './own-device.ts';

export interface TwinWatchNeeds {
  self: Address;
  connection: Pick<Connection, 'ask' | 'state'>;
  log: Log;
  own: OwnDevice;
  /** Own keys go in no other way than they change: in turn. */
  inTurn<T>(work: () => Promise<T>): Promise<T>;
  commit(): Promise<Answer<void>>;
  /** There is another device now. */
  gaveUp(): void;
}

const DONE: Answer<void> = succeeded(undefined);

export class TwinWatch {
  readonly #needs: TwinWatchNeeds;
  readonly #node: OwnNode;
  #checking: Promise<Answer<void>> | undefined;
  /** The device that was found to be alone, on this stream. None has the number 0. */
  #sureOf = 0;
  /** Another one with each stream. */
  #stream: object = {};

  constructor(needs: TwinWatchNeeds) {
    this.#needs = needs;
    this.#node = new OwnNode(needs.connection, NS_DEVICE_STREAMS);
  }

  onFreshStream(): void {
    this.#stream = {};
    this.#sureOf = 0;
    this.#checking = undefined;
  }

  get isSure(): boolean {
    return this.#sureOf === this.#needs.own.keys?.deviceId;
  }

  /** Never inside a turn: it takes one. Without a device of our own there is nothing to be sure of. */
  async confirm(): Promise<Answer<void>> {
    if (this.isSure || !this.#needs.own.keys) return DONE;
    const checking = (this.#checking ??= this.#check(this.#stream));
    const answer = await checking;
    if (this.#checking === checking) this.#checking = undefined;
    return answer;
  }

  /** Whoever begins beside us with the same keys says so; returns whether it was such a word. */
  hear(items: readonly Item[]): boolean {
    const there = countsIn(items);
    if (there.size > 0) void this.#needs.inTurn(async () => this.#isTwin(there)).then(() => this.#needs.commit());
    return there.size > 0;
  }

  /** Nobody will ask for this device again. */
  async forget(device: number): Promise<void> {
    await this.#node.retract(String(device));
  }

  async #check(stream: object): Promise<Answer<void>> {
    const { connection, inTurn, commit, own } = this.#needs;
    if (connection.state().stage !== 'online') return failed({ kind: 'offline' });
    const there = await this.#countThere();
    if (!there.ok) return there;
    const device = await inTurn(async () => this.#judge(there.value));
    const kept = await commit();
    if (!kept.ok || device === undefined) return kept;
    const told = await this.#node.publish(writeStreams({ device, count: own.row.streams }));
    if (!told.ok && isOfNetwork(told.failure)) return told;
    if (stream === this.#stream) this.#sureOf = device;
    return DONE;
  }

  /** By device. An engine that keeps nothing for us knows of no twin. */
  async #countThere(): Promise<Answer<ReadonlyMap<number, number>>> {
    const answer = await this.#node.fetch();
    if (!answer.ok && isOfNetwork(answer.failure)) return answer;
    return succeeded(countsIn(answer.ok ? answer.value : []));
  }

  /** The device that goes on, one stream older; undefined where it was given up. */
  #judge(there: ReadonlyMap<number, number>): number | undefined {
    const { own } = this.#needs;
    const { keys, streams } = own.row;
    if (!keys || this.#isTwin(there)) return undefined;
    own.change({ streams: streams + 1 });
    return keys.deviceId;
  }

  #isTwin(there: ReadonlyMap<number, number>): boolean {
    const { own, log, gaveUp } = this.#needs;
    const { keys, streams } = own.row;
    if (!keys || (there.get(keys.deviceId) ?? 0) <= streams) return false;
    log.error('the keys of this device live on elsewhere: it becomes another one');
    own.giveUp();
    gaveUp();
    return true;
  }
}

const countsIn = (items: readonly Item[]): ReadonlyMap<number, number> =>
  new Map(items.flatMap((item) => readStreams(item) ?? []).map(({ device, count }) => [device, count]));

const isOfNetwork = ({ kind }: Failure): boolean => kind === 'offline' || kind === 'no-answer';
