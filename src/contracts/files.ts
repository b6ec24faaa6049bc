// What a tab says and learns of files: one to be sent, the place of one in a thread, and how far those are that travel.
import type { ConversationId } from '../model/conversation.ts';
import type { Failure } from '../model/failure.ts';
import type { Picture } from '../model/file.ts';
import type { MessageId } from '../model/message.ts';

declare global {
  /** What a browser knows by this name, in tabs and workers alike. */
  interface Blob {
    readonly size: number;
    readonly type: string;
  }
}

export interface FileDraft {
  /** Minted once, so that a repeated send is the same message. */
  id: MessageId;
  /** The caption, or nothing. */
  text: string;
  file: Blob;
  /** These very bytes were staged under this id. */
  isStaged?: boolean;
  name: string;
  type: string;
  /** Of a picture. */
  width?: number;
  height?: number;
  preview?: Picture;
}

/** Which message the file is in. */
export interface FilePlace {
  conversation: ConversationId;
  message: MessageId;
  /** Absent while the message is in the outbox. */
  order?: number;
}

/** A file that is to be fetched. */
export interface FileOrder extends FilePlace {
  /** Nobody asked for it: it came into sight. Then no address but the own service's is asked, and all else waits for a person. */
  byItself?: boolean;
}

export interface Transfer {
  message: MessageId;
  /** Absent while the message is in the outbox. */
  order?: number;
  direction: 'up' | 'down';
  /** `waiting`: for the line, or for another. `here`: whole, checked and on this device. */
  stage: 'waiting' | 'running' | 'failed' | 'here';
  /** Bytes. */
  done: number;
  total: number;
  failure?: Failure;
}

/** Bytes: what this service takes at most. */
export interface UploadLimit {
  largest: number;
}
