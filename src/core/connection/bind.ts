// Getting a session on a stream that is signed in: the old one, or a fresh one.
import { readBound, writeBind, writeSession } from '../../xmpp/codecs/bind.ts';
import { readStreamManagement, writeEnable, writeResume } from '../../xmpp/codecs/stream-management.ts';
import { NS_CLIENT } from '../../xmpp/namespaces.ts';
import type { Element } from '../../xmpp/xml.ts';
import type { Attempt, Established, Management } from './attempt.ts';
import { failureOfStanza } from './stanza-failure.ts';
import { StreamEnded } from './stream.ts';
import { Trouble } from './trouble.ts';

type Bound = Pick<Established, 'address' | 'session'>;

const BIND_ID = 'bind';

/** In a flight all that the session begins with goes out behind the bind, else it waits for the answers. */
export function writeBinding(attempt: Attempt, isManaged: boolean): void {
  attempt.stream.write(writeBind(BIND_ID, attempt.resource));
  if (attempt.pace === 'steps') return;
  if (isManaged) attempt.stream.write(writeEnable());
  attempt.beginFresh();
}

export async function readBinding(attempt: Attempt, isManaged: boolean, needsSession: boolean = false): Promise<Bound> {
  const { stream } = attempt;
  const iq = await stream.until((frame) => (isAnswerTo(BIND_ID, frame) ? frame : undefined));
  const address = readBound(iq);
  if (address === undefined) throw new Trouble(failureOfBind(iq, stream.service));
  if (needsSession && !isManaged) stream.write(writeSession('session'));
  if (attempt.pace === 'steps' && isManaged) stream.write(writeEnable());
  const management = isManaged ? await readManagement(attempt) : undefined;
  if (attempt.pace === 'steps') attempt.beginFresh();
  return { address, session: { how: 'fresh', management } };
}

export const writeResumption = ({ stream }: Attempt, { id, handled }: { id: string; handled: number }): void =>
  stream.write(writeResume(id, handled));

/** Undefined where the engine no longer holds the session. */
export async function readResumption(attempt: Attempt, resumable: { id: string }): Promise<Bound | undefined> {
  const answer = await untilResumed(attempt, readStreamManagement);
  if (answer.kind === 'resumed' && answer.id === resumable.id) return { address: '', session: { how: 'resumed', handled: answer.handled } };
  attempt.resumeRefused(answer.kind === 'failed' ? answer.handled : undefined);
  return undefined;
}

/** ejabberd 23.01 may not answer for a session that was cut in the middle of a write: a fresh one is begun at once. */
export function untilResumed<T>(attempt: Attempt, read: (frame: Element) => T | undefined): Promise<T> {
  const { stream } = attempt;
  return stream.until(read, stream.patienceMs).catch((error: unknown) => {
    if (!(error instanceof StreamEnded) || error.end.why !== 'silent') throw error;
    attempt.resumeRefused(undefined);
    throw new Trouble(error.failure, true);
  });
}

async function readManagement({ stream }: Attempt): Promise<Management | undefined> {
  const answer = await stream.until((frame) => {
    const read = readStreamManagement(frame);
    return read?.kind === 'enabled' || read?.kind === 'failed' ? read : undefined;
  });
  if (answer.kind === 'failed') return undefined;
  const { id, withinMs } = answer;
  return { ...(id !== undefined && { id }), ...(withinMs !== undefined && { withinMs }) };
}

const isAnswerTo = (id: string, { name, namespace, attributes }: Element): boolean =>
  name === 'iq' &&
  namespace === NS_CLIENT &&
  attributes['id'] === id &&
  (attributes['type'] === 'result' || attributes['type'] === 'error');

/** Too many sessions, or an engine in trouble: a matter of time. */
function failureOfBind(iq: Element, service: string): Trouble['failure'] {
  const failure = failureOfStanza(iq);
  if (failure.kind === 'refused' && failure.reason === 'name-taken') return { kind: 'signed-in-elsewhere' };
  return failure.kind === 'too-many-requests' ? failure : { kind: 'service-unreachable', service };
}
