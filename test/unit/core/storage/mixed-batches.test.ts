// Batches as sync writes them: at the end, behind a hole, down into a hole, and changes further up, all at once. Disk and memory must agree.
import 'fake-indexeddb/auto';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { IDBFactory } from 'fake-indexeddb';
import { openMemoryStore } from '../../../../src/core/storage/memory-store.ts';
import { openStore } from '../../../../src/core/storage/open-store.ts';
import type { StoredMessage } from '../../../../src/core/ports.ts';
import type { ConversationId } from '../../../../src/model/conversation.ts';
import { nodeWorld } from '../../../kit/node-world.ts';
import { chance, type Chance } from '../../../kit/random.ts';

const CONVERSATION = 'ben@app1.test' as ConversationId;
const ROOM = 2 ** 32;

interface Written {
  all: Map<number, StoredMessage>;
  top: number;
  island: number;
  count: number;
}

function messageAt(order: number, number: number): StoredMessage {
  const id = `m${number}`;
  const said = { text: `text ${number}`, sentAt: number, timeCertain: true, mentionsMe: false, content: 'text' };
  return { id, conversation: CONVERSATION, order, author: 'ben', authorName: 'ben', own: false, originId: id, ...said } as StoredMessage;
}

function nextBatch(random: Chance, written: Written): { messages: StoredMessage[]; changed: StoredMessage[] } {
  const [messages, changed]: [StoredMessage[], StoredMessage[]] = [[], []];
  for (let left = 1 + random.below(12); left > 0; left--) {
    const what = random.below(10);
    if (what < 6) {
      written.top += what < 5 ? 1 : ROOM;
      if (what === 5) written.island = written.top;
      messages.push(messageAt(written.top, ++written.count));
    } else if (what < 9 && written.island > 0) {
      const page = random.below(20);
      for (let below = page; below > 0; below--) messages.push(messageAt(written.island - below, ++written.count));
      written.island -= page;
    } else if (written.all.size > 0) {
      const known = random.oneOf([...written.all.values()]);
      changed.push({ ...known, text: `changed ${++written.count}` });
    }
  }
  for (const message of [...messages, ...changed]) written.all.set(message.order, message);
  return { messages, changed };
}

test('a batch of everything at once leaves disk and memory with the same history', async () => {
  for (let seed = 1; seed <= 20; seed++) {
    const random = chance(seed);
    const opened = await openStore(nodeWorld({ databases: new IDBFactory() }), {
      organisation: 'o',
      profile: 'p',
      address: 'ann@app1.test',
    });
    assert.ok(opened.ok);
    const [disk, memory] = [opened.value, openMemoryStore()];
    const written: Written = { all: new Map(), top: 0, island: 0, count: 0 };
    for (let step = 0; step < 80; step++) {
      const batch = nextBatch(random, written);
      assert.deepEqual(await disk.commit(batch), await memory.commit(batch));
      if (random.below(6) === 0) await disk.compact();
      const place = (random.oneOf([...written.all.keys()]) ?? 0) + random.below(2);
      const count = random.below(60);
      assert.deepEqual(
        await disk.readBelow(CONVERSATION, place, count),
        await memory.readBelow(CONVERSATION, place, count),
        `seed ${seed}`,
      );
      assert.deepEqual(
        await disk.readAbove(CONVERSATION, place, count),
        await memory.readAbove(CONVERSATION, place, count),
        `seed ${seed}`,
      );
    }
    await disk.close();
  }
});
