// Avatar and unread badge, alone on a page.
import type { Avatar } from '../../../src/elements/avatar/avatar.ts';
import { ensureElement } from '../../../src/elements/registry.ts';
import type { UnreadBadge } from '../../../src/elements/unread-badge/unread-badge.ts';
import { accessibilityFaults } from '../../browser-kit/accessibility.ts';
import { equal, same } from '../../browser-kit/expect.ts';
import { clearStages, settle, stage } from '../../browser-kit/person.ts';

before(() => Promise.all([ensureElement('warbler-avatar'), ensureElement('warbler-unread-badge')]));
afterEach(() => clearStages());

async function badge(attributes: Record<string, string>, lang = 'en'): Promise<UnreadBadge> {
  const element = document.createElement('warbler-unread-badge') as UnreadBadge;
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  stage(200, 100, lang).append(element);
  await element.updateComplete;
  await settle(element);
  return element;
}

const pill = (element: UnreadBadge): HTMLElement | null | undefined => element.shadowRoot?.querySelector<HTMLElement>('.badge');

describe('the unread badge', () => {
  it('shows nothing at zero', async () => {
    equal(pill(await badge({ count: '0' })), null);
  });

  it('counts to 99, and says the whole number', async () => {
    const many = await badge({ count: '120' });
    equal(pill(many)?.textContent?.trim(), '99+');
    equal(pill(many)?.getAttribute('aria-label'), '120 unread');
  });

  it('tells a mention by sign, shape and name, in the language of the page', async () => {
    const mention = await badge({ count: '2', mention: '' }, 'zh-CN');
    equal(pill(mention)?.textContent?.trim(), '@2');
    equal(pill(mention)?.getAttribute('aria-label'), '2 条未读，有人@你');
  });

  it('a page changes its looks by custom properties', async () => {
    const element = await badge({ count: '3' });
    element.style.setProperty('--warbler-badge-ground', 'rgb(1, 2, 3)');
    equal(getComputedStyle(pill(element) as Element).backgroundColor, 'rgb(1, 2, 3)');
  });

  it('has no fault for axe, loud and muted, light and dark', async () => {
    for (const attributes of [{}, { muted: '' }, { theme: 'dark' }, { theme: 'dark', muted: '' }]) {
      const element = await badge({ count: '5', ...attributes });
      same(await accessibilityFaults(element), []);
    }
  });
});

describe('the avatar', () => {
  it('shows the first letter in a colour that stays with the seed', async () => {
    const [one, two] = [document.createElement('warbler-avatar') as Avatar, document.createElement('warbler-avatar') as Avatar];
    Object.assign(one, { name: '“李雯”', seed: 'li@warbler.example' });
    Object.assign(two, { name: 'Wen Li', seed: 'li@warbler.example' });
    stage(200, 100).append(one, two);
    await settle(one);
    await settle(two);
    const [first, second] = [one, two].map((avatar) => avatar.shadowRoot?.querySelector('.avatar'));
    equal(first?.textContent?.trim(), '李');
    equal(second?.textContent?.trim(), 'W');
    equal(first?.className, second?.className);
    equal(first?.getAttribute('aria-hidden'), 'true');
  });

  it('an organisation is square', async () => {
    const avatar = document.createElement('warbler-avatar') as Avatar;
    Object.assign(avatar, { name: '青柳家居', kind: 'organisation' });
    stage(200, 100).append(avatar);
    await settle(avatar);
    const face = avatar.shadowRoot?.querySelector('.avatar') as Element;
    equal(getComputedStyle(face).borderRadius, '27%');
  });
});
