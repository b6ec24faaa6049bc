// What a compiler does not hold: circles, length, reach, and who may see whom inside the core.
import manifest from '../../package.json' with { type: 'json' };
import { readSources, type SourceFile } from './source-files.ts';

const LONGEST_FILE = 400;

/** Where a reader, a browser or a script enters; everything else must be reached from here. */
const ENTRIES = [/^src\/entries\//, /^src\/engine\/(start|ensure)\.ts$/];

const FLOORS: Readonly<Record<string, readonly string[]>> = {
  model: [],
  base: ['model'],
  styles: [],
  texts: ['model'],
  contracts: ['model', 'base'],
  xmpp: ['model', 'base'],
  core: ['model', 'base', 'contracts', 'xmpp'],
  client: ['model', 'base', 'contracts'],
  engine: ['model', 'base'],
  elements: ['model', 'base', 'styles', 'texts', 'contracts', 'client'],
  entries: ['model', 'base', 'styles', 'texts', 'contracts', 'client', 'elements', 'core'],
};

/** Folders of the core that see each other only through `core/ports.ts`. */
const CORE_ROOMS = ['connection', 'sync', 'encryption', 'storage', 'files', 'backup'];

const PACKAGE_OWNERS: Readonly<Record<string, RegExp>> = {
  '@noble': /^src\/core\/(encryption\/|files\/|storage\/lock\/|keys-from-words)/,
  comlink: /^src\/(core\/(host|second-stage|worker)|client\/)/,
  dexie: /^src\/core\/storage\//,
  lit: /^src\/(elements|styles)\//,
};

export function findStructureFaults(): string[] {
  const sources = readSources('src');
  const files = [...sources, ...readSources('test')];
  return [
    ...files
      .filter((file) => file.lines > LONGEST_FILE)
      .map((file) => `${file.path} has ${file.lines} lines, ${LONGEST_FILE} is the most: find its second idea`),
    ...sources.flatMap(findUpwardImports),
    ...sources.flatMap(findStrangersInCore),
    ...sources.flatMap(findForeignPackages),
    ...findIdlePackages(sources),
    ...findCircles(sources),
    ...findUnreachable(sources),
  ];
}

function findUpwardImports(file: SourceFile): string[] {
  const floor = file.path.split('/')[1] ?? '';
  const allowed = FLOORS[floor];
  if (!allowed) return [`${file.path} stands on no floor`];
  return file.imports
    .filter((target) => !target.startsWith(`src/${floor}/`) && !allowed.includes(target.split('/')[1] ?? ''))
    .map((target) => `${file.path} imports upward: ${target}`);
}

function findStrangersInCore(file: SourceFile): string[] {
  const room = coreRoom(file.path);
  if (!room) return [];
  return file.imports
    .filter((target) => coreRoom(target) !== undefined && coreRoom(target) !== room)
    .map((target) => `${file.path} sees a sibling room: ${target}`);
}

const coreRoom = (path: string): string | undefined => CORE_ROOMS.find((room) => path.startsWith(`src/core/${room}/`));

function findForeignPackages(file: SourceFile): string[] {
  return file.packages.flatMap((name) => {
    const owner = PACKAGE_OWNERS[name.split('/')[0] ?? ''];
    return owner && !owner.test(file.path) ? [`${file.path} imports ${name}, which belongs elsewhere`] : [];
  });
}

/** What the widget is built on, come what may; docs/decisions/0002. */
const SETTLED = ['lit', '@lit/context', 'comlink', 'dexie'];

/** A package is there because something stands on it; docs/decisions/0002 says what. */
function findIdlePackages(files: readonly SourceFile[]): string[] {
  const used = new Set(files.flatMap(({ packages }) => packages));
  const isUsed = (name: string): boolean => [...used].some((each) => each === name || each.startsWith(`${name}/`));
  return [...new Set([...SETTLED, ...Object.keys(manifest.dependencies)])]
    .filter((name) => !isUsed(name))
    .map((name) => `nothing imports ${name}: ${SETTLED.includes(name) ? 'it is settled in docs/decisions/0002, use it' : 'take it out'}`);
}

function findCircles(files: readonly SourceFile[]): string[] {
  const byPath = new Map(files.map((file) => [file.path, file]));
  const done = new Set<string>();
  const circles: string[] = [];
  const walk = (path: string, trail: readonly string[]): void => {
    if (trail.includes(path)) return void circles.push(`circle: ${[...trail.slice(trail.indexOf(path)), path].join(' → ')}`);
    if (done.has(path)) return;
    for (const target of byPath.get(path)?.imports ?? []) walk(target, [...trail, path]);
    done.add(path);
  };
  for (const file of files) walk(file.path, []);
  return circles;
}

function findUnreachable(files: readonly SourceFile[]): string[] {
  const byPath = new Map(files.map((file) => [file.path, file]));
  const reached = new Set<string>();
  const visit = (path: string): void => {
    if (reached.has(path)) return;
    reached.add(path);
    byPath.get(path)?.imports.forEach(visit);
  };
  files.filter((file) => ENTRIES.some((entry) => entry.test(file.path))).forEach((file) => visit(file.path));
  return files
    .filter((file) => !reached.has(file.path) && !file.path.endsWith('.d.ts'))
    .map((file) => `${file.path} is reached from no entry`);
}
