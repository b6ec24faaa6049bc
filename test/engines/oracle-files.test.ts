// Words and files between our core and an implementation by other people, which encrypts, puts, fetches and checks its files by itself: with one
// person and in a room of members only, whoever begins.
import { deepEqual, ok } from 'node:assert/strict';
import { describe, test } from 'node:test';
import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import type { Address } from '../../src/model/account.ts';
import { createCore, type Core } from '../../src/core/session/core.ts';
import { ENGINE_KINDS, type EngineKind } from '../../src/engine/plan.ts';
import { ensurePrograms } from '../../src/engine/programs.ts';
import { populationOf, talkInPair, talkInRoom, talkWithStranger, type Person, type Stranger } from '../kit/encryption/circle.ts';
import { OracleContact } from '../kit/encryption/oracle-contact.ts';
import { Oracle } from '../kit/encryption/oracle.ts';
import { obey, type TalkOrder } from '../kit/encryption/speaker.ts';
import { contentOf } from '../kit/engines/looking.ts';
import { startEngine, type TestEngine } from '../kit/engines/start-engine.ts';
import { nextCall, nodeWorld } from '../kit/node-world.ts';
import { valueOf } from '../kit/peer.ts';

/** Several pieces, and not a whole number of them. */
const SIZE = process.env['WARBLER_NIGHTLY'] ? 5_000_777 : 600_777;
const PEOPLE = ['ann', 'ben'];
const STRANGERS = ['olga', 'otto'];

for (const kind of ENGINE_KINDS) {
  describe(`files with another implementation over ${kind}`, () => {
    test('come whole and true both ways, with one person and in a room', { timeout: 120_000 }, () => converse(kind));
  });
}

async function converse(kind: EngineKind): Promise<void> {
  const ensured = await ensurePrograms(['omemo']);
  ok(ensured.ok, ensured.ok ? '' : ensured.said);
  const engine = await startEngine({ engine: kind, ...populationOf(PEOPLE, STRANGERS) });
  const oracle = new Oracle();
  const errors: string[] = [];
  const cores: Core[] = [];
  const strangers: Stranger[] = [];
  try {
    const [ann, ben] = (await Promise.all(PEOPLE.map((name) => signIn(engine, name, errors, cores)))) as [Person, Person];
    for (const name of STRANGERS) {
      const address = `${name}@${engine.domain}` as Address;
      strangers.push({ address, contact: await OracleContact.signIn(oracle, engine.ws, address, name) });
    }
    const [olga, otto] = strangers as [Stranger, Stranger];
    await talkInPair(ann, ben, SIZE);
    await talkWithStranger(ann, olga, SIZE, true);
    await talkWithStranger(ann, otto, SIZE, false);
    await talkInRoom([ann, ben], olga, `team@${engine.conferenceDomain}` as Address, SIZE);
    const stored = await contentOf(engine.dir);
    deepEqual([stored.includes('urn:xmpp:omemo:2'), stored.includes('on paper'), stored.includes('.pdf')], [true, false, false]);
    deepEqual(errors, []);
  } finally {
    for (const core of cores) await core.close();
    for (const { contact } of strangers) await contact.guest.connection.stop();
    await oracle.close();
    await engine.stop();
  }
}

async function signIn(engine: TestEngine, name: string, errors: string[], cores: Core[]): Promise<Person> {
  const core = createCore(nodeWorld({ databases: new IDBFactory(), errors }), { organisation: 'talk', profile: name });
  cores.push(core);
  const session = core.sessionFor('tab');
  const address = `${name}@${engine.domain}` as Address;
  valueOf(await session.signIn(nextCall(), { services: [engine.ws], address, password: name }));
  return { name, address, speak: async <T>(order: TalkOrder): Promise<T> => (await obey(session, order)) as T };
}
