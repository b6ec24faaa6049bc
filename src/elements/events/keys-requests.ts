// What is asked about keys and devices. Each event's name, travel and detail are declared here, once.
import type { DeviceDecision } from '../../contracts/keys.ts';
import type { ReadersDecision } from '../../contracts/readers.ts';
import type { Address } from '../../model/account.ts';
import type { ConversationId } from '../../model/conversation.ts';
import type { EncryptionWish } from '../../model/protection.ts';
import { requestKind, type RequestEvent, type RequestKind } from './request-event.ts';

/** A person decided on one device, as it was shown. */
export type DeviceDecisionRequestEvent = RequestEvent<void> & {
  readonly person: Address;
  readonly decision: DeviceDecision;
};
export const DeviceDecisionRequestEvent: RequestKind<DeviceDecisionRequestEvent, [person: Address, decision: DeviceDecision]> = requestKind(
  'warbler-device-decision-request',
  (person, decision) => ({ person, decision }),
);

/** What a picture or a pasted text says of somebody's keys. */
export type CompareKeysRequestEvent = RequestEvent<'same' | 'different' | 'not-a-key'> & {
  readonly person: Address;
  readonly text: string;
};
export const CompareKeysRequestEvent: RequestKind<CompareKeysRequestEvent, [person: Address, text: string]> = requestKind(
  'warbler-compare-keys-request',
  (person, text) => ({ person, text }),
);

/** Both read the digits, and they are the same. */
export type SafetyNumberRequestEvent = RequestEvent<'same' | 'different'> & {
  readonly person: Address;
  readonly number: string;
};
export const SafetyNumberRequestEvent: RequestKind<SafetyNumberRequestEvent, [person: Address, number: string]> = requestKind(
  'warbler-safety-number-request',
  (person, number) => ({ person, number }),
);

/** `off` and `legacy` were confirmed by a person. */
export type EncryptionChangeRequestEvent = RequestEvent<void> & {
  readonly conversation: ConversationId;
  readonly to: EncryptionWish;
};
export const EncryptionChangeRequestEvent: RequestKind<EncryptionChangeRequestEvent, [conversation: ConversationId, to: EncryptionWish]> =
  requestKind('warbler-encryption-change-request', (conversation, to) => ({ conversation, to }));

/** Whether this account speaks the older method as well. */
export type LegacyChangeRequestEvent = RequestEvent<void> & {
  readonly to: 'on' | 'off';
};
export const LegacyChangeRequestEvent: RequestKind<LegacyChangeRequestEvent, [to: 'on' | 'off']> = requestKind(
  'warbler-legacy-change-request',
  (to) => ({ to }),
);

/** These may read in a room, as they were shown. */
export type ReadersDecisionRequestEvent = RequestEvent<void> & {
  readonly room: ConversationId;
  readonly decision: ReadersDecision;
};
export const ReadersDecisionRequestEvent: RequestKind<ReadersDecisionRequestEvent, [room: ConversationId, decision: ReadersDecision]> =
  requestKind('warbler-readers-decision-request', (room, decision) => ({ room, decision }));

/** Begin the encryption with somebody anew. */
export type RenewSessionsRequestEvent = RequestEvent<void> & {
  readonly person: Address;
};
export const RenewSessionsRequestEvent: RequestKind<RenewSessionsRequestEvent, [person: Address]> = requestKind(
  'warbler-renew-sessions-request',
  (person) => ({ person }),
);

/** Nobody shall write to this own device any more. */
export type RemoveDeviceRequestEvent = RequestEvent<void> & {
  readonly device: number;
};
export const RemoveDeviceRequestEvent: RequestKind<RemoveDeviceRequestEvent, [device: number]> = requestKind(
  'warbler-remove-device-request',
  (device) => ({ device }),
);
