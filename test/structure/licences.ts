// What ships may carry permissive licences only.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './source-files.ts';

const PERMISSIVE = new Set(['MIT', 'Apache-2.0', 'BSD-2-Clause', 'BSD-3-Clause', 'ISC', 'MPL-2.0', '0BSD']);

interface Manifest {
  name: string;
  license?: string;
  dependencies?: Record<string, string>;
}

export function findLicenceFaults(): string[] {
  return [...shippedPackages()].flatMap(({ name, license }) =>
    license && PERMISSIVE.has(license) ? [] : [`${name} ships under ${license ?? 'no stated licence'}: take another, or none`],
  );
}

export function shippedPackages(): Manifest[] {
  const found = new Map<string, Manifest>();
  const visit = (name: string): void => {
    if (found.has(name)) return;
    const manifest = readManifest(join(ROOT, 'node_modules', name, 'package.json'));
    found.set(name, manifest);
    Object.keys(manifest.dependencies ?? {}).forEach(visit);
  };
  Object.keys(readManifest(join(ROOT, 'package.json')).dependencies ?? {}).forEach(visit);
  return [...found.values()];
}

const readManifest = (path: string): Manifest => JSON.parse(readFileSync(path, 'utf8')) as Manifest;
