// How many round trips a whole core needs to its newest fifty messages: first sign-in, service known, and by token where there is one.
import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { createCore } from '../../../src/core/session/core.ts';
import { longHistory } from '../../../src/engine/seed/population.ts';
import { NS_MAM } from '../../../src/xmpp/namespaces.ts';
import { startCountingProxy } from '../counting-proxy.ts';
import { nextCall, nodeWorld } from '../node-world.ts';
import { openBound } from './raw-stream.ts';
import { startEngine, type EngineWish, type TestEngine } from './start-engine.ts';

export interface Flights {
  /** Each step waits for the one before: what a client without pipelining needs. */
  stepwise: number;
  first: number;
  known: number;
  /** The third sign-in: by token where the service gives one out. */
  again: number;
  hasToken: boolean;
  /** Messages that stood in the thread after the last. */
  shown: number;
}

const IDENTITY = { organisation: 'flights', profile: 'one' };
const PERSON = { name: 'mia', password: 'pencil and paper' };
const OTHER = { name: 'omar', password: 'paper' };
/** Longer than an engine takes to answer, so that nothing said after an answer passes for said before it. */
const DELAY_MS = 40;
const PATIENCE_MS = 20_000;
const LATE = Date.UTC(2026, 5, 1, 8);

export async function countFlights(wish: Pick<EngineWish, 'engine' | 'version'>): Promise<Flights> {
  const engine = await startEngine({ ...wish, users: [PERSON, OTHER], archive: longHistory(['mia', 'omar'], 300, LATE) });
  const proxy = await startCountingProxy(engine.port, DELAY_MS);
  const ws = engine.ws.replace(`:${engine.port}`, `:${proxy.port}`);
  try {
    const databases = new IDBFactory();
    const stepwise = await askStepwise(engine, ws, () => proxy.tripOf(NS_MAM) ?? NaN);
    const trips: number[] = [];
    let shown = 0;
    let hasToken = false;
    for (let turn = 0; turn < 3; turn++) {
      const visit = await visitOnce(databases, engine, ws, turn === 0);
      trips.push(proxy.tripOf(NS_MAM) ?? NaN);
      shown = visit.shown;
      hasToken = proxy.tripOf('HT-SHA-256') !== undefined;
    }
    const [first = NaN, known = NaN, again = NaN] = trips;
    return { stepwise, first, known, again, hasToken, shown };
  } finally {
    await proxy.stop();
    await engine.stop();
  }
}

async function askStepwise(engine: TestEngine, ws: string, trips: () => number): Promise<number> {
  const stream = await openBound({ ws, domain: engine.domain, name: PERSON.name, password: PERSON.password });
  stream.send(
    `<iq xmlns='jabber:client' type='set' id='newest'><query xmlns='${NS_MAM}'><set xmlns='http://jabber.org/protocol/rsm'><max>50</max><before/></set></query></iq>`,
  );
  await stream.take((frame) => frame.includes('<fin'));
  stream.close();
  return trips();
}

/** The whole core, as the worker runs it: signs in, or restores what it kept, and waits for the archive's first page. */
async function visitOnce(databases: IDBFactory, engine: TestEngine, ws: string, isFirst: boolean): Promise<{ shown: number }> {
  let hearFin = (): void => undefined;
  const fin = new Promise<void>((resolve) => (hearFin = resolve));
  const heard = (frame: string): void => void (frame.includes('<fin') && hearFin());
  const core = createCore(nodeWorld({ databases, heard }), IDENTITY);
  const session = core.sessionFor('tab');
  if (isFirst) {
    const address = `${PERSON.name}@${engine.domain}`;
    const answer = await session.signIn(nextCall(), { services: [ws], address, password: PERSON.password });
    if (!answer.ok) throw new Error(`not signed in: ${JSON.stringify(answer.failure)}`);
  }
  await within(fin, 'the archive answered');
  const shown = await within(untilShown(session, `${OTHER.name}@${engine.domain}`), 'the thread is there');
  await core.close();
  return { shown };
}

async function untilShown(session: ReturnType<ReturnType<typeof createCore>['sessionFor']>, conversation: string): Promise<number> {
  for (;;) {
    const page = await session.readThread(nextCall(), { conversation: conversation as never, around: 'newest', before: 50, after: 0 });
    if (page.ok && page.value.messages.length > 0) return page.value.messages.length;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

async function within<T>(promise: Promise<T>, what: string): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`not within ${PATIENCE_MS} ms: ${what}`)), PATIENCE_MS);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}
