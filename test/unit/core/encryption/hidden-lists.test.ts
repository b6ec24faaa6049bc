// An engine that hides somebody's devices before the first words: who is known to have had any is not written to in clear for that.
import { deepEqual } from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Address } from '../../../../src/model/account.ts';
import { succeeded } from '../../../../src/model/failure.ts';
import { NS_OMEMO_DEVICES } from '../../../../src/xmpp/namespaces.ts';
import { encryptionDevice, type EncryptionDevice } from '../../../kit/encryption/encryption-device.ts';
import { KeyServer } from '../../../kit/encryption/key-server.ts';
import { fakeClock } from '../../../kit/fake-clock.ts';

const MEI = 'mei@a.test' as Address;
const LIN = 'lin@b.test' as Address;
const HOUR_MS = 3_600_000;

async function world(): Promise<{ mei: EncryptionDevice; hide(): Promise<EncryptionDevice> }> {
  const [server, clock] = [new KeyServer(), fakeClock()];
  const mei = await encryptionDevice(server, clock, MEI);
  const lin = await encryptionDevice(server, clock, LIN);
  for (const device of [mei, lin]) await device.online();
  return {
    mei,
    /** On the next stream nobody tells of lin's devices any more, and who asks is answered that there are none. */
    async hide() {
      server.lie = ({ owner, node, items }) => (owner === LIN && node === NS_OMEMO_DEVICES ? [] : items);
      clock.advance(HOUR_MS);
      await mei.commit();
      const again = await mei.restart();
      await again.online();
      return again;
    },
  };
}

describe('a list that is empty when somebody is to be written to first', () => {
  it('decides for clear words where nobody was ever seen to have a device', async () => {
    const { hide } = await world();
    deepEqual(await (await hide()).encryption.canEncryptFor(LIN), succeeded(false));
  });

  it('decides nothing where their keys were looked at before: the words wait for keys', async () => {
    const { mei, hide } = await world();
    await mei.encryption.trust.read(LIN);
    const again = await hide();
    deepEqual(await again.encryption.canEncryptFor(LIN), succeeded(true));
    deepEqual(await again.seal('first words', LIN), { ok: false, failure: { kind: 'keys-missing', person: LIN } });
  });
});
