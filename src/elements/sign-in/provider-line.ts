// Whose service this is, before any field: the first thing seen and the only block of colour.
import { html, nothing, type TemplateResult } from 'lit';
import type { Texts } from '../../texts/texts.ts';
import { renderAvatar } from '../avatar/avatar-part.ts';
import { warnIcon } from '../icon/state.ts';

/** In open mode nobody vouches for the service, and the line says so in words, not only in amber. */
export function renderProvider(texts: Texts, host: string | undefined): TemplateResult {
  const name = host ?? texts.providerUnknown;
  return html`<div class="provider ${host ? '' : 'unknown'}" part="provider">
    ${renderAvatar({ name: host ?? '?', seed: name, kind: 'warning' })}
    <div class="provider-words">
      <span>${texts.providedBy}</span>
      <bdi class="provider-name">${name}</bdi>
      ${host ? html`<span class="provider-state">${warnIcon(14)}${texts.providerNotCertified}</span>` : nothing}
    </div>
  </div>`;
}
