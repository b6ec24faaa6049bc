// The ledger that engine tests rely on finds a key that sealed two messages, and only that.
import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { Address } from '../../../src/model/account.ts';
import { writeElement } from '../../../src/xmpp/xml.ts';
import { encryptionDevice } from '../../kit/encryption/encryption-device.ts';
import { KeyLedger } from '../../kit/encryption/key-ledger.ts';
import { KeyServer } from '../../kit/encryption/key-server.ts';
import { fakeClock } from '../../kit/fake-clock.ts';

const MEI = 'mei@a.test' as Address;
const LIN = 'lin@b.test' as Address;

it('a key that seals two messages is found; the same bytes twice, and a key a message, are not', async () => {
  const [server, clock] = [new KeyServer(), fakeClock()];
  const mei = await encryptionDevice(server, clock, MEI);
  const lin = await encryptionDevice(server, clock, LIN);
  await mei.online();
  await lin.online();
  const ledger = new KeyLedger();
  const first = writeElement(await mei.write('first', LIN));
  const twin = await encryptionDevice(server, clock, MEI, { store: await mei.copyDisk() });
  for (const frame of [first, first, writeElement(await mei.write('second', LIN)), '<presence/>']) ledger.note(frame);
  assert.deepEqual([ledger.faults, ledger.counts], [[], { keys: 2, messages: 2 }]);
  ledger.note(writeElement(await twin.write('sealed by a copy', LIN)));
  assert.equal(ledger.faults.length, 1);
});
