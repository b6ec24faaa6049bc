// In the page: tabs of one profile, as frames, that elect who runs the product's core, while all of them write to somebody over a real engine.
import type { ConversationId } from '../../../src/model/conversation.ts';
import type { Address } from '../../../src/model/account.ts';
import type { Message, MessageId } from '../../../src/model/message.ts';
import { control } from '../../bench/in-browser/control.ts';
import { describeWaits, gather, holdElections } from '../../contract/kit/elections.ts';
import { ok } from '../../contract/kit/expect.ts';
import { Pens } from '../../contract/kit/pens.ts';
import { openTab, type Tab } from '../../contract/kit/tabs.ts';
import { TURMOILS } from '../../contract/kit/turmoil.ts';
import type { Place } from '../../kit/engines/talk-places.ts';
import { chance } from '../../kit/random.ts';
import { changeEncryption, encryptRoom, readAll } from '../../kit/tab-page.ts';

export interface ElectionsOrder {
  login: { address: string; password: string; services: readonly string[] };
  place: Place;
  /** Where everything is written, and to whom. */
  to: ConversationId;
  other: Address;
  begin: string;
  tabs: number;
  count: number;
  seed: number;
}

export interface ElectionsHeld {
  taken: Readonly<Record<string, number>>;
  told: string;
}

/** What each tab shows. */
export type Screens = readonly (readonly Message[])[];

const ORGANISATION = 'elections';
const open = (): Promise<Tab> => openTab('elected', ORGANISATION, { workerUrl: '/warbler/worker.js' });

async function run(): Promise<void> {
  const order = (await control.ask('order')) as ElectionsOrder;
  const opened = await begin(order);
  await control.tell('begun', {});
  await control.ask('go');
  const pens = new Pens(order.to);
  const crowd = gather(ORGANISATION, opened, open, pens);
  const luck = chance(order.seed);
  // Each kind once before any comes twice: so small a number tells of all.
  const kinds = Object.entries(TURMOILS);
  const next = (election: number) => kinds[election - 1] ?? luck.oneOf(kinds);
  const waits = await holdElections({ crowd, callers: pens, count: order.count, luck, next });
  await pens.end();
  await control.tell('held', { taken: pens.taken, told: describeWaits(`${order.count} elections`, waits) } satisfies ElectionsHeld);
  for (;;) {
    await control.ask('look');
    await control.tell('screens', await Promise.all([...crowd.tabs].map(({ client }) => readAll(client, order.to, order.begin))));
  }
}

async function begin({ login, place, to, other, begin, tabs }: ElectionsOrder): Promise<readonly Tab[]> {
  const first = await open();
  const answer = await first.client.signIn(login);
  ok(answer.ok, JSON.stringify(answer));
  const opened = [first];
  while (opened.length < tabs) opened.push(await open());
  if (place === 'encrypted room') await encryptRoom(first.client, to, other);
  else await changeEncryption(first.client, to, place === 'encrypted' ? 'on' : 'off');
  ok((await first.client.sendMessage(to, { id: crypto.randomUUID() as MessageId, text: begin })).ok, 'the first words are taken');
  return opened;
}

run().catch((defect: unknown) => control.tell('defect', String((defect as Error).stack ?? defect)));
