// Signing in as RFC 6120 has it: mechanism, proof, a second open, then resume or bind.
import { readSaslAnswer, writeAuth, writeSaslAbort, writeSaslResponse, type SaslAnswer } from '../../xmpp/codecs/sasl.ts';
import type { StreamFeatures } from '../../xmpp/codecs/stream-features.ts';
import type { Element } from '../../xmpp/xml.ts';
import type { Attempt, Established } from './attempt.ts';
import { readBinding, readResumption, writeBinding, writeResumption } from './bind.ts';
import { sasl2Of } from './knowledge.ts';
import { opening, readOffers } from './open.ts';
import { chooseMechanism } from './sasl-choice.ts';
import type { SaslClient } from './sasl-client.ts';
import { failureOfSignIn, Trouble } from './trouble.ts';

export async function signInStepwise(attempt: Attempt, features: StreamFeatures, guess: SaslClient | undefined): Promise<Established> {
  const { stream, secrets } = attempt;
  const choice = chooseMechanism(features.mechanisms, secrets.means(), stream.service);
  if (!choice.ok) throw new Trouble(choice.failure);
  const isRight = guess?.mechanism === choice.mechanism;
  if (guess && !isRight) await withdraw(attempt);
  const client = guess && isRight ? guess : secrets.client(choice.mechanism, stream.service);
  const lastWord = await speak(attempt, client, isRight);
  const isSteps = attempt.pace === 'steps';
  const session = isSteps ? await goOnStepwise(attempt, client, lastWord) : await goOnAtOnce(attempt, client, lastWord);
  const { streamManagement } = session.features;
  return {
    ...session,
    client,
    clientState: session.features.clientState,
    learned: {
      service: stream.service,
      pace: attempt.known.pace,
      mechanism: client.mechanism,
      streamManagement,
      ...learnedSasl2(features),
    },
  };
}

const learnedSasl2 = (features: StreamFeatures): Pick<Established['learned'], 'sasl2'> => {
  const sasl2 = sasl2Of(features);
  return sasl2 ? { sasl2 } : {};
};

type Session = Pick<Established, 'address' | 'session'> & { features: StreamFeatures };

/** Takes a wrong guess back, so that the right mechanism can have its turn on the same stream. */
async function withdraw({ stream }: Attempt): Promise<void> {
  const answer = await stream.until(readSaslAnswer);
  if (answer.kind === 'failure') return;
  stream.write(writeSaslAbort());
  await stream.until(readSaslAnswer);
}

/** All but the last word, which is answered. */
async function speak({ stream }: Attempt, client: SaslClient, hasBegun: boolean): Promise<Element> {
  const first = hasBegun ? undefined : writeAuth(client.mechanism, await client.initial());
  if (first && client.mechanism === 'PLAIN') return first;
  if (first) stream.write(first);
  const answer = await stream.until(readSaslAnswer);
  if (answer.kind !== 'challenge') return refuse(answer, client, stream.service);
  return writeSaslResponse(await client.answer(answer.data));
}

async function goOnAtOnce(attempt: Attempt, client: SaslClient, lastWord: Element): Promise<Session> {
  const { stream, resumable, known } = attempt;
  const isManaged = known.streamManagement !== false;
  const isPaused = attempt.pace === 'pause';
  stream.write(lastWord);
  if (isPaused) await hearSuccess(attempt, client);
  stream.write(opening(attempt));
  if (resumable) writeResumption(attempt, resumable);
  else writeBinding(attempt, isManaged);
  if (!isPaused) await hearSuccess(attempt, client);
  const features = await readOffers(attempt);
  const resumed = resumable && (await readResumption(attempt, resumable));
  if (resumed) return { ...resumed, features };
  if (resumable) writeBinding(attempt, features.streamManagement);
  const bound = await readBinding(attempt, resumable ? features.streamManagement : isManaged);
  return { ...bound, features };
}

async function goOnStepwise(attempt: Attempt, client: SaslClient, lastWord: Element): Promise<Session> {
  const { stream, resumable } = attempt;
  stream.write(lastWord);
  await hearSuccess(attempt, client);
  stream.write(opening(attempt));
  const features = await readOffers(attempt);
  if (resumable && features.streamManagement) {
    writeResumption(attempt, resumable);
    const resumed = await readResumption(attempt, resumable);
    if (resumed) return { ...resumed, features };
  } else if (resumable) attempt.resumeRefused(undefined);
  writeBinding(attempt, features.streamManagement);
  return { ...(await readBinding(attempt, features.streamManagement, features.sessionRequired)), features };
}

/** Some engines put their proof into one more challenge. */
async function hearSuccess({ stream }: Attempt, client: SaslClient): Promise<void> {
  let answer = await stream.until(readSaslAnswer);
  let proof = answer.kind === 'failure' ? '' : answer.data;
  if (answer.kind === 'challenge') {
    stream.write(writeSaslResponse(''));
    answer = await stream.until(readSaslAnswer);
  }
  if (answer.kind !== 'success') refuse(answer, client, stream.service);
  else if (answer.data !== '') proof = answer.data;
  if (!client.isProven(proof)) throw new Trouble({ kind: 'service-unsuitable', service: stream.service, why: 'not-proven' });
}

/** A success before we proved anything is none: whoever says it does not know the password. */
function refuse(answer: SaslAnswer, client: SaslClient, service: string): never {
  if (answer.kind === 'failure') throw new Trouble(failureOfSignIn(answer.condition, service));
  throw new Trouble({ kind: 'service-unsuitable', service, why: client.mechanism === 'PLAIN' ? 'not-xmpp' : 'not-proven' });
}
