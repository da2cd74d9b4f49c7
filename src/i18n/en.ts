import { common } from './en/common.ts';
import { consoleMessages } from './en/console.ts';
import { conversation } from './en/conversation.ts';
import { documents } from './en/documents.ts';
import { forms } from './en/forms.ts';
import { questions } from './en/questions.ts';
import { reminders } from './en/reminders.ts';
import { report } from './en/report.ts';
import { slack } from './en/slack.ts';
import { text } from './en/text.ts';
import { views } from './en/views.ts';
import { wecom } from './en/wecom.ts';

/** All English messages, by topic file. */
export const en = {
  ...common,
  ...text,
  ...consoleMessages,
  ...conversation,
  ...documents,
  ...forms,
  ...questions,
  ...reminders,
  ...report,
  ...views,
  ...slack,
  ...wecom,
} as const;
