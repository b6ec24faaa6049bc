// A conversation with keys, as the sheets about them meet it: two devices of the other, two of one's own.
import type { DeviceKeys, LegacyState } from '../../src/contracts/keys.ts';
import type { Conversation } from '../../src/model/conversation.ts';
import { LI, ME, messageAt, type ScriptedSession } from './scripted-session.ts';
import { deviceAt } from './scripted-keys.ts';

export const NUMBER = '34821 09127 55210 88413 20097 61552 71930 04418 36605 92841 15573 60284';
export const THEIR_PICTURE: string = `xmpp:${LI}?omemo-sid-101=${'ab'.repeat(32)}`;
export const OWN_PICTURE: string = `xmpp:${ME}?omemo-sid-201=${'cd'.repeat(32)}`;

export interface KeysStory {
  conversation?: Partial<Conversation>;
  theirs?: readonly DeviceKeys[];
  ours?: readonly DeviceKeys[];
  /** How the older method stands with the other side. */
  legacy?: LegacyState;
}

export const PHONE: DeviceKeys = deviceAt(101, { label: { text: '李雯的手机', isSigned: true }, lastSeenAt: 1_753_100_000_000 });
export const GAJIM: DeviceKeys = deviceAt(102, { label: { text: 'Gajim', isSigned: false } });
export const HERE: DeviceKeys = deviceAt(201, { isThisDevice: true, trust: 'verified', label: { text: 'Warbler', isSigned: true } });
/** It was compared, and told of others' keys. */
export const LAPTOP: DeviceKeys = deviceAt(204, {
  trust: 'verified',
  label: { text: 'Firefox', isSigned: true },
  exchange: { toldAt: 1_753_100_000_000, took: { people: 3, at: 1_753_100_000_000 } },
});
export const TABLET: DeviceKeys = deviceAt(202, { trust: 'accepted' });

export function addKeys(
  session: ScriptedSession,
  { conversation, theirs = [PHONE, GAJIM], ours = [HERE, TABLET], legacy }: KeysStory = {},
): void {
  session.add({ id: LI, title: '李雯', readability: 'encrypted', encrypted: true, lastActivityAt: Date.now(), ...conversation }, [
    messageAt(1, { protection: { how: 'omemo-2', trust: 'first-use' } }),
  ]);
  const known = { isSelf: false, isStrict: theirs.some(({ trust }) => trust === 'verified'), ownKeys: OWN_PICTURE };
  session.keys.add({
    ...known,
    person: LI,
    devices: theirs,
    ...(theirs.length > 0 && { safetyNumber: NUMBER }),
    ...(legacy && { legacy }),
  });
  session.keys.add({
    ...known,
    person: ME,
    isSelf: true,
    devices: ours,
    legacy: { isOn: legacy?.isOn === true, isOnlyWay: false, hadNewer: false },
  });
  session.keys.pictures.set(LI, THEIR_PICTURE);
  session.keys.pictures.set(ME, OWN_PICTURE);
}
