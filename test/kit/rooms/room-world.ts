// One room, the keys of everybody in it, and a clock: the world of several devices.
import type { Address } from '../../../src/model/account.ts';
import { bareOf } from '../../../src/xmpp/jid.ts';
import { NS_CLIENT, NS_MAM, NS_PAGING } from '../../../src/xmpp/namespaces.ts';
import { child, element, type Element } from '../../../src/xmpp/xml.ts';
import { isWorking } from '../encryption/encryption-device.ts';
import { KeyServer } from '../encryption/key-server.ts';
import { fakeClock, type FakeClock } from '../fake-clock.ts';
import { settled } from '../scripted-connection.ts';
import { ModelRoom } from './model-room.ts';

export const ROOM = 'team@rooms.app1.test' as Address;
export const person = (name: string): Address => `${name}@app1.test` as Address;
export const [BEN, CAT, DAN]: readonly [Address, Address, Address] = [person('ben'), person('cat'), person('dan')];

export class RoomWorld {
  readonly clock: FakeClock = fakeClock();
  readonly keys: KeyServer = new KeyServer();
  readonly room: ModelRoom;
  /** Programs of these people neither have nor see anything newer than legacy OMEMO. */
  readonly older: Set<Address> = new Set();
  readonly #devices = new Map<string, { hear(stanza: Element): void }>();
  #underWay = 0;

  constructor(...names: readonly string[]) {
    const [owner = 'ann', ...others] = names;
    const members = Object.fromEntries(others.map((name) => [person(name), 'member' as const]));
    this.room = new ModelRoom(ROOM, () => this.clock.now(), { [person(owner)]: 'owner', ...members });
  }

  /** Somebody more is let in. */
  with(name: string): this {
    this.room.setAffiliation(person(name), 'member');
    return this;
  }

  add(full: string, hear: (stanza: Element) => void): void {
    this.#devices.set(full, { hear });
  }

  remove(full: string): void {
    this.#devices.delete(full);
    this.room.leave(full);
  }

  /** Over the line, in its order. */
  carry(full: string, stanza: Element): void {
    const to = bareOf(stanza.attributes['to'] ?? '');
    const back = (heard: Element): void => this.#later(() => this.#devices.get(full)?.hear(heard));
    if (to === ROOM) this.#later(() => this.room.hear(full, stanza, back));
    else for (const [other, { hear }] of this.#devices) if (bareOf(other) === to && other !== full) this.#later(() => hear(stanza));
  }

  ask(full: string, iq: Element): Promise<Element> {
    const back = (heard: Element): void => this.#later(() => this.#devices.get(full)?.hear(heard));
    // Behind everything that its answer brought along.
    const asked = (resolve: (answer: Element) => void): void => {
      const answer = this.#answer(full, iq, back);
      this.#later(() => resolve(answer));
    };
    return new Promise((resolve) => this.#later(() => asked(resolve)));
  }

  /** Until nothing moves. */
  async rest(): Promise<void> {
    for (let calm = 0; calm < 30; calm = this.#underWay === 0 && !isWorking() ? calm + 1 : 0) {
      // Cryptography takes no time of the clock.
      if (calm > 0) this.clock.advance(10);
      await settled();
    }
  }

  #answer(full: string, iq: Element, back: (stanza: Element) => void): Element {
    if (iq.attributes['to'] === ROOM) return this.room.answer(full, iq, back);
    if (child(iq, 'query', NS_MAM)) return element('iq', NS_CLIENT, { type: 'result' }, [NOTHING_ARCHIVED]);
    return this.keys.answer(bareOf(full), iq);
  }

  #later(work: () => void): void {
    this.#underWay += 1;
    setImmediate(() => {
      this.#underWay -= 1;
      work();
    });
  }
}

const NOTHING_ARCHIVED = element('fin', NS_MAM, { complete: 'true' }, [element('set', NS_PAGING)]);
