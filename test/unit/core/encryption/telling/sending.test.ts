// A letter to an own device on its way: what it says, when it counts as told, and when it is said again.
import { deepEqual, equal, notEqual, ok } from 'node:assert/strict';
import { describe, it } from 'node:test';
import { prepareDevices } from '../../../../../src/core/encryption/devices/reach.ts';
import { Keyring, type Shelf } from '../../../../../src/core/encryption/keyring.ts';
import { OMEMO_2_METHOD } from '../../../../../src/core/encryption/omemo-2-method.ts';
import { agreementOf } from '../../../../../src/core/encryption/primitives/edwards.ts';
import { mintIdentity } from '../../../../../src/core/encryption/primitives/identity.ts';
import type { IdentityPublic } from '../../../../../src/core/encryption/primitives/keys.ts';
import { decideOn, verifyDevices } from '../../../../../src/core/encryption/trust/decide.ts';
import { Telling } from '../../../../../src/core/encryption/trust/telling.ts';
import type { Address } from '../../../../../src/model/account.ts';
import { failed } from '../../../../../src/model/failure.ts';
import { readHints } from '../../../../../src/xmpp/codecs/hints.ts';
import { readTrustMessage, type ToldKeys } from '../../../../../src/xmpp/codecs/trust-message.ts';
import { childElements, writeElement, type Element } from '../../../../../src/xmpp/xml.ts';
import { NS_OMEMO_DEVICES } from '../../../../../src/xmpp/namespaces.ts';
import { quiet, until } from '../../../../kit/encryption/encryption-device.ts';
import { KeyServer } from '../../../../kit/encryption/key-server.ts';
import { oneSide, type OneSide } from '../../../../kit/encryption/one-side.ts';
import { primitives } from '../../../../kit/encryption/primitives.ts';

const ANN = 'ann@app1.test' as Address;
const BEN = 'ben@app1.test' as Address;
const CAT = 'cat@app1.test' as Address;
const kit = primitives(7);
const [ben, cat] = await Promise.all([mintIdentity(kit), mintIdentity(kit)]);
const WEEK_MS = 7 * 24 * 3_600_000;

type SendFate = 'taken' | 'lost';

interface Sent {
  readonly stanza: Element;
  readonly fate: (what: SendFate) => void;
}

interface Desk {
  readonly ann: OneSide;
  readonly phone: OneSide;
  readonly phoneId: number;
  readonly telling: Telling;
  begin(shelf: Shelf): Telling;
  readonly outbox: Sent[];
  /** How often something was to be on the disk. */
  commits: number;
  /** Before each turn of its own. */
  beforeTurn?: () => void;
  compare(person: Address, ...keys: IdentityPublic[]): Promise<void>;
  /** Letters that have gone since this was looked at last, each with what is done about it. */
  tell(fate?: SendFate): Promise<Element[]>;
  /** What the phone reads in it. */
  open(stanza: Element): Promise<readonly ToldKeys[]>;
}

/** Ann's phone was compared here, and keys of Ben's and Cat's are known. */
async function desk(): Promise<Desk> {
  const server = new KeyServer();
  const phone = await oneSide(server, ANN, 2);
  const { deviceId: phoneId, identity } = await phone.side.ensureOwn();
  await until(() => server.items(ANN, NS_OMEMO_DEVICES).length > 0);
  const ann = await oneSide(server, ANN, 1);
  const { deviceId } = await ann.side.ensureOwn();
  await quiet();
  await prepareDevices(ann.side.parts(), deviceId, ANN);
  const { people } = ann.side;
  people.judge(ANN, (all) => verifyDevices(all, [identity.public]));
  const outbox: Sent[] = [];
  const begin = (shelf: Shelf): Telling =>
    new Telling({
      ...ann.account,
      ...ann.side.parts(),
      commit: () => ((given.commits += 1), ann.account.commit()),
      inTurn: (work) => (given.beforeTurn?.(), work()),
      shelf,
      mintId: () => 'an-id',
      tookOver: undefined,
      connection: {
        ...ann.account.needs.connection,
        send: (stanza, fate) => void outbox.push({ stanza, fate: fate ?? (() => undefined) }),
      },
    });
  const telling = begin(ann.keyring);
  await telling.load();
  let opened: { own: never; device: never } | undefined;
  const given: Desk = {
    ann,
    phone,
    phoneId,
    telling,
    begin,
    outbox,
    commits: 0,
    async compare(person, ...keys) {
      await people.load(person);
      people.meet(person, keys.map((key, at) => ({ id: at + 1, identity: key }))); // oxfmt-ignore
      people.judge(person, (all) => verifyDevices(all, keys));
      telling.decided(person);
    },
    async tell(fate) {
      await telling.tell();
      const sent = outbox.splice(0);
      if (fate) for (const one of sent) one.fate(fate);
      return sent.map(({ stanza }) => stanza);
    },
    async open(stanza) {
      const message = OMEMO_2_METHOD.read(stanza, ANN, phoneId);
      ok(message);
      const opening = await OMEMO_2_METHOD.open(phone.account.primitives, { message, own: phone.side.own.keys!, device: undefined, ...opened }); // oxfmt-ignore
      ok(opening.outcome === 'opened' && opening.plaintext, opening.outcome);
      opened = { own: opening.own, device: opening.device } as never;
      const envelope = OMEMO_2_METHOD.unpack(opening.plaintext);
      deepEqual([envelope?.from, envelope?.to], [ANN, ANN]);
      return readTrustMessage(envelope!.content[0]!) ?? [];
    },
  };
  return given;
}

const bytesOf = (key: IdentityPublic): number[] => [...agreementOf(key)!];
const plain = (told: readonly ToldKeys[]): unknown[] =>
  told.map(({ owner, trusted, distrusted }) => [owner, trusted.map((key) => [...key]), distrusted.map((key) => [...key])]);
const news = ({ ann }: Desk): string[] => ann.news.splice(0).map(({ person, what }) => `${person} ${what}`);

describe('a letter to an own device', () => {
  it('says all that was decided, to it alone, and nothing beside the seal', async () => {
    const given = await desk();
    await given.compare(BEN, ben.public);
    given.ann.side.people.meet(CAT, [{ id: 5, identity: cat.public }]);
    given.ann.side.people.judge(CAT, (all) => decideOn(all, 5, 'refused'));
    given.telling.decided(CAT);
    const [letter, ...more] = await given.tell('taken');
    ok(letter);
    equal(more.length, 0);
    deepEqual([letter.attributes['type'], letter.attributes['to'], letter.attributes['id']], ['chat', ANN, 'an-id']);
    deepEqual([childElements(letter).map(({ name }) => name), readHints(letter)], [['encrypted', 'store'], ['store']]);
    equal(writeElement(letter).split('<key ').length, 2);
    const read = await given.open(letter);
    deepEqual(plain(read), [
      [BEN, [bytesOf(ben.public)], []],
      [CAT, [], [bytesOf(cat.public)]],
    ]);
  });

  it('counts as told when it was taken: that is kept, shown and not said again for a week', async () => {
    const given = await desk();
    await given.compare(BEN, ben.public);
    news(given);
    await given.telling.tell();
    deepEqual([news(given), given.commits], [[], 1]);
    for (const { fate } of given.outbox.splice(0)) fate('taken');
    deepEqual([news(given), given.commits], [[`${ANN} told`], 2]);
    const told = (): unknown => (given.ann.keyring.get('telling') as { told: Record<number, { at: number }> }).told[given.phoneId]?.at;
    equal(told(), given.ann.clock.now());
    equal((await given.tell()).length, 0);
    given.ann.clock.advance(WEEK_MS);
    equal((await given.tell()).length, 0);
    given.ann.clock.advance(1);
    const [again] = await given.tell('taken');
    deepEqual(plain(await given.open(again!)), [[BEN, [bytesOf(ben.public)], []]]);
    equal(told(), given.ann.clock.now());
  });

  it('goes again at once where it was lost, and not while it is under way', async () => {
    const given = await desk();
    await given.compare(BEN, ben.public);
    equal((await given.tell()).length, 1);
    equal((await given.tell()).length, 0, 'under way');
    given.telling.onFreshStream();
    const [second] = await given.tell('lost');
    ok(second);
    deepEqual(news(given).filter((one) => one.endsWith('told')), []); // oxfmt-ignore
    const [third] = await given.tell('taken');
    ok(third);
    notEqual(writeElement(third), writeElement(second), 'each is sealed anew');
    for (const letter of [second, third]) equal((await given.open(letter)).length, 1);
    equal((await given.tell()).length, 0);
  });

  it('of before does not keep back what was decided since', async () => {
    const given = await desk();
    await given.compare(BEN, ben.public);
    equal((await given.tell()).length, 1);
    await given.compare(CAT, cat.public);
    const [second] = await given.tell('taken');
    deepEqual((await given.open(second!)).map(({ owner }) => owner), [BEN, CAT]); // oxfmt-ignore
    equal((await given.tell()).length, 0);
  });

  it('in several pieces is told when the last of them was taken', async () => {
    const given = await desk();
    const many = await Promise.all(Array.from({ length: 160 }, async () => (await mintIdentity(kit)).public));
    await given.compare(BEN, ...many);
    news(given);
    await given.telling.tell();
    const [first, second, ...more] = given.outbox.splice(0);
    deepEqual([first && second && true, more.length], [true, 0]);
    first!.fate('taken');
    deepEqual(news(given), []);
    second!.fate('taken');
    deepEqual(news(given), [`${ANN} told`]);
    const read = [await given.open(first!.stanza), await given.open(second!.stanza)];
    deepEqual(read.flat().map(({ trusted }) => trusted.length), [150, 10]); // oxfmt-ignore
  });

  it('of which a piece was lost is not told: all of it goes again', async () => {
    const given = await desk();
    const many = await Promise.all(Array.from({ length: 160 }, async () => (await mintIdentity(kit)).public));
    await given.compare(BEN, ...many);
    await given.telling.tell();
    const [first, second] = given.outbox.splice(0);
    first!.fate('lost');
    second!.fate('taken');
    equal(news(given).includes(`${ANN} told`), false);
    equal((await given.tell()).length, 2);
  });

  it('does not leave before its step is on the disk, and goes the next time', async () => {
    const given = await desk();
    await given.compare(BEN, ben.public);
    given.ann.commits = failed({ kind: 'storage-full' });
    equal((await given.tell()).length, 0);
    given.ann.commits = { ok: true, value: undefined };
    equal((await given.tell()).length, 1);
  });

  it('is not sealed for a device that is compared no more when its turn comes', async () => {
    const given = await desk();
    await given.compare(BEN, ben.public);
    const { people } = given.ann.side;
    given.beforeTurn = () => people.judge(ANN, (all) => decideOn(all, given.phoneId, 'refused'));
    equal((await given.tell()).length, 0);
    delete given.beforeTurn;
    people.judge(ANN, (all) => verifyDevices(all, [given.phone.side.own.keys!.identity.public]));
    equal((await given.tell()).length, 1);
  });

  it('waits where the engine does not tell the devices, or there is no stream', async () => {
    const given = await desk();
    await given.compare(BEN, ben.public);
    given.ann.side.onFreshStream();
    given.ann.instead = () => failed({ kind: 'no-answer' });
    equal((await given.tell()).length, 0);
    delete given.ann.instead;
    given.ann.isDown = true;
    equal((await given.tell()).length, 0);
    given.ann.isDown = false;
    equal((await given.tell()).length, 1);
  });

  it('that was taken, and one that waits for a comparison, are known after a restart', async () => {
    const given = await desk();
    await given.compare(BEN, ben.public);
    await given.tell('taken');
    given.ann.side.people.judge(ANN, (all) => decideOn(all, given.phoneId, 'accepted'));
    const keys = [{ owner: CAT, trusted: [agreementOf(cat.public)!], distrusted: [] }];
    await given.telling.hear({ device: given.phoneId, from: ANN, to: ANN, keys });
    const disk = new Map(given.ann.keyring.takeChanged().map(({ name, value }) => [name, value]));
    const keyring = new Keyring({ keys: async (name) => disk.get(name) as never });
    const again = given.begin(keyring);
    await again.load();
    given.ann.side.people.judge(ANN, (all) => verifyDevices(all, [given.phone.side.own.keys!.identity.public]));
    await again.tell();
    equal(given.outbox.length, 0);
    await again.settle();
    deepEqual(given.ann.side.people.get(CAT).trust.awaited?.map(({ trust }) => trust), ['verified']); // oxfmt-ignore
  });

  it('goes without this device’s keys to nobody', async () => {
    const given = await desk();
    await given.compare(BEN, ben.public);
    given.ann.side.own.giveUp();
    equal((await given.tell()).length, 0);
  });
});
