// The service that takes this account's files: which it is, what it takes, where it keeps them.
import type { Address } from '../../model/account.ts';
import { succeeded, type Answer } from '../../model/failure.ts';
import { readItems, writeItemsGet } from '../../xmpp/codecs/disco-items.ts';
import { writeInfoGet } from '../../xmpp/codecs/disco-info.ts';
import { readSlot, readUploadService, writeSlotRequest, type UploadSlot, type UploadWish } from '../../xmpp/codecs/upload.ts';
import { failed } from '../../model/failure.ts';
import { domainOf } from '../../xmpp/jid.ts';
import { hostOf, isSpeakable } from '../file-address.ts';
import type { Connection } from '../ports.ts';

/** Beyond it a browser's own stores become a burden, whatever the service takes. */
const LARGEST_FILE = 500_000_000;
const MOST_ASKED = 20;

interface Service {
  address: string;
  largest: number;
}

export class UploadService {
  readonly #self: Address;
  readonly #connection: Pick<Connection, 'ask'>;
  readonly #hosts = new Set<string>();
  #found: Promise<Answer<Service | undefined>> | undefined;
  #probed: Promise<unknown> | undefined;

  constructor(self: Address, connection: Pick<Connection, 'ask'>) {
    this.#self = self;
    this.#connection = connection;
  }

  /** Asked once; what could not be asked is asked again. */
  async find(): Promise<Answer<Service | undefined>> {
    this.#found ??= this.#look();
    const found = await this.#found;
    if (!found.ok) this.#found = undefined;
    return found;
  }

  /** A fresh stream: the service may be another, or take more. */
  forget(): void {
    this.#found = undefined;
  }

  async askSlot(wish: UploadWish): Promise<Answer<UploadSlot>> {
    const found = await this.find();
    if (!found.ok) return found;
    if (!found.value) return failed({ kind: 'no-uploads' });
    const answer = await this.#connection.ask(writeSlotRequest(found.value.address, wish));
    const slot = answer.ok ? readSlot(answer.value) : undefined;
    if (!answer.ok) return answer;
    if (!slot || !isSpeakable(slot.put) || !isSpeakable(slot.get)) return failed({ kind: 'refused', reason: 'other' });
    for (const url of [slot.get, slot.put]) this.#hosts.add(hostOf(url) ?? '');
    return succeeded(slot);
  }

  /** Only a slot tells where files are kept: where none was given yet, one is asked for and left. */
  async isOwn(url: string): Promise<boolean> {
    if (this.#hosts.size === 0) {
      this.#probed ??= this.askSlot({ name: 'file', size: 1, type: 'application/octet-stream' });
      await this.#probed;
      if (this.#hosts.size === 0) this.#probed = undefined;
    }
    return this.#hosts.has(hostOf(url) ?? '-');
  }

  async #look(): Promise<Answer<Service | undefined>> {
    const domain = domainOf(this.#self) ?? '';
    const items = await this.#connection.ask(writeItemsGet(domain));
    if (!items.ok) return items;
    const asked = [domain, ...readItems(items.value)].slice(0, MOST_ASKED);
    const answers = await Promise.all(asked.map((address) => this.#connection.ask(writeInfoGet(address))));
    for (const [at, answer] of answers.entries()) {
      const service = answer.ok ? readUploadService(answer.value) : undefined;
      if (service) return succeeded({ address: asked[at] ?? '', largest: Math.min(service.largest ?? LARGEST_FILE, LARGEST_FILE) });
    }
    const unheard = answers.find((answer) => !answer.ok && answer.failure.kind !== 'refused' && answer.failure.kind !== 'not-found');
    return unheard && !unheard.ok ? unheard : succeeded(undefined);
  }
}
