// Fetches the large look at a picture when somebody wants it, and puts it over everything.
import type { Message } from '../../model/message.ts';
import type { FileDesk } from '../files/file-desk.ts';
import type { Texts } from '../../texts/texts.ts';
import { PictureView } from './picture-view.ts';

const TAG = 'warbler-picture-view';

/** In the root of the thread, not in the row: rows come and go while messages come in. */
export async function showPicture(from: HTMLElement, message: Message, texts: Texts, desk: FileDesk): Promise<void> {
  const root = from.getRootNode();
  if (!(root instanceof ShadowRoot)) return;
  if (!customElements.get(TAG)) customElements.define(TAG, PictureView);
  const view = Object.assign(new PictureView(), { message, desk, texts });
  root.append(view);
  await view.updateComplete;
  view.show();
}
