// S10 of the security table, as far as conversations go: what an engine does to an encrypted conversation between its sender's outbox and its
// reader's thread. Each script is played many times in a running conversation. What it gains nothing by may go unseen; all else is shown.
import { deepEqual, equal, ok } from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { ConversationId } from '../../../../../src/model/conversation.ts';
import type { MessageId } from '../../../../../src/model/message.ts';
import type { StoredMessage } from '../../../../../src/core/ports.ts';
import { NS_CLIENT, NS_DELAY, NS_IDS, NS_OMEMO, NS_RECEIPTS } from '../../../../../src/xmpp/namespaces.ts';
import { child, element, parseFrame, writeElement, type Element } from '../../../../../src/xmpp/xml.ts';
import { rest, sealedDevice, type SealedDevice } from '../../../../kit/encryption/sealed-device.ts';
import { KeyServer } from '../../../../kit/encryption/key-server.ts';
import { fakeClock, type FakeClock } from '../../../../kit/fake-clock.ts';
import { ModelEngine, sentCopy, type ModelPage } from '../../../../kit/model-engine.ts';
import { chance, type Chance } from '../../../../kit/random.ts';
import { settled } from '../../../../kit/scripted-connection.ts';

const PLAYS = 25;
const ANN = 'ann@app1.test' as ConversationId;
const BEN = 'ben@app1.test' as ConversationId;
const CAT = 'cat@app1.test' as ConversationId;
const DAY_MS = 24 * 3_600_000;

/** Ann and ben have written to each other, encrypted. The engine is between them. */
class Talk {
  readonly clock: FakeClock = fakeClock();
  readonly keys: KeyServer = new KeyServer();
  readonly engine: ModelEngine = new ModelEngine(() => this.clock.now());
  readonly #write = this.engine.write.bind(this.engine);
  ann!: SealedDevice;
  ben!: SealedDevice;
  /** Of everything that was ever handed to the engine. */
  readonly onTheLine: string[] = [];
  #count = 0;

  static async begin(): Promise<Talk> {
    const talk = new Talk();
    talk.pass();
    talk.ann = await sealedDevice(talk.engine, talk.keys, talk.clock, `${ANN}/one`);
    talk.ben = await sealedDevice(talk.engine, talk.keys, talk.clock, `${BEN}/one`);
    for (const device of talk.devices) device.open();
    await talk.rest();
    await talk.say(talk.ann, BEN);
    await talk.say(talk.ben, ANN);
    return talk;
  }

  get devices(): readonly SealedDevice[] {
    return [this.ann, this.ben];
  }

  rest(): Promise<void> {
    return rest(this.clock, this.devices);
  }

  /** Everybody one step further. */
  async step(): Promise<void> {
    for (const { line } of this.devices) line.take();
    this.clock.advance(20);
    await settled();
  }

  /** Honestly. */
  pass(): void {
    this.meddle((message) => [message]);
  }

  /** What comes of each message that is handed to the engine. */
  meddle(change: (message: Element, from: string) => readonly Element[]): void {
    this.engine.write = (from, to, message) => {
      this.onTheLine.push(writeElement(message));
      for (const one of change(message, from)) this.#write(one.attributes['from'] ?? from, to, one);
    };
  }

  /** Goes through the engine, and says its words. */
  async say(device: SealedDevice, to: ConversationId): Promise<string> {
    const text = `kestrel ${++this.#count}`;
    await device.write(to, `id ${this.#count}`, text);
    await this.rest();
    return text;
  }

  /** As ann handed it over; nobody was given it yet. */
  async hold(): Promise<{ text: string; message: Element }> {
    const held: Element[] = [];
    this.meddle((message, from) => {
      if (child(message, 'encrypted', NS_OMEMO) && from.startsWith(ANN)) held.push(addressed(message, from, BEN));
      return [];
    });
    const text = await this.say(this.ann, BEN);
    this.pass();
    const message = held.find((one) => child(child(one, 'encrypted', NS_OMEMO), 'payload', NS_OMEMO) && idOf(one) === `id ${this.#count}`);
    ok(message, 'nothing was sealed');
    return { text, message };
  }

  /** What ben is shown of one stanza. */
  async shows(stanza: Element, device: SealedDevice = this.ben, other: ConversationId = ANN): Promise<readonly Shown[]> {
    const before = new Set((await device.thread(other)).map(nameOf));
    device.line.hear(overTheLine(stanza));
    await this.rest();
    return (await words(device, other)).filter((one) => !before.has(nameOf(one))).map(shownOf);
  }

  /** What ben is shown of ann's when he comes back from where he could not hear anything. */
  async fetches(
    work: () => Promise<void>,
    distort: (page: ModelPage) => ModelPage,
    other: ConversationId = ANN,
  ): Promise<readonly Shown[]> {
    const before = new Set((await this.ben.thread(other)).map(nameOf));
    this.ben.line.lose();
    this.ben.sync.onOffline();
    await work();
    this.engine.distort = (page) => (page.queryId && page.results.length > 0 ? distort(page) : page);
    this.ben.open();
    await this.rest();
    this.engine.distort = (page) => page;
    return (await words(this.ben, other)).filter((one) => !before.has(nameOf(one))).map(shownOf);
  }
}

/** The header says that it is encrypted. */
const isClaimed = ({ book }: SealedDevice, other: ConversationId): boolean =>
  ['encrypted', 'verified'].includes(book.get(other)?.badge ?? '');

type Shown = { text: string; how: string; own: boolean; isTimeCertain: boolean };

const shownOf = ({ text, protection, unreadable, own, timeCertain }: StoredMessage): Shown => ({
  text,
  how: unreadable ?? protection?.how ?? 'unmarked',
  own,
  isTimeCertain: timeCertain,
});

/** It may be moved to another place. */
const nameOf = ({ originId, order }: StoredMessage): string => originId ?? String(order);

const words = async (device: SealedDevice, other: ConversationId): Promise<readonly StoredMessage[]> =>
  (await device.thread(other)).filter(({ content }) => content !== 'keys-changed');

const overTheLine = (stanza: Element): Element => {
  const frame = parseFrame(writeElement(stanza));
  if (!frame.ok) throw new Error(frame.error);
  return frame.element;
};

const idOf = ({ attributes }: Element): string | undefined => attributes['id'];
const addressed = (message: Element, from: string, to: string, more: Record<string, string> = {}): Element => ({
  ...message,
  attributes: { ...message.attributes, from, to, ...more },
});
const renamed = (message: Element, id: string): Element => ({
  ...message,
  attributes: { ...message.attributes, id },
  children: message.children.filter((one) => typeof one === 'string' || one.namespace !== NS_IDS),
});
const body = (text: string): Element => element('body', NS_CLIENT, {}, [text]);
const inClear = (from: string, to: string, id: string, children: readonly Element[]): Element =>
  element('message', NS_CLIENT, { type: 'chat', from: `${from}/x`, to, id }, children);
const withoutSeal = (message: Element): readonly Element[] =>
  message.children.filter((one): one is Element => typeof one !== 'string' && one.name !== 'encrypted' && one.name !== 'encryption');
const hint = (namespace: string): Element => element('encryption', 'urn:xmpp:eme:0', { namespace, name: 'OMEMO' });
const delayed = (stamp: number): Element => element('delay', NS_DELAY, { stamp: new Date(stamp).toISOString(), from: 'app1.test' });
const inResults = (page: ModelPage, change: (message: Element) => Element): ModelPage => ({
  ...page,
  results: page.results.map((result) => deep(result, change)),
});
const deep = (one: Element, change: (message: Element) => Element): Element =>
  one.name === 'message'
    ? change(one)
    : { ...one, children: one.children.map((each) => (typeof each === 'string' ? each : deep(each, change))) };

function shuffled<T>(all: readonly T[], luck: Chance): T[] {
  const rest = [...all];
  return all.map(() => rest.splice(luck.below(rest.length), 1)[0]!);
}

type Script = (talk: Talk, luck: Chance, play: number) => Promise<void>;

const SCRIPTS: Readonly<Record<string, Script>> = {
  async 'the seal taken off, words in clear put in its place'(talk) {
    const { message } = await talk.hold();
    const shown = await talk.shows({ ...message, children: [...withoutSeal(message), body('forged')] });
    deepEqual(shown.map(({ text, how }) => [text, how]), [['forged', 'plain']]); // oxfmt-ignore
    ok(!isClaimed(talk.ben, ANN));
  },
  async 'words in clear slipped in'(talk, luck, play) {
    const ben = luck.below(2) === 0;
    const [device, other, self] = ben ? [talk.ben, ANN, BEN] : [talk.ann, BEN, ANN];
    const shown = await talk.shows(inClear(other, self, `forged ${play}`, [body('forged')]), device, other);
    deepEqual(shown.map(({ text, how }) => [text, how]), [['forged', 'plain']]); // oxfmt-ignore
    ok(!isClaimed(device, other));
  },
  async 'words in clear that are called encrypted'(talk, luck, play) {
    const called = hint(luck.oneOf([NS_OMEMO, 'eu.siacs.conversations.axolotl', 'urn:xmpp:openpgp:0']));
    const shown = await talk.shows(inClear(ANN, BEN, `forged ${play}`, [body('forged'), called]));
    equal(shown.length, 1);
    ok(['plain', 'unknown-method', 'tampered'].includes(shown[0]!.how), shown[0]!.how);
  },
  async 'words in clear beside the seal'(talk, luck) {
    const { text, message } = await talk.hold();
    const children = shuffled([...(message.children as Element[]), body('forged')], luck);
    const shown = await talk.shows({ ...message, children });
    deepEqual(shown.map((one) => [one.text, one.how]), [[text, 'omemo-2']]); // oxfmt-ignore
  },
  async 'what was swallowed said in clear to have arrived'(talk, luck, play) {
    const { message } = await talk.hold();
    const marks = { ...talk.ann.book.get(BEN)?.marks };
    const what = luck.oneOf([
      element('received', NS_RECEIPTS, { id: idOf(message) }),
      ...['received', 'displayed'].map((name) => element(name, 'urn:xmpp:chat-markers:0', { id: idOf(message) })),
    ]);
    deepEqual(await talk.shows(inClear(BEN, ANN, `forged ${play}`, [what]), talk.ann, BEN), []);
    deepEqual(talk.ann.book.get(BEN)?.marks, marks);
    equal((await talk.shows(message)).length, 1, 'the true one is read, once it is given out');
  },
  async 'a copy of it forged by somebody'(talk, luck) {
    const { text, message } = await talk.hold();
    const before = talk.ben.sync.forgeries;
    const forged = sentCopy(luck.oneOf([ANN, CAT, 'app1.test']), addressed(message, `${BEN}/other`, ANN));
    deepEqual(await talk.shows(forged), []);
    equal(talk.ben.sync.forgeries, before + 1);
    deepEqual((await talk.shows(message)).map((one) => one.text), [text]); // oxfmt-ignore
  },
  async 'a copy of words that we never wrote'(talk, luck, play) {
    const { message } = await talk.hold();
    const forged =
      luck.below(2) === 0
        ? inClear(BEN, ANN, `forged ${play}`, [body('forged')])
        : addressed(renamed(message, `forged ${play}`), `${BEN}/x`, ANN);
    const shown = await talk.shows(sentCopy(BEN, forged));
    ok(
      shown.every(({ how }) => how === 'plain' || how === 'tampered' || how === 'no-session' || how === 'not-for-this-device'),
      JSON.stringify(shown),
    );
    equal(shown.length, 1);
  },
  async 'the same again under other ids'(talk, luck, play) {
    const { text, message } = await talk.hold();
    deepEqual((await talk.shows(message)).map((one) => one.text), [text]); // oxfmt-ignore
    for (let turn = 0; turn <= luck.below(3); turn++) deepEqual(await talk.shows(renamed(message, `again ${play} ${turn}`)), []);
  },
  async 'in another order'(talk, luck) {
    const held = [await talk.hold(), await talk.hold(), await talk.hold()];
    for (const { text, message } of shuffled(held, luck)) deepEqual((await talk.shows(message)).map((one) => one.text), [text]); // oxfmt-ignore
  },
  async 'as if it came from another person'(talk) {
    const { text, message } = await talk.hold();
    const shown = await talk.shows(addressed(message, `${CAT}/x`, BEN), talk.ben, CAT);
    deepEqual(shown.map(({ text: said, how }) => [said, how === 'omemo-2']), [['', false]]); // oxfmt-ignore
    deepEqual((await talk.shows(message)).map((one) => one.text), [text]); // oxfmt-ignore
  },
  async 'sent back to who wrote it'(talk, _, play) {
    const { message } = await talk.hold();
    const shown = await talk.shows(addressed(renamed(message, `back ${play}`), `${BEN}/x`, ANN), talk.ann, BEN);
    deepEqual(shown.map(({ text, how }) => [text, how]), [['', 'not-for-this-device']]); // oxfmt-ignore
  },
  async 'said to be days old'(talk, luck) {
    const { text, message } = await talk.hold();
    const stamp = talk.clock.now() - (3 + luck.below(300)) * DAY_MS;
    const shown = await talk.shows({ ...message, children: [...message.children, delayed(stamp)] });
    deepEqual(shown.map((one) => [one.text, one.isTimeCertain]), [[text, false]]); // oxfmt-ignore
  },
  async 'said to be lost after it was taken'(talk, luck) {
    const before = talk.onTheLine.length;
    await talk.ann.write(BEN, `lost ${before}`, 'lost and found');
    for (let turn = 0; turn < 40 && talk.onTheLine.length === before; turn++) await talk.step();
    if (luck.below(2) === 0) await talk.step();
    talk.ann.line.lose();
    talk.ann.sync.onOffline();
    talk.ann.open();
    await talk.rest();
    const sent = talk.onTheLine.slice(before).filter((one) => one.includes(`lost ${before}`));
    equal(new Set(sent).size, 1, 'the same bytes');
    equal((await words(talk.ben, ANN)).filter(({ originId }) => originId === `lost ${before}`).length, 1);
  },
  async 'said to be refused, though it was given out'(talk, _, play) {
    await talk.ann.write(BEN, `refused ${play}`, 'kestrel refused');
    await talk.rest();
    const error = element('error', NS_CLIENT, { type: 'cancel' });
    talk.ann.line.hear(element('message', NS_CLIENT, { type: 'error', id: `refused ${play}`, from: BEN, to: `${ANN}/one` }, [error]));
    await talk.rest();
    await talk.ann.sync.outbox.retry(`refused ${play}` as MessageId);
    await talk.rest();
    equal((await words(talk.ben, ANN)).filter(({ text }) => text === 'kestrel refused').length, play);
  },
  async 'an archive that moves it to another conversation'(talk) {
    let text = '';
    const work = async (): Promise<void> => void (text = await talk.say(talk.ann, BEN));
    const moved = (message: Element): Element => (child(message, 'encrypted', NS_OMEMO) ? addressed(message, `${CAT}/x`, BEN) : message);
    const shown = await talk.fetches(work, (page) => inResults(page, moved), CAT);
    ok(
      shown.every((one) => one.text === '' && one.how !== 'omemo-2'),
      JSON.stringify(shown),
    );
    ok((await words(talk.ben, CAT)).every((one) => one.text !== text));
  },
  async 'an archive in another order, under other ids'(talk, luck) {
    const said: string[] = [];
    const work = async (): Promise<void> => {
      for (let at = 0; at <= luck.below(4); at++) said.push(await talk.say(talk.ann, BEN));
    };
    const distort = (page: ModelPage): ModelPage => {
      const other = (result: Element): Element => ({ ...result, attributes: { ...result.attributes, id: `other ${luck.below(2 ** 30)}` } });
      const results = shuffled(page.results, luck).map(other);
      return { ...page, results, first: results[0]?.attributes['id'], last: results.at(-1)?.attributes['id'] };
    };
    const shown = await talk.fetches(work, distort);
    deepEqual(shown.map((one) => one.text).toSorted(), said.toSorted());
    ok(shown.every(({ how }) => how === 'omemo-2'));
  },
  async 'an archive that tells everything twice'(talk, luck, play) {
    const said: string[] = [];
    const work = async (): Promise<void> => void said.push(await talk.say(talk.ann, BEN));
    let count = 0;
    const again = (result: Element): Element => {
      const other = deep(result, (message) => renamed(message, `twice ${play} ${++count}`));
      return { ...other, attributes: { ...other.attributes, id: `twice ${play} ${count} ${luck.below(2 ** 30)}` } };
    };
    const distort = (page: ModelPage): ModelPage => ({ ...page, results: page.results.flatMap((one) => [one, again(one)]) });
    const shown = await talk.fetches(work, distort);
    deepEqual(shown.filter(({ text }) => text !== '').map((one) => one.text), said); // oxfmt-ignore
  },
  async 'an archive that strips the seal'(talk) {
    let text = '';
    const work = async (): Promise<void> => void (text = await talk.say(talk.ann, BEN));
    const strip = (message: Element): Element => ({ ...message, children: [...withoutSeal(message), body('forged')] });
    const shown = await talk.fetches(work, (page) => inResults(page, (one) => (child(one, 'encrypted', NS_OMEMO) ? strip(one) : one)));
    ok(shown.length > 0 && shown.every((one) => one.text !== text && one.how === 'plain'), JSON.stringify(shown));
    ok(!isClaimed(talk.ben, ANN));
  },
  async 'no list for somebody who is written to for the first time'(talk, _, play) {
    const other = `new${play}@app1.test` as ConversationId;
    const text = await talk.say(talk.ann, other);
    const { encryption, badge } = talk.ann.book.get(other) ?? {};
    deepEqual([encryption, badge], [undefined, undefined], 'nothing is claimed');
    deepEqual((await words(talk.ann, other)).map(shownOf).map((one) => [one.text, one.how]), [[text, 'unmarked']]); // oxfmt-ignore
    talk.onTheLine.length = 0;
  },
};

describe('an engine in the middle of an encrypted conversation', () => {
  for (const [what, script] of Object.entries(SCRIPTS)) {
    it(what, async () => {
      const talk = await Talk.begin();
      for (let play = 1; play <= PLAYS; play++) {
        const luck = chance(play);
        for (const [device, other] of [
          [talk.ann, BEN],
          [talk.ben, ANN],
        ] as const) {
          // oxfmt-ignore
          // As a person does who has seen what happened.
          if (!isClaimed(device, other)) for (const to of ['off', 'on'] as const) device.sync.keyChanges.switch(other, to);
          if (luck.below(2) === 0) await talk.say(device, other);
        }
        await script(talk, luck, play);
        ok(
          talk.onTheLine.every((one) => !one.includes('kestrel')),
          'words went over the line in clear',
        );
        deepEqual([...talk.ann.errors, ...talk.ben.errors], []);
      }
      // Whatever happened, they can still be read.
      for (const [from, to, self] of [
        [talk.ann, BEN, ANN],
        [talk.ben, ANN, BEN],
      ] as const) {
        // oxfmt-ignore
        const text = await talk.say(from, to);
        const reader = from === talk.ann ? talk.ben : talk.ann;
        deepEqual(
          [(await words(reader, self)).at(-1)].map((one) => one && shownOf(one).how),
          ['omemo-2'],
          text,
        );
      }
      for (const { sync, encryption } of talk.devices) {
        sync.stop();
        encryption.stop();
      }
    });
  }
});
