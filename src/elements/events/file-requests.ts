// What the bubble of a file asks for. Nobody has to serve it: what is not taken over, the bubble asks of its session.
import type { FilePlace } from '../../contracts/files.ts';
import { requestKind, type RequestEvent, type RequestKind } from './request-event.ts';

export type FetchFileRequestEvent = RequestEvent<void> & {
  readonly place: FilePlace;
  /** Nobody pressed anything: a small picture of a contact came into sight. */
  readonly byItself: boolean;
};
export const FetchFileRequestEvent: RequestKind<FetchFileRequestEvent, [place: FilePlace, byItself: boolean]> = requestKind(
  'warbler-fetch-file-request',
  (place, byItself) => ({ place, byItself }),
);

export type CancelTransferRequestEvent = RequestEvent<void> & {
  readonly place: FilePlace;
};
export const CancelTransferRequestEvent: RequestKind<CancelTransferRequestEvent, [place: FilePlace]> = requestKind(
  'warbler-cancel-transfer-request',
  (place) => ({ place }),
);
