// Empty messages that nobody writes and nobody sees: they say that a key exchange arrived, or let the other side begin a new chain.
// They tell that this device is there, so they go only to people who may know it; to others the next words are the answer.
import type { Address } from '../../../model/account.ts';
import type { Answer } from '../../../model/failure.ts';
import { writeEncryptionName } from '../../../xmpp/codecs/encrypted.ts';
import { writeHint } from '../../../xmpp/codecs/hints.ts';
import { writeMessage } from '../../../xmpp/codecs/message.ts';
import type { Element } from '../../../xmpp/xml.ts';
import type { Connection } from '../../ports.ts';
import type { People } from '../devices/people.ts';
import type { Sessions } from '../devices/sessions.ts';
import type { Primitives } from '../primitives/curves.ts';
import type { Method } from '../method.ts';
import type { Owed, OwnDevice } from './own-device.ts';

export interface AnswerNeeds {
  method: Method;
  self: Address;
  primitives: Primitives;
  connection: Pick<Connection, 'send' | 'state'>;
  own: OwnDevice;
  people: People;
  sessions: Sessions;
  mintId(): string;
  mayAnswer(person: Address): boolean;
  inTurn<T>(work: () => Promise<T>): Promise<T>;
  commit(): Promise<Answer<void>>;
}

/** All that are owed and may go now. Each step is on the disk before its message leaves. */
export async function payAnswers(needs: AnswerNeeds): Promise<void> {
  const { self, own, connection, mayAnswer } = needs;
  for (const owed of own.row.owed) {
    if (connection.state().stage !== 'online') return;
    if (owed.person === self || mayAnswer(owed.person)) await payOne(needs, owed);
  }
}

async function payOne(needs: AnswerNeeds, owed: Owed): Promise<void> {
  const sealed = await needs.inTurn(() => sealAnswer(needs, owed));
  if (!sealed || !(await needs.commit()).ok) return;
  const head = { type: 'chat', id: needs.mintId(), to: owed.person } as const;
  needs.connection.send(writeMessage(head, undefined, [sealed, writeEncryptionName(needs.method.namespace), writeHint('store')]));
}

/** Whoever was written to meanwhile has their answer; whoever was refused gets none. */
async function sealAnswer({ method, primitives, own, people, sessions }: AnswerNeeds, owed: Owed): Promise<Element | undefined> {
  const { person, device: id } = owed;
  const { keys, row } = own;
  if (!keys || !row.owed.includes(owed)) return undefined;
  own.paid([owed]);
  await Promise.all([people.load(person), sessions.load(person, [id])]);
  const device = sessions.get(keys.deviceId, person, id);
  if (!device || device.sessions.length === 0 || people.trustOf(person, id) === 'refused') return undefined;
  const { message, addressees } = await method.seal(primitives, keys, [{ account: person, id, device }]);
  for (const after of addressees) sessions.put(keys.deviceId, person, id, after.device);
  return message;
}
