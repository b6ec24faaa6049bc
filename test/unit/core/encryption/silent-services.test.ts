// Somebody's service says nothing when it is asked for keys in the middle of a turn: what others wrote is not kept waiting by that.
import { deepEqual, equal } from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { SealedWords } from '../../../../src/core/ports.ts';
import type { Address } from '../../../../src/model/account.ts';
import { failed, type Answer } from '../../../../src/model/failure.ts';
import { NS_OMEMO_BUNDLES } from '../../../../src/xmpp/namespaces.ts';
import { writeElement } from '../../../../src/xmpp/xml.ts';
import { encryptionDevice, quiet, until, type EncryptionDevice } from '../../../kit/encryption/encryption-device.ts';
import { KeyServer } from '../../../kit/encryption/key-server.ts';
import { fakeClock, type FakeClock } from '../../../kit/fake-clock.ts';

const [MEI, LIN, KIM] = ['mei@a.test', 'lin@b.test', 'kim@c.test'] as [Address, Address, Address];

interface World {
  clock: FakeClock;
  mei: EncryptionDevice;
  kim: EncryptionDevice;
  /** Lin's service answers now. */
  answer(): void;
  /** Mei writes to lin, and nothing is at hand for that. */
  seal(): { sealed?: Answer<SealedWords> };
}

async function world(): Promise<World> {
  const [server, clock] = [new KeyServer(), fakeClock()];
  const devices = await Promise.all([MEI, LIN, KIM].map((address) => encryptionDevice(server, clock, address)));
  for (const device of devices) await device.online();
  const [mei, , kim] = devices as [EncryptionDevice, EncryptionDevice, EncryptionDevice];
  await mei.read(await kim.write('before', MEI));
  const ask = server.ask.bind(server);
  let answer = (): void => undefined;
  server.ask = (asker, iq) => {
    const isSilent = asker === MEI && iq.attributes['to'] === LIN && writeElement(iq).includes(NS_OMEMO_BUNDLES);
    return isSilent ? new Promise((resolve) => (answer = () => void ask(asker, iq).then(resolve))) : ask(asker, iq);
  };
  const seal = (): { sealed?: Answer<SealedWords> } => {
    const one: { sealed?: Answer<SealedWords> } = {};
    void mei.encryption
      .turn((ratchets) => ratchets.seal({ to: LIN, isRoom: false, members: [], content: [] }))
      .then((sealed) => (one.sealed = sealed));
    return one;
  };
  return { clock, mei, kim, answer: () => answer(), seal };
}

describe('a turn that has to ask', () => {
  it('ends after two seconds without an answer, and what came meanwhile is opened', async () => {
    const { clock, mei, kim, seal } = await world();
    const said = await kim.write('meanwhile', MEI);
    const one = seal();
    let read: string | undefined;
    void mei.read(said).then((words) => (read = words));
    await quiet();
    clock.advance(1_999);
    await quiet();
    deepEqual([one.sealed, read], [undefined, undefined]);
    clock.advance(1);
    await until(() => read !== undefined);
    deepEqual([one.sealed, read], [failed({ kind: 'no-answer' }), 'meanwhile']);
  });

  it('has its words sealed where the answer comes in time, and leaves no clock behind', async () => {
    const { clock, answer, seal } = await world();
    await quiet();
    const timers = clock.pending();
    const one = seal();
    await quiet();
    equal(clock.pending(), timers + 1);
    clock.advance(1_000);
    answer();
    await until(() => one.sealed !== undefined);
    deepEqual([one.sealed?.ok, clock.pending()], [true, timers]);
    equal(one.sealed?.ok && one.sealed.value.protection.how, 'omemo-2');
  });
});
