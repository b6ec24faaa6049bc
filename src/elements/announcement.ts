// What is said to those who listen instead of looking. The root speaks it; an element alone speaks for itself.

export type Urgency = 'polite' | 'assertive';

/** Bubbles out of shadow roots; the outermost Warbler element hears it. Say only what is new, never history. */
export class AnnounceEvent extends Event {
  static readonly type = 'warbler-announce';
  readonly text: string;
  readonly urgency: Urgency;

  constructor(text: string, urgency: Urgency = 'polite') {
    super(AnnounceEvent.type, { bubbles: true, composed: true });
    this.text = text;
    this.urgency = urgency;
  }
}

export function announce(from: EventTarget, text: string, urgency: Urgency = 'polite'): void {
  from.dispatchEvent(new AnnounceEvent(text, urgency));
}
