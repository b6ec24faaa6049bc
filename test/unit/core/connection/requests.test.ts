// Who may answer a question, and what an error means.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { mayAnswer, Requests } from '../../../../src/core/connection/requests.ts';
import { NS_CLIENT, NS_STANZAS } from '../../../../src/xmpp/namespaces.ts';
import { element, type Element } from '../../../../src/xmpp/xml.ts';
import { fakeClock } from '../../../kit/fake-clock.ts';

const OWN = 'ann@willow.test/desk';

describe('an answer', () => {
  const cases: [string | undefined, string | undefined, boolean][] = [
    [undefined, undefined, true],
    [undefined, 'ann@willow.test', true],
    [undefined, OWN, true],
    [undefined, 'willow.test', true],
    [undefined, 'bob@willow.test', false],
    [undefined, 'ann@willow.test/other', false],
    ['ann@willow.test', undefined, true],
    ['ann@willow.test', 'Ann@Willow.test', true],
    ['ann@willow.test', 'willow.test', false],
    ['willow.test', undefined, true],
    ['willow.test', 'willow.test', true],
    ['willow.test', 'evil.test', false],
    ['bob@willow.test/phone', undefined, false],
    ['bob@willow.test/phone', 'bob@willow.test/phone', true],
    ['bob@willow.test/phone', 'bob@willow.test', false],
    ['bob@willow.test/phone', 'bob@willow.test/Phone', false],
    ['room@conference.willow.test', 'room@conference.willow.test/nick', false],
    ['room@conference.willow.test', 'room@conference.willow.test', true],
    ['room@conference.willow.test', undefined, false],
  ];
  for (const [to, from, expected] of cases) {
    it(`from ${from ?? 'nobody'} to what ${to ?? 'nobody'} was asked is ${expected ? 'heard' : 'not heard'}`, () => {
      assert.equal(mayAnswer(to, from, OWN), expected);
    });
  }
});

const answer = (attributes: Record<string, string>, ...children: Element[]): Element => element('iq', NS_CLIENT, attributes, children);
const error = (condition: string, type = 'cancel'): Element =>
  element('error', NS_CLIENT, { type }, [element(condition, NS_STANZAS), element('text', NS_STANZAS, {}, ['words'])]);

describe('a question', () => {
  it('waits on when somebody else answers', async () => {
    const clock = fakeClock();
    const requests = new Requests(clock);
    const asked = requests.expect('1', 'bob@willow.test/phone', 20_000);
    assert.equal(requests.answer(answer({ id: '1', type: 'result', from: 'eve@willow.test/phone' }), OWN), false);
    assert.equal(requests.answer(answer({ id: '1', type: 'result', from: 'bob@willow.test/phone' }), OWN), true);
    assert.equal((await asked).ok, true);
    assert.equal(requests.answer(answer({ id: '1', type: 'result', from: 'bob@willow.test/phone' }), OWN), false);
    assert.equal(clock.pending(), 0);
  });

  it('ends at its deadline', async () => {
    const clock = fakeClock();
    const asked = new Requests(clock).expect('1', undefined, 20_000);
    clock.advance(20_000);
    assert.deepEqual(await asked, { ok: false, failure: { kind: 'no-answer' } });
  });

  const meanings: [Element, unknown][] = [
    [error('item-not-found'), { kind: 'not-found' }],
    [error('forbidden'), { kind: 'refused', reason: 'forbidden', said: 'words' }],
    [error('registration-required'), { kind: 'refused', reason: 'members-only', said: 'words' }],
    [error('conflict'), { kind: 'refused', reason: 'name-taken', said: 'words' }],
    [error('resource-constraint', 'wait'), { kind: 'too-many-requests' }],
    [error('remote-server-timeout', 'wait'), { kind: 'no-answer' }],
    [error('feature-not-implemented'), { kind: 'refused', reason: 'other', said: 'words' }],
  ];
  for (const [said, failure] of meanings) {
    it(`tells ${(said.children[0] as Element).name} in the words of the model`, async () => {
      const requests = new Requests(fakeClock());
      const asked = requests.expect('1', undefined, 20_000);
      requests.answer(answer({ id: '1', type: 'error' }, said), OWN);
      assert.deepEqual(await asked, { ok: false, failure });
    });
  }
});
