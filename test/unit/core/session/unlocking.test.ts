// Unlocking as it really goes: by several tabs at once, and while a core dies.
import { deepEqual } from 'node:assert/strict';
import { describe, it } from 'node:test';
import { nextCall } from '../../../kit/node-world.ts';
import { settled } from '../../../kit/scripted-connection.ts';
import { Life, OK, OTHER, SECRET, secretOf, WRONG } from './lockable-life.ts';

describe('a locked profile', () => {
  it('opens once for tabs that unlock in the same moment; who is wrong among them is told so, or finds it open', async () => {
    const disk = await Life.closed();
    for (const [one, other, ends] of [
      [SECRET, SECRET, [OK, OK]],
      [OTHER, SECRET, [WRONG, OK]],
      [SECRET, OTHER, [OK, OK]],
    ] as const) {
      const life = new Life(disk);
      await life.until(async () => (await life.situation()).sign === 'locked');
      const unlocking = [one, other].map((secret, tab) => life.core.sessionFor(String(tab)).unlock(nextCall(), secretOf(secret)));
      deepEqual(await life.pass(Promise.all(unlocking)), ends);
      deepEqual(await life.waiting(), ['one']);
      deepEqual(life.errors, []);
      await life.pass(life.core.close());
    }
  });

  it('opens at the next core where one dies while it unlocks', async () => {
    const disk = await Life.closed();
    for (const turns of [3, 30]) {
      const dying = new Life(disk);
      await dying.until(async () => (await dying.situation()).sign === 'locked');
      const call = [nextCall(), secretOf(SECRET)] as const;
      const unlocking = dying.session.unlock(call[0], structuredClone(call[1]));
      for (let turn = 0; turn < turns; turn++) await settled();
      const next = new Life(disk);
      await next.until(async () => (await next.situation()).sign === 'locked');
      deepEqual(await next.pass(next.session.unlock(...call)), OK, `after ${turns}`);
      deepEqual(await next.waiting(), ['one']);
      deepEqual(next.errors, []);
      await next.pass(next.core.close());
      await dying.pass(unlocking.then(() => dying.core.close()));
    }
  });
});
