// What one device tells another of keys: trust messages, XEP-0434, in the usage of XEP-0450. Only ever inside an envelope.
import { fromBase64, toBase64 } from '../../base/base64.ts';
import { NS_OMEMO, NS_TRUST_MANAGEMENT, NS_TRUST_MESSAGES } from '../namespaces.ts';
import { childElements, childrenNamed, element, textOf, type Element } from '../xml.ts';

type Bytes = Uint8Array<ArrayBuffer>;

/** Of one account's keys. A key goes by its fingerprint, as bytes. */
export interface ToldKeys {
  readonly owner: string;
  readonly trusted: readonly Bytes[];
  readonly distrusted: readonly Bytes[];
}

/** Nobody has compared that many at once. */
export const MOST_TOLD_KEYS = 1_000;
const FINGERPRINT_LENGTH = 32;

export const isTrustMessage = ({ name, namespace }: Element): boolean => name === 'trust-message' && namespace === NS_TRUST_MESSAGES;

export const writeTrustMessage = (told: readonly ToldKeys[]): Element =>
  element('trust-message', NS_TRUST_MESSAGES, { usage: NS_TRUST_MANAGEMENT, encryption: NS_OMEMO }, told.map(writeOwner));

function writeOwner({ owner, trusted, distrusted }: ToldKeys): Element {
  const keys = (name: string, of: readonly Bytes[]): Element[] => of.map((key) => element(name, NS_TRUST_MESSAGES, {}, [toBase64(key)]));
  return element('key-owner', NS_TRUST_MESSAGES, { jid: owner }, [...keys('trust', trusted), ...keys('distrust', distrusted)]);
}

/** Undefined for what is of another usage or method, broken, or more than anybody would tell. */
export function readTrustMessage(message: Element): readonly ToldKeys[] | undefined {
  const { usage, encryption } = message.attributes;
  if (!isTrustMessage(message) || usage !== NS_TRUST_MANAGEMENT || encryption !== NS_OMEMO) return undefined;
  const owners = childrenNamed(message, 'key-owner', NS_TRUST_MESSAGES);
  const count = owners.reduce((sum, owner) => sum + 1 + childElements(owner).length, 0);
  if (count > 2 * MOST_TOLD_KEYS) return undefined;
  const told = owners.map(readOwner);
  return told.includes(undefined) ? undefined : told.filter((one) => one !== undefined);
}

function readOwner(owner: Element): ToldKeys | undefined {
  const { jid } = owner.attributes;
  const [trusted, distrusted] = [readKeys(owner, 'trust'), readKeys(owner, 'distrust')];
  return jid && trusted && distrusted ? { owner: jid, trusted, distrusted } : undefined;
}

function readKeys(owner: Element, name: string): readonly Bytes[] | undefined {
  const keys = childrenNamed(owner, name, NS_TRUST_MESSAGES).map((one) => fromBase64(textOf(one)?.trim() ?? ''));
  return keys.every((key) => key?.length === FINGERPRINT_LENGTH) ? keys.filter((key) => key !== undefined) : undefined;
}
