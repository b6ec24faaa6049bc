// 每种失败：发生了什么，接下来怎么做。
import type { FailureTexts, FailureWords, RefusalWord } from '../keys/failure-texts.ts';
import { fileSize } from '../plural.ts';

const refusals: Record<RefusalWord, FailureWords> = {
  blocked: { what: '对方暂不接收你的消息。', next: '可以换一种方式联系对方。' },
  forbidden: { what: '你没有权限这样做。', next: '请联系管理员开通权限。' },
  'members-only': { what: '这个群组只对成员开放。', next: '请群组管理员邀请你加入。' },
  banned: { what: '你已被移出这个群组。', next: '如有疑问，请联系群组管理员。' },
  'name-taken': { what: '这个昵称已有人使用。', next: '换一个昵称再试。' },
  'unknown-person': { what: '没有找到这个人。', next: '请核对地址后再试。' },
  'too-large': { what: '内容太大，服务不接收。', next: '缩短或拆成几条再发。' },
  other: { what: '服务拒绝了这次请求。', next: '稍后再试一次。' },
};

const listed = (people: readonly string[]): string => people.slice(0, 3).join('、') + (people.length > 3 ? ` + ${people.length - 3}` : '');

export const failures: FailureTexts = {
  offline: () => ({ what: '当前没有网络。', next: '联网后会自动继续，已写的消息不会丢。' }),
  'no-answer': () => ({ what: '对方服务没有及时回应。', next: '再试一次，不会重复发送。' }),
  'service-unreachable': ({ service }) => ({ what: `无法连接到 ${service}。`, next: '检查网络，或稍后再试。' }),
  'service-not-secure': ({ service }) => ({
    what: `${service} 的连接不安全，已停止登录。`,
    next: '请向服务提供方索要 wss:// 开头的地址。',
  }),
  'service-unsuitable': ({ service, why }) => unsuitable(service, why),
  'wrong-credentials': () => ({ what: '地址或密码不正确。', next: '请核对后重新输入。' }),
  'address-invalid': ({ address }) => ({ what: `“${address}”不是完整的地址。`, next: '地址形如 name@example.com。' }),
  'account-disabled': () => ({ what: '这个账号已被停用。', next: '请联系服务提供方。' }),
  'signed-in-elsewhere': () => ({ what: '你已在别处登录，这里的连接已断开。', next: '想在这里继续，可以重新连接。' }),
  'not-signed-in': () => ({ what: '你还没有登录。', next: '登录后再继续。' }),
  locked: () => ({ what: '聊天已锁定。', next: '请先解锁，或退出登录。' }),
  'storage-full': () => ({ what: '这台设备的存储空间已满。', next: '清理一些空间后再试。' }),
  'storage-blocked': () => ({ what: '浏览器不允许保存数据。', next: '可以继续聊天，但关闭页面后记录不会保留。' }),
  'message-too-long': ({ limit }) => ({ what: `消息超过 ${limit} 个字。`, next: '缩短或拆成几条再发。' }),
  'message-empty': () => ({ what: '消息是空的。', next: '写点内容再发送。' }),
  refused: ({ reason, said }) => withSaid(refusals[reason], said),
  'not-found': () => ({ what: '没有找到。', next: '请核对地址后再试。' }),
  'too-many-requests': () => ({ what: '操作太频繁。', next: '请等一会儿再试。' }),
  'reload-needed': ({ older }) => ({
    what: older === 'tab' ? '这个页面的版本已过期。' : '另一个标签页还在运行旧版本。',
    next: older === 'tab' ? '重新加载页面即可，草稿会保留。' : '关闭其他标签页，然后重新加载。',
  }),
  'keys-undecided': ({ devices }) => ({
    what: `有 ${devices} 台新设备等你确认。`,
    next: '在“加密”里作出决定，之后就会发出。',
  }),
  'keys-missing': ({ person, people = [person] }) => ({
    what: `没有可为 ${listed(people)} 加密的密钥，消息未发出。`,
    next: '等对方上线后再试，或请对方检查自己的设备。',
  }),
  'no-uploads': () => ({ what: '这个服务不接收文件。', next: '请联系服务提供方。' }),
  'legacy-no-files': () => ({ what: '旧式加密不能发送文件。', next: '请换一种方式发送，或请对方改用支持新方式的程序。' }),
  'file-too-large': ({ limit }) => ({ what: `文件超过这里的上限 ${fileSize('zh-CN', limit)}。`, next: '压缩后再发，或用别的方式发送。' }),
  'not-fetched': () => ({ what: '文件还没有下载到这台设备。', next: '请先下载。' }),
  'file-gone': () => ({ what: '服务上已经没有这个文件。', next: '请对方重新发送。' }),
  'file-changed': () => ({ what: '收到的内容与发送的文件不符，因此不显示。', next: '请对方重新发送。' }),
  'members-changed': ({ came }) => ({ what: `有新成员：${listed(came)}。`, next: '在“加密”里作出决定，之后就会发出。' }),
  'room-unfit': () => ({ what: '这个群组现在不能加密。', next: '在“加密”里作出决定。' }),
  'core-gone': () => ({ what: '聊天在后台停止了。', next: '再试一次；如仍不行，请重新加载页面。' }),
};

function unsuitable(service: string, why: 'not-xmpp' | 'no-safe-sign-in' | 'not-proven'): FailureWords {
  if (why === 'not-xmpp') return { what: `${service} 不是聊天服务。`, next: '请核对服务地址。' };
  if (why === 'no-safe-sign-in') return { what: `${service} 没有安全的登录方式，密码未发送。`, next: '请联系服务提供方。' };
  return { what: `${service} 无法证明自己的身份，已停止登录。`, next: '不要再次输入密码，请联系服务提供方。' };
}

function withSaid(words: FailureWords, said: string | undefined): FailureWords {
  return said ? { what: `${words.what}（对方说明：${said}）`, next: words.next } : words;
}
