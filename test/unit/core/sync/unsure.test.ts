// How far back the archive is looked through for own messages that may have arrived.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { ArchivedStanza } from '../../../../src/core/sync/archive-client.ts';
import { Search } from '../../../../src/core/sync/unsure.ts';
import type { MessageId } from '../../../../src/model/message.ts';
import { stanza } from '../../../kit/scripted-connection.ts';

const HOUR_MS = 3_600_000;
const SEALED = stanza("<message type='chat' id='m1'><encrypted xmlns='urn:xmpp:omemo:2' sid='1'/></message>");

describe('the search for own messages', () => {
  it('is over once a sealed copy of ours was met, though nobody has opened it; another one of that name says nothing', () => {
    assert.equal(isOverAfter({ sealed: SEALED, ownId: 'm1' }), true);
    assert.equal(isOverAfter({ sealed: SEALED }), false);
  });
});

function isOverAfter(said: ArchivedStanza['said']): boolean {
  const search = new Search([{ id: 'm1' as MessageId, writtenAt: HOUR_MS }]);
  search.saw({ results: [{ archiveId: 'a1', sentAt: HOUR_MS, timeCertain: true, said }], complete: false });
  return search.isOver;
}
