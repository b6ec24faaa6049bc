// The calls of one tab, as its port may reach them: exactly the listed ones, each answering with a value.
import { SESSION_CALLS, type CallId, type Session } from '../../contracts/session.ts';
import { failed, type Answer } from '../../model/failure.ts';
import type { Log } from '../ports.ts';
import type { Answered } from './answered.ts';

type AnyCall = (call: CallId, ...rest: unknown[]) => Promise<Answer<unknown>>;
export type Calls = Readonly<Record<string, AnyCall>>;

/** An object without a prototype: there is nothing on it but the calls. */
export function callsOf(session: Session, tab: string, answered: Answered<Answer<unknown>>, log: Log): Calls {
  const calls: Record<string, AnyCall> = Object.create(null);
  for (const name of SESSION_CALLS) {
    const act: AnyCall = (call, ...rest) => actSafely(session, name, log, [call, ...rest]);
    calls[name] = isReading(name) ? act : (call, ...rest) => answered.once(`${tab} ${call}`, () => act(call, ...rest));
  }
  return calls;
}

/** Reading twice does no harm, and its answers are large: they are not remembered. */
const isReading = (name: string): boolean => /^(?:read|list|find)/.test(name);

async function actSafely(session: Session, name: keyof Session, log: Log, args: readonly unknown[]): Promise<Answer<unknown>> {
  try {
    return await (session[name] as (...args: readonly unknown[]) => Promise<Answer<unknown>>)(...args);
  } catch (defect) {
    log.error('a call failed', { call: name, ...describe(defect) });
    return failed({ kind: 'refused', reason: 'other' });
  }
}

/** Name and place, never the message: it may quote what somebody wrote. */
function describe(defect: unknown): { defect: string; at: string | undefined } {
  if (!(defect instanceof Error)) return { defect: typeof defect, at: undefined };
  return {
    defect: defect.name,
    at: defect.stack
      ?.split('\n')
      .find((line) => /:\d+:\d+/.test(line))
      ?.trim(),
  };
}
