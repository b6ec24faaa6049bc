// Signing in by one request that also resumes or binds (XEP-0388, 0386, 0198), by token (0484) or by SCRAM.
//
//   token   open + request, and behind it all that a fresh session begins with        → their answers
//   SCRAM   open + request → challenge → proof, and behind it all of a fresh session  → their answers
//
// Where there is a session to resume, the fresh one begins only after that was refused.
import { readBound2, writeBind2 } from '../../xmpp/codecs/bind2.ts';
import { readToken, writeTokenRequest, writeTokenUse } from '../../xmpp/codecs/fast.ts';
import { readSasl2Answer, writeAuthenticate, writeSasl2Response, type Sasl2Answer, type Sasl2Offer } from '../../xmpp/codecs/sasl2.ts';
import type { StreamFeatures } from '../../xmpp/codecs/stream-features.ts';
import { readStreamManagement, writeEnable, writeResume } from '../../xmpp/codecs/stream-management.ts';
import { childElements, type Element } from '../../xmpp/xml.ts';
import type { Attempt, Established } from './attempt.ts';
import { untilResumed } from './bind.ts';
import { sasl2Of } from './knowledge.ts';
import { opening, readFirstOffers } from './open.ts';
import { chooseMechanism } from './sasl-choice.ts';
import type { SaslClient } from './sasl-client.ts';
import { TOKEN_MECHANISM } from './secrets.ts';
import { failureOfSignIn, Trouble } from './trouble.ts';

const SOFTWARE = 'Warbler';

type Success = Extract<Sasl2Answer, { kind: 'success' }>;

/** `seen` are the offers if they were waited for; otherwise `offer` is what the service had the last time, and is looked at again. */
export async function signInAtOnce(attempt: Attempt, offer: Sasl2Offer, seen: StreamFeatures | undefined): Promise<Established> {
  const { stream, secrets } = attempt;
  const token = secrets.tokenClient(offer.fast);
  const client = token?.client ?? chooseClient(attempt, offer);
  if (client.mechanism === 'PLAIN' && !seen) return lookFirst(attempt);
  const request = await writeRequest(attempt, offer, client, token?.count);
  const isFlight = attempt.pace !== 'steps' && !attempt.resumable;
  stream.write(...(seen ? [] : [opening(attempt)]), request);
  if (token && isFlight) attempt.beginFresh();
  const features = seen ?? (await readFirstOffers(attempt));
  if (!features.sasl2?.bind) throw relearn(attempt, features);
  if (!token) await proveAfter(attempt, client, features, isFlight);
  const success = await hearSuccess(attempt, client, token !== undefined);
  const session = readSession(attempt, success, isFlight);
  return {
    address: success.address,
    session,
    client,
    clientState: undefined,
    token: readToken(success.frame),
    learned: learn(attempt, features, client),
  };
}

/** A password is never sent on a guess. */
async function lookFirst(attempt: Attempt): Promise<Established> {
  attempt.stream.write(opening(attempt));
  const features = await readFirstOffers(attempt);
  if (!features.sasl2) throw relearn(attempt, features);
  return signInAtOnce(attempt, features.sasl2, features);
}

/** The service no longer offers what it did. Nothing is lost by dialling it again. */
function relearn({ stream, known, learn: note }: Attempt, features: StreamFeatures): Trouble {
  const { sasl2: _, ...rest } = known;
  const sasl2 = sasl2Of(features);
  note({ ...rest, ...(sasl2 && { sasl2 }) });
  return new Trouble({ kind: 'service-unreachable', service: stream.service }, true);
}

function chooseClient({ secrets, stream }: Attempt, offer: Sasl2Offer): SaslClient {
  const choice = chooseMechanism(offer.mechanisms, secrets.means(), stream.service);
  if (!choice.ok) throw new Trouble(choice.failure);
  return secrets.client(choice.mechanism, stream.service);
}

async function writeRequest(attempt: Attempt, offer: Sasl2Offer, client: SaslClient, count: number | undefined): Promise<Element> {
  const { resumable, secrets } = attempt;
  return writeAuthenticate({
    mechanism: client.mechanism,
    initial: await client.initial(),
    device: secrets.device,
    software: SOFTWARE,
    inline: [
      resumable && offer.resume ? writeResume(resumable.id, resumable.handled) : undefined,
      writeBind2(SOFTWARE, offer.enable ? [writeEnable()] : []),
      count !== undefined ? writeTokenUse(count) : undefined,
      count === undefined && offer.fast.includes(TOKEN_MECHANISM) ? writeTokenRequest(TOKEN_MECHANISM) : undefined,
    ],
  });
}

/** The offers decide whether the mechanism was right; only then does the proof leave. */
async function proveAfter(attempt: Attempt, client: SaslClient, features: StreamFeatures, isFlight: boolean): Promise<void> {
  const { stream, secrets } = attempt;
  const choice = chooseMechanism(features.sasl2?.mechanisms ?? [], secrets.means(), stream.service);
  if (!choice.ok) throw new Trouble(choice.failure);
  if (choice.mechanism !== client.mechanism) throw relearn(attempt, features);
  if (client.mechanism === 'PLAIN') return;
  const answer = await stream.until(readSasl2Answer);
  if (answer.kind !== 'challenge') refuse(answer, stream.service);
  else stream.write(writeSasl2Response(await client.answer(answer.data)));
  if (isFlight) attempt.beginFresh();
}

async function hearSuccess(attempt: Attempt, client: SaslClient, isToken: boolean): Promise<Success> {
  const { stream, secrets } = attempt;
  const answer = await (attempt.resumable ? untilResumed(attempt, readSasl2Answer) : stream.until(readSasl2Answer));
  if (answer.kind === 'failure' && isToken) {
    secrets.dropToken();
    throw new Trouble(failureOfSignIn(answer.condition, stream.service), true);
  }
  if (answer.kind !== 'success') return refuse(answer, stream.service);
  if (!client.isProven(answer.data)) throw new Trouble({ kind: 'service-unsuitable', service: stream.service, why: 'not-proven' });
  return answer;
}

function readSession(attempt: Attempt, success: Success, hasBegun: boolean): Established['session'] {
  const { resumable, stream } = attempt;
  const said = childElements(success.frame).map(readStreamManagement);
  const resumed = said.find((one) => one?.kind === 'resumed');
  if (resumable && resumed?.kind === 'resumed') return { how: 'resumed', handled: resumed.handled };
  const bound = readBound2(success.frame);
  if (!bound) throw new Trouble({ kind: 'service-unreachable', service: stream.service });
  const refusal = said.find((one) => one?.kind === 'failed');
  if (resumable) attempt.resumeRefused(refusal?.kind === 'failed' ? refusal.handled : undefined);
  if (!hasBegun) attempt.beginFresh();
  const enabled = bound.enabled && readStreamManagement(bound.enabled);
  return { how: 'fresh', management: enabled?.kind === 'enabled' ? enabled : undefined };
}

function learn({ stream, known }: Attempt, features: StreamFeatures, client: SaslClient): Established['learned'] {
  const sasl2 = sasl2Of(features);
  const mechanism = client.mechanism === TOKEN_MECHANISM ? known.mechanism : client.mechanism;
  return { service: stream.service, pace: known.pace, ...(mechanism && { mechanism }), ...(sasl2 && { sasl2 }) };
}

function refuse(answer: Sasl2Answer, service: string): never {
  if (answer.kind === 'failure') throw new Trouble(failureOfSignIn(answer.condition, service));
  throw new Trouble({ kind: 'service-unsuitable', service, why: answer.kind === 'continue' ? 'no-safe-sign-in' : 'not-proven' });
}
