// A field for something secret: shown on demand, with a word on Caps Lock. For the lock's face and its sheet.
import { html, nothing, type TemplateResult } from 'lit';
import type { Texts } from '../../texts/texts.ts';
import { renderField, type FieldTies } from '../sign-in/field-part.ts';

export interface SecretField {
  name: string;
  label: string;
  fault?: string | undefined;
  hint?: string | undefined;
  autocomplete: 'current-password' | 'new-password' | 'off';
  isBusy: boolean;
  /** Shared by all fields of one form. */
  reveals: boolean;
  hasCapsLock: boolean;
  typed: (text: string) => void;
  reveal: () => void;
  capsLock: (isOn: boolean) => void;
}

export function renderSecret(texts: Texts, field: SecretField): TemplateResult {
  const watch = (event: KeyboardEvent): void => field.capsLock(event.getModifierState('CapsLock'));
  const input = ({ id, describedBy, invalid }: FieldTies): TemplateResult =>
    html`<span class="secret">
      <input
        class="input"
        id=${id}
        type=${field.reveals ? 'text' : 'password'}
        autocomplete=${field.autocomplete}
        autocapitalize="none"
        spellcheck="false"
        aria-describedby=${describedBy || nothing}
        aria-invalid=${invalid}
        ?readonly=${field.isBusy}
        @input=${(event: Event) => field.typed((event.target as HTMLInputElement).value)}
        @keydown=${watch}
        @keyup=${watch}
        @blur=${() => field.capsLock(false)}
      />
      <button class="reveal" type="button" aria-pressed=${field.reveals} aria-controls=${id} @click=${field.reveal}>
        ${field.reveals ? texts.hidePassword : texts.showPassword}<span class="spoken"> ${field.label}</span>
      </button>
    </span>`;
  const hint = field.hasCapsLock ? texts.capsLock : field.hint;
  return renderField({ name: field.name, label: field.label, input, fault: field.fault, hint });
}
