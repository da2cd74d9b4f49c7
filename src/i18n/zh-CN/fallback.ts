/** 未能按原途径送达的通知，以及邮件。 */
export const fallback = {
  'fallback.place':
    '{platform, select, slack {Slack} wecom {企业微信} mail {邮件} console {控制台} other {{platform}}}',
  'fallback.why': '改由此途径通知您，原因：{ways}。',
  'fallback.silent': '{place}自{since}起未能接收',
  'fallback.refused': '{place}于{since}拒收',
  'fallback.title': '{id}：有一条消息未能送达',
  'fallback.open': '打开事件：{url}',
  'fallback.from': '本邮件由“计时”（报送时限机器人）发出。请在群聊或控制台中处理，勿回复本邮件。',
  'fallback.restored_title': '{id}：记录已从备份恢复',
  'fallback.restored': '记录截至{upTo}。此后的回答、填报和报送登记需重新录入；该时段的提醒不再补发。',
  'event.restored': '记录已从备份恢复，备份截至{upTo}',
  'event.delayed': '未在规定时间内送达，已改用其他途径',
} as const;
