import { common } from './en/common.ts';
import { consoleMessages } from './en/console.ts';
import { conversation } from './en/conversation.ts';
import { forms } from './en/forms.ts';
import { questions } from './en/questions.ts';
import { reminders } from './en/reminders.ts';

/** All English messages, by topic file. */
export const en = { ...common, ...consoleMessages, ...conversation, ...forms, ...questions, ...reminders } as const;
