// A row in words: its preview, and what its marks mean to those who listen.
import type { Conversation, Preview } from '../../model/conversation.ts';
import { ATTACH_TEXTS } from '../../texts/late/attach.ts';
import type { Texts } from '../../texts/texts.ts';
import { cleanLine } from '../text/clean-text.ts';
import { shownBadge } from '../conversation-header/readability.ts';

/** What stands beside the title as a mark only. */
export function markWords(texts: Texts, row: Conversation): string {
  const words = [
    row.kind === 'room' ? texts.roomConversation : texts.presence(row.presence),
    isPrivate(row) ? texts.readability[row.readability] : '',
    row.muted ? texts.mutedConversation : '',
    row.pinned ? texts.pinnedConversation : '',
  ];
  return words.filter((word) => word !== '').join(texts.locale === 'zh-CN' ? '，' : ', ');
}

/** The organisation cannot read it, as far as anybody can know. */
export function isPrivate(row: Conversation): boolean {
  const badge = shownBadge(row);
  return badge === 'verified' || badge === 'encrypted';
}

/** One line, without the tags that the row draws beside it. */
export function previewText(texts: Texts, row: Conversation): string {
  if (row.writing.length > 0) return texts.writing(row.kind === 'room' ? row.writing : []);
  if (isBegun(row)) return [row.staged ? ATTACH_TEXTS[texts.locale].staged(row.staged) : '', row.draft ?? ''].join(' ').trim();
  if (row.standing === 'asks-for-contact') return row.kind === 'room' ? texts.invitation(row.room?.invitedBy) : texts.asksForContact;
  if (!row.preview) return row.standing === 'asked-by-us' ? texts.askedByUs : texts.noMessagesYet;
  const text = spoken(texts, row.preview) || texts.unreadableMessage;
  const author = row.preview.own ? undefined : row.preview.authorName;
  return row.kind === 'room' && author ? texts.byAuthor(author, text) : text;
}

/** Words, or files, that wait for "send". */
export const isBegun = ({ draft, staged }: Conversation): boolean => Boolean(draft) || Boolean(staged);

/** What was said of a file says more than its name; without a word it is called by its name. */
function spoken({ locale }: Texts, { text, file }: Preview): string {
  if (!file) return text;
  const { pictureNamed, fileNamed } = ATTACH_TEXTS[locale];
  return (file.type.startsWith('image/') ? pictureNamed : fileNamed)(cleanLine(text || file.name));
}

export function stateName(texts: Texts, state: NonNullable<Conversation['preview']>['state']): string {
  switch (state) {
    case 'waiting':
      return texts.stateQueued;
    case 'sent':
      return texts.stateSent;
    case 'delivered':
      return texts.stateDelivered;
    case 'read':
      return texts.stateRead;
    case 'failed':
      return texts.stateFailed;
    default:
      return '';
  }
}
