// No face claims more than the facts (S29): every badge, with and without encryption, beside every mix of messages.
import { badgeWith, type Badge, type Protection, type Trust } from '../../../src/model/protection.ts';
import type { Message } from '../../../src/model/message.ts';
import { en } from '../../../src/texts/en.ts';
import { encryption as enSheet } from '../../../src/texts/en/encryption.ts';
import { zhCN } from '../../../src/texts/zh-cn.ts';
import { encryption as zhSheet } from '../../../src/texts/zh-cn/encryption.ts';
import { markOf, travelledWords } from '../../../src/elements/message/protection-mark.ts';
import { addPeople } from '../../browser-kit/people.ts';
import { equal, ok, same } from '../../browser-kit/expect.ts';
import { until } from '../../browser-kit/person.ts';
import { LI, messageAt } from '../../browser-kit/scripted-session.ts';
import { Widget } from '../../browser-kit/widget.ts';

const BADGES: readonly Badge[] = ['mixed', 'organisation', 'encrypted', 'verified'];
const TRUSTS: readonly Trust[] = ['first-use', 'verified', 'accepted', 'undecided', 'refused'];
const PROTECTIONS: readonly (Protection | undefined)[] = [
  undefined,
  { how: 'plain' },
  ...TRUSTS.flatMap((trust): Protection[] => [
    { how: 'omemo-2', trust },
    { how: 'legacy', trust },
  ]),
];

/** How much somebody believes who reads it: that nobody else can read, that nobody else can as far as anybody knows, or neither. */
const CLAIM: Readonly<Record<Badge, number>> = { mixed: 0, organisation: 0, encrypted: 1, verified: 2 };

/** What the words of a face say, whoever wrote them. */
function claimIn(words: string): number {
  const lower = words.toLowerCase();
  if (/only you|only members|only your devices|仅你|仅成员|只有你|只有成员/.test(lower)) return 2;
  if (/(?<!not )(?<!尚未)(?<!未)(verified|已验证)/.test(lower) && !/not verified/.test(lower)) return 2;
  if (/(^|· |: |：)(encrypted|已加密)/.test(lower)) return 1;
  return 0;
}

/** Every non-empty mix of up to three kinds of messages. */
function mixes(): Protection[][] {
  const known = PROTECTIONS.filter((one) => one !== undefined);
  const pairs = known.flatMap((one, at) => known.slice(at).map((other) => [one, other]));
  return [...known.map((one) => [one]), ...pairs, ...pairs.flatMap((pair) => known.map((third) => [...pair, third]))];
}

afterEach(() => Widget.leave());

/** What the weakest message bears, said once more without the core's words. */
function mostThatIsTrue(messages: readonly Protection[]): number {
  return Math.min(...messages.map((one) => (one.how !== 'omemo-2' ? 0 : one.trust === 'verified' ? 2 : 1)));
}

describe('honesty', () => {
  it('the words of the badges claim what they stand for', () => {
    for (const texts of [en, zhCN])
      for (const badge of BADGES) {
        const whole = badge === 'verified' ? `${texts.readability[badge]} · ${texts.onlyYouAnd('Li')}` : texts.readability[badge];
        equal(claimIn(whole), CLAIM[badge], `${texts.locale} ${badge}: ${whole}`);
      }
    for (const words of [enSheet, zhSheet])
      for (const badge of BADGES)
        ok(claimIn(words.explain[badge]('Li')) <= CLAIM[badge] || badge === 'verified', words.explain[badge]('Li'));
  });

  it('the core’s badge claims no more than the weakest of any mix of messages', () => {
    for (const messages of mixes()) {
      const badge = messages.reduce<Badge | undefined>((before, one) => badgeWith(before, one), undefined) ?? 'verified';
      ok(CLAIM[badge] <= mostThatIsTrue(messages), JSON.stringify(messages));
    }
  });

  it('a message that bears less than any header is marked, whatever the header says', () => {
    for (const protection of PROTECTIONS) {
      const message: Message = messageAt(1, { ...(protection && { protection }) });
      const isLess = protection !== undefined && (protection.how !== 'omemo-2' || !['first-use', 'verified'].includes(protection.trust));
      equal(markOf(message) !== undefined, isLess, JSON.stringify(protection));
      for (const texts of [en, zhCN]) {
        const claim = protection ? mostThatIsTrue([protection]) : 0;
        ok(claimIn(travelledWords(texts, message) ?? '') <= claim, `${texts.locale} ${JSON.stringify(protection)}`);
      }
    }
  });

  for (const lang of ['en', 'zh-CN'] as const)
    it(`header, list and sheet show each badge as it is or as less: ${lang}`, async () => {
      const widget = await Widget.open({
        lang,
        width: 900,
        prepare(session) {
          addPeople(session);
          session.add({ id: LI, title: '李雯' }, [messageAt(1)]);
        },
      });
      widget.chat.openConversation(LI);
      await until(() => widget.find('.readability'), 'the badge');
      widget.find('.readability')?.click();
      await until(() => widget.find('.who-reads'), 'the sheet');
      for (const kind of ['direct', 'room'] as const)
        for (const readability of BADGES)
          for (const encrypted of [true, false]) {
            widget.session.change(LI, { kind, readability, encrypted });
            await widget.settle();
            const about = `${kind} ${readability} ${encrypted ? 'on' : 'off'}`;
            const most = encrypted ? CLAIM[readability] : 0;
            const badge = widget.find('.readability');
            ok(claimIn(badge?.textContent ?? '') <= most, `${about}: ${badge?.textContent}`);
            ok(claimIn(badge?.getAttribute('aria-label') ?? '') <= most, `${about}: ${badge?.getAttribute('aria-label')}`);
            ok(claimIn(widget.find('.who-reads')?.textContent ?? '') <= most, `${about}: ${widget.find('.who-reads')?.textContent}`);
            const lock = widget.all(`[data-id="${LI}"] .marks`).find((marks) => marks.closest('.row'));
            ok(claimIn(lock?.textContent ?? '') <= most, `${about}: ${lock?.textContent}`);
            same(
              widget.all('.readability, .who-reads').map((face) => BADGES.filter((one) => face.classList.contains(one))),
              [
                [most === 0 && readability !== 'mixed' ? 'organisation' : readability],
                [most === 0 && readability !== 'mixed' ? 'organisation' : readability],
              ],
              about,
            );
          }
    });
});
