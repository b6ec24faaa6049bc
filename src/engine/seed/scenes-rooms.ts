// What is said in the two rooms. The word before the colon is who says it.

export const DESIGN_ROOM_SCENES: readonly (readonly string[])[] = [
  [
    'mia: 本周三个议题：气泡、空状态、深色模式',
    'mia: 每个 15 分钟，超时我敲桌子 🔔',
    'wanglei: 收到',
    'jana: Joining from the airport, mostly listening.',
    'omar: 👋',
  ],
  [
    'mia: {file}',
    'mia: 首页改版，左边是旧版',
    'xiaochen: 右边的层次清楚很多。标题再大 2 px，行距不动。',
    'wanglei: +1',
    'liwen: 客户那边也说右边好找',
  ],
  ['omar: Could the price stand closer to the picture?', 'mia: Yes, 8 px instead of 16.', 'omar: Perfect, thank you.'],
  [
    'xiaochen: 客服常被问“已读”是什么意思，能加个说明吗',
    'mia: 长按气泡显示时间和状态，怎么样',
    'xiaochen: 可以！',
    'liwen: 图标旁边留个文字吧，光颜色看不出来',
    'mia: 会的，图标 + 文字 + 颜色，三样都有',
  ],
  ['wanglei: 320 px 宽的手机还有人用吗', 'liwen: 有，上周就遇到 {n} 个', 'mia: 那就不能砍'],
  ['mia: > 深色模式什么时候上\n{day}，文字对比度测完就上', 'jana: Finally 🌙', 'wanglei: {emoji}'],
  [
    'jana: The Czech labels are longer than the button:',
    'jana: “Odeslat vše najednou”',
    'mia: Button grows, then wraps. Never cut.',
    'jana: ❤️',
  ],
  [
    'omar: In Arabic the arrow must point the other way.',
    'omar: {rtl}',
    'mia: 对，用逻辑方向就自动翻转了，我贴个图',
    'mia: {file}',
    'omar: Very good!',
  ],
  ['mia: 会议纪要 {link}', 'xiaochen: 看到了，第二条我来跟', 'liwen: 第三条归我'],
  ['wanglei: 新图标里那只鸟叫什么', 'mia: 莺', 'wanglei: 会叫吗', 'mia: 有新消息就叫 🐦', 'xiaochen: 哈哈哈'],
];

export const LAUNCH_ROOM_SCENES: readonly (readonly string[])[] = [
  [
    'wanglei: 秋季新品倒计时 {n} 天',
    'wanglei: 今天的进度：\n✅ 详情页\n✅ 主图\n⬜ 视频\n⬜ 直播脚本',
    'mia: 视频{day}给',
    'liwen: 售后话术已更新',
  ],
  ['omar: The oak arrived at the factory this morning.', 'wanglei: 太好了！能赶上{day}吗', 'omar: Yes, with {n} hours to spare 😅'],
  [
    'jana: First 40 tables are on the water 🚢',
    'jana: ETA Koper in 12 days, {tracking}',
    'xiaochen: 欧洲客户已经在问了',
    'jana: Tell them end of the month.',
  ],
  ['wanglei: {file}', 'wanglei: 首页改版对比，大家投个票', 'mia: B', 'liwen: B', 'xiaochen: A，按钮更明显', 'omar: B'],
  ['liwen: 提醒：发布当天售后电话会爆', 'xiaochen: 我们排了 {n} 个人', 'wanglei: 辛苦！奶茶我请 🧋'],
  [
    'wanglei: {link}',
    'wanglei: 预热页上线了，帮忙点点看',
    'jana: Works in Prague.',
    'omar: Works in Amman. السعر غير ظاهر على الهاتف؟',
    'wanglei: 手机上看不到价格？我查',
    'wanglei: 修好了',
    'omar: ممتاز 👌',
  ],
  ['mia: 包装盒打样到了', 'mia: {file}', 'wanglei: 手感怎么样', 'mia: 比照片还好'],
  ['xiaochen: 预售第一个小时 {n} 单 🎉', 'wanglei: 冲！', 'liwen: 库存还剩多少', 'jana: 212 pieces, enough for today.'],
];
