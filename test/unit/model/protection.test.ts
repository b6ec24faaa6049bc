// What a conversation may claim of its protection: no more than its weakest message bears.
import { equal, ok } from 'node:assert/strict';
import { describe, it } from 'node:test';
import { badgeWith, leastTrust, type Badge, type Protection, type Trust } from '../../../src/model/protection.ts';
import { fc } from '../../kit/properties.ts';

describe('the badge', () => {
  const omemo = (trust: Trust): Protection => ({ how: 'omemo-2', trust });
  const plain: Protection = { how: 'plain' };
  const badgeOf = (messages: readonly Protection[]): Badge | undefined =>
    messages.reduce<Badge | undefined>((badge, one) => badgeWith(badge, one), undefined);

  it('says what the weakest message bears', () => {
    equal(badgeOf([plain, plain]), 'organisation');
    equal(badgeOf([omemo('verified'), omemo('verified')]), 'verified');
    equal(badgeOf([omemo('verified'), omemo('accepted')]), 'encrypted');
    equal(badgeOf([omemo('first-use')]), 'encrypted');
    equal(badgeOf([omemo('verified'), plain]), 'mixed');
    equal(badgeOf([{ how: 'legacy', trust: 'verified' }]), 'mixed');
  });

  it('never claims more with a message more', () => {
    const message = fc.oneof(
      fc.constant(plain),
      fc.record({
        how: fc.constantFrom('omemo-2' as const, 'legacy' as const),
        trust: fc.constantFrom<Trust>('first-use', 'verified', 'accepted', 'undecided', 'refused'),
      }),
    );
    const worth = ['mixed', 'organisation', 'encrypted', 'verified'];
    fc.assert(
      fc.property(fc.array(message, { minLength: 1 }), (messages) => {
        const badge = badgeOf(messages);
        const all = (wanted: (one: Protection) => boolean): boolean => messages.every(wanted);
        if (badge === 'verified') ok(all((one) => one.how === 'omemo-2' && one.trust === 'verified'));
        if (badge === 'encrypted') ok(all((one) => one.how === 'omemo-2'));
        if (badge === 'organisation') ok(all((one) => one.how === 'plain'));
        for (const one of messages.slice(0, 3)) ok(worth.indexOf(badgeOf([...messages, one]) ?? '') <= worth.indexOf(badge ?? ''));
      }),
      { numRuns: 2000 },
    );
  });

  it('takes the least trusted of all who got it', () => {
    equal(leastTrust(['verified', 'first-use', 'accepted']), 'accepted');
    equal(leastTrust(['verified', 'verified']), 'verified');
    equal(leastTrust([]), 'first-use');
  });
});
