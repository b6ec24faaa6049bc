// What a tab says of keys reaches the encryption only in its one right form, and fails honestly without one.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { DeviceDecision } from '../../../../src/contracts/keys.ts';
import type { OlderInRoom } from '../../../../src/contracts/readers.ts';
import {
  changeEncryption,
  compareKeys,
  confirmSafetyNumber,
  decideOnDevice,
  readKeys,
  removeOwnDevice,
  renewSessions,
  type KeysHolder,
} from '../../../../src/core/session/keys-calls.ts';
import { confirmReaders, readReaders } from '../../../../src/core/session/readers-calls.ts';
import type { Member } from '../../../../src/core/sync/rooms/membership.ts';
import type { ConversationRecord, Encryption } from '../../../../src/core/ports.ts';
import type { Address } from '../../../../src/model/account.ts';
import { failed, succeeded, type Answer } from '../../../../src/model/failure.ts';
import { fakeClock } from '../../../kit/fake-clock.ts';
import { settled } from '../../../kit/scripted-connection.ts';

const LI = 'li@warbler.example' as Address;
const ME = 'me@warbler.example' as Address;
const ROOM = 'team@rooms.example' as Address;
const FINGERPRINT = Array.from({ length: 8 }, () => '01234567').join(' ');
const NUMBER = Array.from({ length: 12 }, () => '01234').join(' ');
const NOT_FOUND = failed({ kind: 'not-found' });

interface Asked {
  session: KeysHolder;
  asked: unknown[][];
  changed: unknown[][];
  /** Who was shown as a reader. */
  shown: unknown[][];
  /** Whose keys a tab is to read again, and whose once there is a line. */
  told: Address[];
  awaited: Set<Address>;
  /** The encryption is loaded. */
  arrive(): void;
  patienceIsOver(): Promise<void>;
}

function account(
  parts: {
    stage?: 'online' | 'connecting';
    without?: boolean;
    can?: Answer<boolean>;
    members?: Answer<readonly Member[]>;
    older?: OlderInRoom;
    isOlder?: boolean;
  } = {},
): Asked {
  const asked: unknown[][] = [];
  const changed: unknown[][] = [];
  const shown: unknown[][] = [];
  const told: Address[] = [];
  const awaited = new Set<Address>();
  const clock = fakeClock();
  let arrive = (_: Encryption): void => undefined;
  const loading = new Promise<Encryption>((resolve) => (arrive = resolve));
  const heard =
    (name: string, value?: unknown) =>
    (...args: unknown[]) => {
      asked.push([name, ...args]);
      return Promise.resolve(succeeded(value));
    };
  const trust = Object.fromEntries(['read', 'decide', 'compare', 'confirmNumber', 'renew', 'remove'].map((name) => [name, heard(name)]));
  const glance = async (people: readonly Address[]): Promise<object[]> =>
    people.map((person) => ({ person, devices: 2, undecided: 1, trust: 'undecided' }));
  const canEncryptFor = async (): Promise<Answer<boolean>> => parts.can ?? succeeded(true);
  const { older = { only: [], hadNewer: [], lacking: [] }, isOlder = false } = parts;
  const legacy = {
    isOn: isOlder,
    among: async () => older,
    glance: async (people: readonly Address[]) => people.map((person) => ({ person, devices: 0, undecided: 0, trust: 'first-use' })),
    switch: heard('switch'),
  };
  const prepare = async (...args: unknown[]): Promise<void> => void asked.push(['prepare', ...args]);
  const encryption = { trust: { ...trust, glance }, canEncryptFor, prepare, legacy } as unknown as Encryption;
  const readers = { listed: [LI], approved: [], without: [LI] };
  const records = new Map(
    [LI, ROOM].map((id) => [
      id,
      { id, kind: id === ROOM ? 'room' : 'direct', readers, ...(isOlder && { legacy: true }) } as unknown as ConversationRecord,
    ]),
  );
  const session: KeysHolder = {
    encryption: parts.without ? undefined : encryption,
    askEncryption: () => loading,
    keysToLearn: awaited,
    connection: { state: () => ({ stage: parts.stage ?? 'online', slow: false }) as never },
    book: { get: (id) => records.get(id) },
    messages: {
      keyChanges: { switch: (...args) => void changed.push(args) },
      readership: {
        confirm: (...args) => void changed.push(['confirmed', ...args]),
        show: (...args) => void shown.push(args),
      },
      outbox: { decided: async (id) => void changed.push(['decided', id]) },
    },
    account: { address: ME },
    rooms: {
      learnMembers: async (room) => void asked.push(['learn', room]),
      membersOf: () => parts.members ?? succeeded([]),
    },
    people: { nameOf: (person) => person.slice(0, 2).toUpperCase() },
    pace: clock,
    tellKeys: (whose) => void told.push(whose),
  };
  const patienceIsOver = async (): Promise<void> => (await settled(), clock.advance(5_000));
  return { session, asked, changed, shown, told, awaited, arrive: () => arrive(encryption), patienceIsOver };
}

test('each call reaches the one that answers it', async () => {
  const { session, asked } = account();
  const decision = { device: 7, fingerprint: FINGERPRINT, trust: 'accepted' } as const;
  await readKeys(session, LI);
  await decideOnDevice(session, LI, decision);
  await compareKeys(session, LI, 'xmpp:…');
  await confirmSafetyNumber(session, LI, NUMBER);
  await renewSessions(session, LI);
  await removeOwnDevice(session, 7);
  assert.deepEqual(asked, [
    ['read', LI],
    ['decide', LI, decision],
    ['compare', LI, 'xmpp:…'],
    ['confirmNumber', LI, NUMBER],
    ['renew', LI],
    ['remove', 7],
  ]);
});

test('a decision that is not exactly one decides nothing', async () => {
  const good = { device: 7, fingerprint: FINGERPRINT, trust: 'verified' };
  const bad: readonly object[] = [
    {},
    { ...good, device: 0 },
    { ...good, device: 2 ** 31 },
    { ...good, device: 7.5 },
    { ...good, device: '7' },
    { ...good, fingerprint: FINGERPRINT.toUpperCase().replaceAll('0', 'A') },
    { ...good, fingerprint: FINGERPRINT.slice(0, -1) },
    { ...good, fingerprint: [FINGERPRINT] },
    { ...good, trust: 'first-use' },
    { ...good, trust: 'undecided' },
    { ...good, trust: ['verified'] },
  ];
  const { session, asked } = account();
  for (const one of bad) assert.deepEqual(await decideOnDevice(session, LI, one as DeviceDecision), NOT_FOUND, JSON.stringify(one));
  assert.deepEqual(asked, []);
});

test('what else a decision carries stays outside', async () => {
  const { session, asked } = account();
  const wish = { device: 7, fingerprint: FINGERPRINT, trust: 'refused', isStrict: false } as DeviceDecision;
  await decideOnDevice(session, LI, wish);
  assert.deepEqual(asked, [['decide', LI, { device: 7, fingerprint: FINGERPRINT, trust: 'refused' }]]);
});

test('no address, no number and no device of that kind are not found', async () => {
  const { session, asked } = account();
  for (const person of ['', 'li@', 'li@warbler.example/phone', 'LI@warbler.example']) {
    assert.deepEqual(await readKeys(session, person as Address), NOT_FOUND, person);
  }
  assert.deepEqual(await confirmSafetyNumber(session, LI, NUMBER.replaceAll(' ', '')), NOT_FOUND);
  for (const device of [0, -1, Number.NaN, Infinity]) assert.deepEqual(await removeOwnDevice(session, device), NOT_FOUND);
  assert.deepEqual(asked, []);
});

test('whoever asks before the encryption is loaded waits for it, and hastens it', async () => {
  for (const ask of [
    ({ session }: Asked) => readKeys(session, LI),
    ({ session }: Asked) => renewSessions(session, LI),
    ({ session }: Asked) => removeOwnDevice(session, 7),
    ({ session }: Asked) => changeEncryption(session, LI, 'on'),
  ]) {
    const loading = account({ without: true });
    const answer = ask(loading);
    await settled();
    loading.arrive();
    assert.equal((await answer).ok, true);
    assert.deepEqual(loading.told, []);
  }
});

test('where the encryption does not come in time nobody is told that something was done', async () => {
  const online = account({ without: true });
  const away = account({ without: true, stage: 'connecting' });
  const late = async <T>(one: Asked, answer: Promise<T>): Promise<T> => (await one.patienceIsOver(), answer);
  assert.deepEqual(await late(online, readKeys(online.session, LI)), failed({ kind: 'no-answer' }));
  assert.deepEqual(await late(away, renewSessions(away.session, LI)), failed({ kind: 'offline' }));
  assert.deepEqual(await late(online, changeEncryption(online.session, LI, 'on')), failed({ kind: 'no-answer' }));
  assert.deepEqual([...online.changed, ...away.changed], []);
});

test('whoever asked for keys in vain is told once they can be had', async () => {
  const late = account({ without: true, members: TEAM });
  const [keys, readers] = [readKeys(late.session, ME), readReaders(late.session, ROOM)];
  await late.patienceIsOver();
  await Promise.all([keys, readers]);
  assert.deepEqual(late.told, []);
  late.arrive();
  await settled();
  assert.deepEqual(late.told, [ME, ROOM]);
});

test('keys that were read without a line are read again with the next one, and no others', async () => {
  const away = account({ stage: 'connecting' });
  assert.deepEqual(await readKeys(away.session, ME), succeeded(undefined));
  assert.deepEqual(await readKeys(away.session, 'nobody' as Address), NOT_FOUND);
  const online = account();
  await readKeys(online.session, LI);
  const unanswered = account({ without: true });
  const answer = readKeys(unanswered.session, LI);
  await unanswered.patienceIsOver();
  await answer;
  assert.deepEqual([...away.awaited, ...online.awaited, ...unanswered.awaited], [ME, LI]);
  assert.equal(online.awaited.size, 0);
});

test('encryption is turned on only where the other side can read it', async () => {
  const can = account();
  assert.deepEqual(await changeEncryption(can.session, LI, 'on'), succeeded(undefined));
  assert.deepEqual(can.changed, [[LI, 'on']]);
  const cannot = account({ can: succeeded(false) });
  assert.deepEqual(await changeEncryption(cannot.session, LI, 'on'), failed({ kind: 'keys-missing', person: LI }));
  const unknown = account({ can: failed({ kind: 'offline' }) });
  assert.deepEqual(await changeEncryption(unknown.session, LI, 'on'), failed({ kind: 'offline' }));
  assert.deepEqual([...cannot.changed, ...unknown.changed], []);
});

test('in a room it is turned on only where its members can be known', async () => {
  const can = account();
  assert.deepEqual(await changeEncryption(can.session, ROOM, 'on'), succeeded(undefined));
  assert.deepEqual([can.asked, can.changed], [[['learn', ROOM]], [[ROOM, 'on']]]);
  const open = account({ members: failed({ kind: 'room-unfit', why: 'open' }) });
  assert.deepEqual(await changeEncryption(open.session, ROOM, 'on'), failed({ kind: 'room-unfit', why: 'open' }));
  assert.deepEqual(open.changed, []);
  assert.deepEqual(await changeEncryption(open.session, ROOM, 'off'), succeeded(undefined));
  assert.deepEqual(open.changed, [[ROOM, 'off']]);
});

test('who reads in a room is everybody else on its lists, or why it cannot be encrypted', async () => {
  const members = succeeded([
    { address: ME, role: 'owner' },
    { address: LI, role: 'member' },
  ] as const);
  const { session, shown } = account({ members });
  const reader = { person: LI, name: 'LI', role: 'member', devices: 2, undecided: 1, trust: 'undecided', isNew: true, isPassedOver: true };
  assert.deepEqual(await readReaders(session, ROOM), succeeded({ room: ROOM, people: [reader] }));
  assert.deepEqual(shown, [[ROOM, [LI]]]);
  const hidden = account({ members: failed({ kind: 'room-unfit', why: 'lists-withheld' }) });
  assert.deepEqual(await readReaders(hidden.session, ROOM), succeeded({ room: ROOM, unfit: 'lists-withheld', people: [] }));
  const away = account({ members: failed({ kind: 'offline' }) });
  assert.deepEqual(await readReaders(away.session, ROOM), failed({ kind: 'offline' }));
  assert.deepEqual(await readReaders(session, LI), NOT_FOUND);
});

const TEAM = succeeded([
  { address: ME, role: 'owner' },
  { address: LI, role: 'member' },
] as const);

test('in a room the older method is chosen only where somebody can be reached by it alone', async () => {
  const older = { only: [LI], hadNewer: [], lacking: [] };
  const can = account({ members: TEAM, older });
  assert.deepEqual(await changeEncryption(can.session, ROOM, 'legacy'), succeeded(undefined));
  assert.deepEqual(can.changed, [[ROOM, 'legacy']]);
  assert.deepEqual(can.asked.filter(([what]) => what === 'switch'), [['switch', 'on']]); // oxfmt-ignore
  const needless = account({ members: TEAM });
  assert.deepEqual(await changeEncryption(needless.session, ROOM, 'legacy'), failed({ kind: 'keys-missing', person: ROOM }));
  const open = account({ members: failed({ kind: 'room-unfit', why: 'open' }), older });
  assert.deepEqual(await changeEncryption(open.session, ROOM, 'legacy'), failed({ kind: 'room-unfit', why: 'open' }));
  const unloaded = account({ without: true, members: TEAM });
  const wish = changeEncryption(unloaded.session, ROOM, 'legacy');
  await unloaded.patienceIsOver();
  assert.deepEqual(await wish, failed({ kind: 'no-answer' }));
  for (const { asked, changed } of [needless, open, unloaded])
    assert.deepEqual([changed, asked.filter(([what]) => what === 'switch')], [[], []]);
});

test('readers of a room say for whose sake the older method would help, and are counted by it where it is in use', async () => {
  const older = { only: [LI], hadNewer: [LI], lacking: [] };
  const offered = await readReaders(account({ members: TEAM, older }).session, ROOM);
  assert.deepEqual(offered.ok && [offered.value.older, offered.value.people[0]?.devices], [older, 2]);
  const used = account({ members: TEAM, older, isOlder: true });
  const chosen = await readReaders(used.session, ROOM);
  assert.deepEqual(chosen.ok && [chosen.value.older, chosen.value.people[0]?.devices], [undefined, 0]);
  assert.deepEqual(used.asked.at(-1), ['prepare', [LI], true]);
});

test('who may read is confirmed in its one right form', async () => {
  const { session, changed } = account();
  for (const wish of [{}, { people: 'li', without: [] }, { people: [7], without: [] }, { people: [], without: Array(5_001).fill('x') }])
    assert.deepEqual(await confirmReaders(session, ROOM, wish as never), NOT_FOUND);
  assert.deepEqual(changed, []);
  await confirmReaders(session, ROOM, { people: [LI], without: [], all: true } as never);
  assert.deepEqual(changed, [
    ['confirmed', ROOM, { people: [LI], without: [] }],
    ['decided', ROOM],
  ]);
});

test('it is turned off without asking anybody, and to nothing else', async () => {
  const { session, changed } = account({ without: true });
  assert.deepEqual(await changeEncryption(session, LI, 'off'), succeeded(undefined));
  assert.deepEqual(changed, [[LI, 'off']]);
  assert.deepEqual(await changeEncryption(session, LI, 'maybe' as 'off'), failed({ kind: 'refused', reason: 'forbidden' }));
  assert.deepEqual(await changeEncryption(session, 'nobody@warbler.example' as Address, 'off'), NOT_FOUND);
  assert.equal(changed.length, 1);
});
