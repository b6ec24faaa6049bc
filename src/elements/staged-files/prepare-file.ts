// Looks at a file that was chosen: whether it can be read, whether it is a picture, its small preview, and itself without what its camera
// wrote into it.
import type { Picture } from '../../model/file.ts';
import { makePreview, redrawPicture } from '../files/make-preview.ts';
import { readPictureHead, type PictureHead } from '../files/picture-head.ts';

export interface Prepared {
  type: string;
  isUnreadable: boolean;
  picture: PictureHead | undefined;
  preview: Picture | undefined;
  /** Drawn anew. Undefined where it is no picture, moves, or cannot be drawn truly here. */
  clean: Blob | undefined;
}

export async function prepareFile(file: File): Promise<Prepared> {
  const isUnreadable = !(await canRead(file));
  const picture = isUnreadable ? undefined : await readPictureHead(file);
  const type = picture?.type ?? (file.type.toLowerCase() || 'application/octet-stream');
  const preview = picture && (await makePreview(file));
  const clean = picture && preview && !picture.moves ? await redrawPicture(file, picture.type) : undefined;
  return { type, isUnreadable, picture, preview, clean };
}

/** A folder that was dropped looks like a file until it is read. */
async function canRead(file: File): Promise<boolean> {
  try {
    await file.slice(0, 1).arrayBuffer();
    return true;
  } catch {
    return false;
  }
}
