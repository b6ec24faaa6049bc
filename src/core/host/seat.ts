// Who may write: one core at a time for each identity, whatever its host and build. Held for the core's life.

export interface Seat {
  /** The lock this very core holds, and no other ever: tabs wait for it to come free. */
  coreLock: string;
}

export interface SeatWish {
  locks: LockManager;
  /** Digest of the identity. */
  digest: string;
  /** Take it even from a core that still holds it: that one hangs in a frozen page. */
  seize: boolean;
  /** Somebody took the seat: stop at once, write nothing more. */
  lost(): void;
}

const holdForLife = (): Promise<never> => new Promise(() => {});

/** Answers when the seat is ours, which may be never. */
export async function takeSeat(wish: SeatWish): Promise<Seat> {
  const coreLock = `warbler:core:${wish.digest}:${crypto.randomUUID()}`;
  await new Promise<void>((seated, refused) => {
    const hold = (): Promise<never> => {
      seated();
      return holdForLife();
    };
    let isSeated = false;
    const seize = wish.seize ? { steal: true } : {};
    wish.locks
      .request(`warbler:seat:${wish.digest}`, seize, () => ((isSeated = true), hold()))
      .catch((error: unknown) => (isSeated ? wish.lost() : refused(error)));
  });
  await new Promise<void>((held, refused) => {
    wish.locks.request(coreLock, () => (held(), holdForLife())).catch(refused);
  });
  return { coreLock };
}
