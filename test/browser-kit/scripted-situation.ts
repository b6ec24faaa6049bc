// A session in good order: signed in, online, nothing waits.
import type { Address } from '../../src/model/account.ts';
import type { Situation } from '../../src/model/situation.ts';

export const plainSituation: Situation = {
  sign: 'signed-in',
  account: { address: 'mia@warbler.example' as Address, name: 'Mia', services: ['wss://chat.example/ws'] },
  connection: { stage: 'online', slow: false },
  storage: 'durable',
  unread: { messages: 0, conversations: 0, mentioned: false },
  waiting: 0,
  unsent: 0,
  catchingUp: false,
  notices: [],
};
