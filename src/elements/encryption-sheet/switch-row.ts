// A switch with its words and what follows from it.
import { html, nothing, type TemplateResult } from 'lit';

export interface Switch {
  label: string;
  hint: string;
  isOn: boolean;
  /** It was pressed, and nothing has answered yet. */
  isBusy?: boolean;
  part?: string;
  press(): void;
}

/** One a sheet: its hint is known by its id. */
export const renderSwitch = ({ label, hint, isOn, isBusy = false, part, press }: Switch): TemplateResult =>
  html`<div class="switch-row" part=${part ?? nothing}>
    <span class="switch-words">
      <span>${label}</span>
      <small id="switch-hint">${hint}</small>
    </span>
    <button
      class="switch"
      type="button"
      role="switch"
      aria-checked=${isOn}
      aria-label=${label}
      aria-describedby="switch-hint"
      aria-busy=${isBusy}
      @click=${press}
    >
      <i></i>
    </button>
  </div>`;
