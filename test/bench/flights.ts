// Goal 8: round trips after TLS, the upgrade included, until the newest fifty messages are there. Exact, counted by a proxy.
import { countFlights, type Flights } from '../kit/engines/count-flights.ts';
import { newerEjabberd } from '../kit/engines/newer-ejabberd.ts';
import type { EngineWish } from '../kit/engines/start-engine.ts';
import type { Measured, Row } from './kit/report.ts';

const WITH_SCRAM = 3;
const WITH_TOKEN = 2;

export async function measure(): Promise<Measured> {
  const newer = await newerEjabberd();
  const engines: [string, Pick<EngineWish, 'engine' | 'version'>][] = [
    ['Prosody', { engine: 'prosody' }],
    ['ejabberd', { engine: 'ejabberd' }],
  ];
  if (newer.ok) engines.push(['ejabberd 24.12', { engine: 'ejabberd', version: '24.12' }]);
  const rows: Row[] = [];
  for (const [name, wish] of engines) rows.push(...rowsOf(name, await countFlights(wish)));
  return { rows, ...(newer.ok ? {} : { notes: [`ejabberd 24.12 is not measured: ${newer.said}`] }) };
}

/** The floor is a client that waits after every step, on the same engine. */
function rowsOf(name: string, { stepwise, first, known, again, hasToken }: Flights): Row[] {
  const row = (what: string, ours: number, goal: number): Row => ({
    id: `8 ${name}, ${what}`,
    unit: 'round trips',
    floor: stepwise,
    ours,
    goal: `<= ${goal}`,
    pass: ours <= goal,
  });
  return [
    row('first sign-in ever', first, WITH_SCRAM),
    row('SCRAM, service known', known, WITH_SCRAM),
    ...(hasToken ? [row('by token', again, WITH_TOKEN)] : []),
  ];
}
