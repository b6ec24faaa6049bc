// What is known of the files of one conversation, for all bubbles that show one: how far they are, whether they may come by themselves,
// and the pictures as they were last drawn. It follows the session while anybody asks.
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { SessionClient } from '../../client/session-client.ts';
import type { FilePlace, Transfer } from '../../contracts/files.ts';
import type { ConversationId } from '../../model/conversation.ts';
import type { Answer } from '../../model/failure.ts';
import type { Message } from '../../model/message.ts';
import { ConversationController } from '../controllers/conversation-controller.ts';
import { SituationController } from '../controllers/situation-controller.ts';
import { drawPicture } from './draw-picture.ts';
import { findPicture } from './find-picture.ts';
import { TransfersController } from './transfers-controller.ts';

/** A picture of a contact that is no larger comes by itself once somebody sees its place. */
const LARGEST_BY_ITSELF = 512 * 1024;
/** As sharp as a bubble shows it on the densest screens. */
const DRAWN = { width: 780, height: 900 };
const MOST_DRAWN = 24;

const desks = new WeakMap<SessionClient, Map<ConversationId, FileDesk>>();

export function deskOf(session: SessionClient, conversation: ConversationId): FileDesk {
  const ofSession = desks.get(session) ?? new Map<ConversationId, FileDesk>();
  desks.set(session, ofSession);
  const desk = ofSession.get(conversation) ?? new FileDesk(session, conversation);
  ofSession.set(conversation, desk);
  return desk;
}

export class FileDesk implements ReactiveControllerHost {
  readonly updateComplete: Promise<boolean> = Promise.resolve(true);
  readonly #session: SessionClient;
  readonly #conversation: ConversationId;
  readonly #transfers = new TransfersController(this);
  readonly #details = new ConversationController(this);
  readonly #situation = new SituationController(this);
  readonly #listeners = new Set<() => void>();
  readonly #drawn = new Map<string, Promise<HTMLCanvasElement | undefined>>();
  readonly #asked = new Set<string>();

  constructor(session: SessionClient, conversation: ConversationId) {
    this.#session = session;
    this.#conversation = conversation;
  }

  watch(listener: () => void): () => void {
    this.#listeners.add(listener);
    this.#follow(this.#session);
    return () => {
      this.#listeners.delete(listener);
      if (this.#listeners.size > 0) return;
      this.#follow(undefined);
      this.#drawn.clear();
    };
  }

  /** An own message may have left the outbox a moment before its file's transfer did. */
  transferOf({ id, order, own }: Message): Transfer | undefined {
    const found = this.#transfers.value?.filter(({ message }) => message === id);
    return (
      found?.find((transfer) => transfer.order === order) ?? (own ? found?.find((transfer) => transfer.order === undefined) : undefined)
    );
  }

  /** Whether anything is known yet: before that nothing is fetched, and nobody is offered to. */
  get isKnown(): boolean {
    return this.#transfers.value !== undefined && this.#details.value !== undefined;
  }

  /** What a stranger sends is not shown before a person asks for it, not even the small picture inside the message. */
  showsPreview({ own }: Message): boolean {
    const standing = this.#details.value?.standing;
    return own || standing === 'contact' || standing === 'member';
  }

  comesByItself({ file, own }: Message): boolean {
    if (!file?.available || !this.isKnown || this.#saves) return false;
    const isTrusted = own || this.#details.value?.standing === 'contact';
    return isTrusted && file.size !== undefined && file.size <= LARGEST_BY_ITSELF;
  }

  /** Somebody pays for what comes, or waits long for it; or whose address it is cannot be asked now. */
  get #saves(): boolean {
    const { connection } = navigator as { connection?: { saveData?: boolean } };
    const now = this.#situation.value?.connection;
    return connection?.saveData === true || now?.stage !== 'online' || now.slow;
  }

  /** Answers with true once for each file: what failed when it came by itself waits for a person. */
  isFirstWish(message: Message): boolean {
    const key = keyOf(message);
    const isFirst = !this.#asked.has(key);
    this.#asked.add(key);
    return isFirst;
  }

  fetch(place: FilePlace, byItself = false): Promise<Answer<void>> {
    return this.#session.fetchFile(byItself ? { ...place, byItself } : place);
  }

  cancel(place: FilePlace): Promise<Answer<void>> {
    return this.#session.cancelTransfer(place);
  }

  read(message: Message): Promise<Answer<Blob>> {
    return this.#session.readFile(placeOf(message));
  }

  /** The picture before or behind this one. Undefined where there is none. */
  beside(message: Message, direction: 'earlier' | 'later'): Promise<Message | undefined> {
    return findPicture(this.#session, message, direction);
  }

  /** As large as a bubble needs it. Undefined where it is no picture that may be drawn. */
  picture(message: Message): Promise<HTMLCanvasElement | undefined> {
    const key = keyOf(message);
    const known = this.#drawn.get(key);
    if (known) return known;
    const drawn = this.#draw(message);
    this.#drawn.set(key, drawn);
    for (const [oldest] of this.#drawn) if (this.#drawn.size > MOST_DRAWN) this.#drawn.delete(oldest);
    return drawn;
  }

  async #draw(message: Message): Promise<HTMLCanvasElement | undefined> {
    const answer = await this.read(message);
    if (answer.ok) return drawPicture(answer.value, DRAWN);
    this.#drawn.delete(keyOf(message));
    return undefined;
  }

  #follow(session: SessionClient | undefined): void {
    this.#transfers.show(session, this.#conversation);
    this.#details.show(session, this.#conversation);
    this.#situation.follow(session);
  }

  // ---- as a host of controllers ----

  addController(_controller: ReactiveController): void {}

  removeController(_controller: ReactiveController): void {}

  requestUpdate(): void {
    for (const listener of this.#listeners) listener();
  }
}

const keyOf = ({ id, order }: Message): string => `${order ?? ''} ${id}`;

export const placeOf = ({ conversation, id, order }: Message): FilePlace => ({
  conversation,
  message: id,
  ...(order === undefined ? {} : { order }),
});
