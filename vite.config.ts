// Three builds from one source: the ES modules with their worker, the file that fetches them, and the loader for a script tag.
import { readFileSync } from 'node:fs';
import { defineConfig, parseAst, type Plugin, type UserConfig } from 'vite';

const { version } = JSON.parse(readFileSync(new URL('./package.json', import.meta.url), 'utf8')) as { version: string };

/** Told in every greeting between tab and core, so that unlike builds find out at once. */
const define = { __WARBLER_BUILD__: JSON.stringify(version) };

/** Vite wraps every import() in code that preloads what it needs. Nothing is preloaded here, so an import is just that. */
const plainImports: Plugin = {
  name: 'plain-imports',
  apply: 'build',
  enforce: 'pre',
  load: { filter: { id: /vite\/preload-helper/ }, handler: () => 'export const __vitePreload = (load) => load();' },
  renderChunk: (code) => ({ code: code.replaceAll(WRAPPED_IMPORT, '$1$2'), map: null }),
};

const WRAPPED_IMPORT =
  /__vitePreload\((?:async \(\) => \{\s*const \{[^}]*\} = await (import\(.*\));\s*return \{[^}]*\};\s*\}|\(\) => (import\(.*\))), .*?import\.meta\.url\)/g;

/** Styles as they go over the wire: without the air that people read them by. */
const tightStyles: Plugin = {
  name: 'tight-styles',
  apply: 'build',
  enforce: 'pre',
  transform: {
    filter: { id: /src\/(styles|elements)\/.*\.ts$/, code: 'css`' },
    handler: (code) => ({ code: code.replaceAll(/css`[^`]*`/g, tighten), map: null }),
  },
};
const INTERPOLATION = /(\$\{[^}]*\})/;
const tighten = (style: string): string =>
  style
    .split(INTERPOLATION)
    .map((part) => (INTERPOLATION.test(part) ? part : tightenPart(part)))
    .join('');
const tightenPart = (part: string): string =>
  part
    .replaceAll(/\/\*[^]*?\*\//g, '')
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/ ?([{};,]) ?/g, '$1')
    .replaceAll(': ', ':')
    .replaceAll(';}', '}');

/** Templates likewise: a line break and the indentation after it say no more than one blank, and a value of one word needs no quotes. */
const tightTemplates: Plugin = {
  name: 'tight-templates',
  apply: 'build',
  enforce: 'pre',
  transform: {
    filter: { id: /src\/elements\/.*\.ts$/, code: /(html|svg)`/ },
    handler: (code) => ({ code: tightenTemplates(code), map: null }),
  },
};

/** The words between a template's expressions, from the last to the first, so that what lies before keeps its place. */
function tightenTemplates(code: string): string {
  const words = wordsOf(parseAst(code, { lang: 'ts' })).toSorted((one, other) => other.start - one.start);
  return words.reduce((text, { start, end }) => text.slice(0, start) + tightenWords(text.slice(start, end)) + text.slice(end), code);
}

const tightenWords = (words: string): string =>
  words
    .replaceAll(/\s*\n\s*(?=>)/g, '')
    .replaceAll(/\s*\n\s*/g, ' ')
    .replaceAll(/="([\w-]+)"(?=[\s>])/g, '=$1');

interface Span {
  start: number;
  end: number;
}

function wordsOf(node: unknown): Span[] {
  if (typeof node !== 'object' || node === null) return [];
  const inner = Object.values(node).flatMap(wordsOf);
  const { type, tag, quasi } = node as { type?: string; tag?: { name?: string }; quasi?: { quasis: Span[] } };
  const isMarkup = type === 'TaggedTemplateExpression' && (tag?.name === 'html' || tag?.name === 'svg');
  return isMarkup ? [...inner, ...(quasi?.quasis ?? [])] : inner;
}

const ALWAYS = [
  /node_modules\/(lit|@lit|lit-html|lit-element)\/|oxc.*runtime/,
  // A thread is what a chat shows first: in a file of its own it would come later than what draws it.
  /src\/elements\/(chat\/|thread\/|(?!sheet-element)[\w-]+\.ts)/,
  /src\/client\/(?!elected|lead)/,
  // Small pieces of several elements, so that no element's file must fetch another's.
  /src\/(styles\/(faces|segment)|texts\/dates|elements\/icon\/(state|delivery|message|account|navigation))\.ts/,
  /src\/elements\/(text\/clean-text|controllers\/conversation-controller)\.ts/,
];

/**
 * Few files: many small ones cost 15 kB more, because each is compressed alone. A file takes along what it imports, so the order of
 * priorities is the order in which a page comes to need them; what the worker needs too lies apart, or it would fetch the page's.
 */
const FILES = [
  // What page and core both hold a passphrase to: neither needs it before somebody sets a lock.
  { name: 'rules', priority: 5, test: /src\/model\/(lock|passphrase|recovery-code)\.ts/ },
  { name: 'shared', priority: 4, test: /src\/(model|base|contracts)\/|preload-helper/ },
  // Page and second stage need it; the worker's first stage answers before anybody calls.
  { name: 'calls', priority: 4, test: /node_modules\/comlink/ },
  { name: 'chat', priority: 3, test: (id: string) => ALWAYS.some((pattern) => pattern.test(id)) },
  // What the worker shows from the disk at once, and the store with its library: the socket does not wait for that.
  { name: 'disk', priority: 2, test: /src\/core\/(storage\/first-page|system-clock|browser-storage|host\/lobby)/ },
  { name: 'store', priority: 1, test: /src\/core\/storage\/(open-store|wipe-account)/ },
  // With what encryption and files share with it, which come later: one file less to wait for.
  { name: 'second-stage', priority: 0, test: /src\/core\/second-stage/ },
  {
    name: 'parts',
    priority: 1,
    test: /src\/elements\/(conversation-list|conversation-header|composer|account-menu|avatar|unread-badge|message-menu|elsewhere)\//,
  },
  { name: 'lock', priority: 1, test: /src\/elements\/lock(-face|-sheet)?\/(?!presence)/ },
  { name: 'trust', priority: 1, test: /src\/elements\/(encryption-sheet|devices-sheet)\// },
  { name: 'media', priority: 1, test: /src\/(elements\/(files|file-bubble|staged-files|picture-view)\/|texts\/files\.ts)/ },
  {
    name: 'faces',
    priority: 0,
    test: /src\/elements\/(sign-in|trouble-face|notice-list|begin-sheet|invite-sheet|sign-out-sheet|connection-bar|outbox-sheet|keys-sheet|session-provider|thread-finder)\//,
  },
];

const modules: UserConfig = {
  base: './',
  define,
  plugins: [plainImports, tightStyles, tightTemplates],
  publicDir: false,
  worker: { format: 'es' },
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    target: 'es2022',
    minify: true,
    modulePreload: false,
    rolldownOptions: {
      input: { index: 'src/entries/index.ts', register: 'src/entries/register.ts', worker: 'src/entries/worker.ts' },
      preserveEntrySignatures: 'strict',
      // All files lie beside each other, so that `./worker.js` is right from wherever the client's code ends up.
      output: {
        format: 'es',
        entryFileNames: '[name].js',
        chunkFileNames: 'chunk-[name]-[hash].js',
        assetFileNames: '[name]-[hash][extname]',
        codeSplitting: { groups: FILES },
      },
    },
  },
};

/** What the first file asks for lies in the other build, under its own name. */
const otherBuild: Plugin = {
  name: 'other-build',
  apply: 'build',
  enforce: 'pre',
  resolveId: { filter: { id: /\/register\.ts$/ }, handler: () => ({ id: './register.js', external: true }) },
};

/** One file without imports: a page has the core started by the first answer of the network. */
const first: UserConfig = {
  base: './',
  define,
  plugins: [plainImports, otherBuild],
  publicDir: false,
  build: {
    outDir: 'dist',
    emptyOutDir: false,
    target: 'es2022',
    minify: true,
    modulePreload: false,
    rolldownOptions: {
      input: { define: 'src/entries/define.ts' },
      preserveEntrySignatures: 'strict',
      output: { format: 'es', entryFileNames: '[name].js' },
    },
  },
};

/** What is imported later stays in its files; what the first stage is made of goes into its own, which then waits for no other. */
const laterOutside: Plugin = {
  name: 'later-outside',
  apply: 'build',
  enforce: 'pre',
  resolveDynamicImport: (id) => (typeof id === 'string' ? { id, external: true } : undefined),
};

/** The worker once more, from what was built of it, as one file. The first page waits for it, and the files it shares are being fetched by the page. */
const worker: UserConfig = {
  base: './',
  plugins: [plainImports, laterOutside],
  publicDir: false,
  build: {
    outDir: 'dist',
    emptyOutDir: false,
    target: 'es2022',
    minify: true,
    modulePreload: false,
    rolldownOptions: {
      input: { worker: 'dist/worker.js' },
      output: { format: 'es', entryFileNames: '[name].js' },
    },
  },
};

const loader: UserConfig = {
  base: './',
  define,
  publicDir: false,
  build: {
    outDir: 'dist',
    emptyOutDir: false,
    target: 'es2020',
    minify: true,
    modulePreload: false,
    rolldownOptions: { input: { embed: 'src/entries/embed.ts' }, output: { format: 'iife', entryFileNames: '[name].js' } },
  },
};

const BUILDS: Readonly<Record<string, UserConfig>> = { first, worker, loader };

export default defineConfig(({ mode }) => BUILDS[mode] ?? modules);
