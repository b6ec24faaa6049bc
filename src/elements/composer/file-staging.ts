// Files on their way into the composer: chosen, pasted, or dropped anywhere on the panel. What shows and prepares them comes with the first.
import { html, type LitElement, type ReactiveController, type TemplateResult } from 'lit';
import type { SessionClient } from '../../client/session-client.ts';
import type { ConversationId } from '../../model/conversation.ts';
import { ATTACH_TEXTS } from '../../texts/late/attach.ts';
import type { FileTexts } from '../../texts/keys/file-texts.ts';
import type { Texts } from '../../texts/texts.ts';
import { announce } from '../announcement.ts';
import { failureSentence } from '../failure-words.ts';
import { attachIcon } from '../icon/composer.ts';
import { loadPart } from '../load-part.ts';
import type { Stage } from '../staged-files/stage.ts';
import type { StagedFiles } from '../staged-files/staged-files.ts';

export interface StagingNeeds {
  texts(): Texts;
  session(): SessionClient | undefined;
  /** Undefined where nothing can be written. */
  open(): { id: ConversationId; title: string } | undefined;
  /** Back to the field. */
  focus(): void;
}

export class FileStaging implements ReactiveController {
  readonly #host: LitElement;
  readonly #needs: StagingNeeds;
  readonly #stages = new Map<ConversationId, Stage>();
  /** What is staged there was brought back, or is being. */
  readonly #asked = new Set<ConversationId>();
  #ground: Element | undefined;
  /** Each child one passes over enters and leaves as well. */
  #entered = 0;

  constructor(host: LitElement, needs: StagingNeeds) {
    this.#host = host;
    this.#needs = needs;
    host.addController(this);
  }

  hostConnected(): void {
    this.#ground = this.#host.closest('.panel') ?? this.#host.parentElement ?? this.#host;
    for (const [type, act] of this.#drags) this.#ground.addEventListener(type, act);
  }

  hostDisconnected(): void {
    for (const [type, act] of this.#drags) this.#ground?.removeEventListener(type, act);
    this.#ground = undefined;
  }

  /** Of the conversation that is open. */
  get stage(): Stage | undefined {
    const open = this.#needs.open();
    return open && this.#stages.get(open.id);
  }

  get count(): number {
    return this.stage?.files.filter(({ isLeaving }) => !isLeaving).length ?? 0;
  }

  renderButton(): TemplateResult {
    const { attach } = ATTACH_TEXTS[this.#needs.texts().locale];
    return html`<input type="file" multiple hidden tabindex="-1" aria-label=${attach} @change=${this.#chosen} /><button
        class="icon-button attach"
        part="attach-button"
        type="button"
        aria-label=${attach}
        title=${attach}
        @pointerenter=${this.#expect}
        @focus=${this.#expect}
        @click=${() => this.#input?.click()}
      >
        ${attachIcon()}
      </button>`;
  }

  renderStaged(): TemplateResult {
    const { stage } = this;
    return html`<warbler-staged-files
      .stage=${stage}
      .files=${stage?.files ?? []}
      .texts=${this.#needs.texts()}
      .leave=${this.#needs.focus}
    ></warbler-staged-files>`;
  }

  /** A program that copies a table puts a picture of it beside its words: the words are what is meant. */
  readonly pasted = (event: ClipboardEvent): void => {
    const { clipboardData } = event;
    const files = [...(clipboardData?.files ?? [])];
    if (files.length === 0 || clipboardData?.types.includes('text/plain')) return;
    event.preventDefault();
    void this.add(files, true);
  };

  /** What is too long for a message, beside the word that it is. */
  renderAsFile(text: string, taken: (text: string) => void): TemplateResult {
    const act = async (): Promise<void> => {
      const { longText } = await loadWords(this.#needs.texts().locale);
      if ((await this.add([new File([text], longText, { type: 'text/plain' })])) > 0) taken(text);
    };
    return html`<p class="line">
      <button class="link-button" type="button" @click=${act}>${ATTACH_TEXTS[this.#needs.texts().locale].asFile}</button>
    </p>`;
  }

  /** Answers with how many were taken. */
  async add(files: readonly File[], arePasted: boolean = false): Promise<number> {
    const open = this.#needs.open();
    const session = this.#needs.session();
    const { locale } = this.#needs.texts();
    if (!open || !session || files.length === 0) return 0;
    try {
      const [{ Stage }, words] = await this.#load(locale);
      const stage = this.#stages.get(open.id) ?? this.#begin(Stage, session, open.id);
      this.#needs.focus();
      const count = await stage.add(files, (file) =>
        arePasted && /^image\.\w+$/.test(file.name) ? words.pasted(file.name.slice(6)) : file.name,
      );
      announce(this.#host, stage.refusal ? failureSentence(this.#needs.texts(), stage.refusal) : words.added(count));
      return count;
    } catch {
      announce(this.#host, ATTACH_TEXTS[locale].couldNotLoad, 'assertive');
      return 0;
    }
  }

  /** What the core has of it: chosen before a reload, or in another tab. Where those were sent or taken away, they go here too. */
  hear(conversation: ConversationId, count: number): void {
    const stage = this.#stages.get(conversation);
    if (count === 0 && stage?.isKept && !stage.isSending) this.#stages.delete(conversation);
    if (count === 0 || this.#asked.has(conversation)) return;
    this.#asked.add(conversation);
    if (!stage) void this.#bringBack(conversation).catch(() => this.#asked.delete(conversation));
  }

  async #bringBack(conversation: ConversationId): Promise<void> {
    const session = this.#needs.session();
    if (!session) return;
    const [{ Stage }] = await this.#load(this.#needs.texts().locale);
    const staged = await session.readStaged(conversation);
    if (!staged.ok || staged.value.length === 0) return;
    const stage = this.#stages.get(conversation) ?? this.#begin(Stage, session, conversation);
    stage.bringBack(staged.value);
  }

  #begin(made: typeof Stage, session: SessionClient, conversation: ConversationId): Stage {
    this.#asked.add(conversation);
    const stage = new made({
      changed: this.#changed,
      readLimit: () => session.readUploadLimit(conversation),
      keep: (draft) => session.keepStaged(conversation, draft),
      arrange: (order) => session.arrangeStaged(conversation, order),
    });
    this.#stages.set(conversation, stage);
    return stage;
  }

  readonly #changed = (): void => this.#host.requestUpdate();

  /** While the person is still looking for the file. */
  readonly #expect = (): void => void this.#load(this.#needs.texts().locale).catch(() => undefined);

  readonly #load = async (locale: Texts['locale']) =>
    Promise.all([import('../staged-files/stage.ts'), loadWords(locale), loadStagedFiles()]);

  readonly #chosen = (): void => {
    const input = this.#input;
    if (!input) return;
    void this.add([...(input.files ?? [])]);
    // The same file may be chosen again.
    input.value = '';
  };

  get #input(): HTMLInputElement | null {
    return this.#host.renderRoot.querySelector('input');
  }

  readonly #drags: readonly (readonly [type: string, act: (event: Event) => void])[] = [
    ['dragenter', (event) => isOfFiles(event) && this.#enter(event)],
    ['dragover', (event) => isOfFiles(event) && this.#hover(event)],
    ['dragleave', (event) => isOfFiles(event) && this.#leave()],
    ['drop', (event) => isOfFiles(event) && this.#drop(event)],
  ];

  get #takes(): boolean {
    return this.#needs.open() !== undefined && this.#host.checkVisibility();
  }

  #enter(event: DragEvent): void {
    event.preventDefault();
    if (this.#entered++ === 0 && this.#takes) void this.#veil(this.#ground);
  }

  /** Without this the browser would open the file in place of the page. */
  #hover(event: DragEvent): void {
    event.preventDefault();
    if (event.dataTransfer) event.dataTransfer.dropEffect = this.#takes ? 'copy' : 'none';
  }

  #leave(): void {
    this.#entered = Math.max(0, this.#entered - 1);
    if (this.#entered === 0) void this.#veil(undefined);
  }

  #drop(event: DragEvent): void {
    event.preventDefault();
    this.#entered = 0;
    void this.#veil(undefined);
    if (this.#takes) void this.add([...(event.dataTransfer?.files ?? [])]);
  }

  async #veil(ground: Element | undefined): Promise<void> {
    const [, words] = await this.#load(this.#needs.texts().locale).catch(() => []);
    if (!words || (ground && this.#entered === 0)) return;
    const title = this.#needs.open()?.title ?? '';
    this.#host.renderRoot.querySelector<StagedFiles>('warbler-staged-files')?.veil(ground, words.dropHere(title));
  }
}

const loadWords = async (locale: Texts['locale']): Promise<FileTexts> => (await import('../../texts/files.ts')).loadFileTexts(locale);

const loadStagedFiles = (): Promise<void> =>
  loadPart('warbler-staged-files', async () => (await import('../staged-files/staged-files.ts')).StagedFiles);

const isOfFiles = (event: Event): event is DragEvent => event instanceof DragEvent && event.dataTransfer?.types.includes('Files') === true;
