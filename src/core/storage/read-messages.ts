// Pages of messages out of blocks.
import type { ConversationId } from '../../model/conversation.ts';
import type { StoredMessage } from '../ports.ts';
import type { BlockMessage } from './message-codec.ts';

/** Ascending; undefined stands for a block that could not be opened. */
export type Blocks = readonly (readonly BlockMessage[] | undefined)[];

export function pageBelow(blocks: Blocks, below: number, count: number): readonly BlockMessage[] {
  const fitting = blocks.flatMap((messages) => messages?.filter(({ order }) => order < below) ?? []);
  return count > 0 ? fitting.slice(-count) : [];
}

export function pageAbove(blocks: Blocks, above: number, count: number): readonly BlockMessage[] {
  const fitting = blocks.flatMap((messages) => messages?.filter(({ order }) => order > above) ?? []);
  return fitting.slice(0, count);
}

/** Copies: the cache keeps its own, and whoever reads may do with theirs what they like. */
export const asStored = (messages: readonly BlockMessage[], conversation: ConversationId): StoredMessage[] =>
  messages.map((message) => ({ ...message, conversation }));
