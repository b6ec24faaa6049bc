// What stands in the panel: one template for each face.
import { html, nothing, type TemplateResult } from 'lit';
import type { SessionClient } from '../../client/session-client.ts';
import type { Account } from '../../model/account.ts';
import type { ConversationId } from '../../model/conversation.ts';
import { countUnsent, type Situation } from '../../model/situation.ts';
import type { Texts } from '../../texts/texts.ts';
import type { Appearance } from '../contexts/appearance.ts';
import type { LazyElements } from '../controllers/lazy-elements.ts';
import { birdMark } from '../icon/bird.ts';
import type { ChatFace } from './face-of.ts';
import { readPreferences } from './kept-view.ts';
import { renderClose, renderListHeader, type HeaderFacts } from './list-header.ts';

export type Sheet = 'contact' | 'room' | 'invite' | 'sign-out' | 'outbox' | 'keys' | 'encryption' | 'devices' | 'lock' | 'backup';

export interface ChatView {
  texts: Texts;
  face: ChatFace;
  columns: Appearance['columns'];
  view: 'list' | 'thread';
  conversation: ConversationId | undefined;
  sheet: Sheet | undefined;
  /** Whose encryption the sheet is about. */
  sheetFor: ConversationId | undefined;
  /** The bar is loaded with the first trouble and stays. */
  sawTrouble: boolean;
  /** Somebody has waited for a while. */
  waitsLong: boolean;
  listVisited: boolean;
  canClose: boolean;
  account: Account | undefined;
  situation: Situation | undefined;
  session: SessionClient | undefined;
  theme: Appearance['theme'];
  services: readonly string[];
  parts: LazyElements;
  close: () => void;
  show: (sheet: Sheet) => void;
  signOut: () => void;
  endSheet: () => void;
  mend: (how: 'reload' | 'again' | 'sign-in') => void;
  readOnly: () => void;
}

export function renderFace(view: ChatView): TemplateResult {
  switch (view.face.kind) {
    case 'starting':
      return html`${renderBare(view)}${view.waitsLong ? renderStarting(view.texts) : nothing}`;
    case 'sign-in':
      return html`${renderBare(view)}${renderSignIn(view, view.face.busy)}`;
    case 'locked':
      return html`${renderBare(view)}${renderLocked(view)}`;
    case 'trouble':
      return html`${renderBare(view)}${renderTrouble(view, view.face)}`;
    case 'main':
      return renderMain(view);
  }
}

function renderBare(view: ChatView): TemplateResult | typeof nothing {
  return view.canClose ? html`<div class="bare">${close(view)}</div>` : nothing;
}

function close({ texts, canClose, close: hide }: ChatView): TemplateResult | typeof nothing {
  return canClose ? renderClose(texts, hide) : nothing;
}

function renderStarting(texts: Texts): TemplateResult {
  return html`<div class="starting" role="status">${birdMark(40)}<span>${texts.starting}</span></div>`;
}

function renderSignIn(view: ChatView, busy: boolean): TemplateResult {
  const { parts, services } = view;
  parts.need('warbler-sign-in');
  return html`<div class="sign-in-pane">
    <warbler-sign-in data-region .service=${services.join(' ')} .busy=${busy}></warbler-sign-in>
    ${renderPartFailed(view)}
  </div>`;
}

function renderLocked(view: ChatView): TemplateResult {
  view.parts.need('warbler-lock-face');
  return html`<div class="sign-in-pane">
    <warbler-lock-face data-region .held=${view.session}></warbler-lock-face>
    ${renderPartFailed(view)}
  </div>`;
}

function renderTrouble({ parts, mend, readOnly }: ChatView, { failure, keeps }: Extract<ChatFace, { kind: 'trouble' }>): TemplateResult {
  parts.need('warbler-trouble-face');
  return html`<warbler-trouble-face .failure=${failure} .keeps=${keeps} .mend=${mend} .readOnly=${readOnly}></warbler-trouble-face>`;
}

function renderMain(view: ChatView): TemplateResult {
  const showsThread = view.columns === 'two' || view.view === 'thread';
  const showsList = view.columns === 'two' || view.view === 'list';
  return html`<div class="panes" ?inert=${view.sheet !== undefined}>
      <div class="list-pane" ?hidden=${!showsList}>${view.listVisited ? renderListPane(view) : nothing}</div>
      <div class="thread-pane" ?hidden=${!showsThread}>${renderThreadPane(view)}</div>
    </div>
    ${renderSheet(view)}`;
}

function renderListPane(view: ChatView): TemplateResult | typeof nothing {
  const { texts, parts, account, situation, services, conversation, columns, signOut, show } = view;
  // The thread is what the person came for: what stands beside it comes after it, and stays from then on.
  if (conversation && !parts.isNeeded('warbler-conversation-list') && !parts.hasPainted('warbler-thread')) return nothing;
  parts.need('warbler-conversation-list');
  if (account) parts.need('warbler-account-menu');
  const provider = account?.address.split('@')[1] ?? hostOf(services[0]);
  const accountMenu = account
    ? html`<warbler-account-menu .theme=${view.theme} .signOut=${signOut} .show=${show}></warbler-account-menu>`
    : nothing;
  const facts: HeaderFacts = { provider, account: account?.name, situation, close: columns === 'one' ? close(view) : nothing, accountMenu };
  return html`${renderListHeader(texts, facts, () => show('contact'))} ${renderNotices(view)}
    <warbler-conversation-list data-region></warbler-conversation-list>
    ${renderPartFailed(view)} ${columns === 'two' || view.view === 'list' ? renderBar(view) : nothing}`;
}

function renderThreadPane(view: ChatView): TemplateResult | typeof nothing {
  const { parts, conversation, columns } = view;
  if (!conversation && columns === 'one') return nothing;
  if (parts.hasPainted('warbler-thread') && conversation)
    for (const tag of ['warbler-conversation-header', 'warbler-composer'] as const) parts.need(tag);
  return html`${
      conversation
        ? html`<warbler-conversation-header data-region ?back=${columns === 'one'}>${close(view)}</warbler-conversation-header>`
        : view.canClose
          ? html`<div class="bare">${close(view)}</div>`
          : nothing
    }
    <warbler-thread data-region></warbler-thread>
    ${conversation ? html`<warbler-composer data-region></warbler-composer>` : nothing} ${renderPartFailed(view)}
    ${columns === 'one' ? renderBar(view) : nothing}`;
}

function renderBar({ sawTrouble, parts, show }: ChatView): TemplateResult | typeof nothing {
  if (!sawTrouble) return nothing;
  parts.need('warbler-connection-bar');
  return html`<warbler-connection-bar .showOutbox=${() => show('outbox')}></warbler-connection-bar>`;
}

function renderNotices({ situation, parts }: ChatView): TemplateResult | typeof nothing {
  if (!situation || situation.notices.length === 0) return nothing;
  parts.need('warbler-notice-list');
  return html`<warbler-notice-list .notices=${situation.notices}></warbler-notice-list>`;
}

function renderSheet({ sheet, sheetFor, parts, situation, endSheet, show }: ChatView): TemplateResult | typeof nothing {
  if (sheet === undefined) return nothing;
  if (sheet === 'sign-out') {
    parts.need('warbler-sign-out-sheet');
    return html`<warbler-sign-out-sheet .waiting=${countUnsent(situation)} .end=${endSheet}></warbler-sign-out-sheet>`;
  }
  if (sheet === 'outbox') {
    parts.need('warbler-outbox-sheet');
    return html`<warbler-outbox-sheet .end=${endSheet}></warbler-outbox-sheet>`;
  }
  if (sheet === 'invite') {
    parts.need('warbler-invite-sheet');
    return html`<warbler-invite-sheet .end=${endSheet}></warbler-invite-sheet>`;
  }
  if (sheet === 'encryption') {
    parts.need('warbler-encryption-sheet');
    return html`<warbler-encryption-sheet .conversation=${sheetFor} .end=${endSheet}></warbler-encryption-sheet>`;
  }
  if (sheet === 'devices') {
    parts.need('warbler-devices-sheet');
    return html`<warbler-devices-sheet .end=${endSheet}></warbler-devices-sheet>`;
  }
  if (sheet === 'lock') {
    parts.need('warbler-lock-sheet');
    return html`<warbler-lock-sheet .end=${endSheet}></warbler-lock-sheet>`;
  }
  if (sheet === 'backup') {
    parts.need('warbler-backup-sheet');
    return html`<warbler-backup-sheet .end=${endSheet} .showDevices=${() => show('devices')}></warbler-backup-sheet>`;
  }
  if (sheet === 'keys') {
    parts.need('warbler-keys-sheet');
    return html`<warbler-keys-sheet ?no-single-keys=${readPreferences().singleKeys === false} .end=${endSheet}></warbler-keys-sheet>`;
  }
  parts.need('warbler-begin-sheet');
  return html`<warbler-begin-sheet .kind=${sheet} .end=${endSheet}></warbler-begin-sheet>`;
}

function renderPartFailed({ parts, texts }: ChatView): TemplateResult | typeof nothing {
  if (!parts.failed) return nothing;
  const retry = html`<button class="link-button" type="button" @click=${() => parts.retry()}>${texts.retry}</button>`;
  return html`<p class="failed-part" role="alert">${texts.failedToLoad} ${retry}</p>`;
}

function hostOf(service: string | undefined): string {
  try {
    return new URL(service ?? '').hostname;
  } catch {
    return '…';
  }
}
