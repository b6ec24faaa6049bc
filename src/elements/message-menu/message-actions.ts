// What can be done with a message, by what it is: whatever has words can be copied, what was not sent can be tried, mended or given up.
import type { TemplateResult } from 'lit';
import { canRetry, needsDecision } from '../../model/failure.ts';
import type { Message } from '../../model/message.ts';
import { timeOfDay } from '../../texts/dates.ts';
import type { Texts } from '../../texts/texts.ts';
import { editIcon, removeIcon } from '../icon/menus.ts';
import { copyIcon, unreadableIcon } from '../icon/message.ts';
import { retryIcon } from '../icon/navigation.ts';
import { lockIcon } from '../icon/trust.ts';
import type { FailureActions } from '../message/failure-line.ts';
import { canMend } from '../message/protection-mark.ts';

export interface MessageAction {
  name: string;
  icon: TemplateResult;
  grave?: boolean;
  act(): void;
}

export interface ActionNeeds extends FailureActions {
  texts: Texts;
  say(words: string): void;
}

const SIZE = 18;

export function actionsOf(message: Message, needs: ActionNeeds): readonly MessageAction[] {
  const { texts } = needs;
  if (message.content === 'unreadable')
    return canMend(message) ? [lookAtKeys(message, needs), askAgain(message, needs)] : [askAgain(message, needs)];
  const copy: MessageAction = { name: texts.copyText, icon: copyIcon(SIZE), act: () => void copyText(message.text, needs) };
  const words = message.text === '' ? [] : [copy];
  return message.outbox?.stage === 'failed' ? [...unsent(message, needs), ...words, discard(message, needs)] : words;
}

function unsent(message: Message, needs: ActionNeeds): MessageAction[] {
  const { texts, retry, edit } = needs;
  const again = { name: texts.retryMessage, icon: retryIcon(SIZE), act: () => retry(message) };
  const mend = { name: texts.editMessage, icon: editIcon(SIZE), act: () => edit(message) };
  const change = message.file ? [] : [mend];
  const failure = message.outbox?.stage === 'failed' ? message.outbox.failure : undefined;
  if (failure && needsDecision(failure)) return [{ ...lookAtKeys(message, needs), name: texts.decide }, ...change];
  const isWorthIt = failure !== undefined && canRetry(failure);
  return isWorthIt ? [again, ...change] : change;
}

const discard = (message: Message, needs: ActionNeeds): MessageAction => ({
  name: needs.texts.discardMessage,
  icon: removeIcon(SIZE),
  grave: true,
  act: () => needs.discard(message),
});

const lookAtKeys = (message: Message, { texts, encryption }: ActionNeeds): MessageAction => ({
  name: texts.lookAtKeys,
  icon: lockIcon(SIZE),
  act: () => encryption(message),
});

const askAgain = (message: Message, { texts, write }: ActionNeeds): MessageAction => ({
  name: texts.askAgain,
  icon: unreadableIcon(SIZE),
  act: () => write(texts.askAgainWords(timeOfDay(message.sentAt))),
});

async function copyText(text: string, { texts, say }: ActionNeeds): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
    say(texts.copied);
  } catch {
    say(texts.copyFailed);
  }
}
