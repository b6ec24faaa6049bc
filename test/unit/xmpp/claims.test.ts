import { deepEqual, equal } from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { describe, it } from 'node:test';
import { CLAIMS } from '../../../src/xmpp/claims-table.ts';
import { claimsOf, shapesOf } from '../../../src/xmpp/claims.ts';
import { OLDER_INFO, OLDER_VERSION, OWN_INFO, OWN_VERSION, verificationText } from '../../../src/xmpp/codecs/caps.ts';
import { stanza } from '../../kit/scripted-connection.ts';

describe('claims of stanzas', () => {
  it('never overlap', () => {
    const owners = new Map<string, string[]>();
    for (const [name, claim] of Object.entries(CLAIMS)) {
      for (const shape of shapesOf(claim)) {
        owners.set(shape, [...(owners.get(shape) ?? []), name]);
        // A claim of every type also holds for each single one.
        const [stanzaName, child, namespace] = shape.split(' ');
        const all = `${stanzaName} ${child} ${namespace} *`;
        if (all !== shape && owners.has(all)) owners.get(all)?.push(name);
      }
    }
    deepEqual(
      [...owners.values()].filter((names) => names.length > 1),
      [],
    );
  });

  it('tell a wrapper by its shape, and two wrappers by both', () => {
    const carbon = '<received xmlns="urn:xmpp:carbons:2"/>';
    const result = '<result xmlns="urn:xmpp:mam:2"/>';
    deepEqual(claimsOf(stanza(`<message>${carbon}</message>`)), ['received-carbon']);
    deepEqual(claimsOf(stanza(`<message><body>x</body>${result}</message>`)), ['archive-result']);
    deepEqual(claimsOf(stanza(`<message>${carbon}${result}</message>`)).toSorted(), ['archive-result', 'received-carbon']);
    deepEqual(claimsOf(stanza('<message><body>x</body></message>')), []);
  });

  it('hold only for the types they name', () => {
    const query = '<query xmlns="jabber:iq:roster"/>';
    deepEqual(claimsOf(stanza(`<iq type="set" id="1">${query}</iq>`)), ['roster-push']);
    deepEqual(claimsOf(stanza(`<iq type="result" id="1">${query}</iq>`)), []);
    const inRoom = '<x xmlns="http://jabber.org/protocol/muc#user"/>';
    deepEqual(claimsOf(stanza(`<presence>${inRoom}</presence>`)), ['occupant']);
    deepEqual(claimsOf(stanza(`<presence type="error">${inRoom}</presence>`)), []);
    deepEqual(claimsOf(stanza(`<message>${inRoom}</message>`)), ['room-notice']);
  });
});

describe('what we can do', () => {
  it('has the hash we tell', () => {
    for (const [info, version] of [
      [OWN_INFO, OWN_VERSION],
      [OLDER_INFO, OLDER_VERSION],
    ] as const)
      equal(
        createHash('sha1')
          .update(verificationText(info) ?? '')
          .digest('base64'),
        version,
      );
  });

  it('has the hash of the example in XEP-0115', () => {
    const text = verificationText({
      identities: [{ category: 'client', type: 'pc', name: 'Exodus 0.9.1' }],
      features: [
        'http://jabber.org/protocol/disco#info',
        'http://jabber.org/protocol/disco#items',
        'http://jabber.org/protocol/muc',
        'http://jabber.org/protocol/caps',
      ],
    });
    equal(
      createHash('sha1')
        .update(text ?? '')
        .digest('base64'),
      'QgayPKawpkPSDYmwT/WM94uAlu0=',
    );
  });

  it('has none where a part could be taken for two', () => {
    equal(verificationText({ identities: [], features: ['a<b'] }), undefined);
  });
});
