// Whether a change touches what an element shows.
import type { Look } from './session-client.ts';

export function concernsSituation(looks: readonly Look[]): boolean {
  return looks.some((look) => look.about === 'situation' || look.about === 'everything');
}

export function concernsConversations(looks: readonly Look[]): boolean {
  return looks.some((look) => look.about === 'conversations' || look.about === 'everything');
}
