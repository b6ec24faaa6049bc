// 谁能读到。
import type { TrustTexts } from '../keys/trust-texts.ts';

export const trust: TrustTexts = {
  readability: { verified: '已验证', encrypted: '已加密 · 尚未验证', organisation: '组织可读', mixed: '旧式或混合加密' },
  onlyYouAnd: (name) => `仅你与 ${name} 可读`,
  onlyMembers: '仅成员可读',
  writtenEncrypted: '你写的会加密',
  whoCanRead: (words) => `谁能读到：${words}`,
  encryption: '加密与设备',
  ownDevices: '我的设备',
  backup: '备份',

  marks: { plain: '未加密', legacy: '旧式加密', accepted: '设备未核对', undecided: '设备待确认', refused: '设备已拒绝' },
  travelled: {
    plain: '未加密，组织可读',
    legacy: '旧式加密',
    accepted: '已加密，设备未核对',
    undecided: '已加密，设备待你确认',
    refused: '已加密，来自你拒绝的设备',
    'first-use': '已加密，设备未核对',
    verified: '已加密，设备已核对',
  },
  unreadableWhy: {
    'not-for-this-device': '它没有加密给这台设备，可能在这台设备加入之前就发出了。可以请对方再发一次。',
    'no-session': '与发送它的设备之间的加密接不上了。可以重新开始加密，再请对方发一次。',
    tampered: '它在途中被改动过，所以没有显示。请换一种方式告诉对方。',
    'other-identity': '它用了与已知不同的密钥，可能有人冒充。请先核对对方的设备。',
    'unknown-sender': '群组没有说明它是谁写的。',
    'unknown-method': '它的加密方式在这里没有启用。如果是旧式 OMEMO，可以在“我的设备”里打开，再请对方发一次。',
  },
  keysChanged: {
    'new-device': (name) => `${name ?? '你的账号'} 有了新设备，安全码已变化`,
    'undecided-device': (name) => `${name ?? '你的账号'} 有一台新设备等你确认，在此之前不会发送`,
    'other-identity': (name) => `${name ?? '你的账号'} 的一台设备出示了另一把密钥，可能有人冒充`,
    'member-came': (name) => `${name ?? '你的账号'} 成为群组成员，在你确认之前不会发送`,
    'member-left': (name) => `${name ?? '你的账号'} 不再是群组成员，读不到之后的消息`,
    'room-unfit': () => '这个群组不能再加密，在你决定之前不会发送',
    'encryption-on': () => '从这里起加密',
    'encryption-legacy': () => '从这里起用旧式加密，只保护文字',
    'encryption-off': () => '从这里起不加密，组织可读',
  },
  compare: '验证',
  decide: '去确认',
  lookAtKeys: '查看设备',
};
