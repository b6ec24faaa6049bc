// The only place that makes nodes of what people wrote. Text enters as text; the one attribute that carries any of it has passed the URL gate.
import { html, type TemplateResult } from 'lit';
import type { Block, Body, Inline } from './syntax.ts';

export interface TextWishes {
  /** Links take part in the tab order only in the message that has the focus. */
  reachable: boolean;
  /** What stands at the end of the last line; room for it is kept there. */
  meta: string;
}

export function renderBody(body: Body, { reachable, meta }: TextWishes): TemplateResult {
  if (body.plain !== undefined) {
    return html`<div class=${body.jumbo ? 'text jumbo' : 'text'} data-meta=${meta} .textContent=${body.plain}></div>`;
  }
  return html`<div class="text" data-meta=${meta}>${renderBlocks(body.blocks, reachable)}</div>`;
}

function renderBlocks(blocks: readonly Block[], reachable: boolean): readonly (TemplateResult | string | readonly unknown[])[] {
  return blocks.map((block, index) => {
    switch (block.kind) {
      case 'pre':
        return html`<pre dir="ltr" .textContent=${block.text}></pre>`;
      case 'quote':
        return html`<blockquote dir="auto">${renderBlocks(block.children, reachable)}</blockquote>`;
      case 'line':
        return [...block.children.map((inline) => renderInline(inline, reachable)), endsLine(blocks, index) ? '\n' : ''];
    }
  });
}

const endsLine = (blocks: readonly Block[], index: number): boolean => blocks[index + 1]?.kind === 'line';

function renderInline(inline: Inline, reachable: boolean): TemplateResult | string {
  switch (inline.kind) {
    case 'text':
      return inline.text;
    case 'code':
      return html`<code .textContent=${inline.text}></code>`;
    case 'link':
      return renderLink(inline.text, inline.href, reachable);
    case 'strong':
      return html`<strong>${inline.children.map((child) => renderInline(child, reachable))}</strong>`;
    case 'emphasis':
      return html`<em>${inline.children.map((child) => renderInline(child, reachable))}</em>`;
    case 'strike':
      return html`<s>${inline.children.map((child) => renderInline(child, reachable))}</s>`;
  }
}

function renderLink(text: string, href: string, reachable: boolean): TemplateResult {
  return html`<a
    href=${href}
    target="_blank"
    rel="noopener noreferrer nofollow ugc"
    referrerpolicy="no-referrer"
    dir="ltr"
    tabindex=${reachable ? 0 : -1}
    .textContent=${text}
  ></a>`;
}
