// Two builds from one source: the ES modules with their worker, and the loader for a script tag.
import { readFileSync } from 'node:fs';
import { defineConfig, type UserConfig } from 'vite';

const { version } = JSON.parse(readFileSync(new URL('./package.json', import.meta.url), 'utf8')) as { version: string };

/** Told in every greeting between tab and core, so that unlike builds find out at once. */
const define = { __WARBLER_BUILD__: JSON.stringify(version) };

const modules: UserConfig = {
  base: './',
  define,
  publicDir: false,
  worker: { format: 'es' },
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    target: 'es2022',
    minify: true,
    modulePreload: false,
    rolldownOptions: {
      input: { index: 'src/entries/index.ts', define: 'src/entries/define.ts', worker: 'src/entries/worker.ts' },
      preserveEntrySignatures: 'strict',
      // All files lie beside each other, so that `./worker.js` is right from wherever the client's code ends up.
      output: {
        format: 'es',
        entryFileNames: '[name].js',
        chunkFileNames: 'chunk-[name]-[hash].js',
        assetFileNames: '[name]-[hash][extname]',
      },
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

export default defineConfig(({ mode }) => (mode === 'loader' ? loader : modules));
