// A row that said it cannot be read has its words now. It keeps its place, its author, its names and what the archive says of it.
import type { StoredMessage } from '../ports.ts';

type Words = Pick<StoredMessage, 'text' | 'content' | 'protection' | 'file' | 'fileSource'>;

export function madeReadable({ unreadable: _, ...row }: StoredMessage, words: Words): StoredMessage {
  const { text, content, protection, file, fileSource } = words;
  return { ...row, text, content, ...(protection && { protection }), ...(file && fileSource && { file, fileSource }) };
}
