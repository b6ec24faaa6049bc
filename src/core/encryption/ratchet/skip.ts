// Keys of messages that have not come yet, kept first in first out, so that nobody can make a device keep more.
import { isEqual } from '../../../base/bytes.ts';
import type { AgreementPublic, ChainKey, MessageKey } from '../primitives/keys.ts';
import { nextChain, nextMessage } from './chains.ts';
import { MOST_SKIPPED, type ReceivingChain, type SkippedKeys } from './state.ts';

type Keys = SkippedKeys['keys'];

/** Moves a chain from `from` to `to`, with the keys in between. */
export function advance(chain: ChainKey, from: number, to: number): { chain: ChainKey; skipped: Keys } {
  const skipped: { n: number; key: MessageKey }[] = [];
  let key = chain;
  for (let n = from; n < to; n++) {
    const next = nextMessage(key);
    skipped.push({ n, key: next.message });
    key = next.chain;
  }
  return { chain: key, skipped };
}

/** The same without the keys in between. */
export function runAhead(chain: ChainKey, from: number, to: number): ChainKey {
  let key = chain;
  for (let n = from; n < to; n++) key = nextChain(key);
  return key;
}

export function keepSkipped(kept: readonly SkippedKeys[], theirs: AgreementPublic, more: Keys): readonly SkippedKeys[] {
  if (more.length === 0) return kept;
  const at = kept.findIndex((one) => isEqual(one.theirs, theirs));
  const all = at < 0 ? [...kept, { theirs, keys: more }] : kept.with(at, { theirs, keys: [...kept[at]!.keys, ...more] });
  return dropOldest(all, countOf(all) - MOST_SKIPPED);
}

/** Of several ratchets with one device no more than of one: what they keep, the one that matters most first. */
export function keepTogether(all: readonly (readonly SkippedKeys[])[]): readonly (readonly SkippedKeys[])[] {
  let room = MOST_SKIPPED;
  return all.map((kept) => {
    const left = dropOldest(kept, countOf(kept) - room);
    room -= countOf(left);
    return left;
  });
}

function dropOldest(kept: readonly SkippedKeys[], tooMany: number): readonly SkippedKeys[] {
  const [oldest, ...rest] = kept;
  if (!oldest || tooMany <= 0) return kept;
  const keys = oldest.keys.slice(tooMany);
  return keys.length > 0 ? [{ ...oldest, keys }, ...rest] : dropOldest(rest, tooMany - oldest.keys.length);
}

const countOf = (kept: readonly SkippedKeys[]): number => kept.reduce((sum, { keys }) => sum + keys.length, 0);

/** Drops those of chains that are no longer remembered. */
export function forgetSkipped(kept: readonly SkippedKeys[], receiving: readonly ReceivingChain[]): readonly SkippedKeys[] {
  return kept.filter(({ theirs }) => receiving.some((chain) => isEqual(chain.theirs, theirs)));
}

/** The key of one message that was skipped, and what is left without it. */
export function takeSkipped(
  kept: readonly SkippedKeys[],
  theirs: AgreementPublic,
  n: number,
): { key: MessageKey; left: readonly SkippedKeys[] } | undefined {
  const at = kept.findIndex((one) => isEqual(one.theirs, theirs));
  const chain = kept[at];
  if (!chain) return undefined;
  const inChain = chain.keys.findIndex((one) => one.n === n);
  const found = chain.keys[inChain];
  if (!found) return undefined;
  const keys = chain.keys.toSpliced(inChain, 1);
  return { key: found.key, left: keys.length > 0 ? kept.with(at, { theirs: chain.theirs, keys }) : kept.toSpliced(at, 1) };
}
