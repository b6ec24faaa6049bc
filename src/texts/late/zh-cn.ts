// 按下之后才需要的文字：在对话中查找，邀请进群。
import type { LateTexts } from '../keys/late-texts.ts';

export const zhCN: LateTexts = {
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

  inviteInto: (room) => `邀请加入 ${room}`,
  inviteSearch: '搜索联系人',
  inviteNobody: '还没有可以邀请的联系人。请先添加联系人。',
  inviteNoMatch: '没有符合的联系人。',
  invite: '邀请',
  inviteName: (name) => `邀请 ${name}`,
  inviting: '正在邀请…',
  invited: '已邀请',
  invitedName: (name) => `已邀请 ${name}`,
  inviteFailed: (name, why) => `没有邀请到 ${name}：${why}`,
  done: '完成',
};
