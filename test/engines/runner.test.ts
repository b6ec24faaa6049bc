// `npm start` from the outside: what a person at a terminal meets, and what stays behind.
import assert from 'node:assert/strict';
import { createServer } from 'node:net';
import { after, before, describe, test } from 'node:test';
import { makeSmallRepository, runDemoProcess } from '../kit/engines/demo-process.ts';
import type { SmallRepository } from '../kit/engines/demo-process.ts';
import { isProcessAlive, untilProcessEnds } from '../kit/engines/process-life.ts';
import { openBound } from '../kit/engines/raw-stream.ts';
import { ENGINE_KINDS } from '../../src/engine/plan.ts';

const CLIENT = 'jabber:client';

let repository: SmallRepository;
before(() => {
  repository = makeSmallRepository();
});
after(() => repository.remove());

for (const engine of ENGINE_KINDS) {
  describe(`npm start with ${engine}`, () => {
    const start = (...more: string[]) => runDemoProcess(repository.root, { arguments: ['--engine', engine, ...more] });

    test('serves pages, product and facts, lets a sample account in, and Ctrl-C leaves no process', async () => {
      const demo = start('--fresh');
      assert.equal(await demo.settled, 'serving', demo.output());
      const facts = await demo.facts();
      const enginePid = demo.enginePid();
      for (const { address, password } of facts.accounts) assert.ok(demo.output().includes(address) && demo.output().includes(password));
      assert.match(await (await fetch(facts.home)).text(), /Two people/);
      const product = await fetch(`${facts.embed}embed.js`);
      assert.match(product.headers.get('content-type') ?? '', /^text\/javascript/);
      assert.equal(product.headers.get('access-control-allow-origin'), '*');
      const [first] = facts.accounts;
      assert.ok(first);
      const stream = await signInTo(facts, first);
      stream.close();
      demo.signal('SIGINT');
      assert.deepEqual(await demo.ended, { code: 0, signal: null });
      assert.equal(isProcessAlive(enginePid), false);
    });

    test('a second start finds the data and the address again, --fresh does not', async () => {
      const texts: string[] = [];
      const homes: string[] = [];
      for (const more of [[], [], ['--fresh']]) {
        const demo = start(...more);
        assert.equal(await demo.settled, 'serving', demo.output());
        const facts = await demo.facts();
        const [first, second] = facts.accounts;
        assert.ok(first && second);
        const stream = await signInTo(facts, first);
        const newest = await readNewest(stream, second.address);
        texts.push(newest);
        homes.push(facts.home);
        const mine = `<message xmlns='${CLIENT}' type='chat' id='kept' to='${second.address}'><body>kept over a restart</body></message>`;
        stream.send(mine);
        await stream.ask('get', `<ping xmlns='urn:xmpp:ping'/>`);
        stream.close();
        demo.signal('SIGTERM');
        await demo.ended;
      }
      assert.match(texts[1] ?? '', /kept over a restart/);
      assert.doesNotMatch(texts[2] ?? '', /kept over a restart/);
      assert.equal(homes[1], homes[0]);
    });

    test('its engine dies with it, even by SIGKILL', async () => {
      const demo = start();
      assert.equal(await demo.settled, 'serving', demo.output());
      const enginePid = demo.enginePid();
      demo.signal('SIGKILL');
      await demo.ended;
      assert.notEqual(await untilProcessEnds(enginePid, 10_000), undefined, 'the engine outlived its parent by 10 s');
    });

    test('a dead engine ends it in one sentence that names the log', async () => {
      const demo = start();
      assert.equal(await demo.settled, 'serving', demo.output());
      process.kill(demo.enginePid(), 'SIGKILL');
      assert.equal((await demo.ended).code, 1);
      assert.match(
        lastLine(demo.output()),
        new RegExp(`^${engine} ended by itself \\(signal SIGKILL\\); its last words are in .*${engine}\\.log\\.$`),
      );
    });
  });
}

test('two starts side by side have other ports and other data, and a killed start gives its folder back', async () => {
  const [one, two] = [runDemoProcess(repository.root), runDemoProcess(repository.root)];
  assert.deepEqual([await one.settled, await two.settled], ['serving', 'serving'], one.output() + two.output());
  const [here, there] = [await one.facts(), await two.facts()];
  const addresses = [here, there].flatMap((facts) => [facts.home, facts.otherSite, ...facts.services]);
  assert.equal(new Set(addresses).size, 6);
  assert.equal(new Set([one, two].map((demo) => /Data\s+(\S+)/.exec(demo.output())?.[1])).size, 2);
  one.signal('SIGKILL');
  await one.ended;
  const three = runDemoProcess(repository.root);
  assert.equal(await three.settled, 'serving', three.output());
  assert.equal(/Data\s+(\S+)/.exec(three.output())?.[1], /Data\s+(\S+)/.exec(one.output())?.[1]);
  for (const demo of [two, three]) demo.signal('SIGINT');
  await Promise.all([two.ended, three.ended]);
});

test('a taken port ends in one sentence', async () => {
  const taken = createServer().listen(0, '127.0.0.1');
  await new Promise((listening) => taken.once('listening', listening));
  const address = taken.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  const demo = runDemoProcess(repository.root, { arguments: ['--port', String(port)] });
  assert.equal((await demo.ended).code, 1);
  taken.close();
  assert.equal(demo.output(), `Port ${port} is taken by another program: choose another with --port, or none for a free one.\n`);
});

test('what is not understood ends in one sentence', async () => {
  for (const [words, sentence] of [
    [['--engine', 'mail'], /^--engine is prosody or ejabberd, not "mail"\.\n$/],
    [['--port', '70000'], /^--port takes a number from 1 to 65535, not "70000"\.\n$/],
    [['--frsh'], /^Unknown option '--frsh'; see npm start -- --help\.\n$/],
  ] as const) {
    const demo = runDemoProcess(repository.root, { arguments: words });
    assert.equal((await demo.ended).code, 2);
    assert.match(demo.output(), sentence);
  }
});

const lastLine = (text: string): string => text.trimEnd().split('\n').at(-1) ?? '';

interface Entrance {
  services: readonly string[];
  domain: string;
}

function signInTo({ services, domain }: Entrance, account: { address: string; password: string }) {
  const [ws = ''] = services;
  return openBound({ ws, domain, name: account.address.split('@')[0] ?? '', password: account.password });
}

/** The newest archived message with somebody, as XML. */
async function readNewest(stream: Awaited<ReturnType<typeof openBound>>, other: string): Promise<string> {
  const form = `<field var='FORM_TYPE' type='hidden'><value>urn:xmpp:mam:2</value></field><field var='with'><value>${other}</value></field>`;
  const page = `<set xmlns='http://jabber.org/protocol/rsm'><max>1</max><before/></set>`;
  await stream.ask('set', `<query xmlns='urn:xmpp:mam:2'><x xmlns='jabber:x:data' type='submit'>${form}</x>${page}</query>`);
  return stream.take((frame) => frame.startsWith('<message') && frame.includes('urn:xmpp:mam:2'));
}
