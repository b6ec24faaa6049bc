// Attaches a page to the core of its organisation and profile. Nothing runs before it is called; it answers at once.
import { SESSION_CALLS, type Session } from '../contracts/session.ts';
import type { Answer } from '../model/failure.ts';
import { Attachment } from './attachment.ts';
import type { AttachOptions, SessionCalls, SessionClient } from './session-client.ts';

export function attach(options: AttachOptions): SessionClient {
  const attachment = new Attachment(options);
  const calls: Partial<Record<keyof Session, (...args: readonly unknown[]) => Promise<Answer<unknown>>>> = {};
  for (const name of SESSION_CALLS) calls[name] = (...args) => attachment.call(name, args);
  const client: Omit<SessionClient, keyof Session> = {
    get state() {
      return attachment.state;
    },
    get host() {
      return attachment.host;
    },
    get failure() {
      return attachment.failure;
    },
    firstPage: attachment.firstPage,
    onChanged: (listener) => attachment.looking.listen(listener),
    onState: (listener) => attachment.onState(listener),
    dispose: () => attachment.dispose(),
  };
  // The calls are assigned to the object with the getters: a spread would read those once.
  return Object.assign(client, calls as SessionCalls);
}
