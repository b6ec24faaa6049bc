// What sort of file it is, for its icon: by what it claims to be, else by the end of its name. Nothing else hangs on it.
import type { TemplateResult } from 'lit';
import type { SharedFile } from '../../model/file.ts';
import { archiveIcon, fileIcon, filmIcon, pictureIcon, soundIcon } from '../icon/file.ts';

type Icon = (size?: number) => TemplateResult;

const BY_TYPE: readonly (readonly [pattern: RegExp, icon: Icon])[] = [
  [/^image\//, pictureIcon],
  [/^audio\//, soundIcon],
  [/^video\//, filmIcon],
  [/zip|compressed|x-tar|x-7z|x-rar|gzip/, archiveIcon],
];
const ARCHIVES = /\.(zip|7z|rar|tar|gz|tgz|bz2|xz)$/i;

export function kindIcon({ type, name }: Pick<SharedFile, 'type' | 'name'>): Icon {
  return BY_TYPE.find(([pattern]) => pattern.test(type))?.[1] ?? (ARCHIVES.test(name) ? archiveIcon : fileIcon);
}

/** Apart, so that a name too long to show still tells how it ends. */
export function splitName(name: string): readonly [stem: string, end: string] {
  const at = name.lastIndexOf('.');
  const isEnding = at > 0 && name.length - at <= 10;
  const cut = isEnding ? Math.max(0, at - 4) : name.length;
  return [name.slice(0, cut), name.slice(cut)];
}
