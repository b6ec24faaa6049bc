// Words that are not needed before somebody presses something.
import type { FinderTexts } from './finder-texts.ts';
import type { InviteTexts } from './invite-texts.ts';

export interface LateTexts extends FinderTexts, InviteTexts {}
