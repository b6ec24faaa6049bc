// The watch for a copy of this device, by itself: what it asks the engine, when it is sure, and what makes it give the keys up.
import { deepEqual, equal } from 'node:assert/strict';
import { describe, it } from 'node:test';
import { TwinWatch } from '../../../../src/core/encryption/own/twin-watch.ts';
import type { Address } from '../../../../src/model/account.ts';
import { failed, succeeded, type Answer } from '../../../../src/model/failure.ts';
import { readStreams, writeStreams } from '../../../../src/xmpp/codecs/device-streams.ts';
import { NS_DEVICE_STREAMS } from '../../../../src/xmpp/namespaces.ts';
import { writeElement, type Element } from '../../../../src/xmpp/xml.ts';
import { quiet } from '../../../kit/encryption/encryption-device.ts';
import { KeyServer } from '../../../kit/encryption/key-server.ts';

const MEI = 'mei@a.test' as Address;
const DONE: Answer<void> = succeeded(undefined);
const NO_ANSWER = failed({ kind: 'no-answer' });

interface World {
  readonly server: KeyServer;
  readonly watch: TwinWatch;
  readonly row: { keys: { deviceId: number } | undefined; streams: number };
  /** What happened here, in order. */
  readonly done: string[];
  stage: string;
  commits: Answer<void>;
  instead?: (iq: Element) => Answer<Element> | Promise<Answer<Element>> | undefined;
  /** What is counted there for this device. */
  there(device?: number): number | undefined;
  put(device: number, count: number): void;
}

function world(streams = 2): World {
  const server = new KeyServer();
  const done: string[] = [];
  const row: World['row'] = { keys: { deviceId: 7 }, streams };
  const own = {
    row,
    get keys() {
      return row.keys;
    },
    change: (patch: object) => void Object.assign(row, patch),
    giveUp: () => void Object.assign(row, { keys: { deviceId: 8 }, streams: 0 }),
  };
  const watch = new TwinWatch({
    self: MEI,
    connection: {
      state: () => ({ stage: given.stage }) as never,
      ask: async (iq) => {
        done.push(
          writeElement(iq).includes('<publish ') ? 'counted there' : writeElement(iq).includes('<retract ') ? 'forgotten' : 'asked',
        );
        return (await given.instead?.(iq)) ?? server.ask(MEI, iq);
      },
    },
    log: { error: (what: string) => void done.push(what) } as never,
    own: own as never,
    inTurn: async (work) => (done.push('turn'), work()),
    commit: async () => (done.push('commit'), given.commits),
    gaveUp: () => void done.push('gave up'),
  });
  const given: World = {
    server,
    watch,
    row,
    done,
    stage: 'online',
    commits: DONE,
    there: (device = 7) =>
      server.items(MEI, NS_DEVICE_STREAMS).flatMap((item) => readStreams(item) ?? []).find((one) => one.device === device)?.count, // oxfmt-ignore
    put: (device, count) => server.put(MEI, NS_DEVICE_STREAMS, writeStreams({ device, count })),
  };
  return given;
}

const TWIN = 'the keys of this device live on elsewhere: it becomes another one';

describe('whether this device is alone', () => {
  it('is asked, then counted here, on the disk, and there; and is sure until the next stream', async () => {
    const { watch, done, row, there } = world();
    equal(watch.isSure, false);
    deepEqual(await watch.confirm(), DONE);
    deepEqual([done, row.streams, there(), watch.isSure], [['asked', 'turn', 'commit', 'counted there'], 3, 3, true]);
    deepEqual([await watch.confirm(), done.length], [DONE, 4], 'once a stream');
    watch.onFreshStream();
    equal(watch.isSure, false);
    await watch.confirm();
    deepEqual([row.streams, there()], [4, 4]);
  });

  it('is asked once by many at a time', async () => {
    const { watch, row, done } = world();
    deepEqual(await Promise.all([watch.confirm(), watch.confirm()]), [DONE, DONE]);
    deepEqual([row.streams, done.length], [3, 4]);
  });

  it('needs no asking where there are no keys, and is not sure of anything then', async () => {
    const { watch, row, done } = world();
    row.keys = undefined;
    deepEqual([await watch.confirm(), done, watch.isSure], [DONE, [], false]);
  });

  it('is not known without a stream, or where the network does not answer: then it is asked again', async () => {
    const given = world();
    const { watch, done, row } = given;
    given.stage = 'connecting';
    deepEqual([await watch.confirm(), done], [failed({ kind: 'offline' }), []]);
    given.stage = 'online';
    for (const kind of ['offline', 'no-answer'] as const) {
      given.instead = () => failed({ kind });
      deepEqual(await watch.confirm(), failed({ kind }));
    }
    deepEqual([done, row.streams, watch.isSure], [['asked', 'asked'], 2, false]);
    delete given.instead;
    deepEqual([await watch.confirm(), watch.isSure], [DONE, true]);
  });

  it('is not known where it could not be counted there, or here', async () => {
    const given = world();
    const { watch } = given;
    given.instead = (iq) => (writeElement(iq).includes('<publish ') ? NO_ANSWER : undefined);
    deepEqual([await watch.confirm(), watch.isSure], [NO_ANSWER, false]);
    delete given.instead;
    given.commits = failed({ kind: 'storage-full' });
    given.done.length = 0;
    deepEqual([await watch.confirm(), watch.isSure], [failed({ kind: 'storage-full' }), false]);
    deepEqual(given.done, ['asked', 'turn', 'commit'], 'and nothing is told that is not on the disk');
  });

  it('is taken for granted where an engine keeps nothing for us', async () => {
    const given = world();
    given.instead = () => failed({ kind: 'refused', reason: 'forbidden' });
    deepEqual([await given.watch.confirm(), given.watch.isSure, given.row.streams], [DONE, true, 3]);
  });

  it('of a stream that is over says nothing of the next', async () => {
    const given = world();
    let release = (): void => undefined;
    given.instead = (iq) =>
      writeElement(iq).includes('<publish ') ? new Promise((resolve) => (release = () => resolve(undefined as never))) : undefined;
    const confirming = given.watch.confirm();
    await quiet();
    given.watch.onFreshStream();
    delete given.instead;
    const next = given.watch.confirm();
    release();
    deepEqual([await confirming, await next], [DONE, DONE]);
    deepEqual([given.row.streams, given.there(), given.watch.isSure], [4, 4, true], 'the next was asked for itself');
  });

  it('is asked once on a stream also while the answer to the one before comes in', async () => {
    const given = world();
    const release: (() => void)[] = [];
    given.instead = (iq) =>
      writeElement(iq).includes('<publish ') ? new Promise((resolve) => release.push(() => resolve(undefined as never))) : undefined;
    const before = given.watch.confirm();
    await quiet();
    given.watch.onFreshStream();
    const now = given.watch.confirm();
    await quiet();
    release.shift()!();
    await before;
    delete given.instead;
    const another = given.watch.confirm();
    await quiet();
    release.shift()!();
    deepEqual([await now, await another, given.row.streams], [DONE, DONE, 4]);
  });

  it('that was found too late leaves the next stream unsure', async () => {
    const given = world();
    let release = (): void => undefined;
    given.instead = (iq) =>
      writeElement(iq).includes('<publish ') ? new Promise((resolve) => (release = () => resolve(undefined as never))) : undefined;
    const confirming = given.watch.confirm();
    await quiet();
    given.watch.onFreshStream();
    release();
    await confirming;
    equal(given.watch.isSure, false);
  });
});

describe('a copy of this device', () => {
  it('was there where more streams are counted than here: another device goes on, and is not sure before it has asked', async () => {
    for (const [count, isTwin] of [
      [1, false],
      [2, false],
      [3, true],
    ] as const) {
      const { watch, done, row, put } = world();
      put(7, count);
      put(9, 100);
      deepEqual(await watch.confirm(), DONE);
      equal(row.keys?.deviceId, isTwin ? 8 : 7);
      deepEqual(done, isTwin ? ['asked', 'turn', TWIN, 'gave up', 'commit'] : ['asked', 'turn', 'commit', 'counted there']);
      equal(watch.isSure, !isTwin);
    }
  });

  it('that begins beside it is heard, in a turn and onto the disk', async () => {
    const { watch, done, row } = world();
    equal(watch.hear([writeStreams({ device: 7, count: 3 })]), true);
    await quiet();
    deepEqual([done, row.keys?.deviceId], [['turn', TWIN, 'gave up', 'commit'], 8]);
  });

  it('is not meant by counts of others, by what was counted here, or where there are no keys', async () => {
    const { watch, done, row } = world();
    equal(watch.hear([writeStreams({ device: 9, count: 30 }), writeStreams({ device: 7, count: 2 })]), true);
    row.keys = undefined;
    equal(watch.hear([writeStreams({ device: 7, count: 3 })]), true);
    await quiet();
    deepEqual(done.filter((one) => one === 'gave up' || one === TWIN), []); // oxfmt-ignore
  });

  it('says nothing by what is no count: then nothing is done', async () => {
    const { watch, done } = world();
    deepEqual([watch.hear([]), watch.hear([{ id: 'current' }])], [false, false]);
    await quiet();
    deepEqual(done, []);
  });
});

describe('a device that was given up', () => {
  it('is counted no more', async () => {
    const { watch, there, put, done } = world();
    put(7, 3);
    put(9, 4);
    await watch.forget(7);
    deepEqual([there(7), there(9), done], [undefined, 4, ['forgotten']]);
  });
});
