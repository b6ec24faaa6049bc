// In the page: what sealing for a room and opening in a catch-up take, beside the bare primitives that cannot be done without.
import { bundleOf } from '../../../src/core/encryption/exchange/bundle.ts';
import { mintOwnKeys } from '../../../src/core/encryption/exchange/own-keys.ts';
import { openMessage } from '../../../src/core/encryption/open-message.ts';
import { withSession, type PeerDevice } from '../../../src/core/encryption/peer-device.ts';
import { decryptCbc, encryptCbc, sealingKeys, tagOf } from '../../../src/core/encryption/primitives/aes-cbc.ts';
import { openCurves } from '../../../src/core/encryption/primitives/choose-curves.ts';
import { mintPair, type Primitives } from '../../../src/core/encryption/primitives/curves.ts';
import type { ChainKey } from '../../../src/core/encryption/primitives/keys.ts';
import { nextMessage } from '../../../src/core/encryption/ratchet/chains.ts';
import { sealMessage, type Addressee } from '../../../src/core/encryption/seal-message.ts';
import { beginSession } from '../../../src/core/encryption/session.ts';
import { OMEMO_2 } from '../../../src/core/encryption/wire/omemo-2.ts';
import type { MessageForUs } from '../../../src/xmpp/codecs/omemo-message.ts';
import { interleave } from '../kit/stats.ts';
import { control } from './control.ts';

export interface EncryptionWish {
  devices: number;
  few: number;
  messages: number;
  rounds: number;
}

export interface EncryptionFacts {
  /** Milliseconds, in turns. */
  times: Record<'room' | 'roomFloor' | 'catchUp' | 'catchUpFloor' | 'control' | 'firsts' | 'firstsFloor' | 'few' | 'fewFloor', number[]>;
  ownKeysMs: number;
}

const wish = (await control.ask('wish')) as EncryptionWish;
const kit: Primitives = {
  curves: await openCurves(crypto.subtle),
  subtle: crypto.subtle,
  random: (count) => crypto.getRandomValues(new Uint8Array(count)),
};
const words = new TextEncoder().encode('words of a person '.repeat(25));
const keyAndTag = new Uint8Array(48);
const own = await mintOwnKeys(kit, 0);
const theirs = await mintOwnKeys(kit, 0);
const bundle = bundleOf(theirs);
const chain = kit.random(32) as ChainKey;

const timed = (work: () => Promise<unknown>) => async (): Promise<number> => {
  const startedAt = performance.now();
  await work();
  return performance.now() - startedAt;
};

const many = <T>(count: number, make: () => Promise<T>): Promise<T[]> => Promise.all(Array.from({ length: count }, make));

const begin = async (): Promise<Addressee> => {
  const begun = await beginSession(kit, OMEMO_2, own, bundle);
  if (!begun.ok) throw new Error(begun.why);
  return { account: 'b@b.test', id: theirs.deviceId, device: withSession(undefined, begun.session) };
};

/** One step: the chain's, the keys out of it, AES, the tag. */
async function bareSeal(): Promise<void> {
  const keys = sealingKeys(nextMessage(chain).message, OMEMO_2.messageInfo);
  tagOf(keys, await encryptCbc(kit.subtle, keys, keyAndTag), 16);
}

async function bareOpen(sealed: Uint8Array<ArrayBuffer>): Promise<void> {
  const keys = sealingKeys(nextMessage(chain).message, OMEMO_2.messageInfo);
  tagOf(keys, sealed, 16);
  await decryptCbc(kit.subtle, keys, sealed);
}

/** A signature and five agreements, with the two keys that they need. */
async function bareFirst(): Promise<void> {
  await kit.curves.verify(bundle.identity, bundle.signed.key, bundle.signed.signature);
  const pairs = await many(2, () => mintPair(kit));
  await many(5, () => kit.curves.agree(pairs[0]!.secret, bundle.signed.key));
  await bareSeal();
}

async function writtenTo(count: number): Promise<MessageForUs[]> {
  let addressees: readonly Addressee[] = [await begin()];
  const written: MessageForUs[] = [];
  for (let n = 0; n < count; n++) {
    const sealed = await sealMessage(kit, own, addressees, words);
    addressees = sealed.addressees;
    const [key] = sealed.message.recipients[0]!.keys;
    written.push({ sender: own.deviceId, key: key!, payload: sealed.message.payload! });
  }
  return written;
}

async function openAll(written: readonly MessageForUs[]): Promise<void> {
  let device: PeerDevice | undefined;
  let keys = theirs;
  for (const message of written) {
    const opening = await openMessage(kit, { message, own: keys, device });
    if (opening.outcome !== 'opened') throw new Error(opening.outcome);
    ({ device, own: keys } = opening);
  }
}

async function run(): Promise<EncryptionFacts> {
  let room: readonly Addressee[] = await many(wish.devices, begin);
  const archive = await writtenTo(wish.messages);
  const sealed = archive[0]!.payload!;
  const floor = timed(async () => {
    for (let n = 0; n < wish.messages; n++) {
      await bareOpen(sealed.slice(0, 64));
      await bareOpen(sealed);
    }
  });
  const times = await interleave(
    {
      room: timed(async () => void ({ addressees: room } = await sealMessage(kit, own, room, words))),
      roomFloor: timed(() => many(wish.devices, bareSeal)),
      catchUp: timed(() => openAll(archive)),
      catchUpFloor: floor,
      control: floor,
      firsts: timed(async () => sealMessage(kit, own, await many(wish.devices, begin), words)),
      firstsFloor: timed(() => many(wish.devices, bareFirst)),
      few: timed(async () => sealMessage(kit, own, await many(wish.few, begin), words)),
      fewFloor: timed(() => many(wish.few, bareFirst)),
    },
    wish.rounds,
  );
  return { times, ownKeysMs: await timed(() => mintOwnKeys(kit, 0))() };
}

try {
  await control.tell('facts', await run());
} catch (defect) {
  await control.tell('facts', { defect: String((defect as Error).stack ?? defect) });
}
