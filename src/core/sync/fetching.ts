// What is missing here and lies in archives, put together: asked for after every fresh stream, in every room we join, wherever somebody looks.
import type { Address } from '../../model/account.ts';
import type { ConversationId } from '../../model/conversation.ts';
import { AccountCatchUp, type AccountCatchUpNeeds } from './account-catch-up.ts';
import { ArchiveClient, type ArchiveClientNeeds } from './archive-client.ts';
import { GapFiller, type GapFillerNeeds } from './gap-filler.ts';
import type { OpenHole } from './history.ts';
import { LookingBack, type LookingBackNeeds } from './looking-back.ts';
import { RoomCatchUp, type RoomCatchUpNeeds } from './room-catch-up.ts';

type Put = 'archive' | 'filler' | 'filled' | 'covered' | 'isChecking';

export interface FetchingNeeds
  extends
    ArchiveClientNeeds,
    Omit<AccountCatchUpNeeds, Put>,
    Omit<GapFillerNeeds, Put>,
    Omit<RoomCatchUpNeeds, Put>,
    Omit<LookingBackNeeds, Put> {
  /** How far back the account's archive has been seen, which has no name here, or a room's. */
  covered(archive: ConversationId | '', since: number | undefined): void;
  /** A gap was closed: what was too far ahead may open now. */
  filled(): void;
}

export class Fetching {
  readonly archive: ArchiveClient;
  readonly filler: GapFiller;
  readonly lookingBack: LookingBack;
  readonly #needs: FetchingNeeds;
  readonly #account: AccountCatchUp;
  readonly #rooms: RoomCatchUp;

  constructor(needs: FetchingNeeds) {
    this.#needs = needs;
    const { covered, filled } = needs;
    const archive = (this.archive = new ArchiveClient(needs));
    const filler = (this.filler = new GapFiller({ ...needs, archive, filled: (id) => (this.#account.filled(id), filled()) }));
    this.#account = new AccountCatchUp({ ...needs, archive, covered: (since) => covered('', since) });
    this.#rooms = new RoomCatchUp({ ...needs, archive, filler, covered });
    this.lookingBack = new LookingBack({ ...needs, filler, isChecking: (gap) => this.#account.isChecking(gap) });
  }

  /** The account's archive is being asked. */
  get isCatchingUp(): boolean {
    return this.#account.isUnderWay;
  }

  /** What may be missing just below a message that comes live now. */
  openHole(conversation: ConversationId): OpenHole | undefined {
    return this.#needs.company.isRoom(conversation) ? this.#rooms.openHole(conversation) : this.#account.openHole(conversation);
  }

  /** A fresh stream is being bound: what is asked here travels in the same flight. */
  onOpening(): void {
    this.#rooms.forget();
    this.filler.forgetFailures();
    this.#account.ask();
  }

  onOnline(how: 'fresh' | 'resumed'): void {
    if (how === 'resumed') this.#account.check();
    else this.#account.start();
  }

  onOffline(): void {
    this.#account.pause();
  }

  /** We are in a room that has an archive, or it took something and never said it. */
  askRoom(room: Address): void {
    this.#rooms.start(room);
  }

  stop(): void {
    this.#account.stop();
    this.#rooms.forget();
  }
}
