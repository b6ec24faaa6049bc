// The state of the connection in a few words, the same in every header.
import type { Situation } from '../model/situation.ts';
import type { Texts } from '../texts/texts.ts';

export interface StateWords {
  text: string;
  tone: 'good' | 'warn' | 'quiet';
}

/** Undefined while all is as it should be. */
export function connectionTrouble(texts: Texts, situation: Situation | undefined): StateWords | undefined {
  if (!situation) return { text: texts.starting, tone: 'quiet' };
  const { connection, sign } = situation;
  switch (connection.stage) {
    case 'connecting':
      return connection.attempt > 1 ? { text: texts.reconnecting, tone: 'warn' } : { text: texts.connecting, tone: 'quiet' };
    case 'waiting':
      return { text: connection.failure.kind === 'offline' ? texts.offlineShort : texts.reconnecting, tone: 'warn' };
    case 'stopped':
      return { text: texts.stoppedBar, tone: 'warn' };
    case 'idle':
      return sign === 'restoring' ? { text: texts.restoring, tone: 'quiet' } : undefined;
    default:
      return connection.slow
        ? { text: texts.slow, tone: 'warn' }
        : situation.catchingUp
          ? { text: texts.catchingUp, tone: 'quiet' }
          : undefined;
  }
}
