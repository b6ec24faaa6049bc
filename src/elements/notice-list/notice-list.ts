// What the person should know once, each with its own dismissal.
import { html, type CSSResult, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import type { Notice } from '../../model/situation.ts';
import { buttons } from '../../styles/controls.ts';
import { foundation } from '../../styles/foundation.ts';
import { timeInList } from '../../texts/dates.ts';
import type { Texts } from '../../texts/texts.ts';
import { DismissNoticeRequestEvent } from '../events/shell-requests.ts';
import { warnIcon } from '../icon/state.ts';
import { infoIcon } from '../icon/trouble.ts';
import { cleanLine } from '../text/clean-text.ts';
import { WarblerElement } from '../warbler-element.ts';
import { noticeStyles } from './notice-list.styles.ts';

const LONGEST_NAME = 60;

/**
 * Notices of the session, newest first.
 * @tag warbler-notice-list
 * @fires {DismissNoticeRequestEvent} warbler-dismiss-notice-request - A notice was read.
 * @csspart notice - One notice.
 */
export class NoticeList extends WarblerElement {
  static override styles: CSSResult[] = [foundation, buttons, noticeStyles];

  @property({ attribute: false }) notices: readonly Notice[] = [];

  override render(): TemplateResult {
    return html`${this.notices.map((notice) => this.#renderNotice(notice))}`;
  }

  #renderNotice(notice: Notice): TemplateResult {
    const grave = !['history-refetched', 'history-trimmed', 'keys-told'].includes(notice.kind);
    const dismiss = (): boolean => this.dispatchEvent(new DismissNoticeRequestEvent(notice.kind));
    return html`<div class="notice ${grave ? 'grave' : ''}" part="notice" role="status">
      ${grave ? warnIcon(18) : infoIcon(18)}
      <p>${noticeWords(this.texts, notice)}</p>
      <button class="link-button" type="button" @click=${dismiss}>${this.texts.dismiss}</button>
    </div>`;
  }
}

function noticeWords(texts: Texts, notice: Notice): string {
  switch (notice.kind) {
    case 'history-refetched':
      return texts.noticeRefetched(timeInList(texts.dates, notice.since, Date.now()));
    case 'history-trimmed':
      return texts.noticeTrimmed;
    case 'outbox-lost':
      return texts.noticeOutboxLost;
    case 'clock-wrong':
      return texts.noticeClock(Math.max(1, Math.round(Math.abs(notice.offByMs) / 60_000)));
    case 'keys-told':
      return texts.noticeKeysTold(notice.people, notice.from && cleanLine(notice.from).slice(0, LONGEST_NAME));
    case 'storage-memory-only':
      return texts.noticeMemoryOnly;
    case 'storage-full':
      return texts.noticeStorageFull;
  }
}
