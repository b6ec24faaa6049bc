// Addresses as hostile senders write them.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { isInside, isSpeakable, nameInAddress } from '../../../src/core/file-address.ts';

describe('addresses of files', () => {
  it('only HTTPS is spoken, and HTTP on this very machine', () => {
    for (const good of ['https://up.garden.example/a', 'http://127.0.0.1:5280/a', 'http://localhost/a', 'http://[::1]:80/a'])
      assert.ok(isSpeakable(good), good);
    for (const bad of [
      'http://up.garden.example/a',
      'ftp://up.garden.example/a',
      'javascript:alert(1)',
      'data:text/html,x',
      'blob:https://a/b',
      'file:///etc/passwd',
      '//up.garden.example/a',
      'https://user:word@up.garden.example/a',
      'https://',
      'https://a b/',
      `https://up.garden.example/${'a'.repeat(3000)}`,
    ])
      assert.ok(!isSpeakable(bad), bad);
  });

  it('what lies in somebody’s own network is known by name and number, however it is written', () => {
    for (const inside of [
      'https://localhost/',
      'https://LOCALHOST./',
      'https://router/',
      'https://nas.local/',
      'https://wiki.intranet/',
      'https://a.home.arpa/',
      'https://127.0.0.1/',
      'https://127.1/',
      'https://2130706433/',
      'https://0x7f.0.0.1/',
      'https://0/',
      'https://10.1.2.3/',
      'https://172.16.0.1/',
      'https://172.31.255.255/',
      'https://192.168.0.1/',
      'https://169.254.169.254/latest/meta-data',
      'https://100.64.0.1/',
      'https://224.0.0.1/',
      'https://[::1]/',
      'https://[::]/',
      'https://[fe80::1]/',
      'https://[fd00::1]/',
      'https://[::ffff:127.0.0.1]/',
      'https://[::ffff:10.0.0.1]/',
      'https://[64:ff9b::7f00:1]/',
      'https://[2002:7f00:1::]/',
      'nonsense',
    ])
      assert.ok(isInside(inside), inside);
    for (const outside of [
      'https://up.garden.example/',
      'https://8.8.8.8/',
      'https://172.32.0.1/',
      'https://[2a00:1450::1]/',
      'https://xn--fiq228c.example/',
    ])
      assert.ok(!isInside(outside), outside);
  });

  it('the last part of a path is a name', () => {
    assert.equal(nameInAddress('https://up.garden.example/a/tr%C3%A8s%20cool.jpg?x#y'), 'très cool.jpg');
    assert.equal(nameInAddress('https://up.garden.example/a/%E0%A4%A'), '%E0%A4%A');
    assert.equal(nameInAddress('https://up.garden.example'), '');
  });
});
