// Third tier: what belongs to one element. Each is public and told in its element's manifest tags.
import { css, type CSSResult } from 'lit';

export const elementTokens: CSSResult = css`
  --warbler-launcher-size: 60px;
  --warbler-launcher-inset-inline: 20px;
  --warbler-launcher-inset-block: 20px;
  --warbler-launcher-ground: var(--warbler-accent);
  --warbler-launcher-ink: var(--warbler-on-accent);
  --warbler-panel-width: 400px;
  --warbler-panel-height: 640px;
  --warbler-panel-radius: var(--warbler-radius-large);
  --warbler-layer: 2147483000;

  --warbler-badge-ground: var(--warbler-accent);
  --warbler-badge-ink: var(--warbler-on-accent);
  --warbler-alert-ground: var(--warbler-red-50);
  --warbler-alert-ink: var(--warbler-ink-0);

  --warbler-avatar-size: 44px;
  --warbler-avatar-ink: #ffffff;
  --warbler-avatar-1: var(--warbler-violet-50);
  --warbler-avatar-2: var(--warbler-clay-50);
  --warbler-avatar-3: var(--warbler-sea-50);
  --warbler-avatar-4: var(--warbler-plum-50);
  --warbler-avatar-5: var(--warbler-moss-50);

  --warbler-header-height: 60px;
  --warbler-list-width: 332px;
  --warbler-row-height: 64px;
  --warbler-row-radius: var(--warbler-radius);
  --warbler-field-radius: var(--warbler-radius);
  --warbler-field-height: 44px;

  --warbler-bubble-radius: 18px;
  --warbler-bubble-joint: 6px;
  --warbler-bubble-ground: var(--warbler-surface-raised);
  --warbler-bubble-own-ground: var(--warbler-own);
  --warbler-bubble-own-ink: var(--warbler-own-text);
  --warbler-bubble-own-ink-quiet: color-mix(in oklab, var(--warbler-own-text) 72%, var(--warbler-own));
  --warbler-composer-radius: 20px;
`;
