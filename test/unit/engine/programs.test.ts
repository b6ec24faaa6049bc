import assert from 'node:assert/strict';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import type { Machine } from '../../../src/engine/machine.ts';
import { packagesIn } from '../../kit/engines/backports.ts';
import { ensurePrograms } from '../../../src/engine/programs.ts';
import type { ProgramName } from '../../../src/engine/programs.ts';

const folder = mkdtempSync(join(tmpdir(), 'warbler-programs-'));
after(() => rmSync(folder, { recursive: true }));
for (const name of ['apt-get', 'prosody', 'google-chrome']) {
  writeFileSync(join(folder, name), '#!/bin/sh\n');
  chmodSync(join(folder, name), 0o755);
}

const machine = (wish: Partial<Machine>): Machine => ({ isRoot: false, searchPath: [folder], packages: new Set(), ...wish });
const said: string[] = [];
const ensure = (names: readonly ProgramName[], on: Machine) =>
  ensurePrograms(names, { machine: on, logFile: '/dev/null', say: (line) => said.push(line) });

describe('a missing program', () => {
  test('where we may not install ends in one sentence with the command that helps', async () => {
    assert.deepEqual(await ensure(['ejabberd'], machine({})), {
      ok: false,
      said: 'ejabberd is missing: run "sudo apt-get install --no-install-recommends ejabberd erlang-p1-sqlite3 ejabberd-mod-isolation" and start again.',
    });
  });

  test('on another system ends in one sentence with what it is called elsewhere', async () => {
    assert.deepEqual(await ensure(['prosody', 'firefox'], machine({ searchPath: [], packages: undefined })), {
      ok: false,
      said: "prosody and firefox are missing: install them with your system's package manager (Debian and Ubuntu call it prosody, lua-dbi-sqlite3, firefox-esr).",
    });
  });

  test('names only the packages that are not there', async () => {
    const outcome = await ensure(['prosody'], machine({ packages: new Set(['prosody']) }));
    assert.deepEqual(outcome, {
      ok: false,
      said: 'prosody is missing: run "sudo apt-get install --no-install-recommends lua-dbi-sqlite3" and start again.',
    });
  });

  test('is not one when a program of another name serves as well', async () => {
    assert.equal((await ensure(['chromium'], machine({}))).ok, true);
    assert.equal((await ensure(['prosody'], machine({ packages: undefined }))).ok, true);
  });

  test('nothing is said while nothing is installed', () => assert.deepEqual(said, []));
});

test('what a simulated installation would fetch is read from its lines', () => {
  const simulation = [
    'Reading package lists...',
    'Inst erlang-p1-xml [1.1.49-2] (1.1.55-1~bpo12+1 Debian Backports:oldstable-backports [amd64]) []',
    'Inst ejabberd (24.12-3~bpo12+1 Debian Backports:oldstable-backports [amd64])',
    'Conf ejabberd (24.12-3~bpo12+1 Debian Backports:oldstable-backports [amd64])',
  ].join('\n');
  assert.deepEqual(packagesIn(simulation), ['erlang-p1-xml=1.1.55-1~bpo12+1', 'ejabberd=24.12-3~bpo12+1']);
});
