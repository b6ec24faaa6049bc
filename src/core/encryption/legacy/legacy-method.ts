// Legacy OMEMO as it is published and written: a node for each device, words without an envelope.
import {
  readLegacyBundle,
  readLegacyDevices,
  readLegacyEncrypted,
  readLegacyKeysIn,
  writeLegacyBundle,
  writeLegacyDevices,
  writeLegacyEncrypted,
} from '../../../xmpp/codecs/legacy-omemo.ts';
import { writeItemsGet } from '../../../xmpp/codecs/pubsub.ts';
import { NS_CLIENT, NS_LEGACY_OMEMO, NS_LEGACY_OMEMO_BUNDLES, NS_LEGACY_OMEMO_DEVICES } from '../../../xmpp/namespaces.ts';
import { element, textOf } from '../../../xmpp/xml.ts';
import { toBytes, toText } from '../../utf8.ts';
import { bundleOf } from '../exchange/bundle.ts';
import type { Method } from '../method.ts';
import { LEGACY } from '../wire/legacy.ts';
import { legacyKeysOf, readLegacyKeys } from './legacy-bundle.ts';
import { openLegacyMessage, sealLegacyMessage } from './legacy-message.ts';

export const LEGACY_METHOD: Method = {
  dialect: LEGACY,
  namespace: NS_LEGACY_OMEMO,
  saysWho: false,
  devicesNode: NS_LEGACY_OMEMO_DEVICES,
  bundlePlace: (device) => ({ node: `${NS_LEGACY_OMEMO_BUNDLES}${device}`, item: 'current' }),
  // Whatever its item is called: there is one.
  askBundle: (device, person) => writeItemsGet(`${NS_LEGACY_OMEMO_BUNDLES}${device}`, person),
  writeDevices: (listed) => writeLegacyDevices(listed.map(({ id }) => id)),
  readDevices: (item) => readLegacyDevices(item)?.map((id) => ({ id })),
  writeBundle: (own) => writeLegacyBundle(legacyKeysOf(bundleOf(own))),
  readBundle(item) {
    const published = readLegacyBundle(item);
    return published && readLegacyKeys(published);
  },
  read: (message, _self, device) => readLegacyEncrypted(message, device),
  keysFor: readLegacyKeysIn,
  open: openLegacyMessage,
  async seal(primitives, own, addressees, plaintext) {
    const { message, ...sealed } = await sealLegacyMessage(primitives, own, addressees, plaintext);
    return { ...sealed, message: writeLegacyEncrypted(message) };
  },
  pack: (_random, { content }) => toBytes(textOf(content.find(({ name }) => name === 'body')) ?? ''),
  unpack(plaintext) {
    const text = toText(plaintext);
    return text === undefined ? undefined : { content: [element('body', NS_CLIENT, {}, [text])] };
  },
};
