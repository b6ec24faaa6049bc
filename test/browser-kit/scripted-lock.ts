// The lock of a scripted session: what opens it is a text, and what was asked is kept as text, since the bytes are overwritten.
import type { ClientState, Look } from '../../src/client/session-client.ts';
import type { LockSecret, LockState, LockWish } from '../../src/contracts/lock.ts';
import { failed, succeeded, type Answer } from '../../src/model/failure.ts';
import type { AutoLock } from '../../src/model/lock.ts';
import type { Situation } from '../../src/model/situation.ts';

export class ScriptedLock {
  state: LockState = { mode: 'none', isLocked: false, isInMemory: false, idle: 0, hidden: 0 };
  /** What opens it. */
  secret = '';
  readonly wishes: { mode: LockWish['mode']; current: string | undefined; to: string | undefined }[] = [];

  opens({ bytes }: LockSecret, opened?: () => void): Answer<void> {
    if (textOf(bytes) !== this.secret) return failed({ kind: 'wrong-credentials' });
    opened?.();
    return succeeded(undefined);
  }

  set(wish: LockWish): Answer<void> {
    const to = wish.mode === 'passphrase' ? textOf(wish.passphrase) : wish.mode === 'passkey' ? textOf(wish.recovery) : undefined;
    this.wishes.push({ mode: wish.mode, current: wish.current && textOf(wish.current.bytes), to });
    if (this.state.mode !== 'none' && (!wish.current || !this.opens(wish.current).ok)) return failed({ kind: 'wrong-credentials' });
    this.state = { ...this.state, mode: wish.mode };
    this.secret = to ?? '';
    return succeeded(undefined);
  }

  setAuto(auto: AutoLock): void {
    this.state = { ...this.state, ...auto };
  }
}

/** Everything is locked away, as the core says it to every tab. */
export function sayLocked(session: Lockable): void {
  const { account: _, ...rest } = session.situation;
  session.situation = {
    ...rest,
    sign: 'locked',
    lock: { mode: 'passphrase', idle: 0 },
    unread: { messages: 0, conversations: 0, mentioned: false },
  };
  session.become('locked');
  session.become('attached');
  session.tell({ about: 'everything' });
}

/** The core that was locked has gone. The next one answers before it has looked at the disk, and then knows that all is locked. */
export async function changeCore(session: Lockable, meanwhile: () => Promise<void>): Promise<void> {
  const { situation } = session;
  session.become('attaching');
  await meanwhile();
  session.situation = { ...situation, sign: 'restoring' };
  session.become('attached');
  session.tell({ about: 'everything' });
  await meanwhile();
  session.situation = { ...session.situation, sign: 'locked' };
  session.tell({ about: 'situation' });
  await meanwhile();
}

interface Lockable {
  situation: Situation;
  become(state: ClientState): void;
  tell(look: Look): void;
}

export const flat = async (answer: Promise<Answer<Answer<void>>>): Promise<Answer<void>> => {
  const outer = await answer;
  return outer.ok ? outer.value : outer;
};

const textOf = (bytes: readonly number[]): string => new TextDecoder().decode(Uint8Array.from(bytes));
