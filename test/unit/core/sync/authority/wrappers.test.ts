import { equal, ok } from 'node:assert/strict';
import { describe, it } from 'node:test';
import { acceptArchiveResult } from '../../../../../src/core/sync/authority/archive.ts';
import { unwrapCarbon } from '../../../../../src/core/sync/authority/carbon.ts';
import type { Judged } from '../../../../../src/core/sync/authority/judged.ts';
import { parseFrame, type Element } from '../../../../../src/xmpp/xml.ts';
import { brokenWrappers, carbon, forwarded, INNER, me, message, OTHERS, result, room, DELAY } from '../../../../kit/forgers.ts';

const waiting = new Map([
  ['own', me],
  ['room', room],
]);
const asCarbon = (stanza: Element): Judged<unknown> => unwrapCarbon(stanza, me);
const asResult = (stanza: Element): Judged<unknown> => acceptArchiveResult(stanza, { ownBare: me, waiting });

let forged = 0;
/** What no parser takes, or what is no wrapper, is no forgery; all else must be called one. */
function expectForged(judge: (stanza: Element) => Judged<unknown>, text: string): void {
  const frame = parseFrame(text);
  ok(frame.ok, text);
  equal(judge(frame.element), 'forged', text);
  forged++;
}

const good = (judge: (stanza: Element) => Judged<unknown>, text: string): void => {
  const frame = parseFrame(text);
  ok(frame.ok, text);
  const judged = judge(frame.element);
  ok(judged !== undefined && judged !== 'forged', text);
};

const sent = (...inner: string[]): string => carbon('sent', ...inner);
const received = (...inner: string[]): string => carbon('received', ...inner);
const own = (...inner: string[]): string => result('own', ...inner);
const inRoom = (...inner: string[]): string => result('room', ...inner);

describe('copies of the account’s other devices', () => {
  it('are believed from the own server', () => {
    good(asCarbon, message(me, sent(forwarded(INNER.fromMe))));
    good(asCarbon, message(me, received(forwarded(INNER.toMe))));
    good(asCarbon, message(me, received(forwarded(DELAY, INNER.toMe))));
  });

  it('are not believed from anybody else, however they are wrapped', () => {
    for (const other of [undefined, ...OTHERS]) {
      for (const wrap of [sent, received]) {
        for (const inner of Object.values(INNER)) {
          expectForged(asCarbon, message(other, wrap(forwarded(inner))));
          expectForged(asCarbon, message(other, '<body>plain words beside it</body>', wrap(forwarded(DELAY, inner))));
        }
        for (const broken of brokenWrappers(wrap, INNER.toMe, INNER.between)) expectForged(asCarbon, message(other, broken));
      }
    }
  });

  it('are not believed when they are broken, doubled or none of ours, even from the own server', () => {
    for (const wrap of [sent, received]) {
      const [right, wrong] = wrap === sent ? [INNER.fromMe, INNER.toMe] : [INNER.toMe, INNER.fromMe];
      for (const broken of brokenWrappers(wrap, right, wrong)) expectForged(asCarbon, message(me, broken));
      for (const inner of Object.values(INNER)) if (inner !== right) expectForged(asCarbon, message(me, wrap(forwarded(inner))));
    }
    expectForged(asCarbon, message(me, sent(forwarded(INNER.fromMe)), received(forwarded(INNER.toMe))));
    expectForged(asCarbon, message(me, sent(forwarded(INNER.fromMe)), own(forwarded(DELAY, INNER.toMe))));
    expectForged(asCarbon, message(me, sent(forwarded(INNER.fromMe))).replace('<message', '<message type="error"'));
  });

  it('are not believed inside one another', () => {
    const wrapped = (wrap: string, ends: string): string => `<message xmlns="jabber:client" ${ends}>${wrap}</message>`;
    for (const deep of [
      sent(forwarded(INNER.fromMe)),
      received(forwarded(INNER.toMe)),
      own(forwarded(DELAY, INNER.toMe)),
      inRoom(forwarded(DELAY, INNER.inRoom)),
      sent(),
      own(),
    ]) {
      for (const other of [me, ...OTHERS]) {
        expectForged(asCarbon, message(other, received(forwarded(wrapped(deep, `from="${me}" to="${me}/x"`)))));
        expectForged(asCarbon, message(other, sent(forwarded(wrapped(deep, `from="${me}/x" to="bob@app1.test"`)))));
        expectForged(asResult, message(other, own(forwarded(DELAY, wrapped(deep, `from="bob@app1.test" to="${me}"`)))));
      }
    }
  });

  it('are nothing where there is no wrapper', () => {
    const frame = parseFrame(INNER.toMe);
    ok(frame.ok);
    equal(asCarbon(frame.element), undefined);
    equal(asResult(frame.element), undefined);
  });
});

describe('results of the archive', () => {
  it('are believed from the archive that was asked, in the query that waits', () => {
    good(asResult, message(me, own(forwarded(DELAY, INNER.toMe))));
    good(asResult, message(undefined, own(forwarded(DELAY, INNER.fromMe))));
    good(asResult, message(room, inRoom(forwarded(DELAY, INNER.inRoom))));
  });

  it('are not believed from anybody else', () => {
    for (const inner of Object.values(INNER)) {
      for (const other of OTHERS) expectForged(asResult, message(other, own(forwarded(DELAY, inner))));
      for (const other of [undefined, me, ...OTHERS.filter((one) => one !== room)])
        expectForged(asResult, message(other, inRoom(forwarded(DELAY, inner))));
    }
  });

  it('are not believed when nobody asked for them', () => {
    for (const queryId of ['', 'stale', 'OWN', 'own ', '__proto__', 'constructor']) {
      for (const sender of [undefined, me, room, ...OTHERS]) {
        for (const inner of [INNER.toMe, INNER.inRoom]) expectForged(asResult, message(sender, result(queryId, forwarded(DELAY, inner))));
      }
    }
    for (const sender of [undefined, me, room]) {
      expectForged(asResult, message(sender, own(forwarded(DELAY, INNER.toMe)).replace(' queryid="own"', '')));
      expectForged(asResult, message(sender, own(forwarded(DELAY, INNER.toMe)).replace(' id="17"', '')));
    }
  });

  it('are not believed without a time, or with one that is none', () => {
    for (const delay of [
      '',
      DELAY.replace('2026-11-21T09:31:03Z', ''),
      DELAY.replace('2026-', 'yesterday '),
      DELAY.replace('urn:xmpp:delay', 'urn:other'),
    ]) {
      expectForged(asResult, message(me, own(forwarded(delay, INNER.toMe))));
      expectForged(asResult, message(room, inRoom(forwarded(delay, INNER.inRoom))));
    }
  });

  it('are not believed when they are broken or doubled', () => {
    for (const broken of brokenWrappers(own, INNER.toMe, INNER.fromMe)) {
      for (const sender of [undefined, me, ...OTHERS]) expectForged(asResult, message(sender, broken));
    }
    expectForged(asResult, message(me, own(forwarded(DELAY, INNER.toMe)), received(forwarded(INNER.toMe))));
  });

  it('of a room are about that room alone', () => {
    for (const inner of [
      INNER.toMe,
      INNER.fromMe,
      INNER.between,
      INNER.senderless,
      INNER.badSender,
      INNER.inRoom.replace('garden@', 'shed@'),
      INNER.inRoom.replace('groupchat', 'chat'),
    ]) {
      expectForged(asResult, message(room, inRoom(forwarded(DELAY, inner))));
    }
  });
});

describe('the forgeries above', () => {
  it('are more than two thousand', () => ok(forged >= 2_000, `only ${forged} were tried`));
});
