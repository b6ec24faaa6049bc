// What is asked of a room besides being let in: what it is, who belongs to it, whether we are still there.
import type { Address } from '../../../model/account.ts';
import { failed, succeeded, type Answer } from '../../../model/failure.ts';
import { readInfo, writeInfoGet } from '../../../xmpp/codecs/disco-info.ts';
import { writePing } from '../../../xmpp/codecs/ping.ts';
import { readRoomInfo, type RoomInfo } from '../../../xmpp/codecs/room-info.ts';
import { readMembers, writeMembersGet, type RoomMember } from '../../../xmpp/codecs/room-members.ts';
import { writeRoomDefaults } from '../../../xmpp/codecs/room-settings.ts';
import type { Line } from '../live-needs.ts';

/** `not-found` for what answers but is no room. */
export async function askInfo(line: Pick<Line, 'ask'>, room: Address): Promise<Answer<RoomInfo>> {
  const answer = await line.ask(writeInfoGet(room));
  if (!answer.ok) return answer;
  const info = readRoomInfo(answer.value);
  return info ? succeeded(info) : failed({ kind: 'not-found' });
}

export async function isRoomService(line: Pick<Line, 'ask'>, domain: string): Promise<boolean> {
  const answer = await line.ask(writeInfoGet(domain));
  return answer.ok && (readInfo(answer.value)?.identities.some(({ category }) => category === 'conference') ?? false);
}

/** Everybody who belongs, present or not. */
export async function askMembers(line: Pick<Line, 'ask'>, room: Address): Promise<Answer<readonly RoomMember[]>> {
  const lists = (['owner', 'admin', 'member'] as const).map((affiliation) => line.ask(writeMembersGet(room, affiliation)));
  const members: RoomMember[] = [];
  for (const answer of await Promise.all(lists)) {
    if (!answer.ok) return answer;
    members.push(...readMembers(answer.value));
  }
  return succeeded(members);
}

/** XEP-0410. Any refusal means that the room does not have us; joining again does no harm where that is wrong. */
export async function askWhetherHere(line: Pick<Line, 'ask'>, room: Address, nick: string): Promise<'here' | 'gone' | 'unknown'> {
  const answer = await line.ask(writePing(`${room}/${nick}`));
  if (answer.ok) return 'here';
  return answer.failure.kind === 'refused' || answer.failure.kind === 'not-found' ? 'gone' : 'unknown';
}

/** A room that did not exist is locked until whoever made it says how it should be: as the service likes. */
export async function unlock(line: Pick<Line, 'ask'>, room: Address): Promise<void> {
  await line.ask(writeRoomDefaults(room));
}
