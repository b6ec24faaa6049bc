// Encryption is loaded a moment after the first screen: whoever needs it sooner hastens it, and is told of it where it comes late.
import type { Clock } from '../../base/clock.ts';
import type { Address } from '../../model/account.ts';
import type { Encryption } from '../ports.ts';

export interface EncryptionHolder {
  /** Absent until it is loaded. */
  readonly encryption: Encryption | undefined;
  readonly pace: Pick<Clock, 'after'>;
  /** Loads it, and goes on trying where it cannot be. */
  askEncryption(): Promise<Encryption>;
  /** Keys of a person, or of who reads in a room, are to be read again. */
  tellKeys(whose: Address): void;
}

/** Long enough for a second attempt, and shorter than a tab waits for its answer. */
const PATIENCE_MS = 5_000;

export async function awaitEncryption(session: EncryptionHolder, whose: Address): Promise<Encryption | undefined> {
  if (session.encryption) return session.encryption;
  let isLate = false;
  let cancel = (): void => undefined;
  const late = new Promise<undefined>((resolve) => (cancel = session.pace.after(PATIENCE_MS, () => resolve(void (isLate = true)))));
  const load = async (): Promise<Encryption> => {
    const there = await session.askEncryption();
    cancel();
    if (isLate) session.tellKeys(whose);
    return there;
  };
  return Promise.race([load(), late]);
}
