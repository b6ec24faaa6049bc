// A name that seems made to be taken for another's stays marked from the stanza to the disk and back.
import assert from 'node:assert/strict';
import { it } from 'node:test';
import { identifyOccupant } from '../../../../src/core/sync/authority/occupant.ts';
import { readRoomMessage, type Acquaintance } from '../../../../src/core/sync/read-message.ts';
import { storedAt } from '../../../../src/core/sync/sighting.ts';
import { decodeMessages, encodeMessages } from '../../../../src/core/storage/message-codec.ts';
import type { StoredMessage } from '../../../../src/core/ports.ts';
import type { Address } from '../../../../src/model/account.ts';
import { stanza } from '../../../kit/scripted-connection.ts';

const ROOM = 'garden@rooms.app1.test' as Address;

const acquaintance = (ownNick: string): Acquaintance => ({
  self: 'mia@app1.test' as Address,
  ownName: () => 'Mia',
  nameOf: (person) => person,
  isRoom: () => true,
  ownNick: () => ownNick,
  occupantOf(room, message) {
    const occupant = identifyOccupant(message, { room, occupantIds: false });
    return occupant && { ...occupant, own: occupant.nick === ownNick };
  },
});

function store(nick: string, ownNick = 'mia'): StoredMessage {
  const message = stanza(`<message from="${ROOM}/${nick}" type="groupchat" id="m1"><body>hello</body></message>`);
  const who = acquaintance(ownNick);
  const sighting = readRoomMessage(ROOM, message, { sentAt: 1_000, timeCertain: true }, who, who.occupantOf(ROOM, message));
  assert.ok(sighting);
  return storedAt(sighting, 1);
}

it('is marked, on the disk as well, and only where there is something to mark', () => {
  const [borrowed, plain] = [store('аdmin'), { ...store('admin'), order: 2 }];
  assert.equal(borrowed.suspicious, true);
  assert.equal('suspicious' in plain, false);
  const kept = decodeMessages(encodeMessages([borrowed, plain]));
  assert.deepEqual(
    kept.map(({ authorName, suspicious }) => [authorName, suspicious]),
    [
      ['аdmin', true],
      ['admin', undefined],
    ],
  );
});

it('is not marked where it is one’s own', () => assert.equal(store('аdmin', 'аdmin').suspicious, undefined));
