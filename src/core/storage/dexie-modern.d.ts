// Dexie's own entry wraps a CommonJS file, which a browser cannot load unbundled. Its modern build is a real module, and smaller.
declare module 'dexie/dist/modern/dexie.mjs' {
  export * from 'dexie';
}
