// A face for somebody: their letter on a colour of their own.
import type { CSSResult, TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import type { Presence } from '../../model/conversation.ts';
import { foundation } from '../../styles/foundation.ts';
import { WarblerElement } from '../warbler-element.ts';
import { renderAvatar } from './avatar-part.ts';
import { avatarStyles } from './avatar.styles.ts';

/**
 * The letter of a name on one of five colours. It says nothing to screen readers: set it beside the name.
 * @tag warbler-avatar
 * @attr name - Whose face it is.
 * @attr seed - What the colour follows, best an address; without it, the name.
 * @attr {'person' | 'organisation' | 'warning'} kind - Organisations are square.
 * @attr {'available' | 'away' | 'busy' | 'offline' | 'unknown'} presence - A mark at the corner.
 * @csspart avatar - The ground.
 * @cssproperty [--warbler-avatar-size=44px] - Its size.
 * @cssproperty [--warbler-avatar-ink=#fff] - The letter's colour.
 */
export class Avatar extends WarblerElement {
  static override styles: CSSResult[] = [foundation, avatarStyles];

  @property() name = '';
  @property() seed = '';
  @property() kind: 'person' | 'organisation' | 'warning' = 'person';
  @property() presence: Presence = 'unknown';

  override render(): TemplateResult {
    return renderAvatar({ name: this.name, seed: this.seed || this.name, kind: this.kind, presence: this.presence });
  }
}
