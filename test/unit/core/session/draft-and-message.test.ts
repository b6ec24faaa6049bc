// What becomes of a draft when it is sent: it goes with its message, and what was typed since stays.
import { equal, ok } from 'node:assert/strict';
import { it } from 'node:test';
import { nextCall } from '../../../kit/node-world.ts';
import { BOB, Life } from './lockable-life.ts';

it('a draft goes with its message; what is typed while that is on its way to the disk is another one', async () => {
  const life = await Life.signedIn();
  const keep = (text: string): Promise<unknown> => life.session.saveDraft(nextCall(), BOB, text);
  const kept = async (): Promise<string | undefined> => {
    const answer = await life.pass(life.session.readConversation(nextCall(), BOB));
    return answer.ok ? answer.value.draft : 'unknown';
  };
  await life.pass(keep('two '));
  const sending = life.send('two');
  await life.pass(keep('and three'));
  ok((await life.pass(sending)).ok);
  equal(await kept(), 'and three');
  const last = life.send('and three');
  await life.pass(keep('and three '));
  ok((await life.pass(last)).ok);
  equal(await kept(), undefined);
  await life.pass(life.core.close());
});
