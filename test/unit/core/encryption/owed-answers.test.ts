// Empty messages that this device owes: to whom they go, when, and that they go once.
import { deepEqual, equal, notEqual, ok } from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Address } from '../../../../src/model/account.ts';
import { failed } from '../../../../src/model/failure.ts';
import { prepareDevices } from '../../../../src/core/encryption/devices/reach.ts';
import { Keyring } from '../../../../src/core/encryption/keyring.ts';
import { OMEMO_2_METHOD } from '../../../../src/core/encryption/omemo-2-method.ts';
import { Side } from '../../../../src/core/encryption/side.ts';
import { sealWords } from '../../../../src/core/encryption/seal-words.ts';
import { decideOn, meetDevice } from '../../../../src/core/encryption/trust/decide.ts';
import { writeElement, type Element } from '../../../../src/xmpp/xml.ts';
import { quiet } from '../../../kit/encryption/encryption-device.ts';
import { KeyServer } from '../../../kit/encryption/key-server.ts';
import { oneSide, type OneSide } from '../../../kit/encryption/one-side.ts';

const MEI = 'mei@a.test' as Address;
const LIN = 'lin@b.test' as Address;

interface World {
  server: KeyServer;
  mei: OneSide;
}

async function alone(): Promise<World> {
  const server = new KeyServer();
  return { server, mei: await oneSide(server, MEI, 1) };
}

const wake = async ({ side }: OneSide): Promise<void> => {
  side.publisher.wake();
  await quiet();
};

describe('answers that are owed', () => {
  it('are owed once to each device, to two hundred at most, until something was written there', async () => {
    const { mei } = await alone();
    const { own } = mei.side;
    for (let id = 1; id <= 201; id++) own.owe(LIN, id);
    own.owe(LIN, 201);
    deepEqual([own.row.owed.length, own.row.owed[0]?.device, own.row.owed.at(-1)?.device], [200, 2, 201]);
    own.owe(MEI, 201);
    own.paid([{ person: LIN, device: 3 }, { person: LIN, device: 201 }]); // oxfmt-ignore
    deepEqual(
      [own.row.owed.length, own.row.owed.some(({ device }) => device === 3), own.row.owed.at(-1)],
      [198, false, { person: MEI, device: 201 }],
    );
    mei.keyring.takeChanged();
    own.paid([{ person: LIN, device: 3 }]);
    deepEqual(mei.keyring.takeChanged(), []);
    own.noteStrict(LIN);
    mei.keyring.takeChanged();
    own.noteStrict(LIN);
    deepEqual([mei.keyring.takeChanged().length, own.row.strict], [0, [LIN]]);
  });

  /** Both know each other's device, and mei owes lin an answer. */
  async function owing(): Promise<World> {
    const given = await alone();
    const { mei, server } = given;
    const lin = await oneSide(server, LIN, 2);
    await wake(mei);
    await wake(lin);
    const to = await lin.side.ensureOwn();
    await prepareDevices(mei.side.parts(), mei.side.own.keys!.deviceId, LIN);
    await prepareDevices(mei.side.parts(), mei.side.own.keys!.deviceId, MEI);
    const sealed = await sealWords(mei.side.parts(), mei.side.own.keys!, { to: LIN, isRoom: false, members: [], content: [] });
    equal(sealed.ok, true);
    mei.side.own.owe(LIN, to.deviceId);
    return given;
  }
  const isOwed = ({ mei }: World): boolean => mei.side.own.row.owed.length > 0;

  it('go to who may know that this device is there, once, to be kept for them', async () => {
    const given = await owing();
    const { mei } = given;
    mei.mayAnswer = () => false;
    await mei.side.pay();
    deepEqual([mei.sent.length, isOwed(given)], [0, true]);
    mei.mayAnswer = (person) => person === LIN;
    mei.isDown = true;
    await mei.side.pay();
    deepEqual([mei.sent.length, isOwed(given)], [0, true]);
    mei.isDown = false;
    await mei.side.pay();
    await mei.side.pay();
    deepEqual([mei.sent.length, isOwed(given)], [1, false]);
    const [answer] = mei.sent as [Element];
    deepEqual([answer.attributes['to'], answer.attributes['type']], [LIN, 'chat']);
    ok(writeElement(answer).includes('<store'));
    ok(!writeElement(answer).includes('<payload'), 'there are no words in it');
  });

  it('are paid once, however many pay', async () => {
    const { mei } = await owing();
    await Promise.all([mei.side.pay(), mei.side.pay()]);
    equal(mei.sent.length, 1);
  });

  it('do not leave before their step is on the disk', async () => {
    const { mei } = await owing();
    mei.commits = failed({ kind: 'storage-full' });
    await mei.side.pay();
    equal(mei.sent.length, 0);
  });

  it('go to nobody who was refused, or whom no session is left with', async () => {
    const given = await owing();
    const { mei } = given;
    const { device } = mei.side.own.row.owed[0]!;
    mei.side.people.judge(LIN, (trust) => decideOn(trust, device, 'refused'));
    await mei.side.pay();
    deepEqual([mei.sent.length, isOwed(given)], [0, false]);
    const other = await owing();
    const id = other.mei.side.own.row.owed[0]!.device;
    other.mei.side.sessions.put(other.mei.side.own.keys!.deviceId, LIN, id, { identity: new Uint8Array(32) as never, sessions: [] });
    await other.mei.side.pay();
    deepEqual([other.mei.sent.length, isOwed(other)], [0, false]);
  });

  it('to our own devices need nobody to allow them', async () => {
    const { mei } = await owing();
    const ours = mei.side.own.keys!.deviceId;
    const { device: id } = mei.side.own.row.owed[0]!;
    const device = mei.side.sessions.get(ours, LIN, id)!;
    mei.side.own.change({ owed: [] });
    mei.side.people.judge(MEI, (trust) => meetDevice(trust, id, device.identity, 1));
    mei.side.sessions.put(ours, MEI, id, device);
    mei.side.own.owe(MEI, id);
    mei.mayAnswer = () => false;
    await mei.side.pay();
    equal(mei.sent.length, 1);
  });

  it('step the ratchet on: the next message goes under another key', async () => {
    const { mei } = await owing();
    const ours = mei.side.own.keys!.deviceId;
    const { device: id } = mei.side.own.row.owed[0]!;
    const before = mei.side.sessions.get(ours, LIN, id);
    await mei.side.pay();
    notEqual(mei.side.sessions.get(ours, LIN, id), before);
  });

  it('of before a restart go by what the disk knows: to who was not refused', async () => {
    for (const isRefused of [false, true]) {
      const { mei } = await owing();
      const { people, own } = mei.side;
      if (isRefused) people.judge(LIN, (trust) => decideOn(trust, own.row.owed[0]!.device, 'refused'));
      const disk = new Map(mei.keyring.takeChanged().map(({ name, value }) => [name, value]));
      const keyring = new Keyring({ keys: async (name) => disk.get(name) as never });
      const again = new Side(mei.account, OMEMO_2_METHOD, keyring, () => undefined);
      await again.load();
      await again.pay();
      deepEqual([mei.sent.length, again.own.row.owed], [isRefused ? 0 : 1, []]);
    }
  });
});
