// What files need of the world and of the store, and what is known of one. Beside `ports.ts`, which they would make too long.
import type { FilePlace } from '../contracts/files.ts';
import type { ConversationId } from '../model/conversation.ts';
import type { Answer } from '../model/failure.ts';
import type { MessageId } from '../model/message.ts';
import type { FileCipher } from '../xmpp/codecs/file-sharing.ts';

/** Where a file lies, and how it is opened and checked. */
export interface FileSource {
  /** Absent until it is uploaded. */
  url?: string;
  /** It lies there encrypted. Of a file that is not uploaded yet: how it will be, if at all. */
  cipher?: FileCipher;
  /** Of the file itself. */
  sha256?: Uint8Array<ArrayBuffer>;
  size?: number;
}

export interface FileShelf {
  heads(): Promise<readonly FileHead[]>;
  put(head: FileHead): Promise<Answer<void>>;
  putPiece(name: string, at: number, bytes: Uint8Array<ArrayBuffer>): Promise<Answer<void>>;
  /** Undefined where it is not there, or is not what was written. */
  piece(name: string, at: number): Promise<Uint8Array<ArrayBuffer> | undefined>;
  countPieces(name: string): Promise<number>;
  /** Its head and all its pieces. */
  drop(name: string): Promise<void>;
}

/** What is known of a file on this device. */
export interface FileHead {
  name: string;
  /** What it is called by those who fetch it, once it is uploaded. */
  alias?: string;
  size: number;
  /** All of it is here, and it is what its sender sent. */
  isWhole: boolean;
  sha256?: Uint8Array<ArrayBuffer>;
  /** When it came. */
  at: number;
  /** It has not been sent yet: it makes no room for others. */
  waits?: true;
  /** It is no message yet. */
  staged?: StagedAs;
  places: readonly FilePlace[];
}

/** What a file is to be sent as, once somebody sends it. */
export interface StagedAs {
  conversation: ConversationId;
  id: MessageId;
  name: string;
  /** A picture goes with what its camera wrote into it. */
  asIs: boolean;
  /** In the order of those that wait beside it. */
  place: number;
}

/** HTTP without cookies and without telling where one comes from; nobody is sent on to another address. */
export interface Http {
  /** The status; undefined where nobody answered. */
  put(request: HttpPut): Promise<number | undefined>;
  /** Undefined where nobody answered. */
  get(url: string, from: number, signal: AbortSignal): Promise<HttpAnswer | undefined>;
}

export interface HttpPut {
  url: string;
  headers: Readonly<Record<string, string>>;
  body: Blob;
  signal: AbortSignal;
  sent(bytes: number): void;
}

export interface HttpAnswer {
  status: number;
  /** Where the body begins in the whole. */
  from: number;
  /** Throws where it breaks off. Whoever stops early lets go of the line. */
  body: AsyncIterable<Uint8Array<ArrayBuffer>>;
}
