// Turns the requests of launcher, header, list and sign-in into session calls: at the root, or at an element with a session of its own.
import type { SessionClient } from '../../client/session-client.ts';
import { answering } from '../events/request-event.ts';
import {
  AddContactRequestEvent,
  ContactAnswerRequestEvent,
  ConversationChangeRequestEvent,
  DismissNoticeRequestEvent,
  InviteRequestEvent,
  JoinRoomRequestEvent,
  LeaveRoomRequestEvent,
  ReconnectRequestEvent,
  SignInRequestEvent,
  SignOutRequestEvent,
} from '../events/shell-requests.ts';

export function serveShellRequests(target: EventTarget, session: () => SessionClient | undefined): void {
  const on = answering(target, session);
  on(SignInRequestEvent, (event, calls) => calls.signIn(event.credentials));
  on(SignOutRequestEvent, (_, calls) => calls.signOut());
  on(ReconnectRequestEvent, (_, calls) => calls.reconnect());
  on(DismissNoticeRequestEvent, (event, calls) => calls.dismissNotice(event.kind));
  on(ContactAnswerRequestEvent, (event, calls) => calls.answerContact(event.conversation, event.decision));
  on(AddContactRequestEvent, (event, calls) => calls.addContact(event.address));
  on(JoinRoomRequestEvent, (event, calls) => calls.joinRoom(event.address));
  on(LeaveRoomRequestEvent, (event, calls) => calls.leaveRoom(event.conversation));
  on(InviteRequestEvent, (event, calls) => calls.inviteToRoom(event.room, event.guest));
  on(ConversationChangeRequestEvent, (event, calls) => calls.changeConversation(event.conversation, event.change));
}
