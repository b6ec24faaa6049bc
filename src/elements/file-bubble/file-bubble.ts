// One file in a message: how far it is, what can be done with it, and the picture itself where it is one.
import { LitElement, nothing, type CSSResult, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import type { SessionClient } from '../../client/session-client.ts';
import type { Answer } from '../../model/failure.ts';
import type { Message } from '../../model/message.ts';
import { buttons } from '../../styles/controls.ts';
import { foundation } from '../../styles/foundation.ts';
import { knownFileTexts, loadFileTexts } from '../../texts/files.ts';
import type { Texts } from '../../texts/texts.ts';
import { announce } from '../announcement.ts';
import { CancelTransferRequestEvent, FetchFileRequestEvent } from '../events/file-requests.ts';
import type { RequestEvent } from '../events/request-event.ts';
import { failureSentence } from '../failure-words.ts';
import { drawPicture } from '../files/draw-picture.ts';
import { deskOf, placeOf, type FileDesk } from '../files/file-desk.ts';
import { fileState, isUnderway, type FileState } from '../files/file-state.ts';
import { saveFile } from '../files/save-file.ts';
import { isPicture } from '../message/slot-size.ts';
import { showPicture } from '../picture-view/show-picture.ts';
import { dressThread, fileBubbleStyles } from './file-bubble.styles.ts';
import { fileActions, type FileAction } from './file-actions.ts';
import { renderFace, type FaceFacts } from './file-face.ts';
import { nameOf } from './file-words.ts';

/** Fetched a little before it is reached. */
const AHEAD = '300px';

/**
 * The file of a message, in the place that the thread keeps for it.
 * @tag warbler-file-bubble
 * @fires {FetchFileRequestEvent} warbler-fetch-file-request - A file shall be fetched.
 * @fires {CancelTransferRequestEvent} warbler-cancel-transfer-request - It shall not be sent, or fetched, any more.
 * @slot - What keeps its place while it is on its way.
 */
export class FileBubble extends LitElement {
  static override styles: CSSResult[] = [foundation, buttons, fileBubbleStyles];

  @property({ attribute: false }) message: Message | undefined;
  @property({ attribute: false }) texts: Texts | undefined;
  @property({ attribute: false }) session: SessionClient | undefined;
  /** Its buttons take part in the tab order only in the message that has the focus. */
  @property({ attribute: false }) reachable = false;

  /** Told to its styles. */
  @property({ type: Boolean, reflect: true }) picture = false;

  @state() private drawn: HTMLCanvasElement | undefined;
  @state() private isDrawable = true;

  #desk: FileDesk | undefined;
  #unwatch: (() => void) | undefined;
  #sight: IntersectionObserver | undefined;
  #isInSight = false;
  #drawnFrom: 'preview' | 'file' | undefined;
  /** Pressed before it was here: what was wanted happens when it is. */
  #onArrival: 'save' | 'tell' | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    dressThread(this.getRootNode());
    this.#sight = new IntersectionObserver(
      (entries) => {
        this.#isInSight = entries.at(-1)?.isIntersecting ?? false;
        this.requestUpdate();
      },
      { rootMargin: AHEAD },
    );
    this.#sight.observe(this);
    this.requestUpdate();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#sight?.disconnect();
    this.#leaveDesk();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    const { session, message, texts } = this;
    if (changed.has('message') && changed.get('message')?.id !== message?.id) this.#forget();
    this.picture = message?.file !== undefined && isPicture(message.file);
    const desk = this.isConnected && session && message ? deskOf(session, message.conversation) : undefined;
    if (desk !== this.#desk) this.#leaveDesk();
    this.#desk = desk;
    this.#unwatch ??= desk?.watch(() => this.requestUpdate());
    if (texts && !knownFileTexts(texts.locale)) void loadFileTexts(texts.locale).then(() => this.requestUpdate());
  }

  protected override updated(): void {
    const { message } = this;
    if (!message?.file || !this.#desk) return;
    if (this.#state?.stage === 'here') this.#arrived();
    if (!this.#isInSight) return;
    const { stage } = this.#state ?? {};
    if (isPicture(message.file)) void this.#draw(message, stage === 'here');
    if (isPicture(message.file) && stage === 'away' && this.#desk.comesByItself(message) && this.#desk.isFirstWish(message))
      this.#fetch(true);
  }

  /** What keeps the place shows at once, not with the first drawing: the thread measures before that. */
  protected override createRenderRoot(): HTMLElement | DocumentFragment {
    const root = super.createRenderRoot();
    root.append(document.createElement('slot'));
    return root;
  }

  /** What the menu of the message offers. */
  get actions(): readonly FileAction[] {
    const { message, texts } = this;
    const files = texts && knownFileTexts(texts.locale);
    if (!message || !files || !this.#state) return [];
    return fileActions(
      { files, message, state: this.#state, isDrawable: this.isDrawable },
      { press: this.#press, save: this.#save, stop: this.#stop },
    );
  }

  protected override render(): TemplateResult | typeof nothing {
    const facts = this.#facts;
    return facts ? renderFace(facts) : nothing;
  }

  get #state(): FileState | undefined {
    return this.message && this.#desk ? fileState(this.message, this.#desk.transferOf(this.message)) : undefined;
  }

  get #facts(): FaceFacts | undefined {
    const { message, texts, drawn, isDrawable, reachable } = this;
    const files = texts && knownFileTexts(texts.locale);
    const known = this.#state;
    if (!message || !texts || !files || !known) return undefined;
    const isVeiled = this.picture && known.stage === 'away' && this.#desk?.isKnown === true && !this.#desk.showsPreview(message);
    return { message, texts, files, state: known, drawn, isDrawable, isVeiled, reachable, press: this.#press, stop: this.#stop };
  }

  // ---- what a person does ----

  readonly #press = (): void => {
    const { message } = this;
    const known = this.#state;
    if (!message?.file || !known || isUnderway(known) || known.stage === 'named') return;
    const isShown = isPicture(message.file) && this.isDrawable;
    if (known.stage !== 'here') this.#fetchFor(isShown ? 'tell' : 'save');
    else if (isShown && this.#desk && this.texts) void showPicture(this, message, this.texts, this.#desk);
    else void this.#handOver();
  };

  readonly #save = (): void => {
    if (this.#state?.stage === 'here') void this.#handOver();
    else this.#fetchFor('save');
  };

  readonly #stop = (): void => {
    const { message, texts } = this;
    const files = texts && knownFileTexts(texts.locale);
    const desk = this.#desk;
    if (!message || !files || !desk) return;
    this.#onArrival = undefined;
    const place = placeOf(message);
    void this.#ask(new CancelTransferRequestEvent(place), () => desk.cancel(place), files.stopped(nameOf(message)));
  };

  #fetchFor(wish: 'save' | 'tell'): void {
    const known = this.#state;
    if (!known || known.direction === 'up') return;
    this.#onArrival = wish;
    this.#fetch(false);
  }

  #fetch(byItself: boolean): void {
    const { message } = this;
    const desk = this.#desk;
    if (!message || !desk) return;
    const place = placeOf(message);
    void this.#ask(new FetchFileRequestEvent(place, byItself), () => desk.fetch(place, byItself));
  }

  /** Whoever stands above may take it over; otherwise it is asked of the session. */
  async #ask(request: RequestEvent<void>, call: () => Promise<Answer<void>>, done?: string): Promise<void> {
    this.dispatchEvent(request);
    if (!request.taken) request.respondWith(call());
    const answer = await request.answer;
    if (!this.texts) return;
    if (answer?.ok && done) announce(this, done);
    else if (answer && !answer.ok) announce(this, failureSentence(this.texts, answer.failure), 'assertive');
  }

  #arrived(): void {
    const wish = this.#onArrival;
    const { message, texts } = this;
    const files = texts && knownFileTexts(texts.locale);
    this.#onArrival = undefined;
    if (wish === 'save') void this.#handOver();
    else if (wish && message && files) announce(this, files.fetched(nameOf(message)));
  }

  async #handOver(): Promise<void> {
    const { message, texts } = this;
    const files = texts && knownFileTexts(texts.locale);
    if (!message || !files || !this.#desk) return;
    const answer = await this.#desk.read(message);
    if (!answer.ok) return announce(this, failureSentence(texts, answer.failure), 'assertive');
    saveFile(answer.value, nameOf(message));
    announce(this, files.saved(nameOf(message)));
  }

  // ---- what is drawn ----

  async #draw(message: Message, isHere: boolean): Promise<void> {
    const desk = this.#desk;
    const from = isHere ? 'file' : 'preview';
    const small = message.file?.preview;
    const isWanted = isHere || (small && desk?.isKnown && desk.showsPreview(message));
    if (!desk || !isWanted || from === this.#drawnFrom) return;
    this.#drawnFrom = from;
    const drawn = isHere ? await desk.picture(message) : small && (await drawPicture(new Blob([small.bytes]), SMALL));
    if (message.id !== this.message?.id || this.#drawnFrom !== from) return;
    if (isHere) this.isDrawable = drawn !== undefined;
    this.drawn = drawn ?? this.drawn;
  }

  #forget(): void {
    this.drawn = this.#drawnFrom = this.#onArrival = undefined;
    this.isDrawable = true;
  }

  #leaveDesk(): void {
    this.#unwatch?.();
    this.#unwatch = this.#desk = undefined;
  }
}

const SMALL = { width: 320, height: 320 };
