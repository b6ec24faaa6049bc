// Where two people write to each other while everything breaks: in clear, encrypted, or encrypted in a room of members only.
import type { Session } from '../../../src/contracts/session.ts';
import type { Address } from '../../../src/model/account.ts';
import type { ConversationId } from '../../../src/model/conversation.ts';
import type { Room } from '../../../src/engine/population.ts';
import { nextCall } from '../node-world.ts';
import { valueOf } from '../peer.ts';
import { until } from './looking.ts';

export const PLACES = ['in clear', 'encrypted', 'encrypted room'] as const;
export type Place = (typeof PLACES)[number];

export const ROOM: Room = {
  name: 'team',
  title: 'Team',
  membersOnly: true,
  nonAnonymous: true,
  members: [
    { name: 'ann', nick: 'ann', affiliation: 'owner' },
    { name: 'ben', nick: 'ben', affiliation: 'member' },
  ],
};

interface Guest {
  session: Session;
  address: Address;
  other: ConversationId;
}

/** Everything at hand, so that the first words go as they are meant to. */
export async function meetAt(place: Place, people: readonly Guest[]): Promise<void> {
  if (place === 'in clear') await Promise.all(people.map(stayInClear));
  else if (place === 'encrypted') await Promise.all(people.map(untilEncryptable));
  else await meetInRoom(people);
}

/** Both know devices of each other: then the first words are encrypted. */
async function untilEncryptable({ session, other }: Guest): Promise<void> {
  await until('devices of the other side', async () => {
    const keys = await session.readKeys(nextCall(), other);
    return keys.ok && keys.value.devices.length > 0;
  });
}

/** Otherwise the first words would decide, once keys are there in time. */
const stayInClear = ({ session, other }: Guest): Promise<void> =>
  until('the other side is known', async () => (await session.changeEncryption(nextCall(), other, 'off')).ok);

/** One turns it on; the other does as soon as they read that, and here by themselves, so that no first word goes in clear. */
async function meetInRoom(people: readonly Guest[]): Promise<void> {
  for (const { session, other } of people) valueOf(await session.joinRoom(nextCall(), other));
  for (const { session, other, address } of people) {
    const others = people.filter((one) => one.address !== address);
    await until('readers with devices', async () => {
      const readers = await session.readReaders(nextCall(), other);
      return readers.ok && others.every((one) => readers.value.people.some(({ person, devices }) => person === one.address && devices > 0));
    });
  }
  for (const { session, other } of people)
    await until('encryption is on', async () => (await session.changeEncryption(nextCall(), other, 'on')).ok);
}
