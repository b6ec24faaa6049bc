import { assert } from 'chai';
import { hearLateProviders } from '../../../src/elements/late-providers.ts';
import { ensureElement } from '../../../src/elements/registry.ts';
import type { SessionProvider } from '../../../src/elements/session-provider/session-provider.ts';
import { addPeople } from '../../browser-kit/people.ts';
import { clearStages, stage, until } from '../../browser-kit/person.ts';
import { ScriptedSession } from '../../browser-kit/scripted-session.ts';

describe('a session for parts that a page places', () => {
  afterEach(() => clearStages());

  it('reaches parts that were there before it was loaded', async () => {
    hearLateProviders();
    await ensureElement('warbler-conversation-list');
    const session = new ScriptedSession();
    addPeople(session);
    const provider = document.createElement('warbler-session') as SessionProvider;
    // Honoured although the class comes later.
    Object.assign(provider, { session });
    const list = document.createElement('warbler-conversation-list');
    provider.append(list);
    stage(400, 640, 'en').append(provider);
    assert.isFalse(provider.matches(':defined'), 'the provider comes last');
    await ensureElement('warbler-session');
    await until(() => (list.shadowRoot?.querySelectorAll('.row').length ?? 0) > 0, 'rows of the list');
  });
});
