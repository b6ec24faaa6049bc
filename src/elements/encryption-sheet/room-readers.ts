// Everybody who reads in a room: who is new, for whom nobody can encrypt, and a card for each that unfolds to their devices.
import { html, nothing, type TemplateResult } from 'lit';
import type { RoomReader, RoomReaders } from '../../contracts/readers.ts';
import type { Address } from '../../model/account.ts';
import type { Trust } from '../../model/protection.ts';
import type { EncryptionTexts } from '../../texts/keys/encryption-texts.ts';
import { refusedIcon, undecidedIcon, verifiedIcon } from '../icon/device.ts';
import { downIcon } from '../icon/navigation.ts';
import { warnIcon } from '../icon/state.ts';
import { lockIcon } from '../icon/trust.ts';
import { cleanLine } from '../text/clean-text.ts';

export interface ReadersWishes {
  words: EncryptionTexts;
  /** What is written there goes encrypted. */
  encrypted: boolean;
  /** By the older method. */
  isOlder: boolean;
  /** Whose card is unfolded. */
  opened: Address | undefined;
  renderKeys(name: string): unknown;
  toggle(reader: RoomReader, isOpen: boolean): void;
  /** The new ones may read. */
  accept(): void;
  passOver(reader: RoomReader): void;
}

export const nameOfReader = ({ name }: RoomReader): string => cleanLine(name);
/** Nobody can encrypt for them, and nobody has said that they may be left out. */
export const isLacking = ({ devices, isPassedOver }: RoomReader): boolean => devices === 0 && !isPassedOver;

export function renderReaders({ unfit, people }: RoomReaders, wishes: ReadersWishes): TemplateResult {
  const { words, encrypted } = wishes;
  if (unfit) return renderNote(words.unfit[unfit], encrypted ? words.unfitOn : words.unfitOff);
  return html`${encrypted ? renderCame(people, wishes) : nothing} ${encrypted ? renderLacking(people, wishes) : nothing}
    <section aria-labelledby="readers">
      <h3 id="readers">${words.members(people.length)}</h3>
      <ul class="devices" role="list">
        ${inOrder(people).map((reader) => html`<li>${renderReader(reader, wishes)}</li>`)}
      </ul>
    </section>`;
}

function renderCame(people: readonly RoomReader[], { words, accept }: ReadersWishes): TemplateResult | typeof nothing {
  const came = people.filter(({ isNew }) => isNew);
  if (came.length === 0) return nothing;
  const names = words.together(came.map(nameOfReader));
  const go = html`<button class="soft-button accept-members" type="button" @click=${accept}>${words.cameGo(came.length)}</button>`;
  return renderNote(
    words.cameTitle(names),
    html`${words.cameText} <bdi class="addresses">${came.map(({ person }) => person).join(', ')}</bdi>`,
    go,
  );
}

function renderLacking(people: readonly RoomReader[], { words, isOlder, passOver }: ReadersWishes): TemplateResult | typeof nothing {
  const lacking = people.filter(isLacking);
  if (lacking.length === 0) return nothing;
  const buttons = lacking.map(
    (one) =>
      html`<button class="soft-button plain" type="button" @click=${() => passOver(one)}>${words.passOver(nameOfReader(one))}</button>`,
  );
  return renderNote(
    words.lackingTitle(words.together(lacking.map(nameOfReader))),
    isOlder ? words.olderLackingText : words.lackingText,
    html`<div class="device-acts">${buttons}</div>`,
  );
}

function renderNote(title: string, text: unknown, acts: unknown = nothing): TemplateResult {
  return html`<div class="waits" role="note">
    ${warnIcon(18)}
    <div>
      <p class="waits-title">${title}</p>
      <p>${text}</p>
      ${acts}
    </div>
  </div>`;
}

/** Those that a person has to look at first. */
function inOrder(people: readonly RoomReader[]): readonly RoomReader[] {
  const rank = (one: RoomReader): number => (one.isNew ? 0 : one.undecided > 0 ? 1 : isLacking(one) ? 2 : 3);
  return people.toSorted((a, b) => rank(a) - rank(b));
}

function renderReader(reader: RoomReader, wishes: ReadersWishes): TemplateResult {
  const { words, isOlder, opened, renderKeys, toggle } = wishes;
  const { person, role, isNew } = reader;
  const isOpen = opened === person;
  const facts = [...(isNew ? [words.isNew] : []), ...(role === 'member' ? [] : [words.roles[role]]), ...stateOf(words, reader, isOlder)];
  return html`<details
    class="device reader ${isNew || reader.undecided > 0 ? 'undecided' : reader.trust}"
    part="reader"
    data-person=${person}
    .open=${isOpen}
    @toggle=${(event: Event) => toggle(reader, (event.currentTarget as HTMLDetailsElement).open)}
  >
    <summary>
      <span class="device-icon">${iconOf(reader)}</span>
      <span class="device-words"
        ><bdi class="device-name">${nameOfReader(reader)}</bdi><span class="device-state">${facts.join(' · ')}</span></span
      >
      <span class="device-more">${downIcon(16)}</span>
    </summary>
    <div class="reader-keys">
      <p class="device-facts"><bdi>${person}</bdi></p>
      ${isOpen ? renderKeys(nameOfReader(reader)) : nothing}
    </div>
  </details>`;
}

function stateOf(words: EncryptionTexts, { devices, undecided, trust, isPassedOver }: RoomReader, isOlder: boolean): readonly string[] {
  const none = isOlder ? words.hasNoOlderDevice : words.hasNoDevice;
  if (devices === 0) return isPassedOver ? [none, words.isPassedOver] : [none];
  if (undecided > 0) return [words.waitingDevices(undecided)];
  return [words.deviceCount(devices), trust === 'verified' ? words.trust.verified : words.notCompared];
}

const ICONS: Readonly<Partial<Record<Trust, (size?: number) => TemplateResult>>> = { verified: verifiedIcon, undecided: undecidedIcon };

function iconOf({ devices, isNew, trust }: RoomReader): TemplateResult {
  if (isNew) return undecidedIcon(18);
  return devices === 0 ? refusedIcon(18) : (ICONS[trust] ?? lockIcon)(18);
}
