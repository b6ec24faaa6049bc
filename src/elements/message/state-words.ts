// How far an own message has come, in words and in shape.
import type { TemplateResult } from 'lit';
import type { DeliveryState } from '../../model/message.ts';
import type { Texts } from '../../texts/texts.ts';
import { deliveredIcon, queuedIcon, readIcon, sendingIcon, sentIcon } from '../icon/delivery.ts';
import { warnIcon } from '../icon/state.ts';

const SIZE = 14;

export function stateWords(texts: Texts, state: DeliveryState): string {
  const words: Record<DeliveryState, string> = {
    queued: texts.stateQueued,
    sending: texts.stateSending,
    sent: texts.stateSent,
    delivered: texts.stateDelivered,
    read: texts.stateRead,
    failed: texts.stateFailed,
  };
  return words[state];
}

const ICONS: Record<DeliveryState, (size?: number) => TemplateResult> = {
  queued: queuedIcon,
  sending: sendingIcon,
  sent: sentIcon,
  delivered: deliveredIcon,
  read: readIcon,
  failed: warnIcon,
};

export const stateIcon = (state: DeliveryState): TemplateResult => ICONS[state](SIZE);
