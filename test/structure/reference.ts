// `docs/reference.md`, written from the manifest tags so that it cannot say something else.
import type { ElementManifest, Promised } from './manifest.ts';

const HEADINGS: Readonly<Record<Promised['kind'], string>> = {
  attr: 'Attributes',
  prop: 'Properties',
  method: 'Methods',
  fires: 'Events',
  slot: 'Slots',
  csspart: 'Parts',
  cssproperty: 'Custom properties',
};

export function writeReference(elements: readonly ElementManifest[]): string {
  const head = '# Elements\n\nWritten from the elements themselves. How themes work is told in [theming.md](theming.md).\n';
  return [head, ...elements.map(writeElement)].join('\n');
}

function writeElement({ tag, summary, promises }: ElementManifest): string {
  const kinds = (Object.keys(HEADINGS) as Promised['kind'][]).filter((kind) => promises.some((one) => one.kind === kind));
  return [
    `## \`<${tag}>\`\n\n${summary}\n`,
    ...kinds.map((kind) =>
      writeKind(
        kind,
        promises.filter((one) => one.kind === kind),
      ),
    ),
  ].join('\n');
}

function writeKind(kind: Promised['kind'], promises: readonly Promised[]): string {
  const rows = promises.map(
    ({ name, says }) => `| ${name === '' ? '(default)' : `\`${name.replaceAll('|', '\\|')}\``} | ${says.replaceAll('|', '\\|')} |`,
  );
  return `**${HEADINGS[kind]}**\n\n| name | what it is |\n|---|---|\n${rows.join('\n')}\n`;
}
