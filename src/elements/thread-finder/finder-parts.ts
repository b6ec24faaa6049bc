// The finder's rows: words with their results, a day, what there is to say about either, and the way back.
import { html, nothing, type TemplateResult } from 'lit';
import { startOfDay } from '../../texts/dates.ts';
import type { FinderTexts } from '../../texts/keys/finder-texts.ts';
import type { Texts } from '../../texts/texts.ts';
import { calendarIcon } from '../icon/finder.ts';
import { backIcon, closeIcon, downIcon, searchIcon } from '../icon/navigation.ts';
import type { WordSearch } from './word-search.ts';

interface Common {
  texts: Texts;
  words: FinderTexts;
  close(): void;
}

export interface WordWishes extends Common {
  search: WordSearch | undefined;
  /** Which of the found messages is shown; -1 for none. */
  at: number;
  seek(text: string): void;
  step(by: 1 | -1): void;
  pickDay(): void;
}

export function renderWords({ texts, words, search, at, seek, step, pickDay, close }: WordWishes): TemplateResult {
  const found = search?.found.length ?? 0;
  return html`<div class="line">
    ${searchIcon(16)}
    <input
      type="search"
      enterkeyhint="search"
      autocomplete="off"
      spellcheck="false"
      aria-label=${texts.findInConversation}
      placeholder=${texts.findInConversation}
      aria-describedby="count"
      @input=${(event: InputEvent) => !event.isComposing && seek(valueOf(event))}
      @compositionend=${(event: Event) => seek(valueOf(event))}
      @keydown=${(event: KeyboardEvent) => takeKey(event, step)}
    />
    ${renderCount(words, search, at)}
    ${renderButton(words.older, html`<span class="up">${downIcon(18)}</span>`, () => step(1), at + 1 >= found)}
    ${renderButton(words.newer, downIcon(18), () => step(-1), at <= 0)} ${renderButton(texts.jumpToDate, calendarIcon(18), pickDay)}
    ${renderButton(texts.close, closeIcon(18), close)}
  </div>`;
}

/** In figures for the eye: there is little room beside the field. */
function renderCount(words: FinderTexts, search: WordSearch | undefined, at: number): TemplateResult | typeof nothing {
  if (!search || (search.found.length === 0 && !search.isDone)) return nothing;
  const total = search.found.length;
  if (total === 0) return html`<span id="count" class="count">${words.none}</span>`;
  return html`<span class="count" aria-hidden="true">${at + 1}/${total}${search.isDone ? '' : '…'}</span>
    <span id="count" hidden>${words.count(at + 1, total, search.isDone)}</span>`;
}

const valueOf = (event: Event): string => (event.target as HTMLInputElement).value;

/** Up is older, as in the thread. */
function takeKey(event: KeyboardEvent, step: (by: 1 | -1) => void): void {
  if (event.isComposing || event.keyCode === 229) return;
  if (event.key === 'ArrowUp' || (event.key === 'Enter' && !event.shiftKey)) step(1);
  else if (event.key === 'ArrowDown' || event.key === 'Enter') step(-1);
  else return;
  event.preventDefault();
}

export interface DayWishes extends Common {
  day: number;
  now: number;
  isBusy: boolean;
  /** From its first moment to the first of the next; undefined where no day was chosen. */
  go(from: number | undefined, to: number): void;
}

export function renderDay({ texts, words, day, now, isBusy, go, close }: DayWishes): TemplateResult {
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    const from = readDay((event.target as HTMLFormElement).querySelector('input')?.value ?? '');
    go(from, from === undefined ? 0 : new Date(from).setHours(24));
  };
  return html`<form class="line" novalidate @submit=${submit}>
    ${calendarIcon(16)}
    <input type="date" required aria-label=${texts.jumpToDate} .value=${writeDay(day)} max=${writeDay(now)} />
    <button class="soft-button" type="submit" aria-busy=${isBusy}>${words.dayGo}</button>
    ${renderButton(texts.close, closeIcon(18), close)}
  </form>`;
}

/** As the field has it: 2026-07-18, by the calendar of this place. */
function writeDay(at: number): string {
  const date = new Date(at);
  const [month, day] = [date.getMonth() + 1, date.getDate()].map((figure) => String(figure).padStart(2, '0'));
  return `${String(date.getFullYear()).padStart(4, '0')}-${month}-${day}`;
}

function readDay(value: string): number | undefined {
  const [, year, month, day] = /^(\d{4,6})-(\d{1,2})-(\d{1,2})$/.exec(value.trim()) ?? [];
  return year && month && day ? startOfDay(new Date(Number(year), Number(month) - 1, Number(day)).getTime()) : undefined;
}

export interface Status {
  text: string;
  action?: string;
  act?: () => void;
}

/** Said by the announcer too, once it has come to rest. */
export function renderStatus({ text, action, act }: Status): TemplateResult | typeof nothing {
  if (text === '') return nothing;
  return html`<p class="status">
    <span>${text}</span>${action ? html`<button class="link-button" type="button" @click=${act}>${action}</button>` : nothing}
  </p>`;
}

export function renderBack(words: FinderTexts, back: () => void): TemplateResult {
  return html`<button class="back" part="back" type="button" @click=${back}>${backIcon(16)}<span>${words.backToPlace}</span></button>`;
}

function renderButton(name: string, icon: TemplateResult, act: () => void, isOff = false): TemplateResult {
  return html`<button
    class="icon-button"
    type="button"
    aria-label=${name}
    title=${name}
    aria-disabled=${isOff ? 'true' : nothing}
    @click=${() => isOff || act()}
  >
    ${icon}
  </button>`;
}
