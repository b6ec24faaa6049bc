// People who write to each other, each with a program of another kind: what all of them must be able to do, whoever they are.
import { deepEqual, equal } from 'node:assert/strict';
import type { Address } from '../../../src/model/account.ts';
import type { EngineWish } from '../engines/start-engine.ts';
import type { OracleContact } from './oracle-contact.ts';
import { bytesBy, digestOf, type Fetched, type Shown, type Speaker, type TalkOrder } from './speaker.ts';

export interface Person {
  name: string;
  address: Address;
  speak: Speaker;
}

export interface Stranger {
  address: Address;
  contact: OracleContact;
}

/** Everybody knows everybody; the first stranger is in the room `team`, the first of the people owns it. */
export function populationOf(people: readonly string[], strangers: readonly string[]): Pick<EngineWish, 'users' | 'rooms'> {
  const names = [...people, ...strangers];
  const contactsOf = (name: string) => names.filter((one) => one !== name).map((one) => ({ name: one, displayName: one, groups: [] }));
  const inside = [...people, ...strangers.slice(0, 1)];
  const members = inside.map((name, at) => ({ name, nick: name, affiliation: at === 0 ? ('owner' as const) : ('member' as const) }));
  return {
    users: names.map((name) => ({ name, password: name, contacts: contactsOf(name) })),
    rooms: [{ name: 'team', title: 'Team', membersOnly: true, nonAnonymous: true, members }],
  };
}

const TYPE = 'application/pdf';
const ALL_SEALED = ['omemo-2'];

/** Words and a file each way. */
export async function talkInPair(one: Person, other: Person, size: number): Promise<void> {
  await one.speak({ do: 'keys', of: other.address });
  await other.speak({ do: 'keys', of: one.address });
  const seeds = [one.name.length * 100 + 1, one.name.length * 100 + 2] as const;
  for (const [at, from, to] of [
    [0, one, other],
    [1, other, one],
  ] as const) {
    // oxfmt-ignore
    const words = `${from.name} to ${to.name} 我们 ✍🏽`;
    await from.speak({ do: 'say', to: to.address, text: words });
    await from.speak(fileOrder(to.address, `${words}, on paper`, seeds[at], size));
    const shown = await to.speak<Shown[]>({ do: 'read', of: from.address, count: 2 + 2 * at });
    deepEqual(shown.slice(-2).map(({ text, own }) => ({ text, own })), [words, `${words}, on paper`].map((text) => ({ text, own: false }))); // oxfmt-ignore
    deepEqual([...new Set(shown.map(({ how }) => how))], ALL_SEALED);
    await fetches(to, from.address, `${words}, on paper`, seeds[at], size);
  }
}

/** The same with an implementation by other people, begun by them or by us. */
export async function talkWithStranger(one: Person, { address, contact }: Stranger, size: number, weBegin: boolean): Promise<void> {
  await one.speak({ do: 'keys', of: one.address });
  const [ours, theirs] = [`${one.name} writes`, `to ${one.name} is written`];
  const seed = one.name.length;
  const write = async (): Promise<void> => {
    await one.speak({ do: 'say', to: address, text: ours });
    equal((await contact.until(ours)).from, one.address);
    await one.speak(fileOrder(address, `${ours} on paper`, seed, size));
    await strangerFetches(contact, `${ours} on paper`, seed, size);
  };
  const isWritten = async (count: number): Promise<void> => {
    await contact.say(theirs, one.address);
    await contact.sendFile({ bytes: bytesBy(seed + 50, size), name: 'theirs.pdf', type: TYPE, text: `${theirs} on paper` }, one.address);
    const shown = await one.speak<Shown[]>({ do: 'read', of: address, count });
    deepEqual(shown.slice(-2), [theirs, `${theirs} on paper`].map((text) => ({ text, own: false, how: 'omemo-2' }))); // oxfmt-ignore
    await fetches(one, address, `${theirs} on paper`, seed + 50, size, 'theirs.pdf');
  };
  if (weBegin) await write();
  await isWritten(weBegin ? 4 : 2);
  if (!weBegin) await write();
  const shown = await one.speak<Shown[]>({ do: 'read', of: address, count: 4 });
  deepEqual([...new Set(shown.map(({ how }) => how))], ALL_SEALED);
  deepEqual(contact.told.filter((told) => typeof told === 'string'), []); // oxfmt-ignore
}

/** Everybody says something and shares a file, and everybody else has both. The first turns encryption on. */
export async function talkInRoom(people: readonly Person[], { address, contact }: Stranger, room: Address, size: number): Promise<void> {
  for (const { speak } of people) await speak({ do: 'join', room });
  await contact.join(room, 'stranger', people.map((one) => one.address)); // oxfmt-ignore
  await people[0]?.speak({ do: 'encrypt', room, people: people.length });
  const words = (name: string): string => `${name} to all`;
  for (const [at, { name, speak }] of people.entries()) {
    await speak({ do: 'read', of: room, count: 2 * at });
    await speak({ do: 'say', to: room, text: words(name) });
    await speak(fileOrder(room, `${words(name)} on paper`, at, size));
    equal((await contact.until(words(name))).to, room);
    await strangerFetches(contact, `${words(name)} on paper`, at, size);
  }
  await contact.say(words(address), room);
  await contact.sendFile({ bytes: bytesBy(77, size), name: 'theirs.pdf', type: TYPE, text: `${words(address)} on paper` }, room);
  const said = [...people.map(({ name }) => name), address].flatMap((name) => [words(name), `${words(name)} on paper`]);
  for (const reader of people) {
    const shown = await reader.speak<Shown[]>({ do: 'read', of: room, count: said.length });
    deepEqual(shown.map(({ text }) => text), said); // oxfmt-ignore
    deepEqual([...new Set(shown.map(({ how }) => how))], ALL_SEALED);
    for (const [at, { name }] of people.entries())
      if (name !== reader.name) await fetches(reader, room, `${words(name)} on paper`, at, size);
    await fetches(reader, room, `${words(address)} on paper`, 77, size, 'theirs.pdf');
  }
}

const fileOrder = (to: string, text: string, seed: number, size: number): TalkOrder => ({ do: 'send-file', to, text, name: 'ours.pdf', seed, size }); // oxfmt-ignore

async function fetches({ speak }: Person, of: string, text: string, seed: number, size: number, name = 'ours.pdf'): Promise<void> {
  deepEqual(await speak<Fetched>({ do: 'fetch', of, text }), { name, digest: await digestOf(bytesBy(seed, size)) });
}

async function strangerFetches(contact: OracleContact, text: string, seed: number, size: number): Promise<void> {
  const { bytes, name } = await contact.fetch(text);
  deepEqual({ name, digest: await digestOf(bytes) }, { name: 'ours.pdf', digest: await digestOf(bytesBy(seed, size)) });
}
