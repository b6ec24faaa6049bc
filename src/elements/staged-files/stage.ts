// Files that wait for "send", in their order: looked at as soon as they are here, so that what can be wrong with one is told before.
import type { FileDraft, UploadLimit } from '../../contracts/files.ts';
import type { StagedDraft, StagedOrder } from '../../contracts/staged.ts';
import type { Answer, Failure } from '../../model/failure.ts';
import type { MessageId } from '../../model/message.ts';
import { prepareFile, type Prepared } from './prepare-file.ts';

/** More at once is a folder, and a folder is better packed. */
export const MOST_FILES = 10;

export interface StagedFile {
  id: MessageId;
  name: string;
  file: File;
  /** Undefined while it is being looked at. */
  prepared: Prepared | undefined;
  /** A picture goes without what its camera wrote into it, unless somebody wants it whole. */
  asIs: boolean;
  /** On its way to the core: no longer to be changed. */
  isLeaving: boolean;
}

export interface StageNeeds {
  changed(): void;
  readLimit(): Promise<Answer<UploadLimit | undefined>>;
  /** So that a reload does not lose it. */
  keep(draft: StagedDraft): Promise<unknown>;
  arrange(order: StagedOrder): Promise<unknown>;
}

export interface Left {
  failure: Failure | undefined;
  /** What was to go with the first file, and did not. */
  caption: string;
}

export class Stage {
  files: readonly StagedFile[] = [];
  limit: UploadLimit | undefined;
  /** Why none can go from here. */
  refusal: Failure | undefined;
  isCut = false;
  isSending = false;
  /** All of it was brought back, here or in another tab. */
  isKept = false;

  readonly #needs: StageNeeds;
  readonly #preparing = new Map<MessageId, Promise<void>>();

  constructor(needs: StageNeeds) {
    this.#needs = needs;
    void this.#learnLimit();
  }

  /** Answers with how many were taken. */
  async add(files: readonly File[], nameOf: (file: File) => string): Promise<number> {
    const taken = files.slice(0, MOST_FILES - this.files.length);
    this.isCut = taken.length < files.length;
    const fresh = taken.map((file) => ({
      ...{ id: crypto.randomUUID() as MessageId, name: nameOf(file), file },
      ...{ prepared: undefined, asIs: false, isLeaving: false },
    }));
    this.#show([...this.files, ...fresh]);
    this.#look(fresh);
    await this.#learnLimit();
    if (this.refusal) {
      this.isCut = false;
      this.#show([]);
      return 0;
    }
    this.isKept = false;
    for (const { id, name, file, asIs } of fresh) void this.#needs.keep({ id, name, file, asIs });
    return taken.length;
  }

  /** As they stood here before. */
  bringBack(drafts: readonly StagedDraft[]): void {
    const fresh = drafts.filter(({ id }) => !this.files.some((one) => one.id === id));
    const back = fresh.map(({ id, name, file, asIs }) => ({
      ...{ id, name, asIs, prepared: undefined, isLeaving: false },
      file: new File([file], name, { type: file.type }),
    }));
    this.isKept = this.files.length === 0;
    this.#show([...back, ...this.files]);
    this.#look(back);
  }

  remove(id: MessageId): void {
    this.isCut = false;
    this.#preparing.delete(id);
    this.#show(this.files.filter((one) => one.id !== id));
    this.#arrange();
  }

  /** What was told once is not told for ever. */
  calm(): void {
    if (!this.refusal && !this.isCut) return;
    this.refusal = undefined;
    this.isCut = false;
    this.#show([...this.files]);
  }

  /** Answers with its new place, from 1. */
  move(id: MessageId, by: 1 | -1): number {
    const from = this.files.findIndex((one) => one.id === id);
    const to = Math.min(this.files.length - 1, Math.max(0, from + by));
    const moved = this.files[from];
    if (moved) this.#show(this.files.toSpliced(from, 1).toSpliced(to, 0, moved));
    this.#arrange();
    return to + 1;
  }

  keepAsIs(id: MessageId, asIs: boolean): void {
    this.#change(id, { asIs });
    this.#arrange();
  }

  get isBlocked(): boolean {
    return this.files.some((one) => faultOf(one, this.limit) !== undefined);
  }

  /** One after the other, so that they stand in the thread as they stood here. What could not be taken stays. */
  async send(caption: string, send: (draft: FileDraft) => Promise<Answer<unknown>> | undefined): Promise<Left> {
    this.isSending = true;
    const left: Left = { failure: undefined, caption };
    for (const { id } of this.files) {
      await this.#preparing.get(id);
      const staged = this.files.find((one) => one.id === id);
      if (!staged || left.failure) continue;
      this.#change(id, { isLeaving: true });
      const answer = await send(draftOf(staged, left.caption));
      if (answer && !answer.ok) {
        left.failure = answer.failure;
        this.#change(id, { isLeaving: false });
      } else {
        left.caption = '';
        this.remove(id);
      }
    }
    this.isSending = false;
    this.#needs.changed();
    return left;
  }

  /** Where it cannot be known now, the core will tell. */
  async #learnLimit(): Promise<void> {
    if (this.limit) return;
    const answer = await this.#needs.readLimit();
    this.limit = answer.ok ? answer.value : undefined;
    this.refusal = refusalIn(answer);
    this.#show([...this.files]);
  }

  #look(files: readonly StagedFile[]): void {
    for (const { id, file } of files) this.#preparing.set(id, this.#prepare(id, file));
  }

  #arrange(): void {
    void this.#needs.arrange({ files: this.files.map(({ id, asIs }) => ({ id, asIs })) });
  }

  async #prepare(id: MessageId, file: File): Promise<void> {
    const prepared = await prepareFile(file);
    this.#change(id, { prepared });
  }

  #change(id: MessageId, parts: Partial<StagedFile>): void {
    this.#show(this.files.map((one) => (one.id === id ? { ...one, ...parts } : one)));
  }

  #show(files: readonly StagedFile[]): void {
    this.files = files;
    this.#needs.changed();
  }
}

function refusalIn(answer: Answer<UploadLimit | undefined>): Failure | undefined {
  if (answer.ok) return answer.value ? undefined : { kind: 'no-uploads' };
  return answer.failure.kind === 'legacy-no-files' ? answer.failure : undefined;
}

/** What would go out: the picture drawn anew, or the file as it was chosen. */
export const bodyOf = ({ file, prepared, asIs }: StagedFile): Blob => (asIs ? undefined : prepared?.clean) ?? file;

export type Fault = 'too-large' | 'empty' | 'not-readable';

export function faultOf(staged: StagedFile, limit: UploadLimit | undefined): Fault | undefined {
  if (staged.prepared?.isUnreadable) return 'not-readable';
  const { size } = bodyOf(staged);
  if (size === 0) return 'empty';
  return limit && staged.prepared && size > limit.largest ? 'too-large' : undefined;
}

function draftOf(staged: StagedFile, text: string): FileDraft {
  const { id, name, prepared } = staged;
  const picture = prepared?.picture;
  const facts = picture ? { width: picture.width, height: picture.height } : {};
  const preview = prepared?.preview;
  const file = bodyOf(staged);
  return {
    id,
    text,
    name,
    file,
    ...(file === staged.file && { isStaged: true }),
    type: prepared?.type ?? 'application/octet-stream',
    ...facts,
    ...(preview && { preview }),
  };
}
