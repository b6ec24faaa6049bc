// The conversations of the demo: who talks with whom, how much, and what was said last.
import type { Script, Speaker } from './conversation.ts';
import { COLLEAGUES } from './organisation.ts';
import { DESIGN_SCENES, LOGISTICS_SCENES, MARKETING_SCENES, SOURCING_SCENES } from './scenes-others.ts';
import { DESIGN_ROOM_SCENES, LAUNCH_ROOM_SCENES } from './scenes-rooms.ts';
import { SUPPORT_SCENES } from './scenes-support.ts';

export interface Telling {
  script: Script;
  length: number;
  /** It ended so long before now. */
  quietMs: number;
  /** Messages at the end that somebody has not read. */
  unread: Readonly<Record<string, number>>;
}

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

type Rest = Pick<Script, 'scenes' | 'days'> & Partial<Pick<Script, 'ending'>>;

const pair = (seed: number, a: string, b: string, { scenes, days, ending = [] }: Rest): Script => ({
  id: `${a}-${b}`,
  seed,
  speakers: { A: { name: a }, B: { name: b } },
  scenes,
  days,
  ending,
});

const everyone: Readonly<Record<string, Speaker>> = Object.fromEntries(COLLEAGUES.map(({ name, nick }) => [name, { name, nick }]));

const DIRECT: readonly Telling[] = [
  {
    script: pair(101, 'liwen', 'xiaochen', {
      scenes: SUPPORT_SCENES,
      days: 190,
      ending: [
        [31, 'A 您好，您反馈的订单 #20861 我查到了'],
        [30, 'A 明天上午 10 点前补发，运费我们承担 👍'],
        [27, 'B > 明天上午 10 点前补发\n好的，收货地址没有变'],
        [12, 'A ', '补发说明.pdf'],
        [11, 'A 签收后请确认一下序列号'],
      ],
    }),
    length: 2_000,
    quietMs: 0,
    unread: { xiaochen: 2 },
  },
  {
    script: pair(102, 'omar', 'xiaochen', {
      scenes: SOURCING_SCENES,
      days: 60,
      ending: [
        [14, 'A The four finishes from the mill. Oiled is on the left.', 'oak samples – four finishes.png'],
        [13, 'B 第二块最好看'],
        [9, 'A Here is the revised contract.', 'Contract oak 2026 (revised).pdf'],
        [5, 'B 收到，第 3 条我再看一眼'],
      ],
    }),
    length: 182,
    quietMs: HOUR,
    unread: {},
  },
  {
    script: pair(103, 'jana', 'xiaochen', { scenes: LOGISTICS_SCENES, days: 40, ending: [[3, 'A See you in Shenzhen 🛫']] }),
    length: 64,
    quietMs: 3 * DAY,
    unread: {},
  },
  { script: pair(104, 'mia', 'xiaochen', { scenes: DESIGN_SCENES, days: 50 }), length: 140, quietMs: 5 * HOUR, unread: {} },
  { script: pair(105, 'wanglei', 'xiaochen', { scenes: MARKETING_SCENES, days: 45 }), length: 90, quietMs: DAY, unread: {} },
  { script: pair(106, 'mia', 'liwen', { scenes: DESIGN_SCENES, days: 30 }), length: 48, quietMs: 6 * HOUR, unread: {} },
  { script: pair(107, 'mia', 'wanglei', { scenes: MARKETING_SCENES, days: 40 }), length: 84, quietMs: 2 * HOUR, unread: {} },
  { script: pair(108, 'omar', 'jana', { scenes: LOGISTICS_SCENES, days: 40 }), length: 56, quietMs: DAY, unread: {} },
  { script: pair(109, 'omar', 'liwen', { scenes: SOURCING_SCENES, days: 30 }), length: 72, quietMs: 4 * HOUR, unread: {} },
];

const ROOMS: readonly Telling[] = [
  {
    script: {
      id: 'design',
      room: 'design',
      seed: 201,
      speakers: everyone,
      scenes: DESIGN_ROOM_SCENES,
      days: 80,
      ending: [
        [22, 'wanglei: 首页改版，左边是旧版', '首页改版对比.png'],
        [18, 'xiaochen: 右边的层次清楚很多。标题再大 2 px，行距不动。'],
        [17, 'xiaochen: Dark 模式我晚点发'],
        [4, 'mia: 新版气泡的圆角定了吗 @陈晓'],
        [3, 'omar: 16, I think 🙌'],
      ],
    },
    length: 420,
    quietMs: 0,
    unread: { xiaochen: 2, liwen: 1 },
  },
  {
    script: {
      id: 'launch',
      room: 'launch',
      seed: 202,
      speakers: everyone,
      scenes: LAUNCH_ROOM_SCENES,
      days: 60,
      ending: [[1, 'wanglei: ', '首页改版对比.png']],
      away: { speaker: 'xiaochen', messages: 60, stand: 'liwen' },
    },
    length: 260,
    quietMs: 3 * HOUR,
    unread: { xiaochen: 38 },
  },
];

export const TELLINGS: readonly Telling[] = [...DIRECT, ...ROOMS];
