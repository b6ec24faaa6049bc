// What the tabs are told, and when: at once what somebody waits for, the rest along with it or a moment later.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Changed, Topic } from '../../../../src/contracts/session.ts';
import { GatheredChanges } from '../../../../src/core/session/changes.ts';
import type { ConversationId } from '../../../../src/model/conversation.ts';
import { fakeClock } from '../../../kit/fake-clock.ts';

const THREAD: Topic = { about: 'thread', conversation: 'li@warbler.example' as ConversationId };
const LIST: Topic = { about: 'conversations' };

function listening() {
  const clock = fakeClock();
  const changes = new GatheredChanges(clock);
  const told: Changed[] = [];
  changes.listen((changed) => told.push(changed));
  return { clock, changes, told, topics: () => told.map(({ topics }) => topics.map(({ about }) => about).join()) };
}

describe('what changed', () => {
  it('is told once a tick', () => {
    const { clock, changes, topics } = listening();
    changes.tell(THREAD);
    changes.tell(LIST);
    changes.tell(THREAD);
    assert.deepEqual(topics(), []);
    clock.advance(0);
    assert.deepEqual(topics(), ['thread,conversations']);
  });

  it('that nobody waits for is told a moment later', () => {
    const { clock, changes, topics } = listening();
    changes.tell(THREAD, 'later');
    clock.advance(99);
    assert.deepEqual(topics(), []);
    clock.advance(1);
    assert.deepEqual(topics(), ['thread']);
  });

  it('that nobody waits for rides along with what somebody does', () => {
    const { clock, changes, topics, told } = listening();
    changes.tell(THREAD, 'later');
    clock.advance(30);
    changes.tell(LIST);
    changes.tell(THREAD, 'later');
    clock.advance(0);
    assert.deepEqual(topics(), ['thread,conversations']);
    clock.advance(1000);
    assert.equal(told.length, 1);
  });

  it('goes on being told afterwards', () => {
    const { clock, changes, told } = listening();
    changes.tell(THREAD);
    clock.advance(0);
    changes.tell(LIST, 'later');
    clock.advance(100);
    changes.tell(THREAD);
    clock.advance(0);
    assert.deepEqual(
      told.map(({ revision }) => revision),
      [1, 2, 3],
    );
  });
});
