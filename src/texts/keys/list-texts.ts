// The list of conversations and the two ways to begin one.

export interface ListTexts {
  conversations: string;
  searchLabel: string;
  searchPlaceholder: string;
  clearSearch: string;
  filters: string;
  filterAll: string;
  filterUnread: string;
  filterUnreadCount(count: number): string;
  filterMentioned: string;
  filterRooms: string;
  results(count: number): string;
  noResultsTitle: string;
  noResultsText(query: string): string;
  emptyTitle: string;
  emptyText: string;
  noUnreadTitle: string;
  noUnreadText: string;
  noMentionsTitle: string;
  noMentionsText: string;
  noRoomsTitle: string;
  noRoomsText: string;
  showAll: string;
  loadingList: string;
  stillLoading: string;

  mention: string;
  draft: string;
  mutedConversation: string;
  pinnedConversation: string;
  roomConversation: string;
  /** `author: text`, in the language's own punctuation. */
  byAuthor(author: string, text: string): string;
  unreadableMessage: string;
  noMessagesYet: string;
  writing(names: readonly string[]): string;
  presence(presence: 'available' | 'away' | 'busy' | 'offline' | 'unknown'): string;

  asksForContact: string;
  /** `name` is who asks, where that is sure. */
  invitation(name: string | undefined): string;
  askedByUs: string;
  acceptContact: string;
  declineContact: string;
  acceptContactOf(name: string): string;
  declineContactOf(name: string): string;
  contactAccepted(name: string): string;
  contactDeclined(name: string): string;

  begin: string;
  addContact: string;
  addContactText: string;
  addContactField: string;
  addContactExample: string;
  addContactGo: string;
  joinRoom: string;
  joinRoomText: string;
  joinRoomField: string;
  joinRoomExample: string;
  joinRoomGo: string;
  addressNeeded: string;
  working: string;
}
