import { common } from './en/common.ts';
import { conversation } from './en/conversation.ts';
import { questions } from './en/questions.ts';
import { reminders } from './en/reminders.ts';

/** All English messages, by topic file. */
export const en = { ...common, ...conversation, ...questions, ...reminders } as const;
