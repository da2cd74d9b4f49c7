import { BOT_LIMITS, MEDIA_HOSTS, PUSH_QUOTA } from '../src/platforms/wecom/limits.ts';
import { CALLBACK_PATH } from '../src/platforms/wecom-app/callback.ts';
import { menu } from '../src/platforms/wecom-app/menu.ts';

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

/**
 * Returns the settings to enter in the admin page for the self-built app and the group robots, and hosts the network
 * must allow. Printed to `manifests/wecom.app.json`; the bot creates the menu itself.
 */
export function appManifest(publicUrl: string): object {
  const { host } = new URL(publicUrl);
  return {
    type: '自建应用 self-built app',
    visibleTo:
      '根部门，即全公司 (the root department; otherwise no groups can be made and people are written to one by one)',
    publicAddress: publicUrl,
    receiveMessages: {
      where: '接收消息 → 设置API接收 (the bot has to run while it is saved)',
      URL: `${publicUrl}${CALLBACK_PATH}`,
      Token: 'WECOM_CALLBACK_TOKEN',
      EncodingAESKey: 'WECOM_ENCODING_AES_KEY',
    },
    trustedDomain: { where: '网页授权及JS-SDK → 可信域名', domain: host },
    trustedAddresses: {
      where: '企业可信IP',
      addresses: ['本机出口公网IP (the public address this machine calls from)'],
    },
    outgoing: [{ host: 'qyapi.weixin.qq.com', port: 443, for: '接口调用 API' }],
    incoming: [
      { path: CALLBACK_PATH, from: '企业微信 WeCom', for: '消息与事件 messages and events' },
      { path: '/visit/*, /assets/*', from: '成员手机 phones of members', for: '表单页面 web form' },
    ],
    permissions: [
      { api: 'message/send', for: '单聊卡片、提醒、报告文件 cards, reminders and files to people' },
      { api: 'message/recall', for: '撤回含国家秘密等内容的消息 takes messages back, e.g. after a state-secret stop' },
      { api: 'message/update_template_card', for: '点击后锁定卡片 the clicked card shows the answer' },
      { api: 'appchat/create, appchat/get, appchat/send', for: '每个事件一个群 a group per incident' },
      { api: 'media/upload', for: '报告文件 the report as a file' },
      { api: 'media/get', for: '成员发来的图片、语音、视频 pictures, voice messages and videos people send' },
      { api: 'menu/create', for: '应用菜单 the menu' },
      { api: 'user/get', for: '姓名 names' },
      { api: 'auth/getuserinfo', for: '表单页面的身份 who opens the web form' },
      { api: 'agent/get', for: 'npx jishi doctor' },
    ],
    environment: [
      'WECOM_CORP_ID',
      'WECOM_AGENT_ID',
      'WECOM_APP_SECRET',
      'WECOM_CALLBACK_TOKEN',
      'WECOM_ENCODING_AES_KEY',
      'PUBLIC_URL',
    ],
    groupRobots: { environment: ['WECOM_WEBHOOK_KEYS'], perMinute: 20, api: 'webhook/send' },
    menu: { 'zh-CN': menu('zh-CN'), en: menu('en') },
  };
}
