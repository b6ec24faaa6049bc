// S29: whatever comes in whatever mix, the badge that is kept along the way is the one an oracle finds that looks at every message anew.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Badge, Protection, Trust } from '../../../../../src/model/protection.ts';
import type { ConversationRecord, StoredMessage } from '../../../../../src/core/ports.ts';
import { newRecord } from '../../../../../src/core/sync/book.ts';
import { ProtectionTally } from '../../../../../src/core/sync/sealed/protection-tally.ts';
import { switchedOn } from '../../../../../src/core/sync/sealed/sealer.ts';
import { storedMessage } from '../../../../storage/messages.ts';
import { chance, type Chance } from '../../../../kit/random.ts';

const MIXES = Number(process.env['WARBLER_BADGES'] ?? 5_000);
const TRUSTS: readonly Trust[] = ['first-use', 'verified', 'accepted', 'undecided', 'refused'];

describe('the badge of a conversation', () => {
  it(`is what its messages bear since it was turned on, in ${MIXES} mixes`, () => {
    for (let seed = 1; seed <= MIXES; seed++) tell(chance(seed), seed);
  });
});

function tell(random: Chance, seed: number): void {
  let record: ConversationRecord = {
    ...newRecord('ben@app1.test' as ConversationRecord['id']),
    kind: random.below(8) === 0 ? 'room' : 'direct',
  };
  /** A room that cannot be encrypted is not turned on by what somebody writes there. */
  const mayTurnOn = record.kind === 'direct' || random.below(2) === 0;
  /** Since it was turned on, as the oracle counts them. */
  let counted: StoredMessage[] = [];
  for (let step = 0; step < 12; step++) {
    const what = random.below(12);
    if (what === 0 && mayTurnOn) [record, counted] = [{ ...record, ...switchedOn(record) } as ConversationRecord, []];
    else if (what === 1 && mayTurnOn) [record, counted] = [turnedOff(record), []];
    else {
      const messages = pageOf(random, record.top);
      const isOn = record.encryption === 'on';
      const begins = isOn ? 0 : record.encryption === undefined && mayTurnOn ? messages.findIndex(turnsOn) : -1;
      record = placed(record, messages, mayTurnOn);
      if (isOn || begins >= 0) counted.push(...messages.slice(begins));
    }
    const expected = oracle(counted);
    if (record.badge !== expected) assert.fail(`mix ${seed}, step ${step}: ${record.badge}, not ${expected}`);
  }
}

function placed(record: ConversationRecord, messages: StoredMessage[], mayTurnOn: boolean): ConversationRecord {
  const tally = new ProtectionTally(record, mayTurnOn);
  for (const message of messages) tally.count(message);
  return { ...record, ...tally.patch(), top: messages.at(-1)?.order ?? record.top } as ConversationRecord;
}

const turnedOff = ({ badge: _, encryptedFrom: __, ...record }: ConversationRecord): ConversationRecord => ({
  ...record,
  encryption: 'off',
});

const turnsOn = ({ protection, unreadable }: StoredMessage): boolean =>
  (protection && protection.how !== 'plain') || unreadable === 'not-for-this-device';

/** Words in clear count as such; lines about keys and what nobody can open claim nothing. */
function oracle(messages: readonly StoredMessage[]): Badge | undefined {
  const borne = messages.flatMap(({ content, protection }): Protection[] => (content === 'text' ? [protection ?? { how: 'plain' }] : []));
  if (borne.length === 0) return undefined;
  if (borne.every(({ how }) => how === 'plain')) return 'organisation';
  if (!borne.every(({ how }) => how === 'omemo-2')) return 'mixed';
  return borne.every((one) => 'trust' in one && one.trust === 'verified') ? 'verified' : 'encrypted';
}

function pageOf(random: Chance, top: number): StoredMessage[] {
  return Array.from({ length: 1 + random.below(4) }, (_, at) => storedMessage(at, { order: top + at + 1, ...natureOf(random) }));
}

function natureOf(random: Chance): Partial<StoredMessage> {
  const what = random.below(8);
  if (what < 2) return {};
  if (what === 2) return { text: '', content: 'unreadable', unreadable: random.below(2) ? 'not-for-this-device' : 'tampered' };
  if (what === 3) return { text: '', content: 'keys-changed', keyChange: { what: 'new-device' } };
  if (what === 4) return { protection: { how: 'legacy', trust: 'first-use' } };
  return { protection: { how: 'omemo-2', trust: random.below(2) ? 'verified' : (TRUSTS[random.below(TRUSTS.length)] ?? 'first-use') } };
}
