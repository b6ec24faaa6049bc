// What a port lets through to the calls. Whoever holds a Comlink port could otherwise reach constructors and run code in here:
// only APPLY, only one-segment paths from the list, only plain arguments of sane size, only so many a second.
import type { Clock } from '../../base/clock.ts';
import type { Session } from '../../contracts/session.ts';
import { failed, type Answer, type Failure } from '../../model/failure.ts';
import { fitsCall, takesBytes } from './call-shapes.ts';
import { MOST_CHARACTERS, weighPlain } from './plain.ts';
import { Rate } from './rate.ts';

/** A call as Comlink writes it, rebuilt from nothing but checked parts. */
export interface AdmittedCall {
  id: string;
  type: 'APPLY';
  path: [string];
  argumentList: { type: 'RAW'; value: unknown }[];
}

export type Judgement = { admit: AdmittedCall } | { answer: ComlinkAnswer } | 'drop';

/** An answer as Comlink reads it. */
export interface ComlinkAnswer {
  id: string;
  type: 'RAW';
  value: Answer<never>;
}

/** A thread that follows a fast scroll asks once a frame; a start asks a few dozen things at once. */
const CALLS_AT_ONCE = 600;
const CALLS_PER_SECOND = 300;
/** A tab in good order is never refused this often: beyond it the port is shut, and what it still holds goes unread. */
const MOST_REFUSALS = 1_000;
const MOST_ARGUMENTS = 4;

export class Guard {
  #rate: Rate;
  #refusals = 0;

  constructor(clock: Clock) {
    this.#rate = new Rate(clock, CALLS_AT_ONCE, CALLS_PER_SECOND);
  }

  /** True once the port has shown that nothing good comes from it. */
  isHostile(): boolean {
    return this.#refusals > MOST_REFUSALS;
  }

  /** `data` is what came; `carriesPorts` says whether ports came with it. */
  judge(data: unknown, carriesPorts: boolean): Judgement {
    const call = carriesPorts ? undefined : readCall(data);
    if (!call) return this.#refuse('drop');
    if (!this.#rate.take()) return this.#refuse(answerCall(call, { kind: 'too-many-requests' }));
    const weight = weighPlain(call.args, takesBytes(call.name));
    if (weight === 'foreign') return this.#refuse('drop');
    if (weight === 'too-large') return answerCall(call, { kind: 'message-too-long', limit: MOST_CHARACTERS });
    return { admit: { id: call.id, type: 'APPLY', path: [call.name], argumentList: call.args.map((value) => ({ type: 'RAW', value })) } };
  }

  #refuse(judgement: Judgement): Judgement {
    this.#refusals += 1;
    return judgement;
  }
}

interface Call {
  id: string;
  name: keyof Session;
  args: unknown[];
}

const answerCall = (call: Call, failure: Failure): Judgement => ({ answer: { id: call.id, type: 'RAW', value: failed(failure) } });

function readCall(data: unknown): Call | undefined {
  if (typeof data !== 'object' || data === null) return undefined;
  const { id, type, path, argumentList } = data as Record<string, unknown>;
  if (type !== 'APPLY' || typeof id !== 'string' || id === '' || id.length > 100) return undefined;
  if (!Array.isArray(path) || path.length !== 1 || !Array.isArray(argumentList) || argumentList.length > MOST_ARGUMENTS) return undefined;
  const args = readArguments(argumentList);
  const name: unknown = path[0];
  return args && fitsCall(name, args) ? { id, name, args } : undefined;
}

/** Raw values only: Comlink's handlers would open channels and build errors here. */
function readArguments(wireValues: readonly unknown[]): unknown[] | undefined {
  const args: unknown[] = [];
  for (const wireValue of wireValues) {
    if (typeof wireValue !== 'object' || wireValue === null || (wireValue as { type?: unknown }).type !== 'RAW') return undefined;
    args.push((wireValue as { value?: unknown }).value);
  }
  return args;
}
