// The whole core is at its newest messages after three round trips, and after two by token: on every engine, the first time too.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { countFlights } from '../kit/engines/count-flights.ts';
import { newerEjabberd } from '../kit/engines/newer-ejabberd.ts';
import type { EngineWish } from '../kit/engines/start-engine.ts';

const newer = await newerEjabberd();
const ENGINES: { name: string; wish: Pick<EngineWish, 'engine' | 'version'>; skip: string | false; token: boolean }[] = [
  { name: 'Prosody', wish: { engine: 'prosody' }, skip: false, token: false },
  { name: 'ejabberd', wish: { engine: 'ejabberd' }, skip: false, token: false },
  { name: 'ejabberd 24.12', wish: { engine: 'ejabberd', version: '24.12' }, skip: newer.ok ? false : newer.said, token: true },
];

describe('round trips to the newest fifty messages', () => {
  for (const { name, wish, skip, token } of ENGINES) {
    it(`are few with ${name}`, { skip }, async () => {
      const flights = await countFlights(wish);
      assert.ok(flights.first <= 3, `first sign-in ever: ${flights.first}`);
      assert.ok(flights.known <= 3, `service known: ${flights.known}`);
      assert.equal(flights.hasToken, token);
      if (token) assert.ok(flights.again <= 2, `by token: ${flights.again}`);
      assert.equal(flights.shown, 50);
      assert.ok(flights.stepwise > flights.known, 'the proxy tells waiting from not waiting');
    });
  }
});
