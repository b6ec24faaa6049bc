// Where button and menu stand: beside their bubble, inside of what can be seen.

const GAP_PX = 6;
const EDGE_PX = 8;

/** At the side where the thread has room: after others' messages, before one's own. */
export function placeBeside(over: HTMLElement, bubble: HTMLElement, button: HTMLElement): void {
  const view = over.getBoundingClientRect();
  const box = bubble.getBoundingClientRect();
  const isAtLeft = box.left - view.left < view.right - box.right;
  const left = isAtLeft ? box.right + GAP_PX : box.left - GAP_PX - button.offsetWidth;
  const top = box.top + Math.min(box.height, 56) / 2 - button.offsetHeight / 2;
  put(button, within(left - view.left, button.offsetWidth, view.width), within(top - view.top, button.offsetHeight, view.height));
}

/** Below the bubble, or above where there is more room. A style turns it into a sheet where fingers are. */
export function placeMenu(over: HTMLElement, bubble: HTMLElement, menu: HTMLElement): void {
  const view = over.getBoundingClientRect();
  const box = bubble.getBoundingClientRect();
  const isAtLeft = box.left - view.left < view.right - box.right;
  const below = box.bottom + GAP_PX - view.top;
  const above = box.top - GAP_PX - menu.offsetHeight - view.top;
  const fitsBelow = below + menu.offsetHeight <= view.height - EDGE_PX;
  const left = (isAtLeft ? box.left : box.right - menu.offsetWidth) - view.left;
  put(menu, within(left, menu.offsetWidth, view.width), within(fitsBelow ? below : above, menu.offsetHeight, view.height));
}

const within = (at: number, size: number, room: number): number => Math.max(EDGE_PX, Math.min(at, room - size - EDGE_PX));

/** Set on the node: the strictest pages forbid style attributes. */
function put(element: HTMLElement, left: number, top: number): void {
  element.style.setProperty('--warbler-at-left', `${left}px`);
  element.style.setProperty('--warbler-at-top', `${top}px`);
}
