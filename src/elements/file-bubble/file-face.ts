// How a file looks in its bubble: a picture with a word over it until it is here, or a line with icon, name and state.
import { html, nothing, type TemplateResult } from 'lit';
import type { Message } from '../../model/message.ts';
import { queuedIcon } from '../icon/delivery.ts';
import { fetchIcon, lookIcon } from '../icon/file.ts';
import { closeIcon, retryIcon } from '../icon/navigation.ts';
import { warnIcon } from '../icon/state.ts';
import { kindIcon, splitName } from '../files/file-kind.ts';
import { isUnderway, type FileState } from '../files/file-state.ts';
import { isPicture } from '../message/slot-size.ts';
import { actOf, nameOf, stateOf, type Words } from './file-words.ts';

export interface FaceFacts extends Words {
  message: Message;
  state: FileState;
  /** The picture itself, or the small one that came with the message. */
  drawn: HTMLCanvasElement | undefined;
  isDrawable: boolean;
  /** A stranger's picture, and nobody has asked for it. */
  isVeiled: boolean;
  reachable: boolean;
  press(): void;
  stop(): void;
}

export function renderFace(facts: FaceFacts): TemplateResult {
  const { message, state, isDrawable, reachable, press } = facts;
  const act = actOf(facts, message, state, isDrawable);
  const inside = message.file && isPicture(message.file) ? renderPicture(facts) : renderLine(facts);
  return html`<button
      class="main ${state.stage}"
      type="button"
      tabindex=${reachable ? 0 : -1}
      aria-disabled=${act ? 'false' : 'true'}
      @click=${press}
    >
      <span class="spoken">${act ?? nameOf(message)}, </span>${inside}
    </button>
    ${isUnderway(state) ? renderProgress(facts) : nothing}`;
}

function renderPicture(facts: FaceFacts): TemplateResult {
  const { message, state, drawn, isDrawable, isVeiled, files } = facts;
  const { file } = message;
  const icon = file && !drawn ? kindIcon(file)(32) : nothing;
  const words = stateOf(facts, message, state);
  const isShown = state.stage === 'here' && isDrawable;
  const told = isVeiled ? `${files.notShown} · ${words}` : isDrawable ? words : `${files.notDrawn} · ${words}`;
  return html`<span class="ground">${drawn ?? icon}</span>
    <span class=${isShown ? 'spoken' : 'chip'}>${isUnderway(state) ? nothing : stateIcon(facts, 14)}<span>${told}</span></span>`;
}

function renderLine(facts: FaceFacts): TemplateResult {
  const { message, state } = facts;
  const [stem, end] = splitName(nameOf(message));
  const words = stateOf(facts, message, state);
  return html`<span class="tile">${isUnderway(state) ? nothing : stateIcon(facts, 20)}</span>
    <span class="words"
      ><bdi class="name" title=${nameOf(message)}><span class="stem">${stem}</span><span>${end}</span></bdi
      ><span class="facts" title=${words}>${words}</span></span
    >`;
}

function stateIcon({ message, state, isVeiled }: FaceFacts, size: number): TemplateResult | typeof nothing {
  const { file } = message;
  if (!file) return nothing;
  if (state.stage === 'failed') return state.direction === 'down' ? retryIcon(size) : warnIcon(size);
  if (state.stage === 'away') return isVeiled ? lookIcon(size) : fetchIcon(size);
  return kindIcon(file)(size);
}

/** A ring that closes, around the button that stops it. */
function renderProgress({ message, state, files, texts, reachable, stop }: FaceFacts): TemplateResult {
  const name = nameOf(message);
  const part = state.total > 0 ? Math.min(1, state.done / state.total) : 0;
  const isWaiting = state.stage === 'waiting';
  return html`<span
      class="ring"
      role="progressbar"
      aria-label=${name}
      aria-valuemin="0"
      aria-valuemax="100"
      aria-valuenow=${Math.round(part * 100)}
      aria-valuetext=${stateOf({ texts, files }, message, state)}
      ><svg viewBox="0 0 40 40" aria-hidden="true">
        <circle cx="20" cy="20" r="18"></circle>
        <circle
          class="done"
          cx="20"
          cy="20"
          r="18"
          pathLength="100"
          stroke-dasharray="${isWaiting ? 0 : Math.max(2, part * 100)} 100"
        ></circle></svg
    ></span>
    <button
      class="stop"
      type="button"
      tabindex=${reachable ? 0 : -1}
      aria-label=${files.stop(name)}
      title=${files.stop(name)}
      @click=${stop}
    >
      ${isWaiting ? queuedIcon(18) : closeIcon(18)}
    </button>`;
}
