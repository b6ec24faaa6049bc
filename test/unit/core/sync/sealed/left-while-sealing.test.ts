// Sealing may have to wait for somebody's service: who left the room meanwhile, or came into it, counts as the room is when it is sealed.
import { deepEqual } from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Encryption, KeptKeys, OutboxRecord, SealWish } from '../../../../../src/core/ports.ts';
import { Sealer, type SealerNeeds } from '../../../../../src/core/sync/sealed/sealer.ts';
import type { Address } from '../../../../../src/model/account.ts';
import type { ConversationId } from '../../../../../src/model/conversation.ts';
import { failed, succeeded, type Answer } from '../../../../../src/model/failure.ts';
import { element, type Element } from '../../../../../src/xmpp/xml.ts';

const ROOM = 'room@m.test' as ConversationId;
const [BEN, CAT, DAN] = ['ben', 'cat', 'dan'].map((name) => `${name}@a.test` as Address) as [Address, Address, Address];

interface World {
  sealer: Sealer;
  /** Who reads, as the room says now. */
  readers: Answer<readonly Address[]>;
  /** Before each sealing ends. */
  meanwhile: (() => void)[];
  /** For whom it was sealed, each time. */
  sealed: (readonly Address[])[];
  /** Names of the ratchets whose step was kept, with words or without. */
  kept: string[];
  sent: Element[];
}

function world(): World {
  const ratchets = {
    async seal({ members }: SealWish) {
      one.sealed.push(members);
      one.meanwhile.shift()?.();
      const seal = element('encrypted', 'urn:xmpp:omemo:2', {}, [members.join(' ')]);
      return succeeded({ elements: [seal], protection: { how: 'omemo-2', trust: 'verified' } });
    },
    takeChanged: (): KeptKeys[] => one.sealed.map((_, at) => ({ name: `step ${at + 1}`, value: at })),
  };
  const keep = (keys: readonly KeptKeys[]): void => void one.kept.push(...keys.map(({ name }) => name));
  const encryption = {
    prepare: async () => undefined,
    turn: (work: (given: object) => unknown) => work(ratchets),
  } as unknown as Encryption;
  const needs = {
    book: { get: () => ({ id: ROOM, kind: 'room', encryption: 'on', top: 1, gaps: [] }), change: () => undefined },
    journal: { keep, commitSealed: async (_: unknown, keys: readonly KeptKeys[]) => (keep(keys), succeeded(undefined)) },
    encryption: async () => encryption,
    send: (stanza: Element) => void one.sent.push(stanza),
    mintId: () => 'id',
    log: {},
    readership: {
      learn: async () => undefined,
      allowed: () => (one.readers.ok ? succeeded({ members: one.readers.value, without: [] }) : one.readers),
    },
  } as unknown as SealerNeeds;
  const one: World = { sealer: new Sealer(needs), readers: succeeded([BEN, CAT]), meanwhile: [], sealed: [], kept: [], sent: [] };
  one.sealer.release();
  return one;
}

const words = { id: 'w1', conversation: ROOM, text: 'words', writtenAt: 1, stage: 'queued' } as unknown as OutboxRecord;

describe('a room that changes while a message for it is sealed', () => {
  it('has it sealed once where nobody left', async () => {
    const one = world();
    await one.sealer.prepare(words);
    deepEqual([one.sealed, one.kept], [[[BEN, CAT]], ['step 1']]);
  });

  it('has it sealed again without who left, and no step is lost', async () => {
    const one = world();
    one.meanwhile.push(() => (one.readers = succeeded([BEN])));
    const record = await one.sealer.prepare(words);
    deepEqual(
      [one.sealed, one.kept],
      [
        [[BEN, CAT], [BEN]],
        ['step 1', 'step 2'],
      ],
    );
    deepEqual(record.ok && record.value.stanza?.includes(CAT), false);
  });

  it('holds it where somebody came who waits for a word', async () => {
    const one = world();
    const changed = failed({ kind: 'members-changed', came: [DAN] });
    one.meanwhile.push(() => (one.readers = changed));
    deepEqual(await one.sealer.prepare(words), changed);
    deepEqual([one.sealed, one.kept], [[[BEN, CAT]], ['step 1']]);
  });

  it('is not followed for ever', async () => {
    const one = world();
    one.meanwhile = Array.from({ length: 9 }, (_, at) => () => (one.readers = succeeded(at % 2 ? [BEN, CAT] : [BEN, DAN])));
    deepEqual(await one.sealer.prepare(words), failed({ kind: 'no-answer' }));
    deepEqual(one.sealed.length, 3);
  });

  it('has a passing word sealed again as well', async () => {
    const one = world();
    one.meanwhile.push(() => (one.readers = succeeded([BEN])));
    one.sealer.say(ROOM, element('message', 'jabber:client', { id: 's' }, [element('composing', 'http://jabber.org/protocol/chatstates')]));
    for (let turn = 0; turn < 20; turn++) await Promise.resolve();
    deepEqual(
      [one.sealed, one.kept],
      [
        [[BEN, CAT], [BEN]],
        ['step 1', 'step 2'],
      ],
    );
    deepEqual(one.sent.length, 1);
  });
});
