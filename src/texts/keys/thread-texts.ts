// The thread: header, dividers, messages, their state and what can be done with them.

export interface ThreadTexts {
  conversationWith(name: string): string;
  members(count: number): string;
  threadLoading: string;
  threadEmptyTitle: string;
  threadEmptyText: string;
  threadFailed: string;
  startOfConversation: string;
  olderLoading: string;
  findInConversation: string;
  jumpToDate: string;
  newMessages: string;
  newMessageCount(count: number): string;
  jumpToNewest: string;
  jumpToNewestCount(count: number): string;
  gap: string;
  gapFilling: string;
  gapFailed: string;
  gapFill: string;
  unreadable: string;
  unreadableHint: string;
  askAgain: string;
  /** For the composer: `time` is when the message came. */
  askAgainWords(time: string): string;
  timeUncertain: string;
  suspiciousName: string;
  you: string;
  message: string;
  messageActions: string;
  copyText: string;
  copied: string;
  copyFailed: string;

  stateQueued: string;
  stateSending: string;
  stateSent: string;
  stateDelivered: string;
  stateRead: string;
  stateFailed: string;
  notSent(why: string): string;
  retryMessage: string;
  editMessage: string;
  discardMessage: string;
  discarded: string;
  outboxTitle: string;
  outboxEmpty: string;
  saidBy(author: string, text: string): string;
  manyNew(count: number, name: string): string;
  manyNewMention(count: number, name: string): string;
  newElsewhere(count: number, conversations: number): string;
  sentAnnouncement: string;
  failedAnnouncement(why: string): string;

  inviteToRoom: string;
  leaveRoom: string;
  mute: string;
  unmute: string;
  pin: string;
  unpin: string;
  conversationMenu: string;
}
