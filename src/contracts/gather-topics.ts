// What changed, gathered: one entry for each thing that can be looked at again.
import type { Topic } from './session.ts';

/** The newest end of a thread and what lies further back stay apart: who shows only one of them need not look at the other. */
export function gatherTopic(gathered: Map<string, Topic>, topic: Topic): void {
  const key = keyOf(topic);
  const known = gathered.get(key);
  gathered.set(key, known ? joined(known, topic) : topic);
}

function keyOf(topic: Topic): string {
  if (topic.about === 'keys') return `keys ${topic.person}`;
  if (topic.about === 'transfers') return `transfers ${topic.conversation}`;
  return topic.about === 'thread' ? `${topic.to === undefined ? 'end' : 'past'} ${topic.conversation}` : topic.about;
}

/** The lowest place counts, and the highest of those that end. Without either only the newest end changed. */
function joined(known: Topic, next: Topic): Topic {
  if (known.about !== 'thread' || next.about !== 'thread') return next;
  const { from = Infinity, to } = known;
  const lowest = Math.min(from, next.from ?? Infinity);
  return {
    ...next,
    ...(lowest !== Infinity && { from: lowest }),
    ...(to !== undefined && { to: Math.max(to, next.to ?? to) }),
  };
}
