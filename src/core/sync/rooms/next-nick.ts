// Another name when the wanted one is taken: Li, Li2, Li3.

const MOST_TRIES = 9;

/** Undefined when it is time to ask the person instead. */
export function nextNick(wanted: string, tried: number): string | undefined {
  return tried < MOST_TRIES ? `${wanted}${tried + 1}` : undefined;
}
