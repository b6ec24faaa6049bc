// Search and filters above the rows.
import { html, nothing, type TemplateResult } from 'lit';
import type { ListQuery } from '../../contracts/session.ts';
import type { Texts } from '../../texts/texts.ts';
import { closeIcon, searchIcon } from '../icon/navigation.ts';

interface SearchHandlers {
  search(text: string): void;
  /** Arrow down: into the rows. */
  leave(): void;
}

export function renderSearch(texts: Texts, text: string, { search, leave }: SearchHandlers): TemplateResult {
  const clear = (): void => search('');
  return html`<div class="search" role="search">
    ${searchIcon(16)}
    <input
      type="search"
      enterkeyhint="search"
      autocomplete="off"
      spellcheck="false"
      aria-label=${texts.searchLabel}
      placeholder=${texts.searchPlaceholder}
      .value=${text}
      @input=${(event: InputEvent) => takeInput(event, search)}
      @compositionend=${(event: CompositionEvent) => search((event.target as HTMLInputElement).value)}
      @keydown=${(event: KeyboardEvent) => takeKey(event, text, clear, leave)}
    />
    ${text ? html`<button class="clear" type="button" aria-label=${texts.clearSearch} @click=${clear}>${closeIcon(16)}</button>` : nothing}
  </div>`;
}

/** Half-written pinyin is not yet a search. */
function takeInput(event: InputEvent, search: (text: string) => void): void {
  if (!event.isComposing) search((event.target as HTMLInputElement).value);
}

function takeKey(event: KeyboardEvent, text: string, clear: () => void, leave: () => void): void {
  if (event.isComposing) return;
  if (event.key === 'Escape' && text) clear();
  else if (event.key === 'ArrowDown') leave();
  else return;
  event.preventDefault();
  event.stopPropagation();
}

export function renderFilters(
  texts: Texts,
  only: ListQuery['only'],
  unread: number,
  choose: (only: ListQuery['only']) => void,
): TemplateResult {
  const filter = (value: ListQuery['only'], name: string): TemplateResult =>
    html`<button type="button" aria-pressed=${only === value ? 'true' : 'false'} @click=${() => choose(value)}><bdi>${name}</bdi></button>`;
  return html`<div class="filters" role="group" aria-label=${texts.filters}>
    ${filter(undefined, texts.filterAll)} ${filter('unread', unread > 0 ? texts.filterUnreadCount(unread) : texts.filterUnread)}
    ${filter('mentioned', texts.filterMentioned)} ${filter('rooms', texts.filterRooms)}
  </div>`;
}
