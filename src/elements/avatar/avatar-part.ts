// The avatar as a part of another element's template: no shadow root for each row. `avatar.styles.ts` belongs with it.
import { html, type TemplateResult } from 'lit';
import type { Presence } from '../../model/conversation.ts';
import { colourOf, initialOf } from './face.ts';

export interface AvatarFacts {
  name: string;
  /** What the colour follows; an address does not change when a name does. */
  seed: string;
  /** Organisations are square. */
  kind?: 'person' | 'organisation' | 'warning';
  presence?: Presence;
}

/** Silent: the name stands beside it in words, and so does the presence. */
export function renderAvatar({ name, seed, kind = 'person', presence }: AvatarFacts): TemplateResult {
  const ground = kind === 'person' ? `ground-${colourOf(seed)}` : kind;
  // Without a presence by one binding: a thread has many of these.
  if (!presence || presence === 'unknown' || presence === 'offline')
    return html`<span class="avatar ${ground}" part="avatar" aria-hidden="true" .textContent=${initialOf(name)}></span>`;
  return html`<span class="avatar ${ground}" part="avatar" aria-hidden="true"
    >${initialOf(name)}<i class="presence ${presence}"></i
  ></span>`;
}
