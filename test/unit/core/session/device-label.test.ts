// The name of this device tells browsers apart, and nothing else of the machine.
import { equal } from 'node:assert/strict';
import { test } from 'node:test';
import { deviceLabel } from '../../../../src/core/session/device-label.ts';

void test('a device is called after the program and the browser, never the machine', () => {
  const mozilla = 'Mozilla/5.0 (X11; Linux x86_64';
  for (const [userAgent, label] of [
    [`${mozilla}; rv:153.0) Gecko/20100101 Firefox/153.0`, 'Warbler, Firefox'],
    [`${mozilla}) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36`, 'Warbler, Chrome'],
    [`${mozilla}) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36 Edg/156.0.0.0`, 'Warbler, Edge'],
    [
      'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Safari/604.1',
      'Warbler, Safari',
    ],
    ['Node.js/22', 'Warbler'],
    [undefined, 'Warbler'],
  ] as const)
    equal(deviceLabel(userAgent), label);
});
