// Who is signed in, the language, the looks, and the way out.
import { html, nothing, type CSSResult, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import type { Account } from '../../model/account.ts';
import { countUnsent } from '../../model/situation.ts';
import { buttons } from '../../styles/controls.ts';
import { foundation } from '../../styles/foundation.ts';
import { menuStyles } from '../../styles/menu.ts';
import { segmentStyles } from '../../styles/segment.ts';
import { LANGUAGES } from '../../texts/catalogue.ts';
import { renderAvatar } from '../avatar/avatar-part.ts';
import { avatarStyles } from '../avatar/avatar.styles.ts';
import type { Appearance } from '../contexts/appearance.ts';
import { serveLockNow } from '../controllers/lock-requests.ts';
import { MenuController } from '../controllers/menu-controller.ts';
import { SituationController } from '../controllers/situation-controller.ts';
import { LockNowRequestEvent } from '../events/lock-requests.ts';
import { PreferenceChangeEvent } from '../events/shell-requests.ts';
import { backupIcon, keysIcon, signOutIcon } from '../icon/menus.ts';
import { lockIcon } from '../icon/lock.ts';
import { queuedIcon } from '../icon/delivery.ts';
import { warnIcon } from '../icon/state.ts';
import { devicesIcon } from '../icon/device.ts';
import { renderMenuButton, renderMenuItem } from '../menu/menu-part.ts';
import { SessionPart } from '../session-part.ts';
import { accountMenuStyles } from './account-menu.styles.ts';

type AccountSheet = 'outbox' | 'keys' | 'devices' | 'lock' | 'backup';

/**
 * @summary A button with the account's menu.
 * @tag warbler-account-menu
 * @attr {'auto' | 'light' | 'dark'} theme - The look that is chosen.
 * @fires {LockNowRequestEvent} warbler-lock-now-request - Everything shall be locked away.
 * @fires {PreferenceChangeEvent} warbler-preference-change - A language or a look was chosen.
 */
export class AccountMenu extends SessionPart {
  static override styles: CSSResult[] = [foundation, buttons, avatarStyles, menuStyles, segmentStyles, accountMenuStyles];

  @property() theme: Appearance['theme'] = 'auto';
  @property({ attribute: false }) signOut: () => void = () => {};

  /** Shows what waits to be sent, the own devices, the lock, backups, or the keys. */
  @property({ attribute: false }) show: ((sheet: AccountSheet) => void) | undefined;

  readonly #situation = new SituationController(this);
  readonly #menu = new MenuController(this);

  constructor() {
    super();
    serveLockNow(this, () => this.session);
  }

  protected override willUpdate(): void {
    this.#situation.follow(this.session);
  }

  override render(): TemplateResult {
    const { texts } = this;
    return html`<div class="menu-anchor">
      ${renderMenuButton(texts.accountMenu, this.#menu)} ${this.#menu.open ? this.#renderMenu() : nothing}
    </div>`;
  }

  #renderMenu(): TemplateResult {
    const { texts } = this;
    const account = this.#situation.value?.account;
    return html`<div class="menu" role="menu" aria-label=${texts.accountMenu} @keydown=${this.#menu.keydown}>
      ${account ? this.#renderAccount(account) : nothing} ${this.#renderStorage()} ${this.#renderOutbox()} ${this.#renderLanguages()}
      ${this.#renderThemes()}
      <hr class="menu-line" role="separator" />
      ${this.#renderSheetItem(texts.ownDevices, devicesIcon(18), 'devices')} ${this.#renderSheetItem(texts.lock, lockIcon(18), 'lock')}
      ${this.#renderLockNow()} ${this.#renderSheetItem(texts.backup, backupIcon(18), 'backup')}
      ${isTouch() ? nothing : this.#renderSheetItem(texts.keys, keysIcon(18), 'keys')}
      ${renderMenuItem(html`${texts.signOut}<small>${texts.signOutErases}</small>`, signOutIcon(18), () => this.#leaveFor(this.signOut), true)}
    </div>`;
  }

  #renderAccount({ name, address }: Account): TemplateResult {
    return html`<div class="who" role="presentation">
      ${renderAvatar({ name, seed: address })}
      <span role="presentation"><bdi class="who-name">${name}</bdi><bdi class="who-address">${address}</bdi></span>
    </div>`;
  }

  #renderStorage(): TemplateResult | typeof nothing {
    if (this.#situation.value?.storage !== 'memory') return nothing;
    return html`<p class="storage" role="presentation">${warnIcon(14)}<span>${this.texts.storageMemory}</span></p>`;
  }

  #renderOutbox(): TemplateResult | typeof nothing {
    const count = countUnsent(this.#situation.value);
    return count > 0 ? this.#renderSheetItem(this.texts.waiting(count), queuedIcon(18), 'outbox') : nothing;
  }

  #renderLockNow(): TemplateResult | typeof nothing {
    if (!this.#situation.value?.lock) return nothing;
    return renderMenuItem(this.texts.lockNow, lockIcon(18), () => this.#leaveFor(() => this.dispatchEvent(new LockNowRequestEvent())));
  }

  #renderSheetItem(name: string, icon: TemplateResult, sheet: AccountSheet): TemplateResult | typeof nothing {
    return this.show ? renderMenuItem(name, icon, () => this.#leaveFor(() => this.show?.(sheet))) : nothing;
  }

  #renderLanguages(): TemplateResult {
    const choices = LANGUAGES.map(({ locale, name }) =>
      this.#renderChoice(name, this.texts.locale === locale, () => new PreferenceChangeEvent({ language: locale }), locale),
    );
    return this.#renderGroup(this.texts.language, choices);
  }

  #renderThemes(): TemplateResult {
    const names = { auto: this.texts.themeAuto, light: this.texts.themeLight, dark: this.texts.themeDark };
    const choices = (['auto', 'light', 'dark'] as const).map((theme) =>
      this.#renderChoice(names[theme], this.theme === theme, () => new PreferenceChangeEvent({ theme })),
    );
    return this.#renderGroup(this.texts.theme, choices);
  }

  #renderGroup(name: string, choices: readonly TemplateResult[]): TemplateResult {
    return html`<div class="choice" role="group" aria-label=${name}>
      <span class="choice-name" aria-hidden="true">${name}</span>
      <div class="segment" role="presentation">${choices}</div>
    </div>`;
  }

  #renderChoice(name: string, checked: boolean, make: () => Event, lang?: string): TemplateResult {
    return html`<button
      type="button"
      role="menuitemradio"
      tabindex="-1"
      aria-checked=${checked}
      lang=${lang ?? nothing}
      @click=${() => this.dispatchEvent(make())}
    >
      ${name}
    </button>`;
  }

  #leaveFor(go: () => unknown): void {
    this.#menu.close();
    go();
  }
}

/** Where there is hardly a keyboard, its keys are no help. */
const isTouch = (): boolean => window.matchMedia('(pointer: coarse)').matches;
