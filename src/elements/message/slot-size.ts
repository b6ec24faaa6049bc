// How much room the file of a message takes in its bubble: known before anything of it is there.
import type { SharedFile } from '../../model/file.ts';

/** What every browser draws, and whose size is told. */
export const isPicture = ({ type, width, height }: SharedFile): boolean =>
  Boolean(width && height) && /^image\/(jpeg|png|webp|gif)$/.test(type);

export function slotSize(file: SharedFile): readonly [width: number, height: number] {
  if (!isPicture(file)) return [236, 48];
  const { width = 1, height = 1 } = file;
  const scale = Math.min(1, 260 / width, 300 / height);
  return [Math.max(120, Math.round(width * scale)), Math.max(80, Math.round(height * scale))];
}
