// A list with something of everything, as the scripted session tells it.
import type { ConversationId } from '../../src/model/conversation.ts';
import type { ScriptedSession } from './scripted-session.ts';
import { LI, messageAt } from './scripted-session.ts';

export const ROOM = 'design@rooms.warbler.example' as ConversationId;
export const OMAR = 'omar@warbler.example' as ConversationId;
export const ZHAO = 'zhao@warbler.example' as ConversationId;

const HOUR = 3_600_000;

export function addPeople(session: ScriptedSession): void {
  const now = Date.now();
  session.add({
    id: ROOM,
    kind: 'room',
    title: 'Design weekly',
    standing: 'member',
    unread: 2,
    mentioned: true,
    lastActivityAt: now - 1000,
    preview: { text: 'Which radius shall it be?', own: false, authorName: 'Mia' },
    room: { joined: 'joined', memberCount: 12, nick: 'mia' },
  });
  session.add({ id: LI, title: '李雯', unread: 1, lastActivityAt: now - HOUR, preview: { text: '签收后请确认', own: false } }, [
    messageAt(1),
    messageAt(2),
  ]);
  session.add({ id: OMAR, title: 'Omar Haddad', presence: 'offline', draft: 'I would rather', lastActivityAt: now - 2 * HOUR });
  session.add({
    id: 'jana@warbler.example' as ConversationId,
    title: 'Jana Novák',
    muted: true,
    unread: 38,
    presence: 'away',
    lastActivityAt: now - 30 * HOUR,
    preview: { text: 'See you in Shenzhen', own: true, state: 'read' },
  });
  session.add({ id: ZHAO, title: '赵敏', presence: 'unknown', standing: 'asks-for-contact', lastActivityAt: now - 90 * HOUR });
  session.situation = { ...session.situation, unread: { messages: 3, conversations: 2, mentioned: false } };
}

export function addMany(session: ScriptedSession, count: number): void {
  const now = Date.now();
  for (let index = 0; index < count; index += 1) {
    session.add({ id: `person${index}@warbler.example` as ConversationId, title: `Person ${index}`, lastActivityAt: now - index * 1000 });
  }
}
