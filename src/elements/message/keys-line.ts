// A line between messages: something about keys that everybody in the conversation should see at its place.
import { html, nothing, type TemplateResult } from 'lit';
import type { KeyChange, Message } from '../../model/message.ts';
import { timeOfDay } from '../../texts/dates.ts';
import type { Texts } from '../../texts/texts.ts';
import { warnIcon } from '../icon/state.ts';
import { lockIcon, openLockIcon } from '../icon/trust.ts';
import { cleanLine } from '../text/clean-text.ts';
import type { FailureActions } from './failure-line.ts';

export interface KeysLineWishes {
  texts: Texts;
  isStop: boolean;
  isActive: boolean;
  actions: Pick<FailureActions, 'encryption'>;
}

/** It takes part in the keys' way through the thread as a message does. */
export function renderKeysLine(message: Message, { texts, isStop, isActive, actions }: KeysLineWishes): TemplateResult {
  const what = message.keyChange?.what ?? 'new-device';
  const act = actOf(texts, what);
  const words = keysWords(texts, message);
  return html`<div
    class="note keys ${what}"
    part="keys-line"
    role="article"
    data-id=${message.id}
    tabindex=${isStop ? 0 : -1}
    aria-label=${`${words}, ${timeOfDay(message.sentAt)}`}
    aria-setsize="-1"
  >
    ${iconOf(what)}<span>${words}</span>
    ${
      act
        ? html`<button class="link-button" type="button" tabindex=${isActive ? 0 : -1} @click=${() => actions.encryption(message)}>
            ${act}
          </button>`
        : nothing
    }
  </div>`;
}

export function keysWords(texts: Texts, { keyChange, own, authorName }: Message): string {
  return texts.keysChanged[keyChange?.what ?? 'new-device'](own ? undefined : cleanLine(authorName));
}

const WARNS: ReadonlySet<KeyChange['what']> = new Set(['undecided-device', 'other-identity', 'member-came', 'room-unfit']);

function iconOf(what: KeyChange['what']): TemplateResult {
  if (what === 'encryption-off') return openLockIcon(14);
  return WARNS.has(what) ? warnIcon(14) : lockIcon(14);
}

function actOf(texts: Texts, what: KeyChange['what']): string | undefined {
  if (what === 'new-device') return texts.compare;
  if (what === 'undecided-device' || what === 'member-came' || what === 'room-unfit') return texts.decide;
  return what === 'other-identity' ? texts.lookAtKeys : undefined;
}
