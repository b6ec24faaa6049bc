// An engine that has shown the true key of a device, and hands out another one while a message is already being sealed for it.
import { deepEqual, equal, ok } from 'node:assert/strict';
import { describe, it } from 'node:test';
import { prepareDevices } from '../../../../src/core/encryption/devices/reach.ts';
import type { OwnKeys } from '../../../../src/core/encryption/exchange/own-keys.ts';
import { OMEMO_2_METHOD } from '../../../../src/core/encryption/omemo-2-method.ts';
import { sealWords } from '../../../../src/core/encryption/seal-words.ts';
import type { SealedWords } from '../../../../src/core/ports.ts';
import type { Address } from '../../../../src/model/account.ts';
import { failed, type Answer } from '../../../../src/model/failure.ts';
import { NS_OMEMO_BUNDLES, NS_OMEMO_DEVICES } from '../../../../src/xmpp/namespaces.ts';
import { writeElement, type Element } from '../../../../src/xmpp/xml.ts';
import { quiet, until } from '../../../kit/encryption/encryption-device.ts';
import { KeyServer } from '../../../kit/encryption/key-server.ts';
import { oneSide, type OneSide } from '../../../kit/encryption/one-side.ts';

const MEI = 'mei@a.test' as Address;
const LIN = 'lin@b.test' as Address;
/** Devices that are listed and whose keys the engine keeps us waiting for. */
const [LAPTOP, TABLET] = [991, 992];
const KEYS_ARE_HELD_MS = 30_000;

const listOf = (...ids: number[]): ReturnType<typeof OMEMO_2_METHOD.writeDevices> => OMEMO_2_METHOD.writeDevices(ids.map((id) => ({ id })));

async function published(server: KeyServer, seed: number): Promise<OwnKeys> {
  const { side } = await oneSide(server, LIN, seed);
  const keys = await side.ensureOwn();
  side.publisher.wake();
  await until(() => server.items(LIN, NS_OMEMO_DEVICES).length > 0);
  return keys;
}

/** `release`: the engine says that there are no such keys. */
function holdBack(mei: OneSide): { release(device: number): void } {
  const waiting = new Map<number, (answer: Answer<Element>) => void>();
  mei.instead = (iq) => {
    const device = [LAPTOP, TABLET].find((one) => writeElement(iq).includes(`"${one}"`));
    return device === undefined ? undefined : new Promise((resolve) => void waiting.set(device, resolve));
  };
  return { release: (device) => waiting.get(device)!(failed({ kind: 'not-found' })) };
}

describe('another key for a device that is being written to', () => {
  it('gets nothing', async () => {
    const [server, shadow] = [new KeyServer(), new KeyServer()];
    const [lin, mallory] = [await published(server, 2), await published(shadow, 3)];
    const mei = await oneSide(server, MEI, 1);
    const { side } = mei;
    const own = await side.ensureOwn();
    const prepare = (): Promise<unknown> => prepareDevices(side.parts(), own.deviceId, LIN);
    await prepare();
    mei.clock.advance(KEYS_ARE_HELD_MS - 1_000);

    const { release } = holdBack(mei);
    side.lists.hear(MEI, [listOf(own.deviceId, LAPTOP)]);
    let sealed: Answer<SealedWords> | undefined;
    void sealWords(side.parts(), own, { to: LIN, isRoom: false, members: [], content: [] }).then((answer) => (sealed = answer));
    await quiet();
    ok(side.bundles.get(LIN, lin.deviceId), 'the true keys are at hand');

    mei.clock.advance(1_000);
    server.lie = ({ node, items }) => {
      const [{ payload } = {}] = shadow.items(LIN, NS_OMEMO_BUNDLES);
      return node === NS_OMEMO_BUNDLES && payload ? [{ id: String(lin.deviceId), payload }] : items;
    };
    side.lists.hear(LIN, [listOf(lin.deviceId, TABLET)]);
    void prepare();
    await quiet();
    deepEqual(side.bundles.get(LIN, lin.deviceId)?.identity, mallory.identity.public);

    release(LAPTOP);
    await until(() => sealed !== undefined);
    deepEqual(sealed, failed({ kind: 'keys-missing', person: LIN }));
    equal(side.sessions.get(own.deviceId, LIN, lin.deviceId), undefined);
    release(TABLET);
    await quiet();
    deepEqual(mei.news.map(({ what }) => what), ['other-identity']); // oxfmt-ignore
  });
});
