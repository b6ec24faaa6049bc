// What the second stage is made of, by name: the bundler puts it in. All of it is fetched side by side, because what a file imports is known
// only once it has come and been read.

declare const __WARBLER_SECOND_FILES__: readonly string[] | undefined;

/** Whoever bundles the code anew has other files, and unbuilt source has none. A file that fails is asked for again by whoever needs it. */
export function fetchSecondFiles(): void {
  if (typeof __WARBLER_SECOND_FILES__ !== 'object' || !new URL(import.meta.url).pathname.endsWith('/worker.js')) return;
  for (const file of __WARBLER_SECOND_FILES__) void import(/* @vite-ignore */ new URL(file, import.meta.url).href).catch(() => undefined);
}
