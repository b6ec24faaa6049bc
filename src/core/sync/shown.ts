// What the list shows of a conversation: its newest message in short, and of an own one how far that came.
import type { Preview } from '../../model/conversation.ts';
import type { SharedFile } from '../../model/file.ts';
import type { ReadMarks } from '../../model/message.ts';
import type { ConversationRecord, StoredMessage } from '../ports.ts';
import { cutBetweenCharacters } from './clean-text.ts';

const LONGEST_PREVIEW = 160;

type Shown = Required<Pick<ConversationRecord, 'preview' | 'previewAt'>>;

/** Of a conversation whose newest message this is. */
export const shownOf = (message: StoredMessage, { kind, marks }: Pick<ConversationRecord, 'kind' | 'marks'>): Shown => ({
  preview: {
    text: message.content === 'unreadable' ? '' : shorten(message.text),
    ...(message.file && { file: fileInShort(message.file) }),
    own: message.own,
    ...(kind === 'room' && !message.own && { authorName: message.authorName }),
    ...(message.own && { state: stateAt(message.order, marks) }),
  },
  previewAt: message.order,
});

/** Marks have moved on. */
export function shownWith(marks: ReadMarks, { preview, previewAt, top }: ConversationRecord): Pick<ConversationRecord, 'preview'> {
  if (!preview?.own || (preview.state !== 'sent' && preview.state !== 'delivered')) return preview ? { preview } : {};
  return { preview: { ...preview, state: stateAt(previewAt ?? top, marks) } };
}

const stateAt = (place: number, { displayedUpTo, deliveredUpTo }: ReadMarks): NonNullable<Preview['state']> =>
  displayedUpTo >= place ? 'read' : deliveredUpTo >= place ? 'delivered' : 'sent';

export const fileInShort = ({ name, type }: SharedFile): NonNullable<Preview['file']> => ({ name, type });

export function shorten(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > LONGEST_PREVIEW ? cutBetweenCharacters(line, LONGEST_PREVIEW) : line;
}
