// axe over a piece of the page, its findings as lines one can read.
import 'axe-core/axe.min.js';
import type axeCore from 'axe-core';

const { axe } = globalThis as unknown as { axe: typeof axeCore };

export async function accessibilityFaults(root: Element): Promise<string[]> {
  const { violations } = await axe.run(root, {
    runOnly: { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] },
  });
  return violations.flatMap((fault) => fault.nodes.map((node) => `${fault.id}: ${node.target.join(' ')} ${node.failureSummary ?? ''}`));
}
