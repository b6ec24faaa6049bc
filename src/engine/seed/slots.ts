// The things that scenes leave open, such as an order's number; within one scene each stays the same.
import { mix, pick } from './chance.ts';

const PRODUCTS = [
  '橡木餐桌 1.6 m',
  '藤编单椅',
  '胡桃木书架',
  '亚麻沙发（三人位）',
  '黄铜落地灯',
  '樱桃木床头柜',
  'Willow 茶几',
  '儿童成长椅',
  '羊毛地毯 2×3 m',
  '折叠边桌',
];
const CITIES = ['杭州', '深圳', '成都', '苏州', '西安', '青岛', '长沙', '厦门', '昆明', '哈尔滨'];
const CUSTOMERS = ['周女士', '何先生', '林女士', '吴先生', '郑小姐', '高先生', 'Ms Keller', 'Mr Okafor', '沈女士', '罗先生'];
const FILES = [
  '补发说明.pdf',
  '签收照片_3.jpg',
  '质检报告-0917.pdf',
  '退货政策 2026 版.docx',
  '装箱单.xlsx',
  '安装视频-第2版.mp4',
  'invoice_20861.pdf',
  '破损照片(4).zip',
  '话术模板 v5.md',
];
const LINKS = [
  'https://willow-home.example/help/returns',
  'https://willow-home.example/orders/20861?tab=logistics',
  'https://willow-home.example/zh/保养指南#橡木',
  'https://track.example/p/SF1384000212',
  'https://willow-home.example/design/tokens?theme=dark&lang=zh-CN',
  'https://docs.example/d/weekly-notes',
];
const EMOJI = ['👍', '🙏', '😊', '🎉', '👌', '😂', '🙌', '☕', '✨', '🫡', '👩🏽‍🔧', '🌧️'];
/** Right to left, as customers in Dubai, Amman and Haifa write. */
const RIGHT_TO_LEFT = [
  'مرحبًا، متى يصل الطلب؟',
  'شكرًا جزيلاً على المساعدة!',
  'الطاولة وصلت مكسورة، أحتاج إلى بديل.',
  'هل يمكن تغيير العنوان إلى دبي مارينا، برج 12؟',
  'שלום, מתי מגיע המשלוח?',
  'תודה רבה, הכיסא נפלא 🙏',
];
const DAYS = ['周一', '周二', '周三', '周四', '周五', '下周一', '月底前'];
const WEEKDAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday'];

const twoDigits = (number: number): string => String(number).padStart(2, '0');

const SLOTS: Readonly<Record<string, (chance: number) => string>> = {
  order: (chance) => `#${20_000 + (chance % 9_000)}`,
  product: (chance) => pick(PRODUCTS, chance),
  city: (chance) => pick(CITIES, chance),
  customer: (chance) => pick(CUSTOMERS, chance),
  file: (chance) => pick(FILES, chance),
  link: (chance) => pick(LINKS, chance),
  emoji: (chance) => pick(EMOJI, chance),
  rtl: (chance) => pick(RIGHT_TO_LEFT, chance),
  day: (chance) => pick(DAYS, chance),
  weekday: (chance) => pick(WEEKDAYS, chance),
  n: (chance) => String(2 + (chance % 18)),
  price: (chance) => `¥${(80 + (chance % 4_000)).toLocaleString('en-US')}`,
  time: (chance) => `${9 + (chance % 9)}:${twoDigits((chance >>> 4) % 60)}`,
  tracking: (chance) => `SF${1_300_000_000 + (chance % 99_999_999)}`,
};

const OPEN = /\{(\w+)\}/g;

/** Same seed and scene, same words. */
export function fillSlots(text: string, seed: number, scene: number): string {
  return text.replace(OPEN, (whole, name: string) => {
    const slot = SLOTS[name];
    if (!slot) throw new Error(`No slot is called ${whole}.`);
    return slot(mix(seed, scene, ...Buffer.from(name)));
  });
}
