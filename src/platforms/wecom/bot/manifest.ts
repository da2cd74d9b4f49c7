import { BOT_LIMITS, MEDIA_HOSTS, PUSH_QUOTA } from '../limits.ts';

/** Returns settings for a smart bot, and hosts the network must allow. Printed to `manifests/wecom.bot.json`. */
export function botManifest(): object {
  const { perMinute, perHour } = BOT_LIMITS;
  return {
    type: '智能机器人 smart bot',
    mode: 'API模式 → 使用长连接 (API mode → long connection)',
    createdBy: '企业超级管理员 (a super administrator, or account ids are encrypted)',
    visibleTo: '所有可能报告事件的人员 (everybody who may declare an incident)',
    publicAddress: null,
    callbackAddress: null,
    trustedAddresses: [],
    outgoing: [
      { host: 'openws.work.weixin.qq.com', port: 443, for: '长连接 long connection' },
      ...MEDIA_HOSTS.map((host) => ({
        host: `*.${host}`,
        port: 443,
        for: '成员发来的图片和文件 photos and files people send',
      })),
    ],
    environment: ['WECOM_BOT_ID', 'WECOM_BOT_SECRET'],
    connections: 1,
    messagesPerConversation: { allowed: { perMinute, perHour }, used: PUSH_QUOTA },
  };
}
