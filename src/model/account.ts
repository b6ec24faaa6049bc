// Who is signed in, and what it takes to sign in.

/** The bare address of an account, `name@service`, lower-cased as the engine has it. */
export type Address = string & { readonly address: unique symbol };

export interface Account {
  address: Address;
  /** What others call this person. The part before the @ until a profile says better. */
  name: string;
  services: readonly string[];
}

/** What a person types. The password is used once and never kept. */
export interface Credentials {
  /** WebSocket addresses of the service, tried in order. */
  services: readonly string[];
  address: string;
  password: string;
  /** Forget everything when the last tab closes: a borrowed computer. */
  temporary?: boolean;
}
