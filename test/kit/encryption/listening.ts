// Of which nodes an engine tells a device: what the presence it sent last asks for.
import { OLDER_VERSION, readCaps } from '../../../src/xmpp/codecs/caps.ts';
import { NS_LEGACY_OMEMO_DEVICES, NS_OMEMO_DEVICES } from '../../../src/xmpp/namespaces.ts';
import type { Element } from '../../../src/xmpp/xml.ts';

export class Listening {
  #isToOlder = false;

  sent(stanza: Element): void {
    if (stanza.name === 'presence' && stanza.attributes['to'] === undefined) this.#isToOlder = readCaps(stanza)?.version === OLDER_VERSION;
  }

  isTo(node: string): boolean {
    return node === NS_OMEMO_DEVICES || (node === NS_LEGACY_OMEMO_DEVICES && this.#isToOlder);
  }
}
