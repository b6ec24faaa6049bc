// The browser's places beside IndexedDB, each where it exists. Small: the worker's first stage looks for them too.
import type { StorageBuckets } from './ports.ts';

interface Places {
  readonly storage?: StorageManager;
  readonly storageBuckets?: StorageBuckets;
}

export const findBuckets = (): StorageBuckets | undefined => (navigator as Places).storageBuckets;

export function findFiles(): (() => Promise<FileSystemDirectoryHandle>) | undefined {
  const { storage } = navigator as Places;
  return typeof storage?.getDirectory === 'function' ? () => storage.getDirectory() : undefined;
}
