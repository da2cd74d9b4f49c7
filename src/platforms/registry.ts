import type { SettingsGroup } from '../config/settings.ts';
import type { Platform } from './description.ts';

/** All chat platforms in the order in which they start; a test compares them with the folders. */
export const PLATFORMS: readonly Platform[] = [
  (await import('./slack/index.ts')).slack,
  (await import('./wecom/index.ts')).wecom,
  (await import('./wecom-webhook/index.ts')).wecomWebhook,
  (await import('./wecom-app/index.ts')).wecomApp,
  (await import('./feishu/index.ts')).feishu,
  (await import('./dingtalk/index.ts')).dingtalk,
  (await import('./http-gateway/index.ts')).httpGateway,
  (await import('./aliyun/index.ts')).aliyun,
  (await import('./twilio/index.ts')).twilio,
  (await import('./mail/index.ts')).mail,
  (await import('./webhooks/index.ts')).webhooks,
  (await import('./timestamps/index.ts')).timestamps,
];

/** Settings of all platforms, in the same order. */
export const PLATFORM_SETTINGS: readonly SettingsGroup[] = PLATFORMS.map(({ settings }) => settings);
