// The badge: who can read, in words, shape and colour. It promises what the core computed from messages, or less; never more.
import { html, type TemplateResult } from 'lit';
import type { Conversation } from '../../model/conversation.ts';
import type { Badge } from '../../model/protection.ts';
import type { Texts } from '../../texts/texts.ts';
import { organisationIcon } from '../icon/menus.ts';
import { warnIcon } from '../icon/state.ts';
import { verifiedIcon } from '../icon/device.ts';
import { lockIcon } from '../icon/trust.ts';
import { cleanLine } from '../text/clean-text.ts';

type Facts = Pick<Conversation, 'kind' | 'title' | 'readability' | 'encrypted'>;

const ICONS: Readonly<Record<Badge, (size?: number) => TemplateResult>> = {
  verified: verifiedIcon,
  encrypted: lockIcon,
  organisation: organisationIcon,
  mixed: warnIcon,
};

export const badgeIcon = (badge: Badge, size: number): TemplateResult => ICONS[badge](size);

/** What is written from now on counts as well: where it goes in clear, what came before is no promise. */
export function shownBadge({ readability, encrypted }: Facts): Badge {
  return encrypted || readability === 'mixed' ? readability : 'organisation';
}

export function readabilityWords(texts: Texts, facts: Facts): string {
  const badge = shownBadge(facts);
  const words = texts.readability[badge];
  if (badge === 'verified') return `${words} · ${facts.kind === 'room' ? texts.onlyMembers : texts.onlyYouAnd(cleanLine(facts.title))}`;
  return badge === 'organisation' && facts.encrypted ? `${words} · ${texts.writtenEncrypted}` : words;
}

export function renderReadability(texts: Texts, facts: Facts, explain: () => void): TemplateResult {
  const badge = shownBadge(facts);
  const words = readabilityWords(texts, facts);
  return html`<button
    class="readability ${badge}"
    part="readability"
    type="button"
    title=${words}
    aria-label=${texts.whoCanRead(words)}
    @click=${explain}
  >
    ${badgeIcon(badge, 14)}<span>${words}</span>
  </button>`;
}
