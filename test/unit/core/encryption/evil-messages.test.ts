// S10 of the security table, as far as single messages go: whatever an engine does to one, it is shown as unreadable or changes nothing, and the
// true one still opens, once. Each script is played many times, at other places of the message.
import { deepEqual, equal, ok } from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Address } from '../../../../src/model/account.ts';
import { textOf, type Element } from '../../../../src/xmpp/xml.ts';
import { encryptionDevice } from '../../../kit/encryption/encryption-device.ts';
import {
  changed,
  evilEngine,
  flipped,
  LIN,
  MEI,
  once,
  twice,
  withAttributes,
  withoutChildren,
  type Evil,
} from '../../../kit/encryption/evil-engine.ts';
import { chance, type Chance } from '../../../kit/random.ts';
import { sizeOf } from '../../../contract/kit/sizes.ts';

const PLAYS = sizeOf('WARBLER_PLAYS', 25, 25);

interface Changed {
  message: Element;
  sender?: Address;
  recipient?: Address;
  /** Who is to read it. */
  by?: 'mei' | 'lin';
}

type Change = (message: Element, luck: Chance, another: Element) => Changed;

const textIn = (message: Element, name: string): string => {
  for (const one of message.children) {
    if (typeof one === 'string') continue;
    const found = one.name === name ? (textOf(one) ?? '') : textIn(one, name);
    if (found) return found;
  }
  return '';
};

const withText = (message: Element, name: string, text: string): Element => changed(message, name, (one) => ({ ...one, children: [text] }));

/** What an engine may do to a message of mei's on its way. */
const CHANGES: Readonly<Record<string, Change>> = {
  'a bit of the payload': (message, luck) => ({ message: changed(message, 'payload', (one) => flipped(one, luck.below(2_000))) }),
  'a bit of the key': (message, luck) => ({ message: changed(message, 'key', (one) => flipped(one, luck.below(2_000))) }),
  'the payload gone': (message) => ({ message: changed(message, 'payload', () => undefined) }),
  'our key gone': (message) => ({ message: changed(message, 'keys', (one) => withoutChildren(one)) }),
  'the payload of nothing': (message, luck) => ({
    message: withText(message, 'payload', Buffer.alloc(16 * (1 + luck.below(9))).toString('base64')),
  }),
  'the payload of another message': (message, _, another) => ({ message: withText(message, 'payload', textIn(another, 'payload')) }),
  'the key of another message': (message, _, another) => ({ message: withText(message, 'key', textIn(another, 'key')) }),
  'cut short': (message, luck) => {
    const name = luck.oneOf(['key', 'payload']);
    const bytes = Buffer.from(textIn(message, name), 'base64');
    return { message: withText(message, name, bytes.subarray(0, luck.below(bytes.length)).toString('base64')) };
  },
  'two messages in one': (message) => ({ message: twice(message, 'encrypted') }),
  'two keys for us': (message) => ({ message: changed(message, 'keys', (one) => twice(one, 'key')) }),
  'another device as its sender': (message, luck) => ({
    message: changed(message, 'header', (one) => withAttributes(one, { sid: String(1 + luck.below(2 ** 30)) })),
  }),
  'another person as its sender': (message) => ({ message, sender: 'ada@c.test' as Address }),
  'in another conversation': (message) => ({ message, recipient: 'ada@c.test' as Address }),
  'sent back to who wrote it': (message) => ({ message, sender: LIN, recipient: MEI, by: 'mei' }),
  'said to begin a session': (message) => ({ message: changed(message, 'key', (one) => withAttributes(one, { kex: 'true' })) }),
  'no base64': (message, luck) => ({ message: withText(message, luck.oneOf(['key', 'payload']), luck.oneOf(['%', 'A', 'AA=A', '😀'])) }),
};

describe('an engine that changes messages', () => {
  let base: Promise<Evil> | undefined;
  for (const [what, change] of Object.entries(CHANGES)) {
    it(`${what}: it is shown as unreadable, and the true one still opens, once`, async () => {
      const { mei, lin } = await once(await (base ??= evilEngine()));
      for (let play = 1; play <= PLAYS; play++) {
        const luck = chance(play);
        const told = luck.below(3);
        for (let turn = 0; turn < told; turn++) await lin.read(await mei.write('before it', LIN));
        if (luck.below(3) === 0) await mei.read(await lin.write('an answer', MEI));
        const first = await mei.write('the true one', LIN);
        const another = await mei.write('another', LIN);
        const { message, by, ...more } = change(first, luck, another);
        const seen = await (by === 'mei' ? mei : lin).open(message, more);
        equal(seen.outcome, 'unreadable', `play ${play}`);
        equal(await lin.read(first), 'the true one');
        equal(await lin.read(first), 'silent');
        equal(await lin.read(another), 'another');
        equal(await lin.read(await mei.write('after', LIN)), 'after');
      }
    });
  }

  it('at another time, days away: the words are read, and their time is not called certain', async () => {
    const { mei, lin, clock } = await once(await (base ??= evilEngine()));
    for (let play = 1; play <= PLAYS; play++) {
      const days = (1 + chance(play).below(300)) * (play % 2 ? 1 : -1);
      const open = async (moved: number): Promise<unknown> => {
        const seen = await lin.open(await mei.write('when?', LIN), { sentAt: clock.now() + moved * 24 * 3_600_000 });
        return seen.outcome === 'opened' && [seen.content.map(textOf), seen.timeCertain];
      };
      deepEqual(await open(days + Math.sign(days)), [['when?'], false]);
      deepEqual(await open(0), [['when?'], undefined]);
    }
  });

  it('in any order, some of them lost: each is read once', async () => {
    const { mei, lin } = await once(await (base ??= evilEngine()));
    for (let play = 1; play <= PLAYS; play++) {
      const luck = chance(play);
      const said: { text: string; message: Element }[] = [];
      for (let at = 0; at < 12; at++) said.push({ text: `words ${at}`, message: await mei.write(`words ${at}`, LIN) });
      const arrives = said.filter(() => luck.below(4) > 0);
      while (arrives.length > 0) {
        const [{ text, message }] = arrives.splice(luck.below(arrives.length), 1) as [(typeof said)[number]];
        equal(await lin.read(message), text);
        equal(await lin.read(message), 'silent');
      }
    }
  });

  it('every answer that nobody writes is swallowed: what is said is read all the same', async () => {
    const { mei, lin } = await once(await (base ??= evilEngine()));
    for (let at = 0; at < 120; at++) equal(await lin.read(await mei.write(`words ${at}`, LIN)), `words ${at}`);
    ok(lin.sent.length > 0);
    equal(await mei.read(await lin.write('at last', MEI)), 'at last');
  });

  it('in a first message, under another sender’s name: shown, and that sender is not taken for known', async () => {
    const { server, clock, lin } = await evilEngine();
    const ada = await encryptionDevice(server, clock, 'ada@c.test');
    await ada.online();
    const first = await ada.write('from ada', LIN);
    equal(await lin.read(first, { sender: 'eve@c.test' as Address }), 'tampered');
    const keys = await lin.encryption.trust.read('eve@c.test' as Address);
    deepEqual(keys.ok && keys.value.devices, []);
    equal(await lin.read(first), 'from ada');
  });

  it('a thousand repeats, of messages and of key exchanges, are silent', async () => {
    const { server, clock, lin } = await evilEngine();
    const ada = await encryptionDevice(server, clock, 'ada@c.test');
    const said = [await ada.write('one', LIN), await ada.write('two', LIN)];
    for (const [at, message] of said.entries()) equal(await lin.read(message), ['one', 'two'][at]);
    for (let turn = 0; turn < 1000; turn++) equal(await lin.read(said[turn % 2]!), 'silent');
    equal(lin.news.length, 0);
  });

  it('every bit of a message turned: none is read, none costs the true one', async () => {
    const { mei, lin } = await evilEngine();
    const first = await mei.write('x', LIN);
    for (const name of ['key', 'payload'])
      for (let at = 0; at < 64; at++) {
        const seen = await lin.open(changed(first, name, (one) => flipped(one, at)));
        ok(seen.outcome !== 'opened', `${name} ${at}`);
      }
    equal(await lin.read(first), 'x');
  });
});
