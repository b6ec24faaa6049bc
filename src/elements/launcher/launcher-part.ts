// The launcher: one real button that says what it is for, how it stands and what waits. Part of the root, so that it can name the panel.
import { html, nothing, type TemplateResult } from 'lit';
import type { Situation } from '../../model/situation.ts';
import type { Texts } from '../../texts/texts.ts';
import { birdMark } from '../icon/bird.ts';
import { closeIcon } from '../icon/navigation.ts';
import { figureOf } from '../unread-badge/badge-part.ts';

/** On the launcher a figure is short. */
const MOST = 9;

export interface LauncherFacts {
  open: boolean;
  panelId: string;
  unread: Situation['unread'] | undefined;
}

export function renderLauncher(texts: Texts, { open, panelId, unread }: LauncherFacts, toggle: () => void): TemplateResult {
  const count = unread?.messages ?? 0;
  const mentioned = unread?.mentioned ?? false;
  return html`<button
    class="launcher"
    part="launcher"
    type="button"
    aria-label=${open ? texts.launcherOpen : texts.launcherClosed(count, mentioned)}
    aria-expanded=${open}
    aria-controls=${panelId}
    @click=${toggle}
  >
    ${open ? closeIcon(28) : birdMark(34)}
    ${
      open || count === 0
        ? nothing
        : html`<span class="alert ${mentioned ? 'mention' : ''}" part="launcher-badge" aria-hidden="true"
            >${mentioned ? '@' : ''}${figureOf(count, MOST)}</span
          >`
    }
  </button>`;
}
