import type { SettingsGroup } from '../config/settings.ts';
import type { Platform } from './description.ts';
import { feishu } from './feishu/index.ts';
import { mail } from './mail/index.ts';
import { slack } from './slack/index.ts';
import { wecom } from './wecom/index.ts';
import { wecomApp } from './wecom-app/index.ts';
import { wecomWebhook } from './wecom-webhook/index.ts';

/** Every chat platform, in the order in which they start; a test compares the names with the folders. */
export const PLATFORMS: readonly Platform[] = [slack, wecom, wecomWebhook, wecomApp, feishu, mail];

/** The settings every platform brings, in the same order. */
export const PLATFORM_SETTINGS: readonly SettingsGroup[] = PLATFORMS.map(({ settings }) => settings);
