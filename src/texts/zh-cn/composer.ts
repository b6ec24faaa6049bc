// 输入框。
import type { ComposerTexts } from '../keys/composer-texts.ts';

export const composer: ComposerTexts = {
  writeTo: (name) => `发消息到 ${name}`,
  writeWhenOnline: '联网后发送',
  composerLabel: (name) => `给 ${name} 写消息`,
  send: '发送',
  charactersLeft: (count) => `还可输入 ${count} 个字`,
  charactersOver: (count) => `超出 ${count} 个字`,
  composerNotSignedIn: '登录后才能发消息。',
  composerNotMember: '加入群组后才能发消息。',
  composerStranger: '接受对方的请求后才能发消息。',
};
