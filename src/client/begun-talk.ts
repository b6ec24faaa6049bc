// The talk that the first file of a page began: for whoever attaches first to that same core with that same wish.
import type { AttachOptions } from './session-client.ts';
import type { Talk } from './shared.ts';
import { workerUrlOf } from './worker-url.ts';

let begun: Talk | undefined;

export function giveTalk(talk: Talk | undefined): void {
  begun = talk;
}

export function takeTalk(options: AttachOptions): Talk | undefined {
  const talk = begun;
  if (!talk || !isFor(talk, options)) return undefined;
  begun = undefined;
  return talk;
}

function isFor({ workerUrl, hello }: Talk, options: AttachOptions): boolean {
  const { identity, first, hosts } = options;
  const isSameCore = hello.identity.organisation === identity.organisation && hello.identity.profile === identity.profile;
  const isSameWish = first !== undefined && first.count === hello.first?.count && first.conversation === undefined;
  return isSameCore && isSameWish && !hosts && workerUrl === workerUrlOf(options.workerUrl);
}
