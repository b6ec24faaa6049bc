// The launcher before the chat is loaded: one real button in a shadow root, drawn without a library.
import { BIRD_BODY, BIRD_EYE, BIRD_SMILE } from '../../styles/mark.ts';
import type { LoaderTexts } from '../../texts/loader.ts';

/** The look of `warbler-chat`'s own launcher, which takes this one's place. */
const STYLE = `:host{position:fixed;inset-block-end:calc(20px + env(safe-area-inset-bottom));inset-inline-end:calc(20px + env(safe-area-inset-right));z-index:2147483000}
button{all:unset;box-sizing:border-box;inline-size:60px;block-size:60px;border-radius:50%;display:grid;place-items:center;cursor:pointer;background:var(--warbler-accent,#1f7a55);color:var(--warbler-on-accent,#fff);box-shadow:0 6px 20px rgb(20 60 40/.32)}
button:focus-visible{outline:3px solid var(--warbler-accent,#1f7a55);outline-offset:3px}
button[aria-busy=true]{cursor:progress;opacity:.75}
svg{inline-size:34px;block-size:34px}
@media (forced-colors:active){button{border:2px solid ButtonText}}`;

const SVG = 'http://www.w3.org/2000/svg';

export interface LauncherButton {
  host: HTMLElement;
  button: HTMLButtonElement;
}

export function drawButton(texts: LoaderTexts): LauncherButton {
  const host = document.createElement('div');
  const root = host.attachShadow({ mode: 'open' });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(STYLE);
  root.adoptedStyleSheets = [sheet];
  const button = document.createElement('button');
  button.type = 'button';
  button.setAttribute('aria-label', texts.open);
  button.setAttribute('aria-expanded', 'false');
  button.append(drawBird());
  root.append(button);
  return { host, button };
}

function drawBird(): SVGElement {
  const ground = 'var(--warbler-accent,#1f7a55)';
  const picture = shape('svg', { viewBox: '0 0 24 24', 'aria-hidden': 'true' });
  picture.append(
    shape('path', { d: BIRD_BODY, fill: 'currentColor' }),
    shape('circle', { cx: BIRD_EYE.x, cy: BIRD_EYE.y, r: BIRD_EYE.radius, fill: ground }),
    shape('path', { d: BIRD_SMILE, fill: 'none', stroke: ground, 'stroke-width': 1.5, 'stroke-linecap': 'round' }),
  );
  return picture;
}

function shape(name: string, attributes: Readonly<Record<string, string | number>>): SVGElement {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, String(value));
  return made;
}
