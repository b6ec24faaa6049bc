// Changes of the block list: only from the own server, as those of the roster.
import type { Address } from '../../../model/account.ts';
import { blockPushClaim, readBlockPush, unblockPushClaim, type BlockPush } from '../../../xmpp/codecs/blocking.ts';
import type { Element } from '../../../xmpp/xml.ts';
import type { Judged } from './judged.ts';
import { isFromOwnServer } from './roster.ts';
import { isClaimed } from './shape.ts';

export function acceptBlockPush(iq: Element, ownBare: Address): Judged<BlockPush> {
  if (!isClaimed(iq, blockPushClaim) && !isClaimed(iq, unblockPushClaim)) return undefined;
  return isFromOwnServer(iq, ownBare) ? (readBlockPush(iq) ?? 'forged') : 'forged';
}
