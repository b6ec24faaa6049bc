// A message that came, piece by piece: whose it is, why it cannot be read, and what is noted of who wrote it.
import { deepEqual, equal } from 'node:assert/strict';
import { describe, it } from 'node:test';
import { prepareDevices } from '../../../../src/core/encryption/devices/reach.ts';
import { openArrival } from '../../../../src/core/encryption/open-arrival.ts';
import { OMEMO_2_METHOD } from '../../../../src/core/encryption/omemo-2-method.ts';
import { readyDevice, sealWords } from '../../../../src/core/encryption/seal-words.ts';
import type { Letter } from '../../../../src/core/encryption/trust/telling.ts';
import { OMEMO_2 } from '../../../../src/core/encryption/wire/omemo-2.ts';
import type { SealedArrival, Unsealed } from '../../../../src/core/ports.ts';
import type { Address } from '../../../../src/model/account.ts';
import { readEncrypted } from '../../../../src/xmpp/codecs/omemo-message.ts';
import { writeMessage } from '../../../../src/xmpp/codecs/message.ts';
import { writeTrustMessage } from '../../../../src/xmpp/codecs/trust-message.ts';
import { NS_CLIENT } from '../../../../src/xmpp/namespaces.ts';
import { element, textOf, type Element } from '../../../../src/xmpp/xml.ts';
import { arrivalOf, quiet } from '../../../kit/encryption/encryption-device.ts';
import { changed } from '../../../kit/encryption/evil-engine.ts';
import { KeyServer } from '../../../kit/encryption/key-server.ts';
import { oneSide, type OneSide } from '../../../kit/encryption/one-side.ts';

const MEI = 'mei@a.test' as Address;
const LIN = 'lin@b.test' as Address;
const KIM = 'kim@c.test' as Address;
const ROOM = 'room@rooms.test' as Address;
const HOUR_MS = 3_600_000;

const body = (text: string): Element => element('body', NS_CLIENT, {}, [text]);

interface World {
  readonly server: KeyServer;
  readonly mei: OneSide;
  readonly lin: OneSide;
}

async function appear({ side }: OneSide): Promise<void> {
  await side.ensureOwn();
  side.publisher.wake();
  await quiet();
}

/** `asId`: lin's device bears this number. */
async function world(asId?: (mei: number) => number): Promise<World> {
  const server = new KeyServer();
  const [mei, lin] = [await oneSide(server, MEI, 1), await oneSide(server, LIN, 2)];
  await appear(mei);
  const keys = await lin.side.ensureOwn();
  if (asId) lin.side.own.change({ keys: { ...keys, deviceId: asId(mei.side.own.keys!.deviceId) } });
  await appear(lin);
  return { server, mei, lin };
}

async function write(from: OneSide, to: Address, content: readonly Element[], room?: readonly Address[]): Promise<Element> {
  const { side } = from;
  const { deviceId } = await side.ensureOwn();
  const self = side.parts().self;
  for (const person of [...(room ?? [to]), self]) await prepareDevices(side.parts(), deviceId, person);
  const sealed = await sealWords(side.parts(), side.own.keys!, { to, isRoom: room !== undefined, members: room ?? [], content });
  if (!sealed.ok) throw new Error(sealed.failure.kind);
  return writeMessage({ type: room ? 'groupchat' : 'chat', from: `${self}/x`, to, id: 'id' }, undefined, sealed.value.elements);
}

interface Opened {
  seen: Unsealed;
  /** How often the device gave itself up. */
  gaveUp: number;
  letters: Letter[];
}

type More = Partial<SealedArrival> & { saysWho?: boolean };

/** By a method that says inside whose words they are, or by one that does not. */
async function open({ side, clock }: OneSide, message: Element, { saysWho = true, ...more }: More = {}): Promise<Opened> {
  const method = { ...OMEMO_2_METHOD, saysWho };
  const opened = { gaveUp: 0, letters: [] as Letter[] };
  const parts = {
    ...side.parts(),
    method,
    giveUp: () => void (opened.gaveUp += 1),
    heard: async (one: Letter) => void opened.letters.push(one),
  };
  const seen = await openArrival(parts, { ...arrivalOf(message, clock.now()), ...more });
  return { ...opened, seen };
}

/** The words, or why there are none. */
async function read(by: OneSide, message: Element, more?: More): Promise<string> {
  const { seen } = await open(by, message, more);
  if (seen.outcome === 'unreadable') return seen.why;
  return seen.outcome === 'silent' ? 'silent' : seen.content.map((one) => textOf(one) ?? '').join('');
}

const withKey = (message: Element, change: (bytes: Uint8Array<ArrayBuffer>) => Uint8Array): Element =>
  changed(message, 'key', (one) => ({
    ...one,
    children: [Buffer.from(change(Uint8Array.from(Buffer.from(textOf(one) ?? '', 'base64')))).toString('base64')],
  }));

describe('whose a message is', () => {
  it('is told by the account first: somebody else’s device may bear the number of this one', async () => {
    const { mei, lin } = await world((id) => id);
    equal(lin.side.own.keys?.deviceId, mei.side.own.keys?.deviceId);
    equal(await read(mei, await write(lin, MEI, [body('not your own')])), 'not your own');
    const ours = await write(mei, LIN, [body('from here')]);
    deepEqual(await open(mei, ours), { gaveUp: 0, letters: [], seen: { outcome: 'silent' } });
  });

  it('is asked before it is read: a known device does not begin under another identity', async () => {
    const { server, mei, lin } = await world();
    await prepareDevices(mei.side.parts(), mei.side.own.keys!.deviceId, LIN);
    const other = await oneSide(server, LIN, 3);
    const keys = await other.side.ensureOwn();
    other.side.own.change({ keys: { ...keys, deviceId: lin.side.own.keys!.deviceId } });
    const forged = await write(other, MEI, [body('it is me')]);
    equal(await read(mei, forged), 'other-identity');
    deepEqual(mei.news.map(({ what }) => what), ['other-identity']); // oxfmt-ignore
    equal(await read(mei, await write(lin, MEI, [body('no, me')])), 'no, me');
    equal(await read(mei, forged), 'other-identity', 'where there is a session as well');
    mei.keyring.put(`person ${LIN}`, undefined);
    equal(await read(mei, forged), 'other-identity', 'and where nothing but the session is left');
  });

  it('is nobody’s who has three hundred devices already: nothing is kept of one more', async () => {
    const { mei, lin } = await world();
    const { people, sessions } = mei.side;
    await people.load(LIN);
    const known = Array.from({ length: 300 }, (_, at) => ({ id: at + 1, identity: new Uint8Array(32).fill(at % 200) as never }));
    people.meet(LIN, known);
    equal(await read(mei, await write(lin, MEI, [body('one more')])), 'no-session');
    const id = lin.side.own.keys!.deviceId;
    deepEqual([people.trustOf(LIN, id), sessions.get(mei.side.own.keys!.deviceId, LIN, id)], [undefined, undefined]);
  });
});

describe('a copy of this device', () => {
  for (const [where, to, room, more] of [
    ['between two people', LIN, undefined, {}],
    ['in a room, whoever is said to read there', ROOM, [LIN], {}],
    ['in a room where only who reads there can be asked', ROOM, [LIN], { saysWho: false, readers: [KIM, LIN] }],
  ] as const)
    it(`knows itself by own words that are new to it, ${where}`, async () => {
      const { server, mei } = await world();
      const begun = await write(mei, to, [body('one')], room);
      const row = mei.side.own.row;
      const copy = await oneSide(server, MEI, 5);
      copy.side.own.change(row);
      const [known] = mei.side.people.get(LIN).trust.devices;
      const { id, identity } = known!;
      await copy.side.people.load(LIN);
      copy.side.people.meet(LIN, [{ id, identity }]);
      copy.side.sessions.put(row.keys!.deviceId, LIN, id, mei.side.sessions.get(row.keys!.deviceId, LIN, id)!);
      equal((await open(copy, begun, more)).gaveUp, 0, 'it remembers that one');
      const seen = { outcome: 'silent' } as const;
      deepEqual(await open(copy, await write(mei, to, [body('two')], room), more), { gaveUp: 1, letters: [], seen });
    });
});

describe('where nothing inside says whose words they are', () => {
  it('a key that is known as another reader’s is not read under this name', async () => {
    const { server, mei, lin } = await world();
    const kim = await oneSide(server, KIM, 4);
    await appear(kim);
    const message = await write(kim, MEI, [body('from kim')]);
    const asLin = (readers: readonly Address[]): Promise<string> => read(mei, message, { saysWho: false, sender: LIN, readers });
    await prepareDevices(mei.side.parts(), mei.side.own.keys!.deviceId, LIN);
    await prepareDevices(mei.side.parts(), mei.side.own.keys!.deviceId, KIM);
    equal(await asLin([LIN, KIM]), 'tampered');
    equal(await read(mei, message, { saysWho: false, readers: [KIM, LIN] }), 'from kim');
    const next = await write(kim, MEI, [body('and more')]);
    equal(await read(mei, next, { saysWho: false, readers: [KIM, LIN] }), 'and more');
    void lin;
  });

  it('a key that nobody else there is known by is', async () => {
    for (const readers of [[KIM, LIN], [LIN]] as const) {
      const { mei, lin } = await world();
      equal(await read(mei, await write(lin, MEI, [body('hello')]), { saysWho: false, readers }), 'hello');
    }
  });
});

describe('what cannot be read', () => {
  it('is not told to a person where it is not for them: steps of others’ ratchets, receipts and marks', async () => {
    const { server, mei, lin } = await world();
    const words = await write(lin, MEI, [body('words')]);
    const unborn = await oneSide(server, KIM, 4);
    const outside = (message: Element, ...names: string[]): Element => ({
      ...message,
      children: message.children.filter((one) => typeof one === 'string' || !names.includes(one.name)),
    });
    const empty = outside(changed(words, 'payload', () => undefined));
    for (const by of [mei, unborn]) {
      const forOthers = (one: Element): Element => changed(one, 'keys', (keys) => ({ ...keys, attributes: { jid: KIM } }));
      const toAnother = (one: Element): Element => changed(forOthers(one), 'key', (key) => ({ ...key, attributes: { rid: '5' } }));
      equal(await read(by, toAnother(words)), 'not-for-this-device');
      equal(await read(by, toAnother(empty)), 'silent');
      equal(await read(by, toAnother(outside(words, 'encryption'))), 'silent');
    }
    equal(await read(mei, words), 'words');
    deepEqual(await open(mei, await answer(lin, mei)), { gaveUp: 0, letters: [], seen: { outcome: 'silent' } });
  });

  /** Without a payload. */
  async function answer(from: OneSide, to: OneSide): Promise<Element> {
    const [ours, theirs] = [from.side.own.keys!, to.side.own.keys!];
    const device = await readyDevice(from.side.parts(), ours, MEI, theirs.deviceId);
    const { message } = await OMEMO_2_METHOD.seal(from.side.parts().primitives, ours, [
      { account: MEI, id: theirs.deviceId, device: device! },
    ]);
    return writeMessage({ type: 'chat', from: `${LIN}/x`, to: MEI }, undefined, [message]);
  }

  it('was changed, or is of a session that is not here, and the true one is read after it', async () => {
    const { mei, lin } = await world();
    const first = await write(lin, MEI, [body('first')]);
    const zeros = withKey(first, (bytes) => {
      const { exchange } = OMEMO_2.readExchange(bytes)!;
      const inner = readEncrypted(first, MEI, mei.side.own.keys!.deviceId)!.key!.bytes;
      const at = Buffer.from(inner).indexOf(Buffer.from(exchange.ephemeral));
      return Uint8Array.from([...inner.subarray(0, at), ...new Uint8Array(32), ...inner.subarray(at + 32)]);
    });
    equal(await read(mei, zeros), 'tampered', 'a key that agrees with everybody');
    for (const cut of [0, 1, 40])
      equal(
        await read(
          mei,
          withKey(first, (bytes) => bytes.subarray(0, cut)),
        ),
        'tampered',
      );
    equal(
      await read(
        mei,
        changed(first, 'payload', (one) => ({ ...one, children: ['AAAA'] })),
      ),
      'tampered',
    );
    equal(
      await read(
        mei,
        changed(first, 'header', (one) => ({ ...one, attributes: {} })),
      ),
      'tampered',
    );
    const device = mei.side.own.keys!;
    mei.side.own.change({ keys: { ...device, preKeys: [] } });
    equal(await read(mei, first), 'no-session', 'its prekey is forgotten');
    mei.side.own.change({ keys: device });
    equal(await read(mei, first), 'first');
    equal(await read(mei, first), 'silent');
    await prepareDevices(mei.side.parts(), device.deviceId, LIN);
    await read(lin, await write(mei, LIN, [body('heard')]));
    const later = await write(lin, MEI, [body('later')]);
    for (const cut of [0, 1, 40])
      equal(
        await read(
          mei,
          withKey(later, (bytes) => bytes.subarray(0, cut)),
        ),
        'tampered',
      );
    equal(await read(mei, later), 'later');
  });

  it('is what no envelope holds: its step is not kept', async () => {
    const { mei, lin } = await world();
    const ours = lin.side.own.keys!;
    const { deviceId: id } = mei.side.own.keys!;
    await prepareDevices(lin.side.parts(), ours.deviceId, MEI);
    const device = await readyDevice(lin.side.parts(), ours, MEI, id);
    const addressees = [{ account: MEI, id, device: device! }];
    const { primitives } = lin.side.parts();
    const { message } = await OMEMO_2_METHOD.seal(primitives, ours, addressees, new TextEncoder().encode('bare words'));
    equal(await read(mei, writeMessage({ type: 'chat', from: `${LIN}/x`, to: MEI }, undefined, [message])), 'tampered');
    equal(mei.side.people.trustOf(LIN, ours.deviceId), undefined);
    equal(await read(mei, await write(lin, MEI, [body('in an envelope')])), 'in an envelope');
  });
});

describe('what is noted of who wrote', () => {
  it('is when: as the message says, and no later than now', async () => {
    const { mei, lin } = await world();
    const id = lin.side.own.keys!.deviceId;
    const now = mei.clock.now();
    const hourOf = (at: number): number => Math.floor(at / HOUR_MS) * HOUR_MS;
    await read(mei, await write(lin, MEI, [body('late')]), { sentAt: now - 24 * HOUR_MS });
    equal(mei.side.people.get(LIN).seen[id], hourOf(now - 24 * HOUR_MS));
    equal(mei.side.people.trustOf(LIN, id), 'first-use');
    await read(mei, await write(lin, MEI, [body('from a clock that is fast')]), { sentAt: now + 24 * HOUR_MS });
    equal(mei.side.people.get(LIN).seen[id], hourOf(now));
  });

  it('is how they are trusted, and whether their time can be true', async () => {
    const { mei, lin } = await world();
    const protection = { how: 'omemo-2', trust: 'first-use' } as const;
    for (const [days, certain] of [
      [0, {}],
      [1, {}],
      [3, { timeCertain: false }],
      [-3, { timeCertain: false }],
    ] as const) {
      const words = [body(`${days}`)];
      const { seen } = await open(mei, await write(lin, MEI, words), { sentAt: mei.clock.now() + days * 24 * HOUR_MS });
      deepEqual(seen, { outcome: 'opened', content: words, protection, ...certain });
    }
  });

  it('is with the first message a prekey that is gone, with the next nothing of our own', async () => {
    const { mei, lin } = await world();
    const changes = (): string[] => mei.keyring.takeChanged().map(({ name }) => name).filter((name) => name === 'own'); // oxfmt-ignore
    const [first, second] = [await write(lin, MEI, [body('one')]), await write(lin, MEI, [body('two')])];
    mei.keyring.takeChanged();
    equal(await read(mei, first), 'one');
    deepEqual(changes(), ['own']);
    deepEqual(mei.side.own.keys!.hidden.map(({ usedAt }) => usedAt), [mei.clock.now()]); // oxfmt-ignore
    deepEqual(mei.side.own.row.owed, [{ person: LIN, device: lin.side.own.keys!.deviceId }]);
    mei.side.own.change({ owed: [] });
    changes();
    equal(await read(mei, second), 'two');
    deepEqual([changes(), mei.side.own.row.owed], [[], []]);
  });
});

describe('a letter about keys', () => {
  it('is handed on with what its envelope says, and is no message', async () => {
    const { mei, lin } = await world();
    const keys = [{ owner: KIM, trusted: [new Uint8Array(32).fill(7)], distrusted: [] }];
    const letter = writeTrustMessage(keys);
    const { seen, letters } = await open(mei, await write(lin, MEI, [letter]));
    deepEqual(seen, { outcome: 'silent' });
    deepEqual(letters, [{ device: lin.side.own.keys!.deviceId, from: LIN, to: MEI, keys }]);
    const both = await open(mei, await write(lin, MEI, [letter, body('and words')]));
    deepEqual([both.seen.outcome === 'opened' && both.seen.content.map(textOf), both.letters.length], [['and words'], 1]);
    const broken = await open(mei, await write(lin, MEI, [{ ...letter, attributes: {} }, body('words')]));
    deepEqual([broken.seen.outcome, broken.letters], ['opened', []]);
  });
});
