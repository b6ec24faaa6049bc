// A labelled field with its hint and its fault; both are tied to it for those who listen.
import { html, nothing, type TemplateResult } from 'lit';
import { warnIcon } from '../icon/state.ts';

export interface FieldFacts {
  name: string;
  label: string;
  /** The input itself, drawn with these. */
  input: (ties: FieldTies) => TemplateResult;
  fault?: string | undefined;
  hint?: string | undefined;
}

export interface FieldTies {
  id: string;
  describedBy: string;
  invalid: 'true' | 'false';
}

export function renderField({ name, label, input, fault, hint }: FieldFacts): TemplateResult {
  const [id, faultId, hintId] = [`field-${name}`, `fault-${name}`, `hint-${name}`];
  const describedBy = [fault ? faultId : '', hint ? hintId : ''].filter(Boolean).join(' ');
  return html`<div class="field">
    <label for=${id}>${label}</label>
    ${input({ id, describedBy, invalid: fault ? 'true' : 'false' })}
    ${fault ? html`<span class="hint error" id=${faultId}>${warnIcon(14)}<span>${fault}</span></span>` : nothing}
    ${hint ? html`<span class="hint" id=${hintId}>${hint}</span>` : nothing}
  </div>`;
}
