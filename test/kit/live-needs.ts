// What people and rooms need, small and real: a book, facts in memory, a clock wound by hand, a scripted connection.
import type { Address } from '../../src/model/account.ts';
import type { Topic } from '../../src/contracts/session.ts';
import { ConversationBook } from '../../src/core/sync/book.ts';
import type { LiveNeeds } from '../../src/core/sync/live-needs.ts';
import { fakeClock, type FakeClock } from './fake-clock.ts';
import { scriptedConnection, type Script, type ScriptedConnection } from './scripted-connection.ts';

export interface LiveKit {
  needs: LiveNeeds;
  connection: ScriptedConnection;
  book: ConversationBook;
  clock: FakeClock;
  facts: Map<string, unknown>;
  told: Topic[];
  logged: string[];
}

export const alice = 'alice@app1.test' as Address;
export const bob = 'bob@app1.test' as Address;
export const garden = 'garden@rooms.app1.test' as Address;

export function liveKit(script?: Script): LiveKit {
  const connection = scriptedConnection(`${alice}/warbler`, script);
  const book = new ConversationBook();
  const clock = fakeClock();
  const facts = new Map<string, unknown>();
  const told: Topic[] = [];
  const logged: string[] = [];
  const note = (what: string): void => void logged.push(what);
  const needs: LiveNeeds = {
    self: alice,
    connection,
    book,
    clock,
    // Through JSON, as through a disk: what is kept must be plain data.
    facts: {
      fact: <T>(name: string) => Promise.resolve((facts.has(name) ? JSON.parse(facts.get(name) as string) : undefined) as T | undefined),
      setFact: (name, value) => void facts.set(name, JSON.stringify(value)),
    },
    changes: { tell: (topic) => void told.push(topic) },
    log: { error: note, info: note, debug: note },
  };
  return { needs, connection, book, clock, facts, told, logged };
}
