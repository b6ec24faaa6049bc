// Everything the demo is filled with at its first start.
import type { Population } from '../population.ts';
import { COLLEAGUES, ROOMS, personOf } from './organisation.ts';

/** `now` is when the last message was written. The same `now` and seed give the same population, to the letter. */
export function demoPopulation(_now: number): Population {
  return { people: COLLEAGUES.map((colleague) => personOf(colleague, {})), rooms: ROOMS, history: [] };
}
