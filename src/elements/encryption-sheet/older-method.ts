// The question whether to use the older method, with somebody or in a room.
import { html, nothing, type TemplateResult } from 'lit';
import type { LegacyState } from '../../contracts/keys.ts';
import type { OlderInRoom, RoomReaders } from '../../contracts/readers.ts';
import type { Address } from '../../model/account.ts';
import type { EncryptionTexts } from '../../texts/keys/encryption-texts.ts';
import { warnIcon } from '../icon/state.ts';
import { nameOfReader } from './room-readers.ts';

/** Names, one after the other; empty where it is nobody. */
export interface OlderQuestion {
  /** For whose sake. */
  only: string;
  /** They had something newer, and may have been robbed of it. */
  hadNewer: string;
  /** They would not read it. */
  lacking: string;
  /** What the button says. */
  go: string;
}

export const olderWith = (words: EncryptionTexts, { isOnlyWay, hadNewer }: LegacyState, name: string): OlderQuestion | undefined =>
  isOnlyWay ? { only: name, hadNewer: hadNewer ? name : '', lacking: '', go: words.olderGo(name) } : undefined;

export function olderIn(words: EncryptionTexts, { older, people }: RoomReaders, room: string): OlderQuestion | undefined {
  const namesOf = (some: readonly Address[]): string =>
    words.together(people.filter(({ person }) => some.includes(person)).map(nameOfReader));
  const shown = ({ only, hadNewer, lacking }: OlderInRoom): OlderQuestion => ({
    only: namesOf(only),
    hadNewer: namesOf(hadNewer),
    lacking: namesOf(lacking),
    go: words.olderGoRoom(room),
  });
  return older && shown(older);
}

/** Asked only where nothing newer works, and never gone by itself. */
export const renderOlderQuestion = (words: EncryptionTexts, question: OlderQuestion, use: () => void): TemplateResult =>
  html`<div class="waits older" role="note" part="older">
    ${warnIcon(18)}
    <div>
      <p class="waits-title">${words.olderTitle(question.only)}</p>
      <p>${words.olderText}</p>
      ${question.lacking ? html`<p>${words.olderLacking(question.lacking)}</p>` : nothing}
      ${question.hadNewer ? html`<p>${words.olderHadNewer(question.hadNewer)}</p>` : nothing}
      <div class="device-acts"><button class="soft-button" type="button" @click=${use}>${question.go}</button></div>
    </div>
  </div>`;
