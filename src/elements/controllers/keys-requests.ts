// Turns the requests of the sheets about keys into session calls. The sheets bring this along: no thread has to wait for it.
import type { SessionClient } from '../../client/session-client.ts';
import {
  CompareKeysRequestEvent,
  DeviceDecisionRequestEvent,
  EncryptionChangeRequestEvent,
  ReadersDecisionRequestEvent,
  LegacyChangeRequestEvent,
  RemoveDeviceRequestEvent,
  RenewSessionsRequestEvent,
  SafetyNumberRequestEvent,
} from '../events/keys-requests.ts';
import { answering } from '../events/request-event.ts';

export function serveKeysRequests(target: EventTarget, session: () => SessionClient | undefined): void {
  const on = answering(target, session);
  on(DeviceDecisionRequestEvent, (event, calls) => calls.decideOnDevice(event.person, event.decision));
  on(CompareKeysRequestEvent, (event, calls) => calls.compareKeys(event.person, event.text));
  on(SafetyNumberRequestEvent, (event, calls) => calls.confirmSafetyNumber(event.person, event.number));
  on(EncryptionChangeRequestEvent, (event, calls) => calls.changeEncryption(event.conversation, event.to));
  on(ReadersDecisionRequestEvent, (event, calls) => calls.confirmReaders(event.room, event.decision));
  on(LegacyChangeRequestEvent, (event, calls) => calls.changeLegacy(event.to));
  on(RenewSessionsRequestEvent, (event, calls) => calls.renewSessions(event.person));
  on(RemoveDeviceRequestEvent, (event, calls) => calls.removeOwnDevice(event.device));
}
