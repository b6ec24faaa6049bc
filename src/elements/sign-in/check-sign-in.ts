// What must be right before a sign-in is worth trying, and which field a refusal belongs to.
import type { Failure } from '../../model/failure.ts';
import type { SignInTexts } from '../../texts/keys/sign-in-texts.ts';

export type SignInField = 'service' | 'address' | 'password';

export interface SignInDraft {
  /** Given by the page; empty where the person names the service. */
  services: readonly string[];
  service: string;
  address: string;
  password: string;
}

export type FieldFaults = Partial<Record<SignInField, keyof SignInTexts>>;

export const FIELD_ORDER: readonly SignInField[] = ['service', 'address', 'password'];

export function findFaults(draft: SignInDraft): FieldFaults {
  const faults: FieldFaults = {};
  if (draft.services.length === 0) {
    if (draft.service.trim() === '') faults.service = 'serviceMissing';
    else if (!serviceHost(draft.service)) faults.service = 'serviceNotWebSocket';
  }
  if (draft.address.trim() === '') faults.address = 'addressMissing';
  else if (!/^[^\s@/]+@[^\s@/]+$/.test(draft.address.trim())) faults.address = 'addressNotComplete';
  if (draft.password === '') faults.password = 'passwordMissing';
  return faults;
}

/** The host of a WebSocket address; undefined for anything else. */
export function serviceHost(address: string | undefined): string | undefined {
  try {
    const url = new URL(address?.trim() ?? '');
    return url.protocol === 'wss:' || url.protocol === 'ws:' ? url.host : undefined;
  } catch {
    return undefined;
  }
}

/** Undefined: it belongs to the sign-in as a whole. */
export function fieldOf(failure: Failure): SignInField | undefined {
  switch (failure.kind) {
    case 'wrong-credentials':
      return 'password';
    case 'address-invalid':
      return 'address';
    case 'service-not-secure':
    case 'service-unsuitable':
      return 'service';
    default:
      return undefined;
  }
}
