// What a page of an archive says: messages by conversation, and the receipts and markers between them.
import type { Address } from '../../model/account.ts';
import type { ConversationId } from '../../model/conversation.ts';
import { MARGIN_MS, type ArchivedStanza } from './archive-client.ts';
import type { Sighting } from './sighting.ts';
import type { Element } from '../../xmpp/xml.ts';

export interface ReadingPage {
  /** What must be known before it is placed: how far back, in each conversation. */
  needs: ReadonlyMap<ConversationId, number>;
  conversations: ReadonlyMap<ConversationId, readonly Sighting[]>;
  /** Receipts and markers, to be applied once the messages have their places. */
  applyMarks(): void;
}

export type ReadPage = (results: readonly ArchivedStanza[], room?: Address) => ReadingPage;

export interface ReadPageNeeds {
  /** Whether anything of it may be stored. */
  isStored(conversation: ConversationId): boolean;
  begin(conversation: ConversationId): void;
  applyMark(message: Element): void;
}

export function readPageWith({ isStored, begin, applyMark }: ReadPageNeeds): ReadPage {
  return (results, room) => {
    const conversations = new Map<ConversationId, Sighting[]>();
    const others: Element[] = [];
    for (const { said } of results) {
      if ('other' in said) others.push(said.other);
      else if ('words' in said)
        conversations.get(said.words.conversation)?.push(said.words) ?? conversations.set(said.words.conversation, [said.words]);
    }
    const needs = new Map<ConversationId, number>();
    for (const [conversation, sightings] of conversations) {
      if (!isStored(conversation)) begin(conversation);
      needs.set(conversation, (sightings[0]?.sentAt ?? Infinity) - MARGIN_MS);
    }
    return { needs, conversations, applyMarks: () => (room ? undefined : others.forEach(applyMark)) };
  };
}
