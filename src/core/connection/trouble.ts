// What ends an attempt to connect. Thrown through the steps of a sign-in, caught in one place, and told as a failure.
import type { Failure } from '../../model/failure.ts';
import type { StreamError } from '../../xmpp/codecs/stream-error.ts';

export class Trouble extends Error {
  readonly failure: Failure;
  /** Something was learned by it: the same service is worth another go at once. */
  readonly learned: boolean;

  constructor(failure: Failure, learned: boolean = false) {
    super(failure.kind);
    this.failure = failure;
    this.learned = learned;
  }
}

/** Trying again later, unchanged, may help. */
export function isPassing(failure: Failure): boolean {
  return ['offline', 'no-answer', 'service-unreachable', 'too-many-requests'].includes(failure.kind);
}

/** Whatever another service says, it would say the same. */
export function isFinal(failure: Failure): boolean {
  return ['wrong-credentials', 'account-disabled', 'signed-in-elsewhere'].includes(failure.kind);
}

export function failureOfStreamError(error: StreamError, service: string, address: string): Failure {
  switch (error.condition) {
    case 'conflict':
      return { kind: 'signed-in-elsewhere' };
    case 'host-unknown':
    case 'host-gone':
    case 'improper-addressing':
      return { kind: 'address-invalid', address };
    case 'policy-violation':
    case 'resource-constraint':
      return { kind: 'too-many-requests' };
    default:
      return { kind: 'service-unreachable', service };
  }
}

/** What the engine said to a sign-in that it refused. */
export function failureOfSignIn(condition: string, service: string): Failure {
  switch (condition) {
    case 'account-disabled':
      return { kind: 'account-disabled' };
    case 'temporary-auth-failure':
      return { kind: 'service-unreachable', service };
    case 'policy-violation':
      return { kind: 'too-many-requests' };
    case 'invalid-mechanism':
    case 'mechanism-too-weak':
    case 'encryption-required':
      return { kind: 'service-unsuitable', service, why: 'no-safe-sign-in' };
    default:
      return { kind: 'wrong-credentials' };
  }
}
