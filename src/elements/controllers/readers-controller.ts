// Who reads in a room, for the sheet that shows it.
import { isTouched } from '../../client/looks.ts';
import type { Look, SessionClient } from '../../client/session-client.ts';
import type { RoomReaders } from '../../contracts/readers.ts';
import type { ConversationId } from '../../model/conversation.ts';
import type { Answer } from '../../model/failure.ts';
import { SessionSlice } from './session-slice.ts';

export class ReadersController extends SessionSlice<RoomReaders> {
  #room: ConversationId | undefined;

  /** Idempotent: elements call it in every `willUpdate`. */
  show(session: SessionClient | undefined, room: ConversationId | undefined): void {
    if (room !== this.#room) {
      this.follow(undefined);
      this.#room = room;
    }
    this.follow(room === undefined ? undefined : session);
  }

  protected override concerns(looks: readonly Look[]): boolean {
    const { value } = this;
    const isShown = (person: string): boolean => person === this.#room || value?.people.some((one) => one.person === person) === true;
    return isTouched(looks, 'keys', ({ person }) => isShown(person));
  }

  protected override pull(session: SessionClient): Promise<Answer<RoomReaders>> {
    if (this.#room === undefined) throw new Error('readers are pulled only while they are shown');
    return session.readReaders(this.#room);
  }

  protected override accept(value: RoomReaders): void {
    // An answer for the room before this one may still come in.
    if (value.room === this.#room) this.value = value;
  }
}
