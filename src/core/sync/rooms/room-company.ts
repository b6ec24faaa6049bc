// What rooms know of whoever is in them, as messages ask for it.
import type { Company } from '../company.ts';
import type { RoomSync } from './room-sync.ts';

type Known = Omit<Company, 'self' | 'ownName' | 'nameOf' | 'ownAuthor'>;

export const companyOfRooms = (rooms: RoomSync): Known => ({
  isRoom: (address) => rooms.isRoom(address),
  occupantOf: (room, message, isArchived) => rooms.occupantOf(room, message, isArchived),
  membersOf: (room) => rooms.membersOf(room),
  learnMembers: (room) => rooms.learnMembers(room),
  isPrivate: (room) => rooms.isPrivate(room),
  ownNick: (room) => rooms.nickOf(room),
  isJoined: (room) => rooms.stateOf(room)?.joined === 'joined',
  isEntering: (room) => rooms.isEntering(room),
  hasArchive: (room) => rooms.hasArchive(room),
});
