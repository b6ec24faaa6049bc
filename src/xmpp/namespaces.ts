// Every namespace this program speaks, one constant each, so that nobody writes one twice or wrongly.

export const NS_CLIENT = 'jabber:client';
export const NS_STANZAS = 'urn:ietf:params:xml:ns:xmpp-stanzas';

// ---- the stream ----
export const NS_FRAMING = 'urn:ietf:params:xml:ns:xmpp-framing';
export const NS_STREAM = 'http://etherx.jabber.org/streams';
export const NS_STREAM_ERRORS = 'urn:ietf:params:xml:ns:xmpp-streams';
export const NS_SASL = 'urn:ietf:params:xml:ns:xmpp-sasl';
export const NS_SASL2 = 'urn:xmpp:sasl:2';
export const NS_BIND = 'urn:ietf:params:xml:ns:xmpp-bind';
export const NS_BIND2 = 'urn:xmpp:bind:0';
export const NS_SESSION = 'urn:ietf:params:xml:ns:xmpp-session';
export const NS_FAST = 'urn:xmpp:fast:0';
export const NS_SM = 'urn:xmpp:sm:3';
export const NS_CSI = 'urn:xmpp:csi:0';
export const NS_PIPELINING = 'urn:xmpp:features:pipelining';

// ---- people ----
export const NS_ROSTER = 'jabber:iq:roster';
export const NS_CAPS = 'http://jabber.org/protocol/caps';
export const NS_DISCO_INFO = 'http://jabber.org/protocol/disco#info';
export const NS_DISCO_ITEMS = 'http://jabber.org/protocol/disco#items';
export const NS_NICK = 'http://jabber.org/protocol/nick';
export const NS_BLOCKING_ERRORS = 'urn:xmpp:blocking:errors';
export const NS_PING = 'urn:xmpp:ping';

// ---- messages ----
export const NS_IDS = 'urn:xmpp:sid:0';
export const NS_HINTS = 'urn:xmpp:hints';
export const NS_RECEIPTS = 'urn:xmpp:receipts';
export const NS_MARKERS = 'urn:xmpp:chat-markers:0';
export const NS_CHAT_STATES = 'http://jabber.org/protocol/chatstates';
export const NS_CARBONS = 'urn:xmpp:carbons:2';
export const NS_FORWARD = 'urn:xmpp:forward:0';
export const NS_DELAY = 'urn:xmpp:delay';
export const NS_MAM = 'urn:xmpp:mam:2';
export const NS_PAGING = 'http://jabber.org/protocol/rsm';
export const NS_DATA_FORM = 'jabber:x:data';

// ---- files ----
export const NS_UPLOAD = 'urn:xmpp:http:upload:0';
export const NS_FILE_SHARING = 'urn:xmpp:sfs:0';
export const NS_FILE_METADATA = 'urn:xmpp:file:metadata:0';
export const NS_ENCRYPTED_FILES = 'urn:xmpp:esfs:0';
export const NS_HASHES = 'urn:xmpp:hashes:2';
export const NS_THUMBNAILS = 'urn:xmpp:thumbs:1';
export const NS_URL_DATA = 'http://jabber.org/protocol/url-data';
export const NS_OUT_OF_BAND = 'jabber:x:oob';

// ---- rooms ----
export const NS_MUC = 'http://jabber.org/protocol/muc';
export const NS_MUC_USER = 'http://jabber.org/protocol/muc#user';
export const NS_MUC_ADMIN = 'http://jabber.org/protocol/muc#admin';
export const NS_MUC_OWNER = 'http://jabber.org/protocol/muc#owner';
export const NS_MUC_SELF_PING = 'http://jabber.org/protocol/muc#self-ping-optimization';
export const NS_OCCUPANT_ID = 'urn:xmpp:occupant-id:0';

// ---- what the account keeps at its server ----
export const NS_PUBSUB = 'http://jabber.org/protocol/pubsub';
export const NS_PUBSUB_EVENT = 'http://jabber.org/protocol/pubsub#event';
export const NS_PUBSUB_OWNER = 'http://jabber.org/protocol/pubsub#owner';
export const NS_PUBLISH_OPTIONS = 'http://jabber.org/protocol/pubsub#publish-options';
export const NS_NODE_CONFIG = 'http://jabber.org/protocol/pubsub#node_config';
export const NS_CONFERENCE = 'jabber:x:conference';
export const NS_BOOKMARKS = 'urn:xmpp:bookmarks:1';
export const NS_MDS = 'urn:xmpp:mds:displayed:0';

// ---- end-to-end encryption ----
export const NS_OMEMO = 'urn:xmpp:omemo:2';
export const NS_OMEMO_DEVICES = 'urn:xmpp:omemo:2:devices';
export const NS_OMEMO_BUNDLES = 'urn:xmpp:omemo:2:bundles';
export const NS_LEGACY_OMEMO = 'eu.siacs.conversations.axolotl';
/** Our own: nothing but a count, for the own devices alone. */
export const NS_DEVICE_STREAMS = 'https://warbler.chat/protocol/device-streams';
export const NS_LEGACY_OMEMO_DEVICES = 'eu.siacs.conversations.axolotl.devicelist';
/** A node for each device, its id behind the colon. */
export const NS_LEGACY_OMEMO_BUNDLES = 'eu.siacs.conversations.axolotl.bundles:';
export const NS_SCE = 'urn:xmpp:sce:1';
export const NS_TRUST_MESSAGES = 'urn:xmpp:tm:1';
export const NS_TRUST_MANAGEMENT = 'urn:xmpp:atm:1';
export const NS_EME = 'urn:xmpp:eme:0';
