// Everything the demo is filled with at its first start, and long histories of the same kind for measuring.
import type { PastMessage, Population } from '../population.ts';
import { conversationOf } from './conversation.ts';
import type { Conversation } from './conversation.ts';
import { COLLEAGUES, ROOMS, personOf } from './organisation.ts';
import type { Telling } from './scripts.ts';
import { TELLINGS } from './scripts.ts';
import { SUPPORT_SCENES } from './scenes-support.ts';

const SECOND = 1_000;

/** `now` is when the last message was written. The same `now` gives the same population, to the letter. */
export function demoPopulation(now: number): Population {
  const told = TELLINGS.map((telling) => ({
    telling,
    conversation: conversationOf(telling.script, telling.length, now - telling.quietMs),
  }));
  const people = COLLEAGUES.map((colleague) => personOf(colleague, readMarksOf(colleague.name, told)));
  return { people, rooms: ROOMS, history: inOrder(told.map(withMarkers)) };
}

/** A hundred thousand messages of two people cost no memory: they are told one by one. */
export function longHistory(between: readonly [string, string], count: number, now: number, seed = 1): Iterable<PastMessage> {
  const [a, b] = between;
  const speakers = { A: { name: a }, B: { name: b } };
  const script = { id: `long-${seed}`, seed, speakers, scenes: SUPPORT_SCENES, days: 240, ending: [] };
  return conversationOf(script, count, now).messages();
}

// ---- who has read what ----

interface Told {
  telling: Telling;
  conversation: Conversation;
}

const takesPart = ({ script }: Telling, name: string): boolean => Object.values(script.speakers).some((speaker) => speaker.name === name);

function lastRead({ telling, conversation }: Told, name: string): PastMessage {
  return conversation.messageAt(conversation.length - 1 - (telling.unread[name] ?? 0));
}

function readMarksOf(name: string, told: readonly Told[]): Record<string, string> {
  const marks = told
    .filter(({ telling }) => takesPart(telling, name))
    .map((one) => [otherOf(one.telling, name), lastRead(one, name).id] as const);
  return Object.fromEntries(marks);
}

function otherOf({ script }: Telling, name: string): string {
  return script.room ?? Object.values(script.speakers).find((speaker) => speaker.name !== name)?.name ?? name;
}

/** Two people tell each other what they have read: one marker each, after all else, about the newest message of the other. */
function* withMarkers(one: Told): Generator<PastMessage> {
  yield* one.conversation.messages();
  const { telling, conversation } = one;
  if (telling.script.room) return;
  const end = conversation.messageAt(conversation.length - 1).sentAt;
  for (const [turn, { name }] of Object.values(telling.script.speakers).entries()) {
    const displays = newestOf(otherOf(telling, name), one, telling.unread[name] ?? 0);
    if (!displays) continue;
    yield { id: `${telling.script.id}-read-${name}`, from: name, to: otherOf(telling, name), displays, sentAt: end + (turn + 1) * SECOND };
  }
}

function newestOf(author: string, { conversation }: Told, unread: number): string | undefined {
  for (let at = conversation.length - 1 - unread; at >= 0; at -= 1) {
    const message = conversation.messageAt(at);
    if (message.from === author) return message.id;
  }
  return undefined;
}

// ---- archives are written in the order of time ----

function* inOrder(tales: readonly Generator<PastMessage>[]): Generator<PastMessage> {
  const heads = tales.map((tale) => ({ tale, next: tale.next() }));
  for (;;) {
    const waiting = heads.filter(({ next }) => !next.done);
    if (waiting.length === 0) return;
    const first = waiting.reduce((a, b) => (b.next.value.sentAt < a.next.value.sentAt ? b : a));
    yield first.next.value;
    first.next = first.tale.next();
  }
}
