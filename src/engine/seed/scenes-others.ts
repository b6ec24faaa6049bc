// What the other pairs talk about, mostly in English: sourcing, logistics, design, marketing.

export const SOURCING_SCENES: readonly (readonly string[])[] = [
  [
    'A Good morning! The mill in Izmir confirmed the oak.',
    'B Great. Same grade as last time?',
    'A Same grade, 3% dearer. I pushed back.',
    'B How much for the whole lot?',
    'A About {price} a cubic metre. I think we can get to the old price.',
  ],
  [
    'A {rtl}',
    'A That is from the workshop, they ask about the schedule.',
    'B What shall we answer?',
    'A I told them {weekday}. إن شاء الله 🙂',
    'B 👍',
  ],
  [
    'B 合同第 3 条建议改一下：“延迟交付每日 0.5‰”',
    'A Let me read it once more.',
    'A Fine with me, but cap it at 5%.',
    'B 好，我改',
    'B {file}',
  ],
  ['A Do you have a minute to call?', 'B In ten minutes?', 'A Perfect.'],
  [
    'A {link}',
    'A Look at the second picture. The rattan is hand woven.',
    'B Beautiful! Can they make it 4 cm wider?',
    'A I will ask.',
    'A They can, from {n} pieces on.',
  ],
  ['B Customs want the packing list again', 'A {file}', 'A Signed and stamped, sorry.', 'B Thanks, forwarded {emoji}'],
  ['A Landed in {city}. Traffic is slow, I will be late.', 'B No problem, we start without you.'],
  [
    'A The samples:\n- oak, oiled\n- oak, soaped\n- walnut, oiled\n- cherry, raw',
    'B We need the first and the last two',
    'A They leave on {weekday}.',
  ],
  ['B Is the price list the one of June?', 'A Yes. September comes next week.', 'B Then I wait.'],
  ['A سأرسل العقد غدًا، and the English version with it.', 'B Thank you, Omar 🙏'],
];

export const LOGISTICS_SCENES: readonly (readonly string[])[] = [
  [
    'A The container left Ningbo on {weekday}.',
    'B ETA?',
    'A Twelve days to Koper, then three by truck.',
    'B I tell the customers in Brno.',
  ],
  ['A Tracking {tracking} has not moved since {weekday}.', 'B 我问一下{city}那边', 'B They found it. Wrong shelf 🙈', 'A Děkuji!'],
  ['B Can we ship to Ljubljana?', 'A Yes, from {price}, five working days.', 'B Wonderful.'],
  ['A {file}', 'A Pallet heights are in row 4. Anything above 180 cm goes separately.', 'B Got it'],
  ['A Holidays here on {weekday}, nobody will answer.', 'B 记下了，我提前一天发'],
  ['A Příliš žluťoučký kůň 😄 – a test that our labels print all letters.', 'B They do! ěščřžýáíé 👍'],
  ['B How heavy is the {product}?', 'A 41.5 kg, two people.', 'B 谢谢'],
];

export const DESIGN_SCENES: readonly (readonly string[])[] = [
  ['A 新版气泡的圆角定了 16', 'B 之前是 12？', 'A 对，和按钮一致', 'B 好看多了 {emoji}'],
  ['A {file}', 'A 左边旧版，右边新版', 'B 右边的层次清楚很多', 'B 标题再大 2 px，行距不动', 'A 好'],
  ['B Dark 模式的绿色有点亮', 'A #5cc596？', 'B 嗯，夜里刺眼', 'A 换成低一档，晚点发你'],
  ['A {link}', 'A 看一下第 {n} 屏，按钮在 320 px 下会不会挤', 'B 我用旧手机试了，不会', 'A 太好了'],
  ['B 空状态的插画可以要一只小鸟吗 🐦', 'A 黄莺？', 'B 对，呼应名字', 'A 画！'],
  ['A 你觉得“发送中”用转圈还是时钟', 'B 时钟，安静', 'A 同意'],
  ['A 字体跑起来了，中文用系统的就够', 'B 英文呢', 'A 也用系统的，省 90 kB'],
  ['B 客服那边说，字号能不能跟着系统放大', 'A 已经能了，试试 200%', 'B 真的不裁切！', 'A 😎'],
  ['A 对比度我全测了一遍', 'A 正文 7.2:1，次要文字 4.9:1', 'B 都过线', 'B 辛苦了'],
];

export const MARKETING_SCENES: readonly (readonly string[])[] = [
  ['A 文案初稿：一张桌子，用二十年', 'B 好！副标题？', 'A “木头会呼吸，别急着催它”', 'B 有点意思 😄'],
  ['B 首页改版的图什么时候给', 'A {day}前', 'B 行'],
  ['A {link}', 'A 上次那篇的数据：阅读 {n} 万，转发 {n}%', 'B 比预期好'],
  ['B 直播那天要几个客服在线？', 'A 至少 {n} 个，我来排', 'B {emoji}'],
  ['A {file}', 'A 海报两版，选一个', 'B 第二版，留白舒服'],
  ['B 活动规则里“满 {price} 减 200”要写清楚能不能叠加', 'A 不能叠加，我补一句'],
];
