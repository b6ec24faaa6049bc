// Who and what an engine is filled with before anybody signs in. Local names only; the domain comes from the plan.

export interface Population {
  people: readonly Person[];
  rooms: readonly Room[];
  /** In the order of their times. Read once, so that a hundred thousand need not stand in memory. */
  history: Iterable<PastMessage>;
}

export interface Person {
  /** The part before the @. */
  name: string;
  password: string;
  displayName?: string;
  contacts?: readonly Contact[];
  bookmarks?: readonly Bookmark[];
  /** How far this person has read: the id of a past message, by local name of the person or room it stands in. */
  readUpTo?: Readonly<Record<string, string>>;
}

export interface Contact {
  name: string;
  displayName: string;
  groups: readonly string[];
}

export interface Bookmark {
  room: string;
  title: string;
  nick: string;
}

export interface Room {
  name: string;
  title: string;
  subject?: string;
  membersOnly: boolean;
  /** Everybody sees the address behind a nick. */
  nonAnonymous: boolean;
  members: readonly Member[];
}

export interface Member {
  name: string;
  nick: string;
  affiliation: 'owner' | 'admin' | 'member';
}

export type PastMessage = PastFacts & (Said | Displayed);

interface PastFacts {
  /** Unique in the whole population; becomes the origin id. */
  id: string;
  from: string;
  /** A person, or a room when `room` is set. */
  to: string;
  /** The nick it was said under. */
  room?: { nick: string };
  sentAt: number;
}

interface Said {
  /** With a file: what is said of it, or nothing. */
  text: string;
  file?: PastFile;
}

/** Lies at the engine like an uploaded one. */
export interface PastFile {
  name: string;
  type: string;
  bytes: Uint8Array<ArrayBuffer>;
  /** Of a picture; the small one is PNG too. */
  width?: number;
  height?: number;
  thumbnail?: Uint8Array<ArrayBuffer>;
}

/** No message of its own: says that one was displayed. */
interface Displayed {
  displays: string;
}

export const NOBODY: Population = { people: [], rooms: [], history: [] };
