// What an engine is asked to be: which program, for whom, where it may write and listen. Plain data, the same for both engines.

export type EngineKind = 'prosody' | 'ejabberd';

export const ENGINE_KINDS: readonly EngineKind[] = ['prosody', 'ejabberd'];

export type PasswordHash = 'SHA-1' | 'SHA-256' | 'SHA-512';

export interface EnginePlan {
  kind: EngineKind;
  domain: string;
  /** Absolute. Everything the engine writes lies below it. */
  directory: string;
  /** On 127.0.0.1: the WebSocket. */
  port: number;
  /** On 127.0.0.1, for tests with other people's programs: a socket without TLS. Otherwise there is none. */
  plainPort?: number;
  /** Where files are put and fetched, when something stands before the engine; otherwise the engine's own port. */
  uploadsAt?: string;
  /** On 127.0.0.1: the engine's own administration, where it needs a listener for it. */
  adminPort: number;
  /** An unguessable path for administration, so that no page in a browser on this machine can reach it. */
  adminKey: string;
  /** How long a cut stream may be resumed. */
  resumeSeconds: number;
  /** How passwords are kept, and so the one SCRAM mechanism that is offered. Prosody knows no SHA-512. */
  passwordHash: PasswordHash;
  /** 'debug' writes every stanza; for hunting defects only. */
  logLevel: 'info' | 'debug';
  /** Where an unpacked ejabberd lies, when it is not the installed one: the folder that has a `usr/lib`. */
  unpacked?: string;
}

export const conferenceDomainOf = (domain: string): string => `conference.${domain}`;

export const uploadDomainOf = (domain: string): string => `upload.${domain}`;

/** In bytes: what a file may weigh here. */
export const LARGEST_UPLOAD: number = 100 * 1024 * 1024;

export const uploadsAddressOf = (plan: Pick<EnginePlan, 'port' | 'uploadsAt'>): string => plan.uploadsAt ?? `http://127.0.0.1:${plan.port}`;

export const webSocketAddressOf = (plan: Pick<EnginePlan, 'port'>): string => `ws://127.0.0.1:${plan.port}/ws`;
