// Every public element: its tag and where its class is. Importing this registers nothing; an element is loaded when it is first needed.
// But for the thread: a chat shows it first, and its file is the chat's own.
import { Thread } from './thread/thread.ts';

export type ElementTag =
  | 'warbler-avatar'
  | 'warbler-unread-badge'
  | 'warbler-session'
  | 'warbler-sign-in'
  | 'warbler-conversation-list'
  | 'warbler-conversation-header'
  | 'warbler-thread'
  | 'warbler-message-menu'
  | 'warbler-thread-finder'
  | 'warbler-composer'
  | 'warbler-file-bubble'
  | 'warbler-staged-files'
  | 'warbler-account-menu'
  | 'warbler-begin-sheet'
  | 'warbler-invite-sheet'
  | 'warbler-sign-out-sheet'
  | 'warbler-connection-bar'
  | 'warbler-outbox-sheet'
  | 'warbler-keys-sheet'
  | 'warbler-encryption-sheet'
  | 'warbler-devices-sheet'
  | 'warbler-backup-sheet'
  | 'warbler-key-codes'
  | 'warbler-lock-face'
  | 'warbler-lock-sheet'
  | 'warbler-notice-list'
  | 'warbler-trouble-face';

const loaders: Readonly<Record<ElementTag, () => Promise<CustomElementConstructor>>> = {
  'warbler-avatar': async () => (await import('./avatar/avatar.ts')).Avatar,
  'warbler-unread-badge': async () => (await import('./unread-badge/unread-badge.ts')).UnreadBadge,
  'warbler-session': async () => (await import('./session-provider/session-provider.ts')).SessionProvider,
  'warbler-sign-in': async () => (await import('./sign-in/sign-in.ts')).SignIn,
  'warbler-conversation-list': async () => (await import('./conversation-list/conversation-list.ts')).ConversationList,
  'warbler-conversation-header': async () => (await import('./conversation-header/conversation-header.ts')).ConversationHeader,
  'warbler-thread': () => Promise.resolve(Thread),
  'warbler-message-menu': async () => (await import('./message-menu/message-menu.ts')).MessageMenu,
  'warbler-thread-finder': async () => (await import('./thread-finder/thread-finder.ts')).ThreadFinder,
  'warbler-composer': async () => (await import('./composer/composer.ts')).Composer,
  'warbler-file-bubble': async () => (await import('./file-bubble/file-bubble.ts')).FileBubble,
  'warbler-staged-files': async () => (await import('./staged-files/staged-files.ts')).StagedFiles,
  'warbler-account-menu': async () => (await import('./account-menu/account-menu.ts')).AccountMenu,
  'warbler-begin-sheet': async () => (await import('./begin-sheet/begin-sheet.ts')).BeginSheet,
  'warbler-invite-sheet': async () => (await import('./invite-sheet/invite-sheet.ts')).InviteSheet,
  'warbler-sign-out-sheet': async () => (await import('./sign-out-sheet/sign-out-sheet.ts')).SignOutSheet,
  'warbler-connection-bar': async () => (await import('./connection-bar/connection-bar.ts')).ConnectionBar,
  'warbler-outbox-sheet': async () => (await import('./outbox-sheet/outbox-sheet.ts')).OutboxSheet,
  'warbler-keys-sheet': async () => (await import('./keys-sheet/keys-sheet.ts')).KeysSheet,
  'warbler-encryption-sheet': async () => (await import('./encryption-sheet/encryption-sheet.ts')).EncryptionSheet,
  'warbler-devices-sheet': async () => (await import('./devices-sheet/devices-sheet.ts')).DevicesSheet,
  'warbler-backup-sheet': async () => (await import('./backup-sheet/backup-sheet.ts')).BackupSheet,
  'warbler-key-codes': async () => (await import('./key-codes/key-codes.ts')).KeyCodes,
  'warbler-lock-face': async () => (await import('./lock-face/lock-face.ts')).LockFace,
  'warbler-lock-sheet': async () => (await import('./lock-sheet/lock-sheet.ts')).LockSheet,
  'warbler-notice-list': async () => (await import('./notice-list/notice-list.ts')).NoticeList,
  'warbler-trouble-face': async () => (await import('./trouble-face/trouble-face.ts')).TroubleFace,
};

/** All but `warbler-chat`, which loads these itself. */
export const ELEMENT_TAGS: readonly ElementTag[] = Object.keys(loaders) as ElementTag[];

/** Loads an element and registers it under its tag, unless the page has done so. */
export async function ensureElement(tag: ElementTag): Promise<void> {
  if (customElements.get(tag)) return;
  const Class = await loaders[tag]();
  if (!customElements.get(tag)) customElements.define(tag, Class);
}
