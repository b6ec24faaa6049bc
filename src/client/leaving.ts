// The last moment in which this page can say something: `leave` is told before the tie to the core is cut.
// A `pagehide` of one's own may come after that: browsers disagree about the order.

export const leaving: EventTarget = new EventTarget();
