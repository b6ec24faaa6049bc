// What launcher, header, list and sign-in ask for. Each event's name, travel and detail are declared here, once.
import type { ConversationChange } from '../../contracts/session.ts';
import type { Account, Credentials } from '../../model/account.ts';
import type { ConversationId } from '../../model/conversation.ts';
import type { Locale } from '../../texts/texts.ts';
import type { Appearance } from '../contexts/appearance.ts';
import { RequestEvent } from './request-event.ts';

export class SignInRequestEvent extends RequestEvent<Account> {
  static readonly type = 'warbler-sign-in-request';
  readonly credentials: Credentials;
  constructor(credentials: Credentials) {
    super(SignInRequestEvent.type);
    this.credentials = credentials;
  }
}

export class SignOutRequestEvent extends RequestEvent<void> {
  static readonly type = 'warbler-sign-out-request';
  constructor() {
    super(SignOutRequestEvent.type);
  }
}

export class ReconnectRequestEvent extends RequestEvent<void> {
  static readonly type = 'warbler-reconnect-request';
  constructor() {
    super(ReconnectRequestEvent.type);
  }
}

export class DismissNoticeRequestEvent extends RequestEvent<void> {
  static readonly type = 'warbler-dismiss-notice-request';
  readonly kind: string;
  constructor(kind: string) {
    super(DismissNoticeRequestEvent.type);
    this.kind = kind;
  }
}

export class ContactAnswerRequestEvent extends RequestEvent<void> {
  static readonly type = 'warbler-contact-answer-request';
  readonly conversation: ConversationId;
  readonly decision: 'accept' | 'decline';
  constructor(conversation: ConversationId, decision: 'accept' | 'decline') {
    super(ContactAnswerRequestEvent.type);
    this.conversation = conversation;
    this.decision = decision;
  }
}

export class AddContactRequestEvent extends RequestEvent<ConversationId> {
  static readonly type = 'warbler-add-contact-request';
  readonly address: string;
  constructor(address: string) {
    super(AddContactRequestEvent.type);
    this.address = address;
  }
}

export class JoinRoomRequestEvent extends RequestEvent<ConversationId> {
  static readonly type = 'warbler-join-room-request';
  readonly address: string;
  constructor(address: string) {
    super(JoinRoomRequestEvent.type);
    this.address = address;
  }
}

export class LeaveRoomRequestEvent extends RequestEvent<void> {
  static readonly type = 'warbler-leave-room-request';
  readonly conversation: ConversationId;
  constructor(conversation: ConversationId) {
    super(LeaveRoomRequestEvent.type);
    this.conversation = conversation;
  }
}

export class ConversationChangeRequestEvent extends RequestEvent<void> {
  static readonly type = 'warbler-conversation-change-request';
  readonly conversation: ConversationId;
  readonly change: ConversationChange;
  constructor(conversation: ConversationId, change: ConversationChange) {
    super(ConversationChangeRequestEvent.type);
    this.conversation = conversation;
    this.change = change;
  }
}

/** A row was chosen. */
export class OpenRequestEvent extends Event {
  static readonly type = 'warbler-open-request';
  readonly conversation: ConversationId;
  constructor(conversation: ConversationId) {
    super(OpenRequestEvent.type, { bubbles: true, composed: true, cancelable: true });
    this.conversation = conversation;
  }
}

/** Begin something new: with a person, or in a room. */
export class BeginRequestEvent extends Event {
  static readonly type = 'warbler-begin-request';
  readonly kind: 'contact' | 'room';
  constructor(kind: 'contact' | 'room') {
    super(BeginRequestEvent.type, { bubbles: true, composed: true, cancelable: true });
    this.kind = kind;
  }
}

/** Put the panel, sheet or menu away that this comes from. */
export class CloseRequestEvent extends Event {
  static readonly type = 'warbler-close-request';
  constructor() {
    super(CloseRequestEvent.type, { bubbles: true, composed: true, cancelable: true });
  }
}

/** A choice of the account menu that concerns the widget, not the session. */
export class PreferenceChangeEvent extends Event {
  static readonly type = 'warbler-preference-change';
  readonly theme: Appearance['theme'] | undefined;
  readonly language: Locale | undefined;
  constructor(choice: { theme?: Appearance['theme']; language?: Locale }) {
    super(PreferenceChangeEvent.type, { bubbles: true, composed: true });
    this.theme = choice.theme;
    this.language = choice.language;
  }
}
