// Bringing contacts into the room that is shown: one press for each, and told of each what became of it.
import { consume } from '@lit/context';
import { html, nothing, type CSSResult, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import type { Conversation, ConversationId } from '../../model/conversation.ts';
import type { Failure } from '../../model/failure.ts';
import { buttons, fields } from '../../styles/controls.ts';
import { foundation } from '../../styles/foundation.ts';
import { sheetStyles } from '../../styles/sheet.ts';
import type { LateTexts } from '../../texts/keys/late-texts.ts';
import { LATE_TEXTS } from '../../texts/late/late.ts';
import { renderAvatar } from '../avatar/avatar-part.ts';
import { avatarStyles } from '../avatar/avatar.styles.ts';
import { conversationContext } from '../contexts/conversation.ts';
import { ConversationController } from '../controllers/conversation-controller.ts';
import { serveShellRequests } from '../controllers/shell-requests.ts';
import { InviteRequestEvent } from '../events/shell-requests.ts';
import { failureSentence, failureWords } from '../failure-words.ts';
import { stateIcon } from '../message/state-words.ts';
import { SheetElement } from '../sheet-element.ts';
import { cleanLine } from '../text/clean-text.ts';
import { GuestListController } from './guest-list-controller.ts';
import { inviteSheetStyles } from './invite-sheet.styles.ts';

type Invited = 'asking' | 'asked' | Failure;

/**
 * @summary Invites contacts into a room.
 * @tag warbler-invite-sheet
 * @attr conversation - The address of the room; without it, the one chosen above.
 * @fires {InviteRequestEvent} warbler-invite-request - This contact shall be invited.
 */
export class InviteSheet extends SheetElement {
  static override styles: CSSResult[] = [foundation, buttons, fields, avatarStyles, sheetStyles, inviteSheetStyles];

  @consume({ context: conversationContext, subscribe: true })
  @property()
  conversation: ConversationId | undefined;

  @state() private invited: ReadonlyMap<ConversationId, Invited> = new Map();

  readonly #room = new ConversationController(this);
  readonly #guests = new GuestListController(this);

  constructor() {
    super();
    serveShellRequests(this, this.ownSession);
  }

  protected override willUpdate(): void {
    this.#room.show(this.session, this.conversation);
    this.#guests.follow(this.session);
  }

  override render(): TemplateResult {
    const words = this.#words;
    const rows = this.#guests.value?.rows;
    const inside = html`<input
        class="input"
        type="search"
        autocomplete="off"
        spellcheck="false"
        aria-label=${words.inviteSearch}
        placeholder=${words.inviteSearch}
        @input=${(event: InputEvent) => !event.isComposing && this.#seek(event)}
        @compositionend=${this.#seek}
      />
      ${rows?.length === 0 ? html`<p role="status">${this.#guests.matching ? words.inviteNoMatch : words.inviteNobody}</p>` : nothing}
      <ul role="list">
        ${repeat(
          rows ?? [],
          ({ id }) => id,
          (guest) => this.#renderGuest(guest),
        )}
      </ul>
      <div class="sheet-actions">${this.renderEnd(words.done)}</div>`;
    return this.renderSheet(words.inviteInto(cleanLine(this.#room.value?.title ?? '')), inside);
  }

  #renderGuest(guest: Conversation): TemplateResult {
    const invited = this.invited.get(guest.id);
    return html`<li>
      ${renderAvatar({ name: guest.title, seed: guest.id, presence: guest.presence })}
      <bdi class="name">${cleanLine(guest.title)}</bdi>
      ${this.#renderState(guest, invited)}
      ${typeof invited === 'object' ? html`<p class="why">${failureWords(this.texts, invited).what}</p>` : nothing}
    </li>`;
  }

  /** The button stays while it works: it has the focus. */
  #renderState(guest: Conversation, invited: Invited | undefined): TemplateResult {
    const words = this.#words;
    if (invited === 'asked') return html`<span class="state" tabindex="-1">${stateIcon('delivered')}${words.invited}</span>`;
    const isAsking = invited === 'asking';
    const [shown, act] = isAsking
      ? [words.inviting, undefined]
      : [invited ? this.texts.retry : words.invite, words.inviteName(guest.title)];
    return html`<button
      class="soft-button"
      type="button"
      aria-label=${act ? `${shown}: ${act}` : `${shown} ${guest.title}`}
      aria-disabled=${isAsking ? 'true' : nothing}
      @click=${(event: Event) => isAsking || void this.#invite(guest, event)}
    >
      ${shown}
    </button>`;
  }

  get #words(): LateTexts {
    return LATE_TEXTS[this.texts.locale];
  }

  readonly #seek = (event: Event): void => this.#guests.seek((event.target as HTMLInputElement).value);

  async #invite({ id, title }: Conversation, event: Event): Promise<void> {
    if (!this.conversation) return;
    const item = (event.currentTarget as HTMLElement).closest('li');
    const request = new InviteRequestEvent(this.conversation, id);
    this.dispatchEvent(request);
    this.#note(id, 'asking');
    const answer = await request.answer;
    const hadFocus = item?.matches(':focus-within');
    this.#note(id, answer?.ok ? 'asked' : (answer?.failure ?? { kind: 'no-answer' }));
    const { invitedName, inviteFailed } = this.#words;
    if (answer?.ok) this.announce(invitedName(title));
    else this.announce(inviteFailed(title, failureSentence(this.texts, answer?.failure ?? { kind: 'no-answer' })), 'assertive');
    await this.updateComplete;
    // The button went with its purpose: the keys go on from where it stood.
    if (hadFocus) item?.querySelector<HTMLElement>('.state')?.focus();
  }

  #note(guest: ConversationId, invited: Invited): void {
    this.invited = new Map(this.invited).set(guest, invited);
  }
}
