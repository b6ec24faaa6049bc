// OMEMO 2, XEP-0384: one node of bundles, an envelope in each message.
import { readBundle, writeBundle } from '../../xmpp/codecs/omemo-bundle.ts';
import { readDevices, writeDevices } from '../../xmpp/codecs/omemo-devices.ts';
import { readEncrypted, readKeysFor, writeEncrypted } from '../../xmpp/codecs/omemo-message.ts';
import { writeItemGet } from '../../xmpp/codecs/pubsub.ts';
import { NS_OMEMO, NS_OMEMO_BUNDLES, NS_OMEMO_DEVICES } from '../../xmpp/namespaces.ts';
import { packEnvelope, unpackEnvelope } from './envelope.ts';
import { bundleOf, readPublished } from './exchange/bundle.ts';
import type { Method } from './method.ts';
import { openMessage } from './open-message.ts';
import { sealMessage } from './seal-message.ts';
import { OMEMO_2 } from './wire/omemo-2.ts';

export const OMEMO_2_METHOD: Method = {
  dialect: OMEMO_2,
  namespace: NS_OMEMO,
  saysWho: true,
  devicesNode: NS_OMEMO_DEVICES,
  bundlePlace: (device) => ({ node: NS_OMEMO_BUNDLES, item: String(device) }),
  askBundle: (device, person) => writeItemGet(NS_OMEMO_BUNDLES, String(device), person),
  writeDevices,
  readDevices,
  writeBundle: (own) => writeBundle({ device: own.deviceId, ...bundleOf(own) }),
  readBundle(item, device) {
    const published = readBundle(item);
    return published?.device === device ? readPublished(published) : undefined;
  },
  read: readEncrypted,
  keysFor: readKeysFor,
  open: openMessage,
  async seal(primitives, own, addressees, plaintext) {
    const { message, ...sealed } = await sealMessage(primitives, own, addressees, plaintext);
    return { ...sealed, message: writeEncrypted(message) };
  },
  pack: packEnvelope,
  unpack: unpackEnvelope,
};
