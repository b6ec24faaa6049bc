// What a bubble says about how its message travelled: only where it is less than the header may promise.
import { html, type TemplateResult } from 'lit';
import type { Message } from '../../model/message.ts';
import type { ProtectionMark } from '../../texts/keys/trust-texts.ts';
import type { Texts } from '../../texts/texts.ts';
import { warnIcon } from '../icon/state.ts';
import { openLockIcon } from '../icon/trust.ts';

/** Nothing is said of what the core said nothing of, nor of devices that are as sure as the header says. */
export function markOf({ protection, content }: Message): ProtectionMark | undefined {
  if (!protection || content === 'keys-changed') return undefined;
  if (protection.how !== 'omemo-2') return protection.how;
  return protection.trust === 'first-use' || protection.trust === 'verified' ? undefined : protection.trust;
}

/** What cannot be shown, and may be mended where devices are shown. */
export const canMend = ({ unreadable }: Message): boolean =>
  unreadable === 'no-session' || unreadable === 'other-identity' || unreadable === 'unknown-method';

/** In the menu of the message, where there is room for all of it. */
export function travelledWords(texts: Texts, { protection }: Message): string | undefined {
  if (!protection) return undefined;
  return texts.travelled[protection.how === 'omemo-2' ? protection.trust : protection.how];
}

export function renderMark(texts: Texts, mark: ProtectionMark): TemplateResult {
  // oxfmt-ignore
  return html`<span class="mark" data-mark=${mark}>${mark === 'plain' ? openLockIcon(12) : warnIcon(12)}${texts.marks[mark]}</span>`;
}
