// Above a thread: who it is with, who can read, and what can be done with the conversation.
import { consume } from '@lit/context';
import { html, nothing, type CSSResult, type PropertyValues, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import type { Conversation, ConversationId } from '../../model/conversation.ts';
import { buttons } from '../../styles/controls.ts';
import { foundation } from '../../styles/foundation.ts';
import { headerStyles } from '../../styles/header.ts';
import { menuStyles } from '../../styles/menu.ts';
import { renderAvatar } from '../avatar/avatar-part.ts';
import { avatarStyles } from '../avatar/avatar.styles.ts';
import { connectionTrouble } from '../connection-words.ts';
import { conversationContext } from '../contexts/conversation.ts';
import { ConversationController } from '../controllers/conversation-controller.ts';
import { MenuController } from '../controllers/menu-controller.ts';
import { serveShellRequests } from '../controllers/shell-requests.ts';
import { SituationController } from '../controllers/situation-controller.ts';
import { BackRequestEvent, EncryptionRequestEvent } from '../events/message-requests.ts';
import type { RequestEvent } from '../events/request-event.ts';
import { BeginRequestEvent, ConversationChangeRequestEvent, FindRequestEvent, LeaveRoomRequestEvent } from '../events/shell-requests.ts';
import { failureSentence } from '../failure-words.ts';
import { addIcon, backIcon, searchIcon } from '../icon/navigation.ts';
import { mutedIcon, pinnedIcon } from '../icon/menus.ts';
import { lockIcon } from '../icon/trust.ts';
import { signOutIcon } from '../icon/menus.ts';
import { renderMenuButton, renderMenuItem } from '../menu/menu-part.ts';
import { SessionPart } from '../session-part.ts';
import { renderReadability } from './readability.ts';
import { readabilityStyles } from './readability.styles.ts';

/**
 * The head of a conversation. Its trouble with the connection stands here in words, so that nothing below has to move.
 * @tag warbler-conversation-header
 * @attr conversation - The address of the person or room; without it, the one chosen above.
 * @attr {boolean} back - Offers a way back to the list.
 * @slot - Further buttons at the end.
 * @fires {BackRequestEvent} warbler-back-request - Back to the list.
 * @fires {ConversationChangeRequestEvent} warbler-conversation-change-request - Mute or pin.
 * @fires {FindRequestEvent} warbler-find-request - Find in this conversation.
 * @fires {BeginRequestEvent} warbler-begin-request - `invite`: bring contacts into this room.
 * @fires {LeaveRoomRequestEvent} warbler-leave-room-request - Leave this room.
 * @fires {EncryptionRequestEvent} warbler-encryption-request - Who can read shall be shown.
 * @csspart avatar - The face.
 * @csspart readability - Who can read.
 * @cssproperty [--warbler-header-height=60px] - Its height.
 */
export class ConversationHeader extends SessionPart {
  static override styles: CSSResult[] = [foundation, buttons, avatarStyles, headerStyles, readabilityStyles, menuStyles];

  @consume({ context: conversationContext, subscribe: true })
  @property()
  conversation: ConversationId | undefined;

  @property({ type: Boolean }) back = false;

  readonly #details = new ConversationController(this);
  readonly #situation = new SituationController(this);
  readonly #menu = new MenuController(this);

  constructor() {
    super();
    serveShellRequests(this, this.ownSession);
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has('conversation')) this.#menu.close(false);
    this.#details.show(this.session, this.conversation);
    this.#situation.follow(this.session);
  }

  override focus(options?: FocusOptions): void {
    this.shadowRoot?.querySelector('button')?.focus(options);
  }

  override render(): TemplateResult {
    const { texts } = this;
    const shown = this.#details.value;
    const title = shown?.title ?? '';
    return html`<header class="header ${this.back ? 'with-back' : ''}">
      ${this.back ? this.#renderBack() : nothing}
      ${
        shown
          ? renderAvatar({ name: title, seed: shown.id, ...(shown.kind === 'direct' ? { presence: shown.presence } : {}) })
          : html`<span class="avatar"></span>`
      }
      <div class="header-words">
        <h2 class="header-title"><bdi>${title}</bdi></h2>
        ${this.#renderState(shown)}
      </div>
      <div class="header-actions">
        ${
          shown
            ? html`<div class="menu-anchor">
                ${renderMenuButton(texts.conversationMenu, this.#menu)} ${this.#menu.open ? this.#renderMenu(shown) : nothing}
              </div>`
            : nothing
        }
        <slot></slot>
      </div>
    </header>`;
  }

  #renderBack(): TemplateResult {
    const { back } = this.texts;
    const go = (): boolean => this.dispatchEvent(new BackRequestEvent());
    return html`<button class="icon-button" type="button" aria-label=${back} title=${back} @click=${go}>${backIcon()}</button>`;
  }

  #renderState(shown: Conversation | undefined): TemplateResult {
    const trouble = this.#situation.value && connectionTrouble(this.texts, this.#situation.value);
    if (trouble?.tone === 'warn') return html`<p class="header-state warn"><span>${trouble.text}</span></p>`;
    if (!shown) return html`<p class="header-state"></p>`;
    // Who can read comes first: where there is little room, it is not what is cut.
    const people = this.#people(shown);
    return html`<p class="header-state">
      ${renderReadability(this.texts, shown, () => this.#explain(shown))}${people === '' ? nothing : html`<span>· ${people}</span>`}
    </p>`;
  }

  #explain({ id }: Conversation): void {
    this.dispatchEvent(new EncryptionRequestEvent(id));
  }

  #people({ kind, room, presence }: Conversation): string {
    if (kind !== 'room') return this.texts.presence(presence);
    return room && room.memberCount > 0 ? this.texts.members(room.memberCount) : '';
  }

  #renderMenu(shown: Conversation): TemplateResult {
    const { texts } = this;
    return html`<div class="menu" role="menu" aria-label=${texts.conversationMenu} @keydown=${this.#menu.keydown}>
      ${this.#renderItem(texts.findInConversation, searchIcon(18), () => new FindRequestEvent())}
      ${this.#renderItem(shown.pinned ? texts.unpin : texts.pin, pinnedIcon(18), () => new ConversationChangeRequestEvent(shown.id, { pinned: !shown.pinned }))}
      ${this.#renderItem(shown.muted ? texts.unmute : texts.mute, mutedIcon(18), () => new ConversationChangeRequestEvent(shown.id, { muted: !shown.muted }))}
      ${renderMenuItem(texts.encryption, lockIcon(18), () => {
        this.#menu.close();
        this.#explain(shown);
      })}
      ${
        shown.kind === 'room'
          ? html`<hr class="menu-line" role="separator" />
              ${shown.room?.joined === 'joined' ? this.#renderItem(texts.inviteToRoom, addIcon(18), () => new BeginRequestEvent('invite')) : nothing}
              ${this.#renderItem(texts.leaveRoom, signOutIcon(18), () => new LeaveRoomRequestEvent(shown.id), true)}`
          : nothing
      }
    </div>`;
  }

  #renderItem(name: string, icon: TemplateResult, make: () => RequestEvent<void>, isGrave?: boolean): TemplateResult {
    return renderMenuItem(name, icon, () => void this.#ask(make()), isGrave);
  }

  async #ask(request: RequestEvent<void>): Promise<void> {
    this.#menu.close();
    this.dispatchEvent(request);
    const answer = await request.answer;
    if (answer && !answer.ok) this.announce(failureSentence(this.texts, answer.failure), 'assertive');
  }
}
