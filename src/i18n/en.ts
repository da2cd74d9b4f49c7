import { common } from './en/common.ts';
import { consoleMessages } from './en/console.ts';
import { conversation } from './en/conversation.ts';
import { decisions } from './en/decisions.ts';
import { documents } from './en/documents.ts';
import { fallback } from './en/fallback.ts';
import { filing } from './en/filing.ts';
import { forms } from './en/forms.ts';
import { privateRoom } from './en/private-room.ts';
import { questions } from './en/questions.ts';
import { reminders } from './en/reminders.ts';
import { report } from './en/report.ts';
import { retention } from './en/retention.ts';
import { rooms } from './en/rooms.ts';
import { slack } from './en/slack.ts';
import { text } from './en/text.ts';
import { views } from './en/views.ts';
import { wecom } from './en/wecom.ts';
import { wecomApp } from './en/wecom-app.ts';

/** All English messages, by topic file. */
export const en = {
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
  ...report,
  ...retention,
  ...views,
  ...wecomApp,
  ...privateRoom,
  ...rooms,
  ...slack,
  ...wecom,
} as const;
