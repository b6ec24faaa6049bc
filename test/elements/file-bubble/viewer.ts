// A person who looks at the files of a thread.
import type { FilePlace, Transfer } from '../../../src/contracts/files.ts';
import { makePreview } from '../../../src/elements/files/make-preview.ts';
import type { FileBubble } from '../../../src/elements/file-bubble/file-bubble.ts';
import type { SharedFile } from '../../../src/model/file.ts';
import type { Message, MessageId } from '../../../src/model/message.ts';
import { drawFile, fileOfSize } from '../../browser-kit/pictures.ts';
import { until } from '../../browser-kit/person.ts';
import { LI, messageAt, type ScriptedSession } from '../../browser-kit/scripted-session.ts';
import { many, Reader, type Opening } from '../thread/reader.ts';

export const PDF: SharedFile = { name: 'terms.pdf', type: 'application/pdf', size: 184_000, available: true };

export const withFile = (order: number, file: SharedFile, parts: Partial<Message> = {}): Message =>
  messageAt(order, { text: '', file, ...parts });

export async function pictureOf(parts: Partial<SharedFile> = {}): Promise<SharedFile> {
  const file = await drawFile();
  const preview = await makePreview(file);
  const facts = { name: 'hills.jpg', type: 'image/jpeg', size: file.size, width: 640, height: 480, available: true };
  return { ...facts, ...(preview && { preview }), ...parts };
}

export const placeOf = (order: number): FilePlace => ({ conversation: LI, message: `m${order}` as MessageId, order });

export class Viewer {
  readonly reader: Reader;

  private constructor(reader: Reader) {
    this.reader = reader;
  }

  /** By default with a contact, and three messages before. */
  static async open(file: SharedFile, opening: Opening & { parts?: Partial<Message> } = {}): Promise<Viewer> {
    const { prepare, parts } = opening;
    const reader = await Reader.open({
      messages: [...many(3), withFile(4, file, parts)],
      ...opening,
      prepare: (session) => {
        session.change(LI, { standing: 'contact' });
        prepare?.(session);
      },
    });
    const viewer = new Viewer(reader);
    await until(() => viewer.bubble.shadowRoot?.querySelector('.main'), 'the face of the file');
    return viewer;
  }

  get session(): ScriptedSession {
    return this.reader.session;
  }

  get bubble(): FileBubble {
    const bubble = this.reader.bubble('m4').querySelector<FileBubble>('warbler-file-bubble');
    if (!bubble) throw new Error('there is no file');
    return bubble;
  }

  find<E extends Element = HTMLElement>(selector: string): E | null {
    return this.bubble.shadowRoot?.querySelector<E>(selector) ?? null;
  }

  /** What the main button says to those who listen. */
  get said(): string {
    return (this.find('.main')?.textContent ?? '').replaceAll(/\s+/g, ' ').trim();
  }

  get canPress(): boolean {
    return this.find('.main')?.ariaDisabled !== 'true';
  }

  async press(selector: string = '.main'): Promise<void> {
    this.find(selector)?.click();
    await this.settle();
  }

  async transfer(parts: Partial<Transfer>): Promise<void> {
    const { message, order = 4 } = placeOf(4);
    const known = { message, order, direction: 'down', stage: 'running', done: 0, total: 184_000 } as const;
    this.session.files.set(LI, { ...known, ...parts });
    await this.tell();
  }

  async arrive(body: Blob = fileOfSize(184_000)): Promise<void> {
    this.session.files.keep(placeOf(4), body);
    await this.tell();
  }

  async tell(): Promise<void> {
    this.session.tell({ about: 'transfers', conversation: LI });
    await this.settle();
  }

  settle(): Promise<void> {
    return this.reader.settle();
  }
}
