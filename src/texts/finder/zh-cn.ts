// 在对话中查找。
import type { FinderTexts } from '../keys/finder-texts.ts';

export const zhCN: FinderTexts = {
  older: '上一处（更早）',
  newer: '下一处（更新）',
  count: (at, total, isAll) => `第 ${at} 处，共 ${total} 处${isAll ? '' : '…'}`,
  none: '没有找到',
  partly: '只查找了保存在本设备上的消息。',
  fetchOn: '继续查找更早的',
  fetching: '正在获取更早的消息…',
  stop: '停止',
  dayGo: '跳转',
  dayMissing: '请选择一个日期。',
  dayLater: '这一天没有消息，已跳到之后最近的一天。',
  dayNone: '这一天及之后没有消息，已跳到最新消息。',
  dayUnfetched: (why) => `那时的消息没有取到，已跳到最近的消息。${why}`,
  backToPlace: '回到原处',
};
