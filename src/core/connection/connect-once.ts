// One round over the services: the next at once where one fails, until a session lives or none is left.
import type { Failure } from '../../model/failure.ts';
import type { ServiceKnowledge } from '../ports.ts';
import type { Established } from './attempt.ts';
import { isSecureService } from './service-url.ts';
import { StreamEnded, type Stream } from './stream.ts';
import { isFinal, isPassing, Trouble } from './trouble.ts';

/** How often one service may teach something and be dialled again within a round. */
const MOST_LESSONS = 3;

export interface Round {
  services: readonly string[];
  known(service: string): ServiceKnowledge;
  learn(lesson: ServiceKnowledge): void;
  /** Throws trouble. */
  establish(service: string, known: ServiceKnowledge): Promise<{ stream: Stream; established: Established }>;
  isOver(): boolean;
}

export type Outcome = { stream: Stream; established: Established } | { failure: Failure };

export async function connectOnce(round: Round): Promise<Outcome> {
  const failures: Failure[] = [];
  for (const service of round.services) {
    const outcome = await tryService(round, service);
    if (!('failure' in outcome) || isFinal(outcome.failure)) return outcome;
    failures.push(outcome.failure);
    if (round.isOver()) break;
  }
  return { failure: failures.find(isPassing) ?? failures[0] ?? { kind: 'service-unreachable', service: '' } };
}

async function tryService(round: Round, service: string): Promise<Outcome> {
  if (!isSecureService(service)) return { failure: { kind: 'service-not-secure', service } };
  for (let lessons = 0; ; lessons++) {
    const known = round.known(service);
    try {
      return await round.establish(service, known);
    } catch (error) {
      if (!(error instanceof Trouble)) throw error;
      const isLearned = error.learned || learnPace(round, known, error);
      if (!isLearned || lessons >= MOST_LESSONS || round.isOver()) return { failure: error.failure };
    }
  }
}

/** What was answered by a complaint about its form is told more slowly from then on. */
function learnPace(round: Round, known: ServiceKnowledge, error: Trouble): boolean {
  const slower = error instanceof StreamEnded && isAboutForm(error) ? slowerPace(known) : undefined;
  if (slower) round.learn(slower);
  return slower !== undefined;
}

export function slowerPace(known: ServiceKnowledge): ServiceKnowledge | undefined {
  if (known.pace === 'steps') return undefined;
  return { ...known, pace: known.pace === 'flight' ? 'pause' : 'steps' };
}

const ABOUT_FORM = new Set([
  'bad-format',
  'bad-namespace-prefix',
  'internal-server-error',
  'invalid-namespace',
  'invalid-xml',
  'not-authorized',
  'not-well-formed',
  'undefined-condition',
  'unsupported-feature',
  'unsupported-stanza-type',
]);

export const isAboutForm = ({ end }: Pick<StreamEnded, 'end'>): boolean => end.why === 'error' && ABOUT_FORM.has(end.error.condition);
