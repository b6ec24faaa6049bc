// The place of a file in its bubble: as large as it will be before what draws it is there, so that nothing moves.
import { html, type TemplateResult } from 'lit';
import type { SessionClient } from '../../client/session-client.ts';
import type { SharedFile } from '../../model/file.ts';
import type { Message } from '../../model/message.ts';
import type { Texts } from '../../texts/texts.ts';
import { loadFileBubble } from '../thread/late-parts.ts';
import { slotSize } from './slot-size.ts';

export interface SlotWishes {
  texts: Texts;
  session: SessionClient | undefined;
  /** Its links and buttons take part in the tab order while it has the focus. */
  isActive: boolean;
}

/** A canvas that nobody draws on has the size of its picture, in whatever room there is. */
export function renderFileSlot(message: Message, file: SharedFile, { texts, session, isActive }: SlotWishes): TemplateResult {
  loadFileBubble();
  const [width, height] = slotSize(file);
  // oxfmt-ignore
  return html`<warbler-file-bubble .message=${message} .texts=${texts} .session=${session} .reachable=${isActive}><canvas width=${width} height=${height}></canvas></warbler-file-bubble>`;
}
