import type { retention as en } from '../en/retention.ts';

/** 法律保全与删除。 */
export const retention: Record<keyof typeof en, string> = {
  'act.hold': '法律保全…',
  'act.release_hold': '解除保全…',
  'act.erase': '删除…',
  'form.hold.title': '法律保全',
  'form.hold.intro': '管理员解除保全前，本事件的任何内容都不会被删除。',
  'form.release_hold.title': '解除保全',
  'form.erase.title': '彻底删除{id}',
  'form.erase.intro':
    '全部内容、文件和机器人消息都将删除；哈希链保留，仍可核验；何人、何时、因何删除也会保留。此操作不可撤销，可能仍有需要的，请先导出证据包。',
  'said.held': '已保全：解除前不会删除任何内容。',
  'said.hold_released': '已解除保全。',
  'said.erased': '已删除，哈希链仍可核验。',
  'event.held': '法律保全。理由：{reason}',
  'event.hold_released': '解除保全。理由：{reason}',
  'event.erased': '已删除：此前各条内容均已清除。理由：{reason}',
  'event.expired': '已删除：保存期限届满',
  'refuse.not_closed': '请先关闭事件；尚有未尽义务的，删除后无从履行。',
  'refuse.on_hold': '事件处于法律保全状态，须先由管理员解除。',
  'refuse.erased': '该事件已删除，不能再作任何操作。',
};
