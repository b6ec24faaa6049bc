// What others call this device says which browser it is, and nothing more.
import { equal } from 'node:assert/strict';
import { test } from 'node:test';
import { deviceLabel } from '../../../../src/core/session/device-label.ts';

const WINDOWS = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko)';
const LINUX = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko)';
const MAC = 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko)';
const ANDROID = 'Mozilla/5.0 (Linux; Android 14; ALN-AL00 Build/HUAWEIALN-AL00; wv) AppleWebKit/537.36 (KHTML, like Gecko)';
const IPHONE = 'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)';

/** As browsers and apps really write them. */
const AGENTS: readonly (readonly [label: string, ...agents: string[]])[] = [
  [
    'Warbler, Chrome',
    `${WINDOWS} Chrome/156.0.0.0 Safari/537.36`,
    `${LINUX} HeadlessChrome/140.0.0.0 Safari/537.36`,
    `${LINUX} Ubuntu Chromium/79.0.3945.79 Chrome/79.0.3945.79 Safari/537.36`,
    `${IPHONE} CriOS/140.0.0.0 Mobile/15E148 Safari/604.1`,
  ],
  [
    'Warbler, Edge',
    `${WINDOWS} Chrome/156.0.0.0 Safari/537.36 Edg/156.0.0.0`,
    `${ANDROID} Chrome/140.0.0.0 Mobile Safari/537.36 EdgA/140.0.0.0`,
    `${IPHONE} Version/17.0 EdgiOS/140.0.0.0 Mobile/15E148 Safari/605.1.15`,
  ],
  [
    'Warbler, Firefox',
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:153.0) Gecko/20100101 Firefox/153.0',
    `${IPHONE} FxiOS/140.0 Mobile/15E148 Safari/605.1.15`,
  ],
  ['Warbler, Safari', `${MAC} Version/18.0 Safari/605.1.15`, `${IPHONE} Version/18.0 Mobile/15E148 Safari/604.1`],
  ['Warbler, Opera', `${WINDOWS} Chrome/140.0.0.0 Safari/537.36 OPR/124.0.0.0`],
  [
    'Warbler, WeChat',
    `${IPHONE} Mobile/15E148 MicroMessenger/8.0.49(0x18003129) NetType/WIFI Language/zh_CN`,
    `${ANDROID} Version/4.0 Chrome/116.0.0.0 Mobile Safari/537.36 XWEB/1160083 MMWEBSDK/20240404 MicroMessenger/8.0.49.2600(0x28003133) WeChat/arm64 Weixin NetType/WIFI Language/zh_CN ABI/arm64`,
    `${WINDOWS} Chrome/132.0.0.0 Safari/537.36 MicroMessenger/7.0.20.1781(0x6700143B) NetType/WIFI MiniProgramEnv/Windows WindowsWechat/WMPF WindowsWechat(0x63090a13) XWEB/18055`,
    `${WINDOWS} Chrome/53.0.2785.116 Safari/537.36 QBCore/4.0.1301.400 QQBrowser/9.0.2524.400 NetType/WIFI MicroMessenger/7.0.5 WindowsWechat`,
  ],
  [
    'Warbler, WeCom',
    `${IPHONE} Mobile/15E148 wxwork/3.1.16 MicroMessenger/7.0.1 Language/zh ColorScheme/Dark`,
    `${ANDROID} Version/4.0 Chrome/57.0.2987.132 MQQBrowser/6.2 TBS/044409 Mobile Safari/537.36 wxwork/2.7.2 MicroMessenger/6.3.22 NetType/WIFI Language/zh`,
  ],
  [
    'Warbler, DingTalk',
    `${IPHONE} Mobile/15E148 AliApp(DingTalk/7.5.0) com.laiwang.DingTalk/1 Channel/201200 language/zh-Hans-CN WK`,
    `${ANDROID} Version/4.0 Chrome/57.0.2987.108 UCBrowser/11.9.4.974 UWS/2.13.1.48 Mobile Safari/537.36 AliApp(DingTalk/4.5.11) com.alibaba.android.rimet/10487439 Channel/227200 language/zh-CN`,
    `${WINDOWS} Chrome/87.0.4280.141 Safari/537.36 dingtalk-win/1.0.0 nw(0.14.7) DingTalk(6.0.12-Release.4190287) Mojo/1.0.0 Native AppType(release) Channel/201200`,
  ],
  [
    'Warbler, Feishu',
    `${IPHONE} Version/14.6 Mobile/15E148 Safari/604.1 Lark/4.1.3 LarkLocale/zh_CN`,
    `${LINUX} Lark/7.10.5 Chrome/112.0.5615.165 Safari/537.36 LarkLocale/zh_CN`,
    `${ANDROID} Version/4.0 Chrome/131.0.6778.135 Mobile Safari/537.36 Lark/7.32.8 LarkLocale/en_US ChannelName/Feishu`,
  ],
  ['Warbler, Lark', `${ANDROID} Version/4.0 Chrome/131.0.6778.135 Mobile Safari/537.36 Lark/7.32.8 LarkLocale/en_US ChannelName/Lark`],
  [
    'Warbler, QQ Browser',
    `${WINDOWS} Chrome/94.0.4606.71 Safari/537.36 Core/1.94.197.400 QQBrowser/11.6.5265.400`,
    `${ANDROID} Version/4.0 Chrome/109.0.5414.86 MQQBrowser/14.9 Mobile Safari/537.36 COVC/046915`,
  ],
  [
    'Warbler, QQ',
    `${ANDROID} Version/4.0 Chrome/89.0.4389.72 MQQBrowser/6.2 TBS/046141 Mobile Safari/537.36 V1_AND_SQ_8.8.68_2538_YYB_D QQ/8.8.68.7265 NetType/WIFI`,
  ],
  [
    'Warbler, UC Browser',
    `${ANDROID} Version/4.0 Chrome/100.0.4896.58 UCBrowser/16.4.8.1313 Mobile Safari/537.36`,
    `${WINDOWS} Chrome/55.0.2883.87 UBrowser/6.2.4098.3 Safari/537.36`,
  ],
  ['Warbler, Quark', `${ANDROID} Version/4.0 Chrome/123.0.6312.80 Quark/7.4.5.680 Mobile Safari/537.36`],
  [
    'Warbler, Huawei Browser',
    `${ANDROID} Chrome/99.0.4844.88 HuaweiBrowser/13.0.5.303 Mobile Safari/537.36`,
    'Mozilla/5.0 (PC; OpenHarmony 6.1; Windows NT 10.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/132.0.0.0 Safari/537.36 ArkWeb/6.1.0.130 HuaweiBrowser/6.1.7.302',
  ],
  [
    'Warbler, Mi Browser',
    `${ANDROID} Version/4.0 Chrome/109.0.5414.118 Mobile Safari/537.36 XiaoMi/MiuiBrowser/17.8.220115 swan-mibrowser`,
  ],
  ['Warbler, OPPO Browser', `${ANDROID} Version/4.0 Chrome/115.0.5790.168 Mobile Safari/537.36 HeyTapBrowser/45.10.5.1`],
  ['Warbler, vivo Browser', `${ANDROID} Version/4.0 Chrome/101.0.4951.74 Mobile Safari/537.36 VivoBrowser/15.9.19.0`],
  ['Warbler, Samsung Internet', `${ANDROID} SamsungBrowser/25.0 Chrome/121.0.0.0 Mobile Safari/537.36`],
  [
    'Warbler, 360 Browser',
    `${WINDOWS} Chrome/63.0.3239.132 Safari/537.36 QIHU 360SE`,
    `${ANDROID} Version/4.0 Chrome/62.0.3202.97 Mobile Safari/537.36 QHBrowser/9.0.0.138`,
    `${ANDROID} Version/4.0 Mobile Safari/537.36; 360 Aphone Browser (9.0.0.138)`,
  ],
  ['Warbler, Baidu', `${WINDOWS} Chrome/47.0.2526.106 BIDUBrowser/8.3 Safari/537.36`, `${IPHONE} Mobile/15E148 baiduboxapp/13.63.0.10`],
  ['Warbler, Sogou', `${WINDOWS} Chrome/94.0.4606.71 Safari/537.36 SE 2.X MetaSr 1.0`],
  ['Warbler', 'Node.js/22', `${IPHONE} Mobile/15E148`, ''],
];

for (const [label, ...agents] of AGENTS)
  test(`${label}: the program and the browser, by which own devices are told apart`, () => {
    for (const agent of agents) equal(deviceLabel(agent), label, agent);
  });

test('where nothing is known of the browser the program is named', () => {
  equal(deviceLabel(undefined), 'Warbler');
});
