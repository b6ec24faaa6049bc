// A row in words, for those who listen: who, what is new, the preview, when.
import type { Conversation } from '../../model/conversation.ts';
import { fullTime } from '../../texts/dates.ts';
import type { Texts } from '../../texts/texts.ts';
import { badgeName } from '../unread-badge/badge-part.ts';

export function rowName(texts: Texts, row: Conversation): string {
  const parts = [
    row.title,
    row.kind === 'room' ? texts.roomConversation : texts.presence(row.presence),
    row.unread > 0 ? badgeName(texts, { count: row.unread, mention: row.mentioned }) : '',
    rowPreview(texts, row),
    row.lastActivityAt > 0 ? fullTime(texts.locale, row.lastActivityAt) : '',
    row.muted ? texts.mutedConversation : '',
    row.pinned ? texts.pinnedConversation : '',
  ];
  return parts.filter((part) => part !== '').join(texts.locale === 'zh-CN' ? '，' : ', ');
}

/** One line, without the tags that the row draws beside it. */
export function previewText(texts: Texts, row: Conversation): string {
  if (row.writing.length > 0) return texts.writing(row.kind === 'room' ? row.writing : []);
  if (row.draft) return row.draft;
  if (row.standing === 'asks-for-contact') return texts.asksForContact;
  if (!row.preview) return row.standing === 'asked-by-us' ? texts.askedByUs : texts.noMessagesYet;
  const text = row.preview.text || texts.unreadableMessage;
  const author = row.preview.own ? undefined : row.preview.authorName;
  return row.kind === 'room' && author ? texts.byAuthor(author, text) : text;
}

function rowPreview(texts: Texts, row: Conversation): string {
  const text = previewText(texts, row);
  if (row.draft && row.writing.length === 0) return texts.byAuthor(texts.draft, text);
  const state = row.preview?.own ? stateName(texts, row.preview.state) : '';
  return state ? `${text} (${state})` : text;
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
