// What can be done with the file of a message, for its menu.
import type { TemplateResult } from 'lit';
import type { Message } from '../../model/message.ts';
import type { FileTexts } from '../../texts/keys/file-texts.ts';
import { isUnderway, type FileState } from '../files/file-state.ts';
import { fetchIcon, lookIcon } from '../icon/file.ts';
import { closeIcon } from '../icon/navigation.ts';
import { isPicture } from '../message/slot-size.ts';

export interface FileAction {
  name: string;
  icon: TemplateResult;
  act(): void;
}

export interface FileHands {
  press(): void;
  save(): void;
  stop(): void;
}

interface ActionFacts {
  files: FileTexts;
  message: Message;
  state: FileState;
  isDrawable: boolean;
}

const SIZE = 18;

export function fileActions({ files, message, state, isDrawable }: ActionFacts, { press, save, stop }: FileHands): readonly FileAction[] {
  const { file } = message;
  if (!file || state.stage === 'named' || (state.stage === 'failed' && state.direction === 'up')) return [];
  if (isUnderway(state)) return [{ name: files.stopShort, icon: closeIcon(SIZE), act: stop }];
  const saving = { name: files.saveShort, icon: fetchIcon(SIZE), act: save };
  const looking = { name: state.stage === 'here' ? files.lookShort : files.showShort, icon: lookIcon(SIZE), act: press };
  return isPicture(file) && isDrawable ? [looking, saving] : [saving];
}
