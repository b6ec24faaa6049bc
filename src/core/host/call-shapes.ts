// What arguments each call takes after its id, one letter each: text, number, flag, object, object with bytes. Finer checks are the session's.
import type { Session } from '../../contracts/session.ts';

type Kind = 's' | 'n' | 'b' | 'o' | 'f';

const SHAPES: Readonly<Record<keyof Session, '' | Kind | `${Kind}${Kind}`>> = {
  signIn: 'o',
  signOut: '',
  readSituation: '',
  dismissNotice: 's',
  reconnect: '',
  reportTab: 'o',
  listConversations: 'o',
  readConversation: 's',
  addContact: 's',
  answerContact: 'ss',
  joinRoom: 's',
  leaveRoom: 's',
  inviteToRoom: 'ss',
  changeConversation: 'so',
  readThread: 'o',
  fillGap: 'ss',
  findInThread: 'o',
  sendMessage: 'so',
  retryMessage: 's',
  discardMessage: 's',
  readOutbox: '',
  saveDraft: 'ss',
  tellWriting: 'sb',
  markRead: 'sn',
  readKeys: 's',
  decideOnDevice: 'so',
  compareKeys: 'ss',
  confirmSafetyNumber: 'ss',
  changeEncryption: 'ss',
  readReaders: 's',
  confirmReaders: 'so',
  changeLegacy: 's',
  renewSessions: 's',
  removeOwnDevice: 'n',
  readUploadLimit: 's',
  sendFile: 'sf',
  keepStaged: 'sf',
  arrangeStaged: 'so',
  readStaged: 's',
  fetchFile: 'o',
  cancelTransfer: 'o',
  readFile: 'o',
  readTransfers: 's',
  readLock: '',
  setLock: 'o',
  setAutoLock: 'o',
  unlock: 'o',
  lockNow: '',
  tellPresent: '',
  readLastOpen: '',
  beginBackup: 'o',
  readBackup: 'o',
  beginRestore: 'f',
  giveToRestore: 'f',
  endBackup: 's',
};

const TYPES: Readonly<Record<Kind, string>> = { s: 'string', n: 'number', b: 'boolean', o: 'object', f: 'object' };
const LONGEST_CALL_ID = 64;

/** Pieces of a file may come with it. */
export const takesBytes = (name: keyof Session): boolean => SHAPES[name].includes('f');

/** Whether these are the arguments of a listed call, its id first. */
export function fitsCall(name: unknown, args: readonly unknown[]): name is keyof Session {
  if (typeof name !== 'string' || !Object.hasOwn(SHAPES, name)) return false;
  const shape = SHAPES[name as keyof Session];
  const [id, ...rest] = args;
  if (typeof id !== 'string' || id === '' || id.length > LONGEST_CALL_ID || rest.length !== shape.length) return false;
  return rest.every((arg, index) => typeof arg === TYPES[shape[index] as Kind] && arg !== null && !Array.isArray(arg));
}
