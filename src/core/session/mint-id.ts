// Ids that nobody can guess.
import type { World } from '../ports.ts';

export function mintId({ random }: Pick<World, 'random'>): string {
  let id = '';
  for (const byte of random(16)) id += byte.toString(16).padStart(2, '0');
  return id;
}
