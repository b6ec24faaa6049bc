// One file that waits to be sent: its picture or icon, what it is, and what can be done with it.
import { html, nothing, type TemplateResult } from 'lit';
import type { UploadLimit } from '../../contracts/files.ts';
import type { FileTexts } from '../../texts/keys/file-texts.ts';
import { kindIcon, splitName } from '../files/file-kind.ts';
import { earlierIcon, laterIcon } from '../icon/file.ts';
import { closeIcon } from '../icon/navigation.ts';
import { warnIcon } from '../icon/state.ts';
import { bodyOf, faultOf, type StagedFile } from './stage.ts';

export interface StagedHands {
  remove(): void;
  move(by: 1 | -1): void;
  keepAsIs(asIs: boolean): void;
}

export interface StagedFacts {
  staged: StagedFile;
  name: string;
  thumb: HTMLCanvasElement | undefined;
  limit: UploadLimit | undefined;
  isFirst: boolean;
  isLast: boolean;
}

export function renderStaged(texts: FileTexts, facts: StagedFacts, hands: StagedHands): TemplateResult {
  const { staged, name, thumb, limit, isFirst, isLast } = facts;
  const [stem, end] = splitName(name);
  const fault = faultOf(staged, limit);
  const type = staged.prepared?.type ?? staged.file.type;
  return html`<li data-id=${staged.id} class=${fault ? 'bad' : ''}>
    <span class="thumb">${thumb ?? (fault ? warnIcon() : kindIcon({ type, name })())}</span>
    <span class="words"
      ><bdi class="name" title=${name}><span class="stem">${stem}</span><span>${end}</span></bdi
      ><span class="facts">${wordsOf(texts, staged, limit)}</span></span
    >
    ${staged.prepared?.clean ? renderAsIs(texts, staged, name, hands) : nothing}
    ${isFirst && isLast ? nothing : renderMoves(texts, facts, hands)}
    <button class="icon-button" type="button" aria-label=${texts.remove(name)} title=${texts.remove(name)} @click=${hands.remove}>
      ${closeIcon(18)}
    </button>
  </li>`;
}

function renderAsIs(texts: FileTexts, { asIs }: StagedFile, name: string, hands: StagedHands): TemplateResult {
  return html`<button
    class="as-is"
    type="button"
    aria-pressed=${asIs ? 'true' : 'false'}
    aria-label=${texts.originalOf(name)}
    title=${texts.originalWhy}
    @click=${() => hands.keepAsIs(!asIs)}
  >
    ${texts.original}
  </button>`;
}

function renderMoves(texts: FileTexts, { name, isFirst, isLast }: StagedFacts, hands: StagedHands): TemplateResult {
  const button = (words: string, icon: TemplateResult, by: 1 | -1, isAtEnd: boolean): TemplateResult =>
    html`<button class="move" type="button" aria-label=${words} title=${words} aria-disabled=${isAtEnd} @click=${() => hands.move(by)}>
      ${icon}
    </button>`;
  return html`<span class="moves"
    >${button(texts.earlier(name), earlierIcon(18), -1, isFirst)}${button(texts.later(name), laterIcon(18), 1, isLast)}</span
  >`;
}

function wordsOf(texts: FileTexts, staged: StagedFile, limit: UploadLimit | undefined): string {
  const { prepared, asIs } = staged;
  if (!prepared) return texts.preparing;
  const fault = faultOf(staged, limit);
  if (fault === 'too-large') return texts.tooLarge(texts.size(limit?.largest ?? 0));
  if (fault) return fault === 'empty' ? texts.isEmpty : texts.notReadable;
  const isClean = prepared.clean !== undefined && !asIs;
  const told = !prepared.picture ? [] : [isClean ? texts.cleaned : texts.notCleaned];
  return [texts.size(bodyOf(staged).size), ...told].join(' · ');
}
