import { assert } from 'chai';
import { hearLateProviders } from '../../../src/elements/late-providers.ts';
import { PreferenceChangeEvent } from '../../../src/elements/events/shell-requests.ts';
import { ensureElement, type ElementTag } from '../../../src/elements/registry.ts';
import type { SessionProvider } from '../../../src/elements/session-provider/session-provider.ts';
import { en } from '../../../src/texts/en.ts';
import { zhCN } from '../../../src/texts/zh-cn.ts';
import { addPeople } from '../../browser-kit/people.ts';
import { clearStages, frame, stage, until } from '../../browser-kit/person.ts';
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

  it('wears the look and speaks the language that a person chose in it', async () => {
    const provider = await placeProvider('warbler-conversation-list');
    const search = await until(() => provider.querySelector('warbler-conversation-list')?.shadowRoot?.querySelector('input'), 'the search');
    assert.equal(search.placeholder, en.searchPlaceholder);
    search.dispatchEvent(new PreferenceChangeEvent({ language: 'zh-CN', theme: 'dark' }));
    await until(() => search.placeholder === zhCN.searchPlaceholder, 'another language');
    assert.equal(provider.theme, 'dark');
    localStorage.clear();
  });

  it('keeps the session that the page gave it, whoever signs in under another profile', async () => {
    const provider = await placeProvider('warbler-conversation-list');
    const list = provider.querySelector('warbler-conversation-list');
    await until(() => list?.shadowRoot?.querySelector('.row'), 'rows of the list');
    provider.profile = 'another';
    await provider.updateComplete;
    await frame();
    assert.isOk(list?.shadowRoot?.querySelector('.row'), 'the same session');
  });
});

async function placeProvider(tag: ElementTag): Promise<SessionProvider> {
  await Promise.all([ensureElement(tag), ensureElement('warbler-session')]);
  const session = new ScriptedSession();
  addPeople(session);
  const provider = document.createElement('warbler-session') as SessionProvider;
  Object.assign(provider, { session });
  provider.append(document.createElement(tag));
  stage(400, 640, 'en').append(provider);
  return provider;
}
