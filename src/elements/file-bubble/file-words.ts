// A file's state in words: short beside its name, and in full for those who listen.
import type { Message } from '../../model/message.ts';
import type { FileTexts } from '../../texts/keys/file-texts.ts';
import type { Texts } from '../../texts/texts.ts';
import { failureWords } from '../failure-words.ts';
import type { FileState } from '../files/file-state.ts';
import { isPicture } from '../message/slot-size.ts';
import { cleanLine } from '../text/clean-text.ts';

export interface Words {
  texts: Texts;
  files: FileTexts;
}

export const nameOf = ({ file }: Message): string => cleanLine(file?.name ?? '');

export function stateOf({ texts, files }: Words, { file, protection }: Message, state: FileState): string {
  const { stage, direction, done, total, failure } = state;
  const progress = files.progress(done, total);
  switch (stage) {
    case 'waiting':
      return direction === 'up' ? files.waits : files.checking;
    case 'running':
      return direction === 'up' ? files.sending(progress) : files.fetching(progress);
    case 'failed':
      return direction === 'up' ? texts.stateFailed : files.notFetched(failureWords(texts, failure ?? { kind: 'no-answer' }).what);
    case 'named':
      return files.notAvailable;
    default: {
      const size = file?.size === undefined ? [] : [files.size(file.size)];
      const sealed = protection?.how === 'omemo-2' ? [files.sealed] : [];
      return [...size, ...sealed, ...(stage === 'here' ? [files.onDevice] : [])].join(' · ');
    }
  }
}

/** What a press does, with the name of the file. Undefined where it does nothing. */
export function actOf({ files }: Words, message: Message, { stage, direction }: FileState, isDrawable: boolean): string | undefined {
  const { file } = message;
  if (!file) return undefined;
  const name = nameOf(message);
  const isShown = isPicture(file) && isDrawable;
  if (stage === 'here') return isShown ? files.look(name) : files.save(name);
  if (stage === 'away') return isShown ? files.show(name) : files.save(name);
  return stage === 'failed' && direction === 'down' ? files.fetchAgain(name) : undefined;
}
