// What is being read is told at once, what stands around it when that is drawn; the core hears once that all was seen.
import { Looking } from '../../src/client/looking.ts';
import type { Look } from '../../src/client/session-client.ts';
import type { Topic } from '../../src/contracts/session.ts';
import type { ConversationId } from '../../src/model/conversation.ts';
import { equal } from './kit/expect.ts';

const THREAD: Look = { about: 'thread', conversation: 'li@warbler.example' as ConversationId };
const LIST: Look = { about: 'conversations' };
const SITUATION: Look = { about: 'situation' };

const frame = (): Promise<number> => new Promise((resolve) => requestAnimationFrame(resolve));

function begin(): { looking: Looking; told: string[]; seen: number[]; change(...topics: Look[]): void } {
  const told: string[] = [];
  const seen: number[] = [];
  let revision = 0;
  const looking = new Looking((upTo) => seen.push(upTo));
  looking.begin(revision, true);
  looking.listen((looks) => told.push(looks.map(({ about }) => about).join(' ')));
  const change = (...topics: Look[]): void => {
    looking.hear({ warbler: 'changed', revision: (revision += 1), topics: topics as Topic[] });
  };
  return { looking, told, seen, change };
}

describe('looking at what changed', () => {
  it('the thread at once, what stands around it when that is drawn', async () => {
    const { looking, told, seen, change } = begin();
    change(LIST, THREAD, SITUATION);
    equal(told.join(', '), 'thread');
    equal(seen.length, 0);
    await frame();
    await frame();
    equal(told.join(', '), 'thread, conversations situation');
    equal(seen.join(), '1');
    looking.end();
  });

  it('what came meanwhile is asked for together with it', async () => {
    const { looking, told, seen, change } = begin();
    change(THREAD, LIST);
    change(THREAD, LIST);
    equal(told.join(', '), 'thread');
    await frame();
    await frame();
    equal(told.join(', '), 'thread, conversations thread conversations');
    equal(seen.join(), '2');
    looking.end();
  });

  it('without a thread in it everything at once', () => {
    const { looking, told, seen, change } = begin();
    change(LIST, SITUATION);
    equal(told.join(', '), 'conversations situation');
    equal(seen.join(), '1');
    looking.end();
  });

  it('with nothing but a thread in it the core hears at once', () => {
    const { looking, told, seen, change } = begin();
    change(THREAD);
    equal(told.join(', '), 'thread');
    equal(seen.join(), '1');
    looking.end();
  });

  it('nothing more once it has ended', async () => {
    const { looking, told, seen, change } = begin();
    change(THREAD, LIST);
    looking.end();
    await frame();
    await frame();
    equal(told.join(', '), 'thread');
    equal(seen.length, 0);
  });
});
