// From an open socket to a session.
//
//   flight   1. open, and a first word by the mechanism that was used last (or is the likeliest)
//            2. their offers and challenge → proof, open again, resume or bind, and all that a fresh session begins with
//            3. their answers to all of it
//   pause    the same, but the engine's yes is waited for before anything that stands behind it
//   steps    the same, each after the answer to the one before: where the flight failed, or nothing can be guessed
//
// A guess tells no secret. The proof leaves only after the offers were seen and nothing stronger was among them.
import { writeAuth } from '../../xmpp/codecs/sasl.ts';
import type { Attempt, Established } from './attempt.ts';
import { opening, readFirstOffers } from './open.ts';
import { guessMechanism } from './sasl-choice.ts';
import { signInAtOnce } from './sign-in-at-once.ts';
import { signInStepwise } from './sign-in-stepwise.ts';
import { sasl2Of } from './knowledge.ts';
import type { SaslClient } from './sasl-client.ts';

export async function negotiate(attempt: Attempt): Promise<Established> {
  const { known, pace } = attempt;
  if (pace !== 'steps' && known.sasl2) return signInAtOnce(attempt, known.sasl2, undefined);
  const guess = pace !== 'steps' ? guessClient(attempt) : undefined;
  attempt.stream.write(opening(attempt), ...(guess ? [writeAuth(guess.mechanism, await guess.initial())] : []));
  const features = await readFirstOffers(attempt);
  const sasl2 = sasl2Of(features);
  if (sasl2 && !guess) return signInAtOnce(attempt, sasl2, features);
  return signInStepwise(attempt, features, guess);
}

function guessClient({ secrets, known, stream }: Attempt): SaslClient | undefined {
  const mechanism = guessMechanism(secrets.means(), known.mechanism);
  return mechanism === undefined ? undefined : secrets.client(mechanism, stream.service);
}
