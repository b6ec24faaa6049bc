// A message in OMEMO 2, XEP-0384: the payload once, its key for each device by itself.
import { toBase64 } from '../../base/base64.ts';
import { bytesIn, readKeyId } from '../bytes-in-xml.ts';
import { NS_OMEMO } from '../namespaces.ts';
import { child, childrenNamed, element, type Element } from '../xml.ts';

type Bytes = Uint8Array<ArrayBuffer>;

export interface KeyForDevice {
  device: number;
  bytes: Bytes;
  /** It carries a key exchange as well. */
  withExchange: boolean;
}

export interface EncryptedMessage {
  /** The device that sent it. */
  sender: number;
  recipients: readonly { account: string; keys: readonly KeyForDevice[] }[];
  /** None where only a step of the ratchet is sent. */
  payload?: Bytes;
}

export interface MessageForUs {
  sender: number;
  /** None where it was written for other devices. */
  key?: KeyForDevice;
  payload?: Bytes;
}

export function writeEncrypted({ sender, recipients, payload }: EncryptedMessage): Element {
  const header = element(
    'header',
    NS_OMEMO,
    { sid: String(sender) },
    recipients.map(({ account, keys }) => element('keys', NS_OMEMO, { jid: account }, keys.map(writeKey))),
  );
  return element('encrypted', NS_OMEMO, {}, [header, payload && element('payload', NS_OMEMO, {}, [toBase64(payload)])]);
}

const writeKey = ({ device, bytes, withExchange }: KeyForDevice): Element =>
  element('key', NS_OMEMO, { rid: String(device), kex: withExchange ? 'true' : undefined }, [toBase64(bytes)]);

/** Undefined unless there is exactly one such element, with at most one key for us: of two, which would be meant? */
export function readEncrypted(message: Element, account: string, device: number): MessageForUs | undefined {
  const [encrypted, another] = childrenNamed(message, 'encrypted', NS_OMEMO);
  const header = child(encrypted, 'header', NS_OMEMO);
  const sender = readKeyId(header?.attributes['sid']);
  if (!sender || another) return undefined;
  const ours = childrenNamed(header, 'keys', NS_OMEMO)
    .filter((one) => one.attributes['jid'] === account)
    .flatMap((one) => childrenNamed(one, 'key', NS_OMEMO))
    .filter((one) => readKeyId(one.attributes['rid']) === device);
  const payload = child(encrypted, 'payload', NS_OMEMO);
  const key = ours[0] && readKey(ours[0], device);
  const sealed = bytesIn(payload);
  if (ours.length > 1 || (ours[0] && !key) || (payload && !sealed)) return undefined;
  return { sender, ...(key && { key }), ...(sealed && { payload: sealed }) };
}

/** Whose devices it is written for. */
export function readAccounts(message: Element): readonly string[] {
  const header = child(child(message, 'encrypted', NS_OMEMO), 'header', NS_OMEMO);
  return childrenNamed(header, 'keys', NS_OMEMO).flatMap(({ attributes: { jid } }) => (jid ? [jid] : []));
}

/** All the keys for the devices of an account, as far as they can be read. */
export function readKeysFor(message: Element, account: string): readonly KeyForDevice[] {
  const header = child(child(message, 'encrypted', NS_OMEMO), 'header', NS_OMEMO);
  return childrenNamed(header, 'keys', NS_OMEMO)
    .filter((one) => one.attributes['jid'] === account)
    .flatMap((one) => childrenNamed(one, 'key', NS_OMEMO))
    .flatMap((one) => {
      const device = readKeyId(one.attributes['rid']);
      const key = device ? readKey(one, device) : undefined;
      return key ? [key] : [];
    });
}

function readKey(from: Element, device: number): KeyForDevice | undefined {
  const bytes = bytesIn(from);
  const { kex } = from.attributes;
  return bytes && { device, bytes, withExchange: kex === 'true' || kex === '1' };
}
