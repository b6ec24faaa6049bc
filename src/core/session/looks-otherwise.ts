// Whether a change of a record is one that a person sees in the list.
import type { ConversationRecord } from '../ports.ts';

/** What a record holds beside what the list shows of it: where its messages lie, and how far they were seen. */
const UNSEEN: ReadonlySet<string> = new Set<keyof ConversationRecord>([
  'top',
  'gaps',
  'complete',
  'marks',
  'encryptedFrom',
  'readers',
  'previewAt',
]);

/** Whether a list or a header would show it otherwise. Older history changes thousands of messages, and nothing of these. */
export function looksOtherwise(changed: ConversationRecord, before: ConversationRecord | undefined): boolean {
  if (!before || before.top > 0 !== changed.top > 0) return true;
  return hasOther(changed, before) || hasOther(before, changed);
}

function hasOther(one: ConversationRecord, other: ConversationRecord): boolean {
  for (const field in one) {
    if (one[field as keyof ConversationRecord] !== other[field as keyof ConversationRecord] && !UNSEEN.has(field)) return true;
  }
  return false;
}
