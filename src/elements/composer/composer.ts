// Where one writes.
import { consume } from '@lit/context';
import { html, nothing, type CSSResult, type PropertyValues, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { leaving } from '../../client/leaving.ts';
import type { Clock } from '../../base/clock.ts';
import type { ConversationId } from '../../model/conversation.ts';
import type { Answer, Failure } from '../../model/failure.ts';
import { LONGEST_TEXT, type Draft, type Message, type MessageId } from '../../model/message.ts';
import { buttons } from '../../styles/controls.ts';
import { foundation } from '../../styles/foundation.ts';
import { conversationContext } from '../contexts/conversation.ts';
import { ConversationController } from '../controllers/conversation-controller.ts';
import { serveMessageRequests } from '../controllers/message-requests.ts';
import { serveShellRequests } from '../controllers/shell-requests.ts';
import { SituationController } from '../controllers/situation-controller.ts';
import { DraftChangeEvent, SendRequestEvent, WritingChangeEvent } from '../events/message-requests.ts';
import { failureSentence } from '../failure-words.ts';
import { sendIcon } from '../icon/composer.ts';
import { warnIcon } from '../icon/state.ts';
import { pageClock } from '../page-clock.ts';
import { cleanLine } from '../text/clean-text.ts';
import { SessionPart } from '../session-part.ts';
import { composerStyles } from './composer.styles.ts';
import { DraftKeeper } from './draft-keeper.ts';
import { FileStaging } from './file-staging.ts';
import { meansSend } from './enter-key.ts';
import { isOffline, whyClosed, type Closed, type Way } from './why-closed.ts';
import { WritingTeller } from './writing-teller.ts';

/** From here on the person is told how much is left. */
const COUNT_FROM = Math.floor(LONGEST_TEXT * 0.9);

/**
 * The field and the button that sends. It asks, by events, for a message to be sent and a draft to be kept;
 * with a `session` of its own it serves them itself.
 * @tag warbler-composer
 * @attr conversation - The address of the person or room; without it, the one chosen above.
 * @attr {boolean} enter-breaks - Enter begins a new line, and Ctrl or Cmd with Enter sends.
 * @fires warbler-send-request - A message shall be sent.
 * @fires warbler-draft-change - What is written so far.
 * @fires warbler-writing-change - Somebody began or stopped to write.
 * @fires warbler-contact-answer-request - Somebody's request was accepted or declined here.
 * @fires warbler-join-room-request - A room that was left shall be joined again.
 * @slot start - Before the button for files.
 * @slot end - Between the field and the button.
 * @csspart composer - The whole line.
 * @csspart field - The ground of the field.
 * @csspart textarea - The field itself.
 * @csspart attach-button - The button for files.
 * @csspart send-button - The button.
 * @csspart hint - How much is left, or why it was not sent.
 * @csspart closed - Why nothing can be written here.
 * @cssproperty [--warbler-composer-radius=20px] - Corners of the field.
 */
export class Composer extends SessionPart {
  static override styles: CSSResult[] = [foundation, buttons, composerStyles];

  @consume({ context: conversationContext, subscribe: true })
  @property()
  conversation: ConversationId | undefined;

  readonly #details = new ConversationController(this);
  readonly #situation = new SituationController(this);

  @property({ type: Boolean, attribute: 'enter-breaks' }) enterBreaks = false;
  /** Time as tests wind it. */
  @property({ attribute: false }) clock: Clock = pageClock;

  @state() private text = '';
  @state() private failure: Failure | undefined;
  @state() private isAsking = false;

  @query('textarea') private area!: HTMLTextAreaElement | null;

  readonly #drafts = new DraftKeeper(pageClock, (text) => this.#saveDraft(text));
  readonly #staging = new FileStaging(this, {
    texts: () => this.texts,
    session: () => this.session,
    open: () => (this.#shown && this.#closed === undefined ? { id: this.#shown, title: this.#title } : undefined),
    focus: () => this.focus(),
  });
  readonly #teller = new WritingTeller(pageClock, (writing) => this.#tellWriting(writing));
  #shown: ConversationId | undefined;
  #isOpened = false;
  /** The id of what stands in the field, minted once: sending it again after a failure is the same message. */
  #draftId: MessageId | undefined;
  /** What is on its way to the core. The draft is kept until it is there. */
  #sending: Draft | undefined;
  /** Sent while the one before was still on its way: it follows that one. */
  #isNextReady = false;

  constructor() {
    super();
    serveMessageRequests(this, this.ownSession);
    serveShellRequests(this, this.ownSession);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    leaving.addEventListener('leave', this.#leavingPage);
    window.addEventListener('pagehide', this.#leavingPage);
    document.addEventListener('visibilitychange', this.#leavingPage);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    leaving.removeEventListener('leave', this.#leavingPage);
    window.removeEventListener('pagehide', this.#leavingPage);
    document.removeEventListener('visibilitychange', this.#leavingPage);
    this.#leaving();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('clock')) this.#drafts.clock = this.#teller.clock = this.clock;
    const { session, conversation } = this;
    if (conversation !== this.#shown) this.#enter(conversation);
    this.#details.show(session, conversation);
    this.#situation.follow(session);
    this.#hearDraft();
    const details = this.#details.value;
    if (details && details.id === conversation) this.#staging.hear(details.id, details.staged ?? 0);
  }

  override focus(): void {
    this.area?.focus();
  }

  /** Puts words into the field, after what is there: a failed message that shall be edited, a quotation. */
  insert(text: string): void {
    this.#write(this.text.trim() === '' ? text : `${this.text}\n${text}`);
    this.focus();
  }

  get #title(): string {
    return cleanLine(this.#details.value?.title ?? this.#shown ?? '');
  }

  #enter(conversation: ConversationId | undefined): void {
    this.#leaving();
    this.#shown = conversation;
    this.#isOpened = false;
    this.#draftId = this.#sending = undefined;
    this.text = '';
    this.failure = undefined;
  }

  /** The first word of the core about this conversation opens it; what was typed before that stays. */
  #hearDraft(): void {
    const details = this.#details.value;
    if (!details || details.id !== this.#shown) return;
    const draft = details.draft ?? '';
    if (!this.#isOpened) {
      this.#isOpened = true;
      this.#drafts.open(draft);
      if (this.text === '') this.text = draft;
      else this.#drafts.write(this.text);
      return;
    }
    const isWriting =
      this.#sending !== undefined || (this.area !== null && this.shadowRoot?.activeElement === this.area && this.text !== '');
    this.text = this.#drafts.hear(draft, isWriting) ?? this.text;
  }

  #write(text: string): void {
    if (text === this.text) return;
    this.text = text;
    this.failure = undefined;
    this.#draftId = undefined;
    this.#staging.stage?.calm();
    this.#drafts.write(text);
    this.#teller.write(text.trim() !== '');
  }

  #saveDraft(text: string): void {
    if (this.#shown) this.dispatchEvent(new DraftChangeEvent(this.#shown, text));
  }

  #tellWriting(writing: boolean): void {
    if (this.#shown) this.dispatchEvent(new WritingChangeEvent(this.#shown, writing));
  }

  #leaving = (): void => {
    this.#drafts.flush();
    this.#teller.stop();
  };

  /** What is on its way is heard before a draft could be: as one it would be there twice. */
  #leavingPage = (): void => {
    if (!this.#sending || this.text !== '') this.#leaving();
  };

  #typed = (): void => this.#write(this.area?.value ?? '');

  #pressed = (event: KeyboardEvent): void => {
    if (!meansSend(event, !this.enterBreaks)) return;
    event.preventDefault();
    this.#send();
  };

  /** The field is free at once. If the core cannot take the message its words come back, and the reason is told. */
  #send = (): void => {
    const text = this.text.trim();
    if (this.#staging.count > 0) return void this.#sendFiles(text);
    this.#isNextReady = this.#sending !== undefined;
    if (!this.#shown || this.#isNextReady || text === '' || this.#over > 0) return;
    const draft = { id: this.#draftId ?? (crypto.randomUUID() as MessageId), text };
    this.#sending = draft;
    this.#teller.sent();
    const request = new SendRequestEvent(this.#shown, draft);
    this.dispatchEvent(request);
    this.text = '';
    this.failure = undefined;
    this.#draftId = undefined;
    void (request.answer ?? Promise.resolve(undefined)).then((answer) => this.#answered(draft, answer));
    this.area?.focus();
  };

  /** The words go with the first file. */
  async #sendFiles(caption: string): Promise<void> {
    const { stage } = this.#staging;
    const conversation = this.#shown;
    if (!stage || !conversation || stage.isSending || !this.#canSend) return;
    this.#teller.sent();
    this.text = '';
    this.failure = undefined;
    this.area?.focus();
    const left = await stage.send(caption, (draft) => {
      const request = new SendRequestEvent(conversation, draft);
      this.dispatchEvent(request);
      return request.answer;
    });
    if (conversation !== this.#shown) return;
    if (left.failure) this.#fail(left.failure);
    if (left.caption !== '') this.text = [left.caption, this.text].filter((words) => words.trim() !== '').join('\n');
    this.#drafts.write(this.text);
    this.#drafts.flush();
  }

  #answered(draft: Draft, answer: Answer<Message> | undefined): void {
    if (draft !== this.#sending) return;
    this.#sending = undefined;
    if (answer && !answer.ok) this.#takeBack(draft, answer.failure);
    else if (this.#isNextReady) return this.#send();
    this.#drafts.write(this.text);
    this.#drafts.flush();
    this.requestUpdate();
  }

  /** Before what was typed meanwhile. Alone it is the same message when it is sent again. */
  #takeBack({ id, text }: Draft, failure: Failure): void {
    const isAlone = this.text.trim() === '';
    this.text = isAlone ? text : `${text}\n${this.text}`;
    this.#draftId = isAlone ? id : undefined;
    this.#fail(failure);
  }

  #fail(failure: Failure): void {
    this.failure = failure;
    this.announce(failureSentence(this.texts, failure), 'assertive');
  }

  get #over(): number {
    return this.text.trim().length - LONGEST_TEXT;
  }

  get #closed(): Closed | undefined {
    return whyClosed(this.texts, this.#details.value, this.#situation.value);
  }

  get #canSend(): boolean {
    return this.#over <= 0 && this.#staging.stage?.isBlocked !== true;
  }

  protected override render(): TemplateResult | typeof nothing {
    if (!this.#shown) return nothing;
    const closed = this.#closed;
    if (closed !== undefined) return this.#renderClosed(closed);
    return html`${this.#staging.renderStaged()}${this.#renderHint()}
      <div class="composer" part="composer">
        <slot name="start"></slot>
        ${this.#staging.renderButton()}
        <div class=${this.#over > 0 ? 'field over' : 'field'} part="field" data-text=${this.text}>
          <textarea
            part="textarea"
            rows="1"
            dir="auto"
            autocomplete="off"
            enterkeyhint=${this.enterBreaks ? 'enter' : 'send'}
            aria-label=${this.texts.composerLabel(this.#title)}
            aria-invalid=${this.#over > 0 ? 'true' : 'false'}
            aria-describedby=${this.#hasHint ? 'hint' : nothing}
            placeholder=${isOffline(this.#situation.value) ? this.texts.writeWhenOnline : this.texts.writeTo(this.#title)}
            .value=${this.text}
            @input=${this.#typed}
            @keydown=${this.#pressed}
            @paste=${this.#staging.pasted}
            @blur=${this.#blurred}
          ></textarea>
        </div>
        <slot name="end"></slot>
        ${this.#renderButton()}
      </div>`;
  }

  #renderClosed({ why, ways }: Closed): TemplateResult {
    const fault = this.failure && failureSentence(this.texts, this.failure);
    return html`<div class="closed" part="closed">
      <p class=${fault ? 'bad' : ''} role="status">${fault ?? why}</p>
      ${ways.map(
        (way) =>
          html`<button
            class=${way.isMain ? 'soft-button' : 'link-button'}
            type="button"
            aria-label=${way.name}
            ?disabled=${this.isAsking}
            @click=${() => void this.#go(way)}
          >
            ${way.words}
          </button>`,
      )}
    </div>`;
  }

  async #go(way: Way): Promise<void> {
    const request = way.make();
    const conversation = this.#shown;
    this.failure = undefined;
    this.isAsking = true;
    this.dispatchEvent(request);
    const answer = await request.answer;
    this.isAsking = false;
    if (conversation !== this.#shown) return;
    await this.updateComplete;
    if (answer?.ok) this.focus();
    else if (answer) this.#fail(answer.failure);
  }

  #blurred = (): void => this.#drafts.flush();

  #renderButton(): TemplateResult | typeof nothing {
    if (this.text.trim() === '' && this.#staging.count === 0) return nothing;
    return html`<button
      class="send"
      part="send-button"
      type="button"
      aria-label=${this.texts.send}
      title=${this.texts.send}
      ?disabled=${!this.#canSend}
      @mousedown=${keepFocus}
      @click=${this.#send}
    >
      ${sendIcon()}
    </button>`;
  }

  get #hasHint(): boolean {
    return this.failure !== undefined || this.text.length >= COUNT_FROM;
  }

  #renderHint(): TemplateResult | typeof nothing {
    if (!this.#hasHint) return nothing;
    const bad = this.failure !== undefined || this.#over > 0;
    const words = this.failure ? failureSentence(this.texts, this.failure) : this.#countWords();
    return html`<p class=${bad ? 'line bad' : 'line'} part="hint" id="hint">${bad ? warnIcon(14) : nothing}<span>${words}</span></p>
      ${this.#over > 0 ? this.#staging.renderAsFile(this.text, this.#becameFile) : nothing}`;
  }

  readonly #becameFile = (text: string): void => {
    if (text === this.text) this.#write('');
  };

  #countWords(): string {
    return this.#over > 0 ? this.texts.charactersOver(this.#over) : this.texts.charactersLeft(-this.#over);
  }
}

/** The keyboard of a phone stays open while one sends. */
const keepFocus = (event: Event): void => event.preventDefault();
