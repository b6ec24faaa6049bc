// What launcher, header, list and sign-in ask for. Each event's name, travel and detail are declared here, once.
import type { ConversationChange } from '../../contracts/session.ts';
import type { Account, Address, Credentials } from '../../model/account.ts';
import type { ConversationId } from '../../model/conversation.ts';
import type { Locale } from '../../texts/texts.ts';
import type { Appearance } from '../contexts/appearance.ts';
import { requestKind, type RequestEvent, type RequestKind } from './request-event.ts';

export type SignInRequestEvent = RequestEvent<Account> & {
  readonly credentials: Credentials;
};
export const SignInRequestEvent: RequestKind<SignInRequestEvent, [credentials: Credentials]> = requestKind(
  'warbler-sign-in-request',
  (credentials) => ({ credentials }),
);

export type SignOutRequestEvent = RequestEvent<void>;
export const SignOutRequestEvent: RequestKind<SignOutRequestEvent> = requestKind('warbler-sign-out-request');

export type ReconnectRequestEvent = RequestEvent<void>;
export const ReconnectRequestEvent: RequestKind<ReconnectRequestEvent> = requestKind('warbler-reconnect-request');

export type DismissNoticeRequestEvent = RequestEvent<void> & {
  readonly kind: string;
};
export const DismissNoticeRequestEvent: RequestKind<DismissNoticeRequestEvent, [kind: string]> = requestKind(
  'warbler-dismiss-notice-request',
  (kind) => ({ kind }),
);

export type ContactAnswerRequestEvent = RequestEvent<void> & {
  readonly conversation: ConversationId;
  readonly decision: 'accept' | 'decline';
};
export const ContactAnswerRequestEvent: RequestKind<
  ContactAnswerRequestEvent,
  [conversation: ConversationId, decision: 'accept' | 'decline']
> = requestKind('warbler-contact-answer-request', (conversation, decision) => ({ conversation, decision }));

export type AddContactRequestEvent = RequestEvent<ConversationId> & {
  readonly address: string;
};
export const AddContactRequestEvent: RequestKind<AddContactRequestEvent, [address: string]> = requestKind(
  'warbler-add-contact-request',
  (address) => ({ address }),
);

export type JoinRoomRequestEvent = RequestEvent<ConversationId> & {
  readonly address: string;
};
export const JoinRoomRequestEvent: RequestKind<JoinRoomRequestEvent, [address: string]> = requestKind(
  'warbler-join-room-request',
  (address) => ({ address }),
);

export type LeaveRoomRequestEvent = RequestEvent<void> & {
  readonly conversation: ConversationId;
};
export const LeaveRoomRequestEvent: RequestKind<LeaveRoomRequestEvent, [conversation: ConversationId]> = requestKind(
  'warbler-leave-room-request',
  (conversation) => ({ conversation }),
);

export type InviteRequestEvent = RequestEvent<void> & {
  readonly room: ConversationId;
  readonly guest: Address;
};
export const InviteRequestEvent: RequestKind<InviteRequestEvent, [room: ConversationId, guest: Address]> = requestKind(
  'warbler-invite-request',
  (room, guest) => ({ room, guest }),
);

export type ConversationChangeRequestEvent = RequestEvent<void> & {
  readonly conversation: ConversationId;
  readonly change: ConversationChange;
};
export const ConversationChangeRequestEvent: RequestKind<
  ConversationChangeRequestEvent,
  [conversation: ConversationId, change: ConversationChange]
> = requestKind('warbler-conversation-change-request', (conversation, change) => ({ conversation, change }));

/** A row was chosen. */
export type OpenRequestEvent = RequestEvent<void> & {
  readonly conversation: ConversationId;
};
export const OpenRequestEvent: RequestKind<OpenRequestEvent, [conversation: ConversationId]> = requestKind(
  'warbler-open-request',
  (conversation) => ({ conversation }),
);

/** Begin something new: with a person, in a room, or with guests in the room that is shown. */
export type BeginRequestEvent = RequestEvent<void> & {
  readonly kind: 'contact' | 'room' | 'invite';
};
export const BeginRequestEvent: RequestKind<BeginRequestEvent, [kind: BeginRequestEvent['kind']]> = requestKind(
  'warbler-begin-request',
  (kind) => ({ kind }),
);

/** Words or a day shall be found in the conversation that is shown. */
export type FindRequestEvent = RequestEvent<void>;
export const FindRequestEvent: RequestKind<FindRequestEvent> = requestKind('warbler-find-request');

/** Put the panel, sheet or menu away that this comes from. */
export type CloseRequestEvent = RequestEvent<void>;
export const CloseRequestEvent: RequestKind<CloseRequestEvent> = requestKind('warbler-close-request');

/** A choice of the account menu that concerns the widget, not the session. */
export type PreferenceChangeEvent = RequestEvent<void> & {
  readonly preferences: { theme?: Appearance['theme']; language?: Locale; singleKeys?: boolean };
};
export const PreferenceChangeEvent: RequestKind<PreferenceChangeEvent, [preferences: PreferenceChangeEvent['preferences']]> = requestKind(
  'warbler-preference-change',
  (preferences) => ({ preferences }),
);
