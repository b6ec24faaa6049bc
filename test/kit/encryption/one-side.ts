// One method's half of an account by itself, on an engine reduced to keys: what it asks, when, and what it makes of the answers.
import { OMEMO_2_METHOD } from '../../../src/core/encryption/omemo-2-method.ts';
import { Keyring } from '../../../src/core/encryption/keyring.ts';
import { Side, type Account } from '../../../src/core/encryption/side.ts';
import type { KeysNews } from '../../../src/core/key-ports.ts';
import type { EncryptionNeeds, KeptKeys } from '../../../src/core/ports.ts';
import type { Address } from '../../../src/model/account.ts';
import { failed, succeeded, type Answer } from '../../../src/model/failure.ts';
import type { Element } from '../../../src/xmpp/xml.ts';
import { fakeClock, type FakeClock } from '../fake-clock.ts';
import { watchedSubtle } from './encryption-device.ts';
import type { KeyServer } from './key-server.ts';
import { primitives } from './primitives.ts';

export interface OneSide {
  readonly side: Side;
  /** What a half of the other method shares with it. */
  readonly account: Account;
  readonly keyring: Keyring;
  readonly clock: FakeClock;
  readonly sent: Element[];
  readonly news: KeysNews[];
  readonly errors: [what: string, facts: unknown][];
  /** What changed, as the log has it. */
  readonly infos: unknown[];
  isDown: boolean;
  /** Before the engine is asked. What it throws is a defect. */
  instead?: (iq: Element) => Answer<Element> | Promise<Answer<Element>> | undefined;
  /** What the disk and the watch for twins answer. */
  commits: Answer<void>;
  confirms: Answer<void>;
  mayAnswer(person: Address): boolean;
}

const DONE: Answer<void> = succeeded(undefined);
const NO_KEYS = async (): Promise<undefined> => undefined;

/** `seed` is its chance: the same mints the same keys. */
export async function oneSide(server: KeyServer, address: Address, seed: number, kept: readonly KeptKeys[] = []): Promise<OneSide> {
  const keyring = new Keyring({ keys: NO_KEYS });
  for (const { name, value } of kept) keyring.put(name, value);
  const clock = fakeClock(1_000_000_000);
  const ask = async (iq: Element): Promise<Answer<Element>> => {
    if (one.isDown) return failed({ kind: 'offline' });
    return (await one.instead?.(iq)) ?? server.ask(address, iq);
  };
  const state = (): object => (one.isDown ? { stage: 'connecting', attempt: 1 } : { stage: 'online', slow: false });
  const log = {
    info: (_what: string, facts: unknown) => void one.infos.push(facts),
    debug: () => undefined,
    error: (what: string, facts: unknown) => void one.errors.push([what, facts]),
  };
  const needs = {
    self: address,
    world: { clock, log },
    connection: { state, ask, send: (stanza: Element) => void one.sent.push(stanza) },
    now: () => clock.now(),
    mintId: () => 'id',
    mayAnswer: (person: Address) => one.mayAnswer(person),
    label: 'Warbler',
  } as unknown as EncryptionNeeds;
  const kit = primitives(seed);
  const digest = watchedSubtle.digest.bind(watchedSubtle);
  const account: Account = {
    needs,
    primitives: { ...kit, subtle: { ...kit.subtle, digest } },
    inTurn: <T>(work: () => Promise<T>): Promise<T> => work(),
    commit: async () => one.commits,
    confirm: async () => one.confirms,
    isStrictWith: () => false,
    noteStrict: () => undefined,
    onChange: () => undefined,
  };
  const news: KeysNews[] = [];
  const side = new Side(account, OMEMO_2_METHOD, keyring, (what) => void news.push(what));
  const one: OneSide = {
    side,
    account,
    keyring,
    clock,
    sent: [],
    news,
    errors: [],
    infos: [],
    isDown: false,
    commits: DONE,
    confirms: DONE,
    mayAnswer: () => true,
  };
  await side.load();
  return one;
}
