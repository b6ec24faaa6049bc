// What every element test needs of a person: eyes that wait for a frame, hands on the keyboard, and a stage of known size.
import type { LitElement } from 'lit';

export const frame = (): Promise<number> => new Promise((next) => requestAnimationFrame(next));

/** Enough frames for data to arrive, be drawn, be measured and be drawn once more. */
export async function settle(element?: LitElement): Promise<void> {
  for (let count = 0; count < 4; count++) {
    await element?.updateComplete;
    await frame();
  }
}

/** Waits for what a person would wait for; a frame at a time, and not for ever. */
export async function until<T>(look: () => T | undefined | false | null, what: string = 'the expected'): Promise<T> {
  for (let count = 0; count < 300; count++) {
    const seen = look();
    if (seen !== undefined && seen !== false && seen !== null) return seen;
    await frame();
  }
  throw new Error(`${what} did not come into sight`);
}

const stages: HTMLElement[] = [];

/** A box of known size on the page; `clearStages` takes it away. */
export function stage(width: number, height: number, lang: string = 'en'): HTMLElement {
  const box = document.createElement('div');
  box.lang = lang;
  box.style.cssText = `position:fixed;inset:0 auto auto 0;width:${width}px;height:${height}px;display:flex;flex-direction:column;`;
  document.body.append(box);
  stages.push(box);
  return box;
}

export function clearStages(): void {
  for (const box of stages.splice(0)) box.remove();
}

/** Registers a class under its tag once, whichever test comes first. */
export function define(tag: string, Class: CustomElementConstructor): void {
  if (!customElements.get(tag)) customElements.define(tag, Class);
}

export const deepActive = (): Element | null => {
  let active = document.activeElement;
  while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
  return active;
};

/** A key on whatever has the focus. */
export function press(key: string, init: KeyboardEventInit = {}): KeyboardEvent {
  const event = new KeyboardEvent('keydown', { key, bubbles: true, composed: true, cancelable: true, ...init });
  (deepActive() ?? document.body).dispatchEvent(event);
  return event;
}

/** Everything said to those who listen, in order. */
export function listen(target: EventTarget): { text: string; urgency: string }[] {
  const heard: { text: string; urgency: string }[] = [];
  target.addEventListener('warbler-announce', (event) => {
    const { text, urgency } = event as unknown as { text: string; urgency: string };
    heard.push({ text, urgency });
  });
  return heard;
}

export function countNodes(node: Node): number {
  let count = 1;
  for (const child of node.childNodes) count += countNodes(child);
  return count;
}
