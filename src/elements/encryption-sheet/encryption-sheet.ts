// Who can read a conversation, and what a person can do about it: switch, compare, decide on devices, begin anew.
import { html, nothing, type CSSResult, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import type { DeviceDecision, DeviceKeys, KeysOf } from '../../contracts/keys.ts';
import type { ReadersDecision, RoomReader, RoomReaders } from '../../contracts/readers.ts';
import type { Address } from '../../model/account.ts';
import type { Conversation, ConversationId } from '../../model/conversation.ts';
import type { EncryptionWish } from '../../model/protection.ts';
import { buttons, fields } from '../../styles/controls.ts';
import { foundation } from '../../styles/foundation.ts';
import { sheetStyles } from '../../styles/sheet.ts';
import type { EncryptionTexts } from '../../texts/keys/encryption-texts.ts';
import { ConversationController } from '../controllers/conversation-controller.ts';
import { KeysController } from '../controllers/keys-controller.ts';
import { SituationController } from '../controllers/situation-controller.ts';
import { ReadersController } from '../controllers/readers-controller.ts';
import {
  EncryptionChangeRequestEvent,
  ReadersDecisionRequestEvent,
  RenewSessionsRequestEvent,
  SafetyNumberRequestEvent,
} from '../events/keys-requests.ts';
import { failureSentence } from '../failure-words.ts';
import { retryIcon } from '../icon/navigation.ts';
import { warnIcon } from '../icon/state.ts';
import { cleanLine } from '../text/clean-text.ts';
import { isUndecided, renderDevices, type DeviceWishes } from './device-card.ts';
import { encryptionSheetStyles } from './encryption-sheet.styles.ts';
import { nameOfReader, renderReaders, type ReadersWishes } from './room-readers.ts';
import { olderIn, olderWith, renderOlderQuestion, type OlderQuestion } from './older-method.ts';
import { renderNumber } from './safety-number.ts';
import { renderSwitch } from './switch-row.ts';
import { TrustSheet } from './trust-sheet.ts';
import { renderWhoReads } from './who-reads.ts';

/**
 * @summary Explains who can read a conversation, and lets a person compare keys and decide on devices.
 * @tag warbler-encryption-sheet
 * @attr conversation - The address of the person or room.
 * @fires {EncryptionChangeRequestEvent} warbler-encryption-change-request - What one writes there goes encrypted from now on, by the older method, or no longer.
 * @fires {DeviceDecisionRequestEvent} warbler-device-decision-request - A device is compared, let in or refused.
 * @fires {SafetyNumberRequestEvent} warbler-safety-number-request - The digits are the same on both sides.
 * @fires {CompareKeysRequestEvent} warbler-compare-keys-request - What the other side's code says.
 * @fires {ReadersDecisionRequestEvent} warbler-readers-decision-request - Who may read in a room, as they were shown.
 * @fires {RenewSessionsRequestEvent} warbler-renew-sessions-request - Begin the encryption anew.
 * @csspart who-reads - Who can read, with its reasons.
 * @csspart device - One device.
 * @csspart reader - One member of a room.
 * @csspart older - The older method.
 */
export class EncryptionSheet extends TrustSheet {
  static override styles: CSSResult[] = [foundation, buttons, fields, sheetStyles, encryptionSheetStyles];

  @property() conversation: ConversationId | undefined;

  @state() private busy = false;
  /** Whose card is unfolded, in a room. */
  @state() private opened: Address | undefined;

  readonly #details = new ConversationController(this);
  readonly #situation = new SituationController(this);
  readonly #theirs = new KeysController(this);
  readonly #ours = new KeysController(this);
  readonly #readers = new ReadersController(this);

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    const { session, conversation } = this;
    this.#details.show(session, conversation);
    this.#situation.follow(session);
    const kind = this.#details.value?.kind;
    this.#readers.show(session, kind === 'room' ? conversation : undefined);
    this.#theirs.show(session, kind === 'direct' ? conversation : this.opened);
    this.#ours.show(session, kind && this.#situation.value?.account?.address);
  }

  protected override titleOf(words: EncryptionTexts): string {
    const shown = this.#details.value;
    return shown ? words.titleWith(cleanLine(shown.title)) : this.texts.encryption;
  }

  protected override renderInside(words: EncryptionTexts): TemplateResult {
    const shown = this.#details.value;
    return html`${shown ? renderWhoReads(this.texts, words, shown) : nothing}
    ${shown ? (shown.kind === 'direct' ? this.#renderDirect(words, shown) : this.#renderRoom(words, shown)) : nothing}`;
  }

  #renderRoom(words: EncryptionTexts, shown: Conversation): TemplateResult {
    const readers = this.#readers.value;
    if (!readers) return this.#renderLoading(words, this.#readers);
    const canSwitch = shown.encrypted || readers.unfit === undefined;
    const name = cleanLine(shown.title);
    return html`${canSwitch ? this.#renderSwitch(words, shown, name) : nothing}
    ${this.#renderOlder(words, shown, olderIn(words, readers, name))} ${renderReaders(readers, this.#readersWishes(words, shown, readers))}
    ${canSwitch ? this.#renderOwn(words) : nothing}`;
  }

  #readersWishes(words: EncryptionTexts, shown: Conversation, { people }: RoomReaders): ReadersWishes {
    return {
      words,
      encrypted: shown.encrypted,
      isOlder: shown.legacy === true,
      opened: this.opened,
      renderKeys: (name) => this.#renderKeys(words, shown, name),
      toggle: ({ person }, isOpen) => {
        if (isOpen) this.opened = person;
        else if (this.opened === person) this.opened = undefined;
      },
      accept: () => void this.#accept(words, shown.id, people),
      passOver: (reader) => this.#askToPassOver(words, shown.id, reader, people),
    };
  }

  #renderDirect(words: EncryptionTexts, shown: Conversation): TemplateResult {
    const name = cleanLine(shown.title);
    const older = this.#theirs.value?.legacy;
    const question = older && !(shown.legacy && older.isOn) ? olderWith(words, older, name) : undefined;
    return html`${this.#renderSwitch(words, shown, name)} ${this.#renderOlder(words, shown, question)}
    ${this.#renderKeys(words, shown, name)} ${this.#renderOwn(words)}`;
  }

  #renderSwitch(words: EncryptionTexts, { id, kind, encrypted }: Conversation, name: string): TemplateResult {
    const on = kind === 'room' ? words.encryptMineOnRoom : words.encryptMineOn(name);
    return renderSwitch({
      label: words.encryptMine,
      hint: encrypted ? on : words.encryptMineOff,
      isOn: encrypted,
      isBusy: this.busy,
      press: () => (encrypted ? this.#askToTurnOff(words, id, name, kind) : void this.#turn(words, id, 'on')),
    });
  }

  #renderOlder(words: EncryptionTexts, { id }: Conversation, older: OlderQuestion | undefined): TemplateResult | typeof nothing {
    if (!older) return nothing;
    return renderOlderQuestion(words, older, () => {
      if (older.hadNewer) this.#askForOlder(words, id, older);
      else void this.#turn(words, id, 'legacy');
    });
  }

  #renderKeys(words: EncryptionTexts, shown: Conversation, name: string): TemplateResult {
    const keys = this.#theirs.value;
    if (!keys) return this.#renderLoading(words, this.#theirs);
    if (keys.devices.length === 0) return html`<p role="status">${words.noDevices(name)}</p>`;
    const undecided = keys.devices.filter(isUndecided).length;
    return html`${undecided > 0 ? this.#renderUndecided(words, words.undecided(name, undecided)) : nothing}
    ${undecided > 0 ? this.#renderDevices(words, keys, name) : nothing}
    ${renderNumber(keys, {
      words,
      name,
      same: (number) => void this.#confirm(words, keys.person, number, name),
      different: () => this.ask({ title: words.differentTitle, text: words.differentText(name), stay: words.understood }),
      codes: () => void this.openCodes(keys, name),
    })}
    ${undecided > 0 ? nothing : this.#renderDevices(words, keys, name)} ${this.#renderRenew(words, shown.encrypted, keys.person, name)}`;
  }

  #renderLoading(words: EncryptionTexts, slice: KeysController | ReadersController): TemplateResult {
    const { failure } = slice;
    if (!failure) return html`<div class="bones" role="status" aria-label=${words.loading}><i></i><i></i></div>`;
    return html`<p class="fault" role="alert">${warnIcon(14)}<span>${failureSentence(this.texts, failure)}</span></p>
      <button class="soft-button" type="button" @click=${() => void slice.refresh()}>${this.texts.retry}</button>`;
  }

  #renderUndecided(words: EncryptionTexts, title: string): TemplateResult {
    return html`<div class="waits" role="note">
      ${warnIcon(18)}
      <div>
        <p class="waits-title">${title}</p>
        <p>${words.undecidedText}</p>
      </div>
    </div>`;
  }

  #renderDevices(words: EncryptionTexts, keys: KeysOf, name: string): TemplateResult {
    return html`<section aria-labelledby="theirs">
      <h3 id="theirs">${words.devicesOf(name, keys.devices.length)}</h3>
      ${renderDevices(keys.devices, this.#wishes(words, keys.person))}
    </section>`;
  }

  /** One's own matter here only where one of them holds things up; otherwise they stay folded. */
  #renderOwn(words: EncryptionTexts): TemplateResult | typeof nothing {
    const keys = this.#ours.value;
    if (!keys || keys.devices.length === 0) return nothing;
    const undecided = keys.devices.filter(isUndecided).length;
    return html`${undecided > 0 ? this.#renderUndecided(words, words.undecidedOwn(undecided)) : nothing}
      <details class="own" ?open=${undecided > 0}>
        <summary><h3>${words.ownDevices(keys.devices.length)}</h3></summary>
        ${renderDevices(keys.devices, { ...this.#wishes(words, keys.person), remove: (device) => this.askToRemove(device) })}
      </details>`;
  }

  #renderRenew(words: EncryptionTexts, encrypted: boolean, person: Address, name: string): TemplateResult | typeof nothing {
    if (!encrypted) return nothing;
    return html`<section class="renew">
      <p>${words.renewText(name)}</p>
      <button class="soft-button plain" type="button" @click=${() => void this.#renew(words, person, name)}>
        ${retryIcon(16)}${words.renew}
      </button>
    </section>`;
  }

  #wishes(words: EncryptionTexts, person: Address): DeviceWishes {
    const decide = (device: DeviceKeys, trust: DeviceDecision['trust']): void => void this.decide(person, device, trust);
    return { texts: this.texts, words, now: Date.now(), decide };
  }

  #askToTurnOff(words: EncryptionTexts, id: ConversationId, name: string, kind: Conversation['kind']): void {
    const go = { words: words.offGo(name), act: () => this.#turn(words, id, 'off') };
    const text = kind === 'room' ? words.offTextRoom(name) : words.offText(name);
    this.ask({ title: words.offTitle(name), text, stay: words.offStay, go });
  }

  /** Exactly those who are shown: whoever comes meanwhile waits. */
  #accept(words: EncryptionTexts, room: ConversationId, people: readonly RoomReader[]): Promise<void> {
    return this.#decideReaders(words, room, { people: people.map(({ person }) => person), without: passedOver(people) });
  }

  #askToPassOver(words: EncryptionTexts, room: ConversationId, reader: RoomReader, people: readonly RoomReader[]): void {
    const name = nameOfReader(reader);
    const without = [...passedOver(people), reader.person];
    const go = { words: words.passOver(name), act: () => this.#decideReaders(words, room, { people: [], without }) };
    this.ask({ title: words.passOverTitle(name), text: words.passOverText(name), stay: words.passOverStay, go });
  }

  async #decideReaders(words: EncryptionTexts, room: ConversationId, decision: ReadersDecision): Promise<void> {
    await this.request(new ReadersDecisionRequestEvent(room, decision));
    if (!this.fault) this.announce(words.readersDecided);
  }

  #askForOlder(words: EncryptionTexts, id: ConversationId, { only, hadNewer, go }: OlderQuestion): void {
    const act = (): Promise<void> => this.#turn(words, id, 'legacy');
    const text = words.olderHadNewer(hadNewer);
    this.ask({ title: words.olderTitle(only), text, stay: words.olderStay, go: { words: go, act } });
  }

  async #turn(words: EncryptionTexts, id: ConversationId, to: EncryptionWish): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    await this.request(new EncryptionChangeRequestEvent(id, to));
    this.busy = false;
    if (!this.fault) this.announce({ on: words.turnedOn, legacy: words.olderTurnedOn, off: words.turnedOff }[to]);
  }

  async #confirm(words: EncryptionTexts, person: Address, number: string, name: string): Promise<void> {
    const result = await this.request(new SafetyNumberRequestEvent(person, number));
    if (result === 'same') this.announce(words.verifiedNow(name));
    if (result === 'different') this.fault = words.numberChanged;
  }

  async #renew(words: EncryptionTexts, person: Address, name: string): Promise<void> {
    await this.request(new RenewSessionsRequestEvent(person));
    if (!this.fault) this.announce(words.renewed(name));
  }
}

const passedOver = (people: readonly RoomReader[]): readonly Address[] =>
  people.flatMap(({ person, isPassedOver }) => (isPassedOver ? [person] : []));
