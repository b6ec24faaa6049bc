// What this device can sign in with: a password just typed, keys derived from it, a token. It changes with each sign-in.
//
//   typed       password                          first sign-in
//   derived     keys + password                   until another sign-in has shown that the engine keeps its salt
//   kept        keys, and a token where offered   after that, and after a reload
//   told        password, in memory only          where the engine knows nothing but PLAIN
import type { KeptLogin, Login, World } from '../ports.ts';
import type { Knowledge } from './knowledge.ts';
import { plainClient, scramClient, tokenClient, type SaslClient } from './sasl-client.ts';
import type { Means } from './sasl-choice.ts';
import { isScram, type ScramKeys } from './scram.ts';

/** The only token mechanism that needs no channel binding, which browsers do not give. */
export const TOKEN_MECHANISM = 'HT-SHA-256-NONE';

type Token = NonNullable<KeptLogin['fast']>;

export class Secrets {
  readonly device: string;
  readonly user: string;
  readonly #world: Pick<World, 'clock' | 'random' | 'subtle'>;
  #password: string | undefined;
  #keys: readonly ScramKeys[];
  #token: Token | undefined;
  #floor: string | undefined;

  constructor(login: Login, world: Pick<World, 'clock' | 'random' | 'subtle'>) {
    const kept = 'kept' in login.secret ? login.secret.kept : undefined;
    this.#world = world;
    this.#password = 'password' in login.secret ? login.secret.password : undefined;
    this.#keys = kept?.scram ?? [];
    this.#token = kept?.fast;
    this.#floor = this.#keys[0]?.mechanism;
    this.device = kept?.device ?? newDevice(world.random(16));
    this.user = login.address.slice(0, login.address.lastIndexOf('@'));
  }

  means(): Means {
    return {
      password: this.#password !== undefined,
      keys: this.#keys.map((one) => one.mechanism),
      ...(this.#floor !== undefined && { floor: this.#floor }),
    };
  }

  client(mechanism: string, service: string): SaslClient {
    if (!isScram(mechanism)) return plainClient(this.user, this.#password ?? '');
    const keys = this.#keys.find((one) => one.mechanism === mechanism);
    return scramClient(this.#world, mechanism, this.user, service, { password: this.#password, keys });
  }

  /** A token that may still be used here, and its next count. */
  tokenClient(offered: readonly string[]): { client: SaslClient; count: number } | undefined {
    const token = this.#token;
    if (!token || token.expiresAt <= this.#world.clock.now() || !offered.includes(token.mechanism)) return undefined;
    this.#token = { ...token, counter: token.counter + 1 };
    return { client: tokenClient(this.#world.subtle, token.mechanism, this.user, token.token), count: this.#token.counter };
  }

  dropToken(): void {
    this.#token = undefined;
  }

  /** The engine said yes, and proved itself. */
  signedIn(client: SaslClient, token: { token: string; expiresAt: number } | undefined): void {
    if (token) this.#token = { ...token, mechanism: TOKEN_MECHANISM, counter: 0 };
    const keys = client.keys?.();
    if (keys) {
      if (this.#keys.includes(keys)) this.#password = undefined;
      this.#keys = [keys];
    }
    if (client.mechanism !== TOKEN_MECHANISM) this.#floor = client.mechanism;
  }

  /** Undefined where there is nothing that may be kept. */
  keep(services: readonly string[], knowledge: Knowledge): KeptLogin | undefined {
    if (this.#keys.length === 0 && !this.#token) return undefined;
    return {
      ...(this.#keys.length > 0 && { scram: this.#keys }),
      ...(this.#token && { fast: this.#token }),
      device: this.device,
      services,
      knowledge,
    };
  }
}

/** A random UUID, as XEP-0388 wants it. */
function newDevice(bytes: Uint8Array): string {
  const hex = Array.from(bytes, (byte, i) =>
    (i === 6 ? (byte & 0x0f) | 0x40 : i === 8 ? (byte & 0x3f) | 0x80 : byte).toString(16).padStart(2, '0'),
  );
  return [hex.slice(0, 4), hex.slice(4, 6), hex.slice(6, 8), hex.slice(8, 10), hex.slice(10)].map((part) => part.join('')).join('-');
}
