// Whatever happens in whatever order (cuts, acknowledgements, copies, a dying core): accepted means shown exactly once, each sender in order.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { ConversationId } from '../../../../src/model/conversation.ts';
import { chance } from '../../../kit/random.ts';
import { SealingWorld } from '../../../kit/sealing-world.ts';
import { DEADLY, tell, type Setting } from '../../../kit/stories.ts';

const STORIES = Number(process.env['WARBLER_STORIES'] ?? 150);
const DEADLY_STORIES = Math.ceil(STORIES / 15);
const FIRST_DEADLY = 420;
/** What came while a line was down is then more than one page. */
const SMALL_PAGE = 10;
const DEVICES = ['ann@app1.test/one', 'ann@app1.test/two', 'ben@app1.test/one'] as const;
const OTHER: Readonly<Record<string, ConversationId>> = {
  ann: 'ben@app1.test' as ConversationId,
  ben: 'ann@app1.test' as ConversationId,
};

const settingOf = (seed: number): Setting => ({
  devices: DEVICES,
  conversationOf: (at) => OTHER[DEVICES[at]?.split('@')[0] ?? ''] as ConversationId,
  build(engine) {
    engine.largestPage = seed % 2 === 0 ? SMALL_PAGE : Infinity;
    engine.handsOn = seed % 3 === 0;
  },
  begin: () => Promise.resolve(),
});

describe('messages in any order of events', () => {
  it(`loses, doubles and misplaces nothing in ${STORIES} stories`, async () => {
    for (let seed = 1; seed <= STORIES; seed++) {
      const findings = await tell(chance(seed), settingOf(seed));
      assert.deepEqual(findings, [], `story ${seed}`);
    }
  });

  it(`does no step of a ratchet twice, loses none, and parts none from its words in ${STORIES} encrypted stories`, async () => {
    for (let seed = 1; seed <= STORIES; seed++) {
      const world = new SealingWorld();
      const findings = await tell(chance(seed), settingOf(seed), world);
      assert.deepEqual([...findings, ...world.faults], [], `story ${seed}`);
    }
  });

  it(`loses, doubles and misplaces nothing in ${DEADLY_STORIES} stories in which cores die all the time`, async () => {
    for (let seed = FIRST_DEADLY; seed < FIRST_DEADLY + DEADLY_STORIES; seed++) {
      const findings = await tell(chance(seed), settingOf(seed), undefined, DEADLY);
      assert.deepEqual(findings, [], `story ${seed}`);
    }
  });
});
