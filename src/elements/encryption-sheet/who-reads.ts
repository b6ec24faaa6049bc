// Who can read, in sentences: the badge of the header with its reasons.
import { html, nothing, type TemplateResult } from 'lit';
import type { Conversation } from '../../model/conversation.ts';
import type { EncryptionTexts } from '../../texts/keys/encryption-texts.ts';
import type { Texts } from '../../texts/texts.ts';
import { badgeIcon, readabilityWords, shownBadge } from '../conversation-header/readability.ts';
import { cleanLine } from '../text/clean-text.ts';

export function renderWhoReads(texts: Texts, words: EncryptionTexts, conversation: Conversation): TemplateResult {
  const badge = shownBadge(conversation);
  const more = whatIsWritten(words, conversation);
  return html`<div class="who-reads ${badge}" part="who-reads">
    ${badgeIcon(badge, 22)}
    <div>
      <p class="who-reads-title">${readabilityWords(texts, conversation)}</p>
      <p>${words.explain[badge](conversation.kind === 'room' ? undefined : cleanLine(conversation.title))}</p>
      ${more === undefined ? nothing : html`<p>${more}</p>`}
      <p class="faint">${words.knowsWho}</p>
    </div>
  </div>`;
}

function whatIsWritten(words: EncryptionTexts, conversation: Conversation): string | undefined {
  const { kind, encrypted, readability } = conversation;
  if (conversation.legacy) return (kind === 'room' ? words.olderInUseRoom : words.olderInUse)(cleanLine(conversation.title));
  const on = kind === 'room' ? words.explainOnRoom : words.explainOn(cleanLine(conversation.title));
  if (encrypted) return shownBadge(conversation) === 'organisation' ? on : undefined;
  return readability === 'organisation' ? undefined : words.explainOff;
}
