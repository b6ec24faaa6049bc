// Names and types of files as hostile senders write them.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { cleanFileName, cleanType } from '../../../../src/core/sync/file-names.ts';

const NAMES: readonly (readonly [said: string, shown: string])[] = [
  ['report.pdf', 'report.pdf'],
  ['  二〇二六 年度 报告.pdf ', '二〇二六 年度 报告.pdf'],
  ['../../etc/passwd', 'passwd'],
  ['C:\\Windows\\system32\\cmd.exe', 'cmd.exe'],
  ['a/b\u2215c\uFF0Fd.txt', 'd.txt'],
  ['photo\u202Egpj.exe', 'photogpj.exe'],
  ['photo.jpg\u200B.exe', 'photo.jpg.exe'],
  ['photo\uFEFF\u2066.jpg\u2069.html', 'photo.jpg.html'],
  ['photo.jpg                                        .exe', 'photo.jpg .exe'],
  ['photo.jpg\u00A0\u3000\u2003.exe', 'photo.jpg .exe'],
  ['line\nend\r\n\t.txt', 'line end .txt'],
  ['...hidden...', 'hidden'],
  ['.htaccess', 'htaccess'],
  ['CON', '_CON'],
  ['nul.txt', '_nul.txt'],
  ['COM1.tar.gz', '_COM1.tar.gz'],
  ['console.log', 'console.log'],
  ['a<b>:"|?*c.txt', 'a_b______c.txt'],
  ['', 'file'],
  ['...', 'file'],
  ['/', 'file'],
  ['\u202E\u200B', 'file'],
];

describe('names of files', () => {
  for (const [said, shown] of NAMES) it(`${JSON.stringify(said)} is shown as ${shown}`, () => assert.equal(cleanFileName(said), shown));

  it('a long name keeps its end, so that its ending is plain to see', () => {
    const name = cleanFileName(`${'innocent'.repeat(100)}.jpg.exe`);
    assert.ok(name.length <= 120, `${name.length}`);
    assert.match(name, /….*innocent\.jpg\.exe$/);
  });

  it('nothing that is shown is a path, turns the line around or is reserved, whatever was said', () => {
    const signs = ['/', '\\', '\u202E', '\u2067', '.', ' ', 'con', '\0', '\u0085', 'a', '\u{1F600}', '\uD83D', ':', '\u061C'];
    for (let seed = 0; seed < 20_000; seed++) {
      const said = Array.from({ length: seed % 9 }, (_, at) => signs[(seed * (at + 3) * 7919) % signs.length]).join('');
      const shown = cleanFileName(said);
      assert.doesNotMatch(shown, /[/\\\p{Cc}\u061C\u200B-\u200F\u202A-\u202E\u2066-\u2069:]|^[\s.]|[\s.]$|^con(?:\.|$)/iu);
      assert.notEqual(shown, '');
    }
  });
});

describe('types of files', () => {
  for (const [said, shown] of [
    ['image/JPEG', 'image/jpeg'],
    ['text/html; charset=utf-8', 'text/html'],
    [undefined, 'application/octet-stream'],
    ['image', 'application/octet-stream'],
    ['image/png\nx: y', 'application/octet-stream'],
    ['<script>/x', 'application/octet-stream'],
    [`image/${'x'.repeat(100)}`, 'application/octet-stream'],
  ] as const)
    it(`${JSON.stringify(said)} is ${shown}`, () => assert.equal(cleanType(said), shown));
});
