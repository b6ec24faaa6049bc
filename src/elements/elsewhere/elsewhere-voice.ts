// Says how many messages came in conversations that are not open: gathered over two seconds, those that name this person first.
import type { Clock } from '../../base/clock.ts';
import { isTouched } from '../../client/looks.ts';
import type { SessionClient } from '../../client/session-client.ts';
import type { Conversation, ConversationId } from '../../model/conversation.ts';
import type { Situation } from '../../model/situation.ts';
import type { Texts } from '../../texts/texts.ts';
import { cleanLine } from '../text/clean-text.ts';

const WINDOW_MS = 2000;
const MOST_ALOUD = 3;
/** The newest of those with something unread; what lies deeper is not news. */
const MOST_READ = 50;

export interface VoiceNeeds {
  clock: Clock;
  texts(): Texts | undefined;
  situation(): Situation | undefined;
  /** The open conversation speaks for itself. */
  open(): ConversationId | undefined;
  say(text: string): void;
}

interface News {
  row: Conversation;
  count: number;
}

export class ElsewhereVoice {
  readonly #needs: VoiceNeeds;
  #session: SessionClient | undefined;
  #stop: (() => void) | undefined;
  #cancel: (() => void) | undefined;
  /** Unread by conversation, as last looked at. Undefined before the first look: what it finds is no news. */
  #known: Map<ConversationId, number> | undefined;

  constructor(needs: VoiceNeeds) {
    this.#needs = needs;
  }

  follow(session: SessionClient | undefined): void {
    if (session === this.#session) return;
    this.#stop?.();
    this.#cancel?.();
    this.#cancel = this.#known = undefined;
    this.#session = session;
    this.#stop = session?.onChanged((looks) => {
      if (isTouched(looks, 'conversations')) this.#gather();
    });
    if (session) void this.#look(session);
  }

  #gather(): void {
    this.#cancel ??= this.#needs.clock.after(WINDOW_MS, () => {
      this.#cancel = undefined;
      if (this.#session) void this.#look(this.#session);
    });
  }

  async #look(session: SessionClient): Promise<void> {
    const answer = await session.listConversations({ from: 0, count: MOST_READ, only: 'unread' });
    if (!answer.ok || session !== this.#session) return;
    const { rows, total } = answer.value;
    const known = this.#known;
    const isWhole = total <= rows.length;
    this.#known = new Map([...(isWhole ? [] : (known ?? [])), ...rows.map((row) => [row.id, row.unread] as const)]);
    if (known && this.#isLive) this.#tell(rows.flatMap((row) => newsOf(row, known, this.#needs.open())));
  }

  /** What a catch-up brings is history. */
  get #isLive(): boolean {
    const situation = this.#needs.situation();
    return situation?.connection.stage === 'online' && !situation.catchingUp;
  }

  #tell(news: readonly News[]): void {
    const texts = this.#needs.texts();
    if (!texts) return;
    const ordered = news.toSorted((a, b) => Number(b.row.mentioned) - Number(a.row.mentioned));
    const [aloud, rest] = [ordered.slice(0, MOST_ALOUD), ordered.slice(MOST_ALOUD)];
    for (const { row, count } of aloud)
      this.#needs.say(row.mentioned ? texts.manyNewMention(count, cleanLine(row.title)) : texts.manyNew(count, cleanLine(row.title)));
    if (rest.length > 0)
      this.#needs.say(
        texts.newElsewhere(
          rest.reduce((sum, { count }) => sum + count, 0),
          rest.length,
        ),
      );
  }
}

/** What is muted calls for nobody, unless it names somebody. */
function newsOf(row: Conversation, known: ReadonlyMap<ConversationId, number>, open: ConversationId | undefined): News[] {
  const count = row.unread - (known.get(row.id) ?? 0);
  return count <= 0 || row.id === open || (row.muted && !row.mentioned) ? [] : [{ row, count }];
}
