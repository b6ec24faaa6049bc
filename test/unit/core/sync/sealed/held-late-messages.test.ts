// How much of what cannot be opened yet is held until the pages below it were read.
import { deepEqual } from 'node:assert/strict';
import { describe, it } from 'node:test';
import { LateMessages, type LateMessagesNeeds } from '../../../../../src/core/sync/sealed/late-messages.ts';
import type { Arrival } from '../../../../../src/core/sync/sealed/opener.ts';
import { element } from '../../../../../src/xmpp/xml.ts';

const NS = 'urn:xmpp:omemo:2';
/** As long as a frame may be. */
const LONG = 'x'.repeat(250_000);

const arrival = (sentAt: number, letters: string): Arrival =>
  ({ message: element('message', 'jabber:client', {}, [element('encrypted', NS, {}, [element('payload', NS, {}, [letters])])]), how: { sentAt } }) as unknown as Arrival; // oxfmt-ignore

/** What was tried again, by its time. None of it opens. */
function late(): { messages: LateMessages; tried: number[] } {
  const tried: number[] = [];
  const ratchets = { takeChanged: () => [] };
  const needs = {
    encryption: async () => ({ turn: (work: (given: object) => Promise<void>) => work(ratchets) }),
    open: async ({ how, message }: Arrival) => (tried.push(how.sentAt), { message, unreadable: 'no-session' }),
    journal: { keep: () => undefined },
  };
  return { messages: new LateMessages(needs as unknown as LateMessagesNeeds), tried };
}

describe('what cannot be opened yet', () => {
  it('is held, two thousand at most, and tried again from the oldest on', async () => {
    const { messages, tried } = late();
    for (let at = 2_100; at > 0; at--) messages.add(arrival(at, 'x'));
    await messages.tryAgain();
    deepEqual([tried.length, tried[0], tried.at(-1)], [2_000, 101, 2_100]);
    await messages.tryAgain();
    deepEqual(tried.length, 2_000);
  });

  it('is held as far as sixteen million letters go, and anew after it was tried', async () => {
    const { messages, tried } = late();
    for (const turn of [1, 2]) {
      for (let at = 0; at < 100; at++) messages.add(arrival(at, LONG));
      messages.add(arrival(100, ''));
      await messages.tryAgain();
      deepEqual(tried.length, turn * 65);
    }
  });
});
