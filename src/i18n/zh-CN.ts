import type { MessageKey } from './keys.ts';
import { common } from './zh-CN/common.ts';
import { consoleMessages } from './zh-CN/console.ts';
import { conversation } from './zh-CN/conversation.ts';
import { decisions } from './zh-CN/decisions.ts';
import { documents } from './zh-CN/documents.ts';
import { fallback } from './zh-CN/fallback.ts';
import { filing } from './zh-CN/filing.ts';
import { forms } from './zh-CN/forms.ts';
import { privateRoom } from './zh-CN/private-room.ts';
import { questions } from './zh-CN/questions.ts';
import { reminders } from './zh-CN/reminders.ts';
import { report } from './zh-CN/report.ts';
import { retention } from './zh-CN/retention.ts';
import { rooms } from './zh-CN/rooms.ts';
import { slack } from './zh-CN/slack.ts';
import { text } from './zh-CN/text.ts';
import { views } from './zh-CN/views.ts';
import { wecom } from './zh-CN/wecom.ts';
import { wecomApp } from './zh-CN/wecom-app.ts';

/** All Chinese messages, by topic file. */
export const zhCN: Record<MessageKey, string> = {
  ...common,
  ...text,
  ...consoleMessages,
  ...conversation,
  ...decisions,
  ...documents,
  ...fallback,
  ...filing,
  ...forms,
  ...questions,
  ...reminders,
  ...views,
  ...wecomApp,
  ...report,
  ...retention,
  ...privateRoom,
  ...rooms,
  ...slack,
  ...wecom,
};
