// The session of the page, given to every element below `warbler-chat` or below a provider of the page's own.
import { createContext } from '@lit/context';
import type { SessionClient } from '../../client/session-client.ts';

export const sessionContext: { __context__: SessionClient | undefined } = createContext<SessionClient | undefined>(
  Symbol.for('warbler.session'),
);
