// The oracle's one device among those of other people: its keys published, theirs asked for, a session with each.
import type { Address } from '../../../src/model/account.ts';
import { OwnNode } from '../../../src/core/own-node.ts';
import { readBundle, writeBundle } from '../../../src/xmpp/codecs/omemo-bundle.ts';
import { readDevices, writeDevices } from '../../../src/xmpp/codecs/omemo-devices.ts';
import { readEncrypted, writeEncrypted } from '../../../src/xmpp/codecs/omemo-message.ts';
import { OPEN_NODE, readItemsOf, writeItemGet, writeItemsGet } from '../../../src/xmpp/codecs/pubsub.ts';
import { readPublished } from '../../../src/core/encryption/exchange/bundle.ts';
import { NS_OMEMO_BUNDLES, NS_OMEMO_DEVICES } from '../../../src/xmpp/namespaces.ts';
import type { Element } from '../../../src/xmpp/xml.ts';
import type { Connection } from '../../../src/core/ports.ts';
import { OracleParty, type Oracle } from './oracle.ts';

type Bytes = Uint8Array<ArrayBuffer>;

const DEVICE = 4711;
/** What goes through the ratchet beside a payload: its key and its tag. */
const KEY_AND_TAG = 48;

export class OracleDevice {
  readonly #connection: Pick<Connection, 'ask'>;
  readonly #self: Address;
  readonly #party: OracleParty;
  /** By account and device. */
  readonly #peers = new Map<string, OracleParty>();
  readonly #devices = new Map<Address, readonly number[]>();

  private constructor(connection: Pick<Connection, 'ask'>, self: Address, party: OracleParty) {
    this.#connection = connection;
    this.#self = self;
    this.#party = party;
  }

  /** To be published. */
  static async make(oracle: Oracle, connection: Pick<Connection, 'ask'>, self: Address): Promise<OracleDevice> {
    return new OracleDevice(connection, self, await OracleParty.make(oracle, 'omemo-2'));
  }

  async publish(): Promise<void> {
    const bundle = writeBundle({ device: DEVICE, ...(await this.#party.bundle()) });
    for (const [node, item] of [
      [NS_OMEMO_BUNDLES, bundle],
      [NS_OMEMO_DEVICES, writeDevices([{ id: DEVICE }])],
    ] as const) {
      const told = await new OwnNode(this.#connection, node, OPEN_NODE).publish(item);
      if (!told.ok) throw new Error(JSON.stringify(told.failure));
    }
  }

  /** For every device of all these. */
  async seal(envelope: Bytes, accounts: readonly Address[]): Promise<Element> {
    const { payload, keyAndTag } = await this.#party.sealPayload(envelope);
    const recipients = [];
    for (const account of accounts) {
      const keys = [];
      for (const device of await this.#devicesOf(account)) {
        const peer = await this.#begun(account, device);
        keys.push({ device, ...(await peer.seal(keyAndTag)) });
      }
      recipients.push({ account, keys });
    }
    return writeEncrypted({ sender: DEVICE, recipients, payload });
  }

  /** Undefined where it is not for us or has no words. */
  async open(message: Element, account: string): Promise<Bytes | 'refused' | 'repeat' | undefined> {
    const { key, payload, sender = 0 } = readEncrypted(message, this.#self, DEVICE) ?? {};
    if (!key) return undefined;
    const opened = await this.#peerOf(account, sender).open(key);
    if (typeof opened === 'string') return opened;
    if (!payload || opened.plaintext.length !== KEY_AND_TAG) return undefined;
    return this.#party.openPayload({ payload, keyAndTag: Uint8Array.from(opened.plaintext) });
  }

  async #devicesOf(account: Address): Promise<readonly number[]> {
    const known = this.#devices.get(account);
    if (known) return known;
    const answer = await this.#connection.ask(writeItemsGet(NS_OMEMO_DEVICES, account));
    const items = answer.ok ? (readItemsOf(answer.value, NS_OMEMO_DEVICES) ?? []) : [];
    const devices = items.flatMap((item) => readDevices(item) ?? []).map(({ id }) => id);
    if (devices.length === 0) throw new Error(`${account} has no device`);
    this.#devices.set(account, devices);
    return devices;
  }

  /** With a session: theirs where they began one, else one of its own. */
  async #begun(account: Address, device: number): Promise<OracleParty> {
    const peer = this.#peerOf(account, device);
    if (peer.canWrite()) return peer;
    const answer = await this.#connection.ask(writeItemGet(NS_OMEMO_BUNDLES, String(device), account));
    const items = answer.ok ? (readItemsOf(answer.value, NS_OMEMO_BUNDLES) ?? []) : [];
    const bundle = items.map(readBundle).flatMap((one) => (one && readPublished(one)) ?? [])[0];
    if (!bundle) throw new Error(`${account} has no bundle`);
    await peer.begin(bundle);
    return peer;
  }

  #peerOf(account: string, device: number): OracleParty {
    const name = `${account}/${device}`;
    const peer = this.#peers.get(name) ?? this.#party.toward(name);
    this.#peers.set(name, peer);
    return peer;
  }
}
