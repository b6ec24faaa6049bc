// The sign-in: whose service it is, then one task.

export interface SignInTexts {
  signInTitle: string;
  /** Above the name of the service in the provider line. */
  providedBy: string;
  /** Honest about open mode: nobody vouches for who runs it. */
  providerNotCertified: string;
  providerUnknown: string;
  service: string;
  serviceHint: string;
  serviceMissing: string;
  serviceNotWebSocket: string;
  address: string;
  addressExample: string;
  addressMissing: string;
  addressNotComplete: string;
  password: string;
  passwordMissing: string;
  showPassword: string;
  hidePassword: string;
  passwordShown: string;
  passwordHidden: string;
  capsLock: string;
  borrowed: string;
  borrowedHint: string;
  signIn: string;
  signingIn: string;
  offlineNow: string;
  mendFirst(count: number): string;
  notKept: string;
}
