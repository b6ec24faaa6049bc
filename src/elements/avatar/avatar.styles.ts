// An avatar's looks, for the element and for templates that draw it themselves.
import { css, type CSSResult } from 'lit';

export const avatarStyles: CSSResult = css`
  .avatar {
    position: relative;
    flex: none;
    display: grid;
    place-items: center;
    inline-size: var(--warbler-avatar-size);
    block-size: var(--warbler-avatar-size);
    border-radius: 50%;
    font-size: calc(var(--warbler-avatar-size) * 0.375);
    font-weight: 600;
    line-height: 1;
    color: var(--warbler-avatar-ink);
    user-select: none;
  }
  .avatar.ground-1 {
    background: var(--warbler-avatar-1);
  }
  .avatar.ground-2 {
    background: var(--warbler-avatar-2);
  }
  .avatar.ground-3 {
    background: var(--warbler-avatar-3);
  }
  .avatar.ground-4 {
    background: var(--warbler-avatar-4);
  }
  .avatar.ground-5 {
    background: var(--warbler-avatar-5);
  }
  .avatar.organisation {
    border-radius: 27%;
    background: var(--warbler-accent);
    color: var(--warbler-on-accent);
  }
  .avatar.warning {
    border-radius: 27%;
    background: var(--warbler-warn);
    color: var(--warbler-warn-soft);
  }
  /* Here: full. Away: hollow. Busy: barred. Shape first, colour second. */
  .presence {
    position: absolute;
    inset-inline-end: -1px;
    inset-block-end: -1px;
    inline-size: 13px;
    block-size: 13px;
    border-radius: 50%;
    border: 2px solid var(--warbler-avatar-rim, var(--warbler-surface));
    background: var(--warbler-online);
  }
  .presence.away {
    background: var(--warbler-avatar-rim, var(--warbler-surface));
    box-shadow: inset 0 0 0 2.5px var(--warbler-amber-60);
  }
  .presence.busy {
    background: linear-gradient(#fff, #fff) center / 5px 2px no-repeat var(--warbler-red-60);
  }
  @media (forced-colors: active) {
    .avatar {
      border: 1px solid CanvasText;
    }
    .presence {
      forced-color-adjust: none;
      background: Highlight;
    }
  }
`;
