// ejabberd 24.12 for the tests of SASL2, Bind2 and FAST, where the machine reaches the release's backports.
import { fileURLToPath } from 'node:url';
import { findInstalledEjabberd, isAtLeast } from '../../../src/engine/ejabberd/installed.ts';
import { done } from '../../../src/engine/outcome.ts';
import type { Outcome } from '../../../src/engine/outcome.ts';
import { unpackBackport } from './backports.ts';

const LEAST = '24.12';
const FOLDER = fileURLToPath(new URL('../../../.run/ejabberd-backport', import.meta.url));

let finding: Promise<Outcome<string | undefined>> | undefined;

/**
 * The folder to start it from as `unpacked`; undefined where the installed one is new enough. Trouble is a reason to skip:
 * `const newer = await newerEjabberd(); test('…', { skip: newer.ok ? false : newer.said }, …)`.
 */
export function newerEjabberd(): Promise<Outcome<string | undefined>> {
  finding ??= find();
  return finding;
}

async function find(): Promise<Outcome<string | undefined>> {
  const installed = findInstalledEjabberd();
  if (installed && isAtLeast(installed.version, LEAST)) return done(undefined);
  return unpackBackport(FOLDER, LEAST);
}
