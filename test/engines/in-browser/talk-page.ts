// In the page: our core as it is, signed in at a real engine. It is told what to do, and tells what it shows.
import type { CallId } from '../../../src/contracts/session.ts';
import { createCore } from '../../../src/core/session/core.ts';
import { createWorld, findDatabases } from '../../../src/core/world.ts';
import { control } from '../../bench/in-browser/control.ts';
import { obey, type TalkOrder } from '../../kit/encryption/speaker.ts';

export interface TalkWish {
  ws: string;
  address: string;
  password: string;
}

async function run(): Promise<void> {
  const { ws, address, password } = (await control.ask('wish')) as TalkWish;
  const core = createCore(createWorld(findDatabases()), { organisation: 'talk', profile: address });
  const session = core.sessionFor('tab');
  const signedIn = await session.signIn('sign-in' as CallId, { services: [ws], address, password });
  if (!signedIn.ok) throw new Error(JSON.stringify(signedIn.failure));
  for (;;) await control.tell('done', { said: await obey(session, (await control.ask('order')) as TalkOrder) });
}

run().catch((defect: unknown) => control.tell('done', { defect: String((defect as Error).stack ?? defect) }));
