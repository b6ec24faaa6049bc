import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { serveDemo } from '../../../src/engine/demo-server.ts';

describe('the demo server', () => {
  const root = mkdtempSync(join(tmpdir(), 'warbler-server-'));
  let port = 0;
  let close = (): void => {};

  before(async () => {
    for (const folder of ['demo', 'demo-private', 'dist']) mkdirSync(join(root, folder));
    writeFileSync(join(root, 'secret.txt'), 'secret');
    writeFileSync(join(root, 'demo-private', 'index.html'), 'secret');
    writeFileSync(join(root, 'demo', 'index.html'), '<!doctype html>一');
    writeFileSync(join(root, 'demo', 'demo.css'), 'a{}');
    writeFileSync(join(root, 'dist', 'worker.js'), 'export {};');
    const server = await serveDemo({ pages: join(root, 'demo'), product: join(root, 'dist'), port: 0, facts: { domain: 'x.test' } });
    assert.ok(server);
    const address = server.address();
    port = typeof address === 'object' && address ? address.port : 0;
    close = () => void server.close();
  });
  after(() => {
    close();
    rmSync(root, { recursive: true });
  });

  /** `fetch` would tidy the path before it goes out. */
  function ask(
    path: string,
    method = 'GET',
    headers: Record<string, string> = {},
  ): Promise<{ status: number; type: string; body: string; tag: string }> {
    return new Promise((resolve, reject) => {
      const asked = request({ host: '127.0.0.1', port, path, method, headers, agent: false }, (answer: IncomingMessage) => {
        let body = '';
        answer.setEncoding('utf8').on('data', (text: string) => (body += text));
        const { 'content-type': type = '', etag = '' } = answer.headers;
        answer.on('end', () => resolve({ status: answer.statusCode ?? 0, type, body, tag: etag }));
      });
      asked.on('error', reject).end();
    });
  }

  test('serves pages, the product and the facts with their types', async () => {
    assert.deepEqual(await ask('/').then(({ status, type, body }) => [status, type, body]), [
      200,
      'text/html; charset=utf-8',
      '<!doctype html>一',
    ]);
    assert.match((await ask('/demo.css?v=1')).type, /^text\/css/);
    assert.match((await ask('/warbler/worker.js')).type, /^text\/javascript/);
    assert.deepEqual(JSON.parse((await ask('/demo.json')).body), { domain: 'x.test' });
  });

  for (const path of [
    '/../secret.txt',
    '/%2e%2e/secret.txt',
    '/..%2fsecret.txt',
    '/warbler/..%2f..%2fsecret.txt',
    '/..%2fdemo-private/',
    '/%00',
    '//etc/passwd',
  ]) {
    test(`no path leads out: ${path}`, async () => {
      const { status, body } = await ask(path);
      assert.equal(status, 404);
      assert.doesNotMatch(body, /secret|root:/);
    });
  }

  test('what is no path is refused, and so is everything but reading', async () => {
    assert.equal((await ask('/%zz')).status, 400);
    assert.equal((await ask('/', 'POST')).status, 405);
    assert.deepEqual(await ask('/', 'HEAD').then(({ status, body }) => [status, body]), [200, '']);
  });

  test('a file that did not change is not sent again', async () => {
    const { tag } = await ask('/');
    assert.equal((await ask('/', 'GET', { 'if-none-match': tag })).status, 304);
    writeFileSync(join(root, 'demo', 'index.html'), '<!doctype html>二二');
    assert.equal((await ask('/', 'GET', { 'if-none-match': tag })).status, 200);
  });

  test('a taken port is told', async () => {
    assert.equal(await serveDemo({ pages: root, product: root, port, facts: {} }), undefined);
  });
});
