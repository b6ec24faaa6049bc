// What others call this device: the program and the browser. Anybody may read it, so it says no more than tells two own devices apart.

/** The first that is found counts: apps name the browser they are made from, and browsers those they wish to be taken for. */
const BROWSERS: readonly (readonly [mark: RegExp, name: string])[] = [
  [/wxwork\//, 'WeCom'],
  [/MicroMessenger\//, 'WeChat'],
  [/DingTalk/, 'DingTalk'],
  [/Lark\/.*(zh_CN|Feishu)/, 'Feishu'],
  [/Lark\//, 'Lark'],
  [/AlipayClient\//, 'Alipay'],
  [/ QQ\//, 'QQ'],
  [/QQBrowser\//, 'QQ Browser'],
  [/Quark\//, 'Quark'],
  [/\bUC?Browser\//, 'UC Browser'],
  [/HuaweiBrowser\//, 'Huawei Browser'],
  [/MiuiBrowser\//, 'Mi Browser'],
  [/HeyTapBrowser\//, 'OPPO Browser'],
  [/VivoBrowser\//i, 'vivo Browser'],
  [/SamsungBrowser\//, 'Samsung Internet'],
  [/QIHU|QHBrowser|Qihoo|360[SE]E|360 Aphone/, '360 Browser'],
  [/baiduboxapp\/|BIDUBrowser\//, 'Baidu'],
  [/ MetaSr |Sogou/, 'Sogou'],
  [/Firefox\/|FxiOS\//, 'Firefox'],
  [/Edg(A|e|iOS)?\//, 'Edge'],
  [/OPR\//, 'Opera'],
  [/Chrom(e|ium)\/|CriOS\//, 'Chrome'],
  [/Safari\//, 'Safari'],
];

export function deviceLabel(userAgent = ''): string {
  const browser = BROWSERS.find(([mark]) => mark.test(userAgent))?.[1];
  return browser ? `Warbler, ${browser}` : 'Warbler';
}
