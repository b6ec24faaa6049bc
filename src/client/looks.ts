// Whether a change touches what an element shows.
import type { Look } from './session-client.ts';

type About<A extends Look['about']> = Extract<Look, { about: A }>;

/** `isShown`: of those about it, whether it is what this element shows. */
export function isTouched<A extends Look['about']>(
  looks: readonly Look[],
  about: A,
  isShown: (look: About<A>) => boolean = () => true,
): boolean {
  return looks.some((look) => look.about === 'everything' || (look.about === about && isShown(look as About<A>)));
}
