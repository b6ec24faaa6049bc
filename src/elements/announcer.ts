// Two live regions, there from the start and outside of all that re-renders: a region that arrives with its text is not read out.
import { AnnounceEvent, type Urgency } from './announcement.ts';

/** Long enough for a screen reader to notice an emptied region, and for a burst to become one sentence. */
const GATHER_MS = 150;

export class Announcer {
  readonly #host: EventTarget;
  readonly #regions: Record<Urgency, HTMLElement>;
  readonly #waiting: Record<Urgency, string[]> = { polite: [], assertive: [] };
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(host: EventTarget, root: ShadowRoot) {
    this.#host = host;
    this.#regions = { polite: liveRegion('polite'), assertive: liveRegion('assertive') };
    root.append(this.#regions.polite, this.#regions.assertive);
    host.addEventListener(AnnounceEvent.type, this.#hear);
  }

  /** Another announcer above has taken over. */
  silence(): void {
    this.#host.removeEventListener(AnnounceEvent.type, this.#hear);
    clearTimeout(this.#timer);
    this.#regions.polite.remove();
    this.#regions.assertive.remove();
  }

  /** What was said is no longer for whoever is here. */
  forget(): void {
    for (const urgency of ['assertive', 'polite'] as const) {
      this.#waiting[urgency] = [];
      this.#regions[urgency].textContent = '';
    }
  }

  /** Inside a modal dialog only what lies within it is read, so the regions move in and out with it. */
  moveInto(place: ParentNode): void {
    place.append(this.#regions.polite, this.#regions.assertive);
  }

  #hear = (event: Event): void => {
    if (!(event instanceof AnnounceEvent)) return;
    event.stopPropagation();
    this.#waiting[event.urgency].push(event.text);
    for (const region of Object.values(this.#regions)) region.textContent = '';
    this.#timer ??= setTimeout(() => this.#speak(), GATHER_MS);
  };

  #speak(): void {
    this.#timer = undefined;
    for (const urgency of ['assertive', 'polite'] as const) {
      this.#regions[urgency].textContent = [...new Set(this.#waiting[urgency].splice(0))].join(' · ');
    }
  }
}

function liveRegion(urgency: Urgency): HTMLElement {
  const region = document.createElement('div');
  region.className = 'spoken';
  region.setAttribute('aria-live', urgency);
  region.setAttribute('role', urgency === 'assertive' ? 'alert' : 'status');
  return region;
}
