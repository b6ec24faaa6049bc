// Every word in every language, and dates that change at midnight.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { knownTexts, LANGUAGES, loadTexts } from '../../../src/texts/catalogue.ts';
import { dayName, daysBetween, fullTime, nextMidnight, timeInList, timeOfDay } from '../../../src/texts/dates.ts';
import { en } from '../../../src/texts/en.ts';
import type { RefusalWord } from '../../../src/texts/keys/failure-texts.ts';
import { chooseLocale } from '../../../src/texts/locale.ts';
import { zhCN } from '../../../src/texts/zh-cn.ts';

const REFUSALS: readonly RefusalWord[] = [
  'blocked',
  'forbidden',
  'members-only',
  'banned',
  'name-taken',
  'unknown-person',
  'too-large',
  'other',
];

test('the nearest language is chosen: any Chinese gets 中文, all others English', () => {
  assert.deepEqual(['zh', 'zh-Hant-TW', 'ZH-cn', 'en-GB', 'de', '', undefined].map(chooseLocale), [
    'zh-CN',
    'zh-CN',
    'zh-CN',
    'en',
    'en',
    'en',
    'en',
  ]);
});

test('a language is loaded once and known from then on', async () => {
  for (const { locale } of LANGUAGES) {
    const texts = await loadTexts(locale);
    assert.equal(texts.locale, locale);
    assert.equal(knownTexts(locale), texts);
  }
});

test('no word is empty, and no English stands in the Chinese', () => {
  for (const texts of [zhCN, en]) {
    for (const [key, value] of Object.entries(texts))
      if (typeof value === 'string') assert.notEqual(value.trim(), '', `${texts.locale}: ${key}`);
  }
  const own = new Set(['locale', 'direction', 'addressExample', 'addContactExample', 'joinRoomExample']);
  for (const [key, value] of Object.entries(zhCN)) {
    if (typeof value === 'string' && !own.has(key)) assert.match(value, /\p{Script=Han}/u, key);
  }
});

test('every failure says what happened and what to do next', () => {
  const people = { address: 'mia', person: 'li@chat.example', devices: 2, came: ['li@chat.example'] };
  const facts = { ...people, service: 'chat.example', limit: 16_000, why: 'not-xmpp', older: 'tab', reason: 'other' };
  for (const texts of [zhCN, en]) {
    for (const [kind, speak] of Object.entries(texts.failures)) {
      const { what, next } = (speak as (facts: object) => { what: string; next: string })(facts);
      assert.ok(what.length > 3 && next.length > 3, `${texts.locale} ${kind}`);
      assert.match(what + next, /[.。]$/u, `${texts.locale} ${kind} ends as a sentence`);
    }
    const crowd = ['a@x', 'b@x', 'c@x', 'd@x', 'e@x'];
    for (const { what } of [
      texts.failures['members-changed']({ came: crowd }),
      texts.failures['keys-missing']({ person: 'a@x', people: crowd }),
    ])
      assert.ok(what.includes('c@x') && !what.includes('d@x') && /[25]/.test(what), what);
    for (const reason of REFUSALS) assert.ok(texts.failures.refused({ reason }).next.length > 3, reason);
    assert.match(texts.failures.refused({ reason: 'banned', said: 'spam' }).what, /spam/);
  }
});

test('figures follow the language', () => {
  assert.equal(en.results(1), '1 result');
  assert.equal(en.results(1200), '1,200 results');
  assert.equal(en.results(0), 'No results');
  assert.equal(zhCN.results(3), '3 个结果');
  assert.equal(en.writing(['Li', 'Omar']), 'Li & Omar are typing…');
  assert.equal(zhCN.writing(['李雯']), '李雯正在输入…');
  assert.equal(en.launcherClosed(3, true), 'Messages, 3 unread, you were mentioned, closed');
});

test('a row shows the time of today, yesterday, the weekday, the date, the year', () => {
  const now = new Date(2026, 6, 18, 15, 0).getTime();
  const at = (day: number, hour = 9): number => new Date(2026, 6, day, hour, 5).getTime();
  assert.equal(timeInList(en.dates, at(18), now), '09:05');
  assert.equal(timeInList(en.dates, at(17), now), 'Yesterday');
  assert.equal(timeInList(zhCN.dates, at(17), now), '昨天');
  assert.equal(timeInList(en.dates, at(14), now), 'Tue');
  assert.equal(timeInList(zhCN.dates, at(14), now), '周二');
  assert.equal(timeInList(en.dates, at(1), now), 'Jul 1');
  assert.equal(timeInList(zhCN.dates, at(1), now), '7月1日');
  assert.equal(timeInList(en.dates, new Date(2025, 6, 1).getTime(), now), '7/1/2025');
});

test('a message from a clock ahead of ours shows its time, not tomorrow', () => {
  const now = new Date(2026, 6, 18, 23, 59).getTime();
  assert.match(timeInList(en.dates, now + 3_600_000, now), /^\d\d:\d\d$/);
});

test('a day is named by the calendar, not by 24 hours', () => {
  const late = new Date(2026, 6, 17, 23, 59).getTime();
  const early = new Date(2026, 6, 18, 0, 1).getTime();
  assert.equal(daysBetween(late, early), 1);
  assert.equal(dayName(en.dates, late, early), 'Yesterday');
  assert.equal(dayName(zhCN.dates, new Date(2026, 6, 3).getTime(), early), '7月3日星期五');
  assert.equal(nextMidnight(late) - late, 60_000);
});

test('every day of a year is written as the language itself writes it', () => {
  const now = new Date(2026, 0, 1).getTime();
  for (const texts of [zhCN, en]) {
    const written = (at: Date, shape: Intl.DateTimeFormatOptions): string => new Intl.DateTimeFormat(texts.locale, shape).format(at);
    for (let day = 1; day <= 366; day++) {
      const at = new Date(2028, 0, day, 14, 5);
      const long = { weekday: 'long', month: 'long', day: 'numeric' } as const;
      assert.equal(texts.dates.day(at), written(at, long));
      assert.equal(dayName(texts.dates, at.getTime(), now), written(at, { ...long, year: 'numeric' }));
      assert.equal(texts.dates.weekday(at), written(at, { weekday: 'short' }));
      assert.equal(texts.dates.shortDay(at), written(at, { month: 'short', day: 'numeric' }));
      assert.equal(texts.dates.shortDate(at), written(at, { year: 'numeric', month: 'numeric', day: 'numeric' }));
      assert.equal(fullTime(texts.dates, at.getTime()), written(at, { dateStyle: 'full', timeStyle: 'short', hourCycle: 'h23' }));
    }
    const relative = new Intl.RelativeTimeFormat(texts.locale, { numeric: 'auto' });
    assert.equal(texts.dates.today.toLowerCase(), relative.format(0, 'day'));
    assert.equal(texts.dates.yesterday.toLowerCase(), relative.format(-1, 'day'));
  }
});

test('the time of day has two figures each', () => {
  assert.equal(timeOfDay(new Date(2026, 6, 18, 0, 5).getTime()), '00:05');
  assert.equal(timeOfDay(new Date(2026, 6, 18, 23, 59).getTime()), '23:59');
});
