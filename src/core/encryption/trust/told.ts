// What an own device tells of somebody's keys, worked in. It can refuse whatever is not refused, and compare only what nobody has decided
// on here: so it makes no difference how often it comes, how late, or in which order.
import type { IdentityPublic } from '../primitives/keys.ts';
import { isSameIdentity } from '../primitives/edwards.ts';
import type { AccountTrust, AwaitedKey, KnownDevice } from './decide.ts';

/** What was told of one account. */
export interface Told {
  readonly trusted: readonly IdentityPublic[];
  readonly distrusted: readonly IdentityPublic[];
}

/** Nobody has more devices than are followed. */
const MOST_AWAITED = 300;

/** The same object where it changes nothing. */
export function withTold(account: AccountTrust, { trusted, distrusted }: Told, toldBy: number): AccountTrust {
  const refused = distrusted.reduce((all, key) => tell(all, key, 'refused', toldBy), account);
  const told = trusted.reduce((all, key) => tell(all, key, 'verified', toldBy), refused);
  return trusted.length > 0 && !told.isStrict ? becomeStrict(told) : told;
}

function tell(account: AccountTrust, identity: IdentityPublic, trust: AwaitedKey['trust'], toldBy: number): AccountTrust {
  const known = account.devices.filter((one) => isSameIdentity(one.identity, identity));
  if (known.length === 0) return awaiting(account, { identity, trust, toldBy });
  const mayJudge = (one: KnownDevice): boolean => (trust === 'verified' ? isOpen(one) : one.overruled !== toldBy);
  const judged = known.filter((one) => one.trust !== trust && mayJudge(one));
  if (judged.length === 0) return account;
  return { ...account, devices: account.devices.map((one) => (judged.includes(one) ? { ...one, trust, toldBy } : one)) };
}

const isOpen = ({ trust }: KnownDevice): boolean => trust === 'first-use' || trust === 'undecided';

/** Refused stays refused here too; when there is no room, what was compared goes first: that a person can do again. */
function awaiting(account: AccountTrust, key: AwaitedKey): AccountTrust {
  const { awaited = [] } = account;
  const known = awaited.find((one) => isSameIdentity(one.identity, key.identity));
  if (known && (known.trust === key.trust || known.trust === 'refused')) return account;
  const all = [...awaited.filter((one) => one !== known), key];
  if (all.length <= MOST_AWAITED) return { ...account, awaited: all };
  const gone = all.find(({ trust }) => trust === 'verified');
  return gone === key || !gone ? account : { ...account, awaited: all.filter((one) => one !== gone) };
}

/** Who merely came first waits for a word, once anybody was compared. */
const becomeStrict = (account: AccountTrust): AccountTrust => ({
  ...account,
  isStrict: true,
  devices: account.devices.map((one) => (one.trust === 'first-use' ? { ...one, trust: 'undecided' } : one)),
});

/** The own device that told of these is not trusted any more: whom it compared waits for a word. Whom it refused stays refused. */
export function withoutWordOf(account: AccountTrust, toldBy: number): AccountTrust {
  const rests = ({ trust, toldBy: by }: KnownDevice | AwaitedKey): boolean => by === toldBy && trust === 'verified';
  if (!account.devices.some(rests) && !account.awaited?.some(rests)) return account;
  const doubted = ({ toldBy: _, ...device }: KnownDevice): KnownDevice => ({ ...device, trust: 'undecided' });
  return {
    ...account,
    devices: account.devices.map((one) => (rests(one) ? doubted(one) : one)),
    awaited: (account.awaited ?? []).filter((one) => !rests(one)),
  };
}

/** What a person has decided at this device, or brought by a backup. What another device told is not told on. Each key once. */
export const toldOf = ({ devices }: AccountTrust): Told => ({
  trusted: keysOf(devices.filter((one) => one.trust === 'verified' && one.isListed && !one.toldBy)),
  distrusted: keysOf(devices.filter((one) => one.trust === 'refused' && !one.toldBy)),
});

const keysOf = (devices: readonly KnownDevice[]): readonly IdentityPublic[] =>
  devices.flatMap(({ identity }, at) => (devices.findIndex((one) => isSameIdentity(one.identity, identity)) === at ? [identity] : []));
