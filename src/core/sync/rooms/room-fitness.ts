// Whether a room can be encrypted: only its members may read along, everybody sees who they are, and it says who belongs to it.
//   joined ─┬─ asked what it is, where that may be otherwise now
//           └─ asked for its lists ──▶ fit: these are its members · unfit: and why
import type { Address } from '../../../model/account.ts';
import { failed, succeeded, type Answer } from '../../../model/failure.ts';
import type { RoomUnfit } from '../../../model/protection.ts';
import type { RoomInfo } from '../../../xmpp/codecs/room-info.ts';
import type { Line } from '../live-needs.ts';
import type { Member } from './membership.ts';
import { askInfo, askMembers } from './room-questions.ts';
import type { Room } from './room.ts';

/** As it stands now. Fails as the network does where nobody can say: then it is to be learnt first. */
export function membersOf(room: Room): Answer<readonly Member[]> {
  const { joined, info, isStale, membership } = room;
  if (joined !== 'joined') return failed({ kind: 'offline' });
  if (!info || isStale) return failed({ kind: 'no-answer' });
  const why = unfitOf(info) ?? (membership.isWithheld ? 'lists-withheld' : undefined);
  if (why) return failed({ kind: 'room-unfit', why });
  return membership.isKnown ? succeeded(membership.all()) : failed({ kind: 'no-answer' });
}

/** Whatever is not known of it is asked, once at a time. */
export function learnFitness(line: Pick<Line, 'ask'>, room: Room): Promise<void> {
  if (room.fitting) return room.fitting;
  const fitting = learn(line, room).finally(() => {
    if (room.fitting === fitting) room.fitting = undefined;
  });
  room.fitting = fitting;
  return fitting;
}

export async function learnInfo(line: Pick<Line, 'ask'>, room: Room): Promise<void> {
  const info = await askInfo(line, room.address);
  if (info.ok) room.learn(info.value);
}

async function learn(line: Pick<Line, 'ask'>, room: Room): Promise<void> {
  const { turn } = room;
  await room.learning;
  if (!room.info || room.isStale) await learnInfo(line, room);
  if (!room.info?.membersOnly || room.membership.isKnown) return;
  const lists = await askMembers(line, room.address);
  if (turn !== room.turn) return;
  if (lists.ok) room.membership.learn(lists.value);
  else room.membership.isWithheld = lists.failure.kind === 'refused' || lists.failure.kind === 'not-found';
}

export const isFit = (info: RoomInfo): boolean => unfitOf(info) === undefined;

function unfitOf({ membersOnly, showsAddresses }: RoomInfo): RoomUnfit | undefined {
  if (!membersOnly) return 'open';
  return showsAddresses ? undefined : 'anonymous';
}

export const addressesOf = (members: readonly Member[]): readonly Address[] => members.map(({ address }) => address);
