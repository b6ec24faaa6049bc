// What people write enters the page as text: whatever it says, nothing runs, nothing is fetched, no attribute is forged.
import { html, render } from 'lit';
import { renderBody } from '../../../src/elements/text/render-text.ts';
import { scanBody } from '../../../src/elements/text/scan-body.ts';
import { textStyles } from '../../../src/elements/text/text.styles.ts';
import { equal, ok, same } from '../../browser-kit/expect.ts';
import { clearStages, frame, stage } from '../../browser-kit/person.ts';
import { HOSTILE } from './hostile.ts';

afterEach(clearStages);

function show(text: string): HTMLElement {
  const box = document.createElement('div');
  const root = stage(300, 300).attachShadow({ mode: 'open' });
  root.adoptedStyleSheets = textStyles.styleSheet ? [textStyles.styleSheet] : [];
  root.append(box);
  render(html`${renderBody(scanBody(text), { reachable: true, meta: '14:02' })}`, box);
  return box;
}

const WELCOME = new Set(['http:', 'https:', 'mailto:', 'tel:', 'xmpp:']);
const TAGS = new Set(['DIV', 'A', 'PRE', 'CODE', 'BLOCKQUOTE', 'STRONG', 'EM', 'S']);
const ATTRIBUTES = new Set(['class', 'dir', 'data-meta', 'href', 'target', 'rel', 'referrerpolicy', 'tabindex']);

describe('text in the page', () => {
  for (const text of HOSTILE) {
    for (const wrapped of [text, `a ${text} b`, `*${text}*`, `> ${text}`]) {
      it(`is inert: ${JSON.stringify(wrapped).slice(0, 70)}`, async () => {
        const box = show(wrapped);
        box.querySelectorAll<HTMLElement>('*').forEach((one) => one.dispatchEvent(new MouseEvent('mouseover', { bubbles: true })));
        await frame();
        equal('hit' in globalThis, false, 'a script ran');
        for (const one of box.querySelectorAll('*')) {
          ok(TAGS.has(one.tagName), `a harmless element, ${one.tagName}`);
          for (const { name } of one.attributes) ok(ATTRIBUTES.has(name), `a harmless attribute, ${name}`);
        }
        for (const link of box.querySelectorAll('a')) {
          ok(WELCOME.has(link.protocol), link.href);
          same([link.rel, link.referrerPolicy, link.target], ['noopener noreferrer nofollow ugc', 'no-referrer', '_blank']);
        }
      });
    }
  }

  it('is shown as it was written, marks apart', () => {
    equal(show('<b>&amp;</b> *strong* text').textContent, '<b>&amp;</b> strong text');
    equal(show('one\ntwo\n\nthree').querySelector('.text')?.textContent, 'one\ntwo\n\nthree');
    equal(show('*a*\nb\n> c\nd').querySelector('.text')?.textContent, 'a\nbcd');
  });

  it('breaks words that are too long and clips letters that are piled up', () => {
    const box = show(`${'x'.repeat(500)} e${'\u0301'.repeat(500)}`);
    ok(box.scrollWidth <= 300, `width ${box.scrollWidth}`);
  });
});
