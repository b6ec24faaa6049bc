import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { ROOMS } from '../../../src/engine/seed/organisation.ts';
import { conversationOf } from '../../../src/engine/seed/conversation.ts';
import { demoPopulation, longHistory } from '../../../src/engine/seed/population.ts';
import { LARGEST_PREVIEW } from '../../../src/model/file.ts';
import { pictureHead } from '../../../src/elements/files/picture-head.ts';
import { TELLINGS } from '../../../src/engine/seed/scripts.ts';
import { fillSlots } from '../../../src/engine/seed/slots.ts';
import type { PastMessage } from '../../../src/engine/population.ts';

const NOW = Date.UTC(2026, 10, 20, 6, 30);
const fileNameOf = (message: PastMessage): string | undefined => ('text' in message ? message.file?.name : undefined);
const textOf = (message: PastMessage): string => ('text' in message ? message.text : '');

function conversations(now = NOW): Map<string, PastMessage[]> {
  const found = new Map<string, PastMessage[]>();
  for (const message of demoPopulation(now).history) {
    const key = message.room ? message.to : [message.from, message.to].toSorted().join('-');
    found.set(key, [...(found.get(key) ?? []), message]);
  }
  return found;
}

describe('the demo population', () => {
  test('is the same to the letter at the same time', () => {
    const [one, two] = [demoPopulation(NOW), demoPopulation(NOW)];
    assert.deepEqual(two.people, one.people);
    assert.deepEqual([...two.history], [...one.history]);
  });

  test('is told in the order of time, up to now, and each message has an id of its own', () => {
    const all = [...demoPopulation(NOW).history];
    for (const [at, { sentAt }] of all.entries()) assert.ok(sentAt >= (all[at - 1]?.sentAt ?? 0) && sentAt <= NOW);
    assert.equal(new Set(all.map(({ id }) => id)).size, all.length);
  });

  test('has 2,000 messages in one conversation, over more than half a year', () => {
    const messages = (conversations().get('liwen-xiaochen') ?? []).filter((message) => 'text' in message);
    assert.equal(messages.length, 2_000);
    assert.ok((messages.at(-1)?.sentAt ?? 0) - (messages[0]?.sentAt ?? 0) > 180 * 86_400_000);
  });

  test('holds what breaks a careless thread', () => {
    const texts = (conversations().get('liwen-xiaochen') ?? []).map(textOf);
    const sorts = {
      chinese: /\p{Script=Han}/u,
      english: /\b(the|and|could)\b/i,
      arabic: /\p{Script=Arabic}/u,
      hebrew: /\p{Script=Hebrew}/u,
      emoji: /\p{Extended_Pictographic}/u,
      joinedEmoji: /\u200d/,
      file: /^\S+\.(pdf|xlsx|jpg|docx|mp4|zip|md)$/,
      link: /https:\/\/\S+/,
      linkWithChinese: /https:\/\/\S*\p{Script=Han}/u,
      severalLines: /\n.*\n/,
      quote: /^> .+\n/,
      styled: /\*\S.*\S\*/,
    };
    for (const [sort, pattern] of Object.entries(sorts))
      assert.ok(
        texts.some((text) => pattern.test(text)),
        sort,
      );
    assert.ok(
      texts.every((text) => !/[{}]/.test(text)),
      'every slot is filled',
    );
  });

  test('ends with pictures and papers, named in Chinese and in English, each as true as its name', () => {
    const all = [...demoPopulation(NOW).history].flatMap((message) => ('text' in message && message.file ? [message.file] : []));
    const names = all.map(({ name }) => name);
    for (const pattern of [/\p{Script=Han}.*\.pdf$/u, /^[a-z].*\.pdf$/i, /\p{Script=Han}.*\.png$/u, /^[a-z].*\.png$/i])
      assert.ok(
        names.some((name) => pattern.test(name)),
        String(pattern),
      );
    for (const { name, bytes, width = 0, height = 0, thumbnail = new Uint8Array() } of all) {
      if (name.endsWith('.pdf')) {
        assert.match(Buffer.from(bytes).toString('latin1'), /^%PDF-1\.5\n[^]*%%EOF\n$/);
        continue;
      }
      const head = pictureHead(bytes) ?? assert.fail(name);
      assert.deepEqual([head.type, head.width, head.height], ['image/png', width, height]);
      const small = pictureHead(thumbnail) ?? assert.fail(name);
      assert.ok(small.width * 5 < width && thumbnail.length <= LARGEST_PREVIEW, `${thumbnail.length} bytes`);
    }
  });

  test('people write on working days, between nine and six in Hangzhou, except on the last day', () => {
    const messages = (conversations().get('liwen-xiaochen') ?? []).filter(({ sentAt }) => sentAt < NOW - 86_400_000);
    assert.ok(messages.length > 1_900);
    for (const { sentAt } of messages) {
      const there = new Date(sentAt + 8 * 3_600_000);
      assert.ok(![0, 6].includes(there.getUTCDay()) && there.getUTCHours() >= 9 && there.getUTCHours() < 18, there.toISOString());
    }
  });

  test('begins on any day of the week and at any hour', () => {
    for (let hours = 0; hours < 24 * 8; hours += 5) {
      const all = [...demoPopulation(NOW + hours * 3_600_000).history];
      assert.ok(all.every(({ sentAt }, at) => sentAt >= (all[at - 1]?.sentAt ?? 0)));
    }
  });

  test('what is unread was written by others, and read marks name messages that exist', () => {
    const found = conversations();
    const rooms = new Set(ROOMS.map(({ name }) => name));
    for (const { name, readUpTo = {} } of demoPopulation(NOW).people) {
      for (const [other, id] of Object.entries(readUpTo)) {
        const messages = found.get(rooms.has(other) ? other : [name, other].toSorted().join('-')) ?? [];
        const at = messages.findIndex((message) => message.id === id);
        assert.notEqual(at, -1, `${name} read ${id}`);
        assert.ok(
          messages
            .slice(at + 1)
            .filter((message) => 'text' in message)
            .every(({ from }) => from !== name),
        );
      }
    }
  });

  test('the person of the first page has something unread in one conversation and in both rooms', () => {
    const unread = TELLINGS.filter((telling) => (telling.unread['xiaochen'] ?? 0) > 0).map(({ script }) => script.id);
    assert.deepEqual(unread, ['liwen-xiaochen', 'design', 'launch']);
  });
});

describe('a conversation', () => {
  const script = TELLINGS[0]!.script;

  test('any message can be had alone and out of order', () => {
    const told = [...conversationOf(script, 600, NOW).messages()];
    const asked = conversationOf(script, 600, NOW);
    for (const at of [599, 0, 333, 332, 595, 1]) assert.deepEqual(asked.messageAt(at), told[at]);
  });

  test('another seed tells another story', () => {
    const [one, two] = [script, { ...script, seed: script.seed + 1 }].map((one) =>
      [...conversationOf(one, 200, NOW).messages()].map(textOf),
    );
    assert.notDeepEqual(one, two);
  });

  test('may be shorter than its ending', () => {
    const told = [...conversationOf(script, 2, NOW).messages()];
    assert.deepEqual(told.map(textOf), ['', '签收后请确认一下序列号']);
    assert.deepEqual(told.map(fileNameOf), ['补发说明.pdf', undefined]);
  });

  test('of any length is in order', () => {
    for (const length of [1, 7, 1_000, 20_000]) {
      let [count, last] = [0, 0];
      for (const { sentAt } of longHistory(['a', 'b'], length, NOW)) {
        assert.ok(sentAt >= last && sentAt <= NOW);
        [count, last] = [count + 1, sentAt];
      }
      assert.equal(count, length);
    }
  });
});

test('an unknown slot is a defect', () => {
  assert.throws(() => fillSlots('see {nothing}', 1, 1), /nothing/);
});
