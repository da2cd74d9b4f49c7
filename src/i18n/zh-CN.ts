import type { en } from './en.ts';
import chat from './zh-CN/chat.json' with { type: 'json' };
import cli from './zh-CN/cli.json' with { type: 'json' };
import commands from './zh-CN/commands.json' with { type: 'json' };
import common from './zh-CN/common.json' with { type: 'json' };
import conversation from './zh-CN/conversation.json' with { type: 'json' };
import decisions from './zh-CN/decisions.json' with { type: 'json' };
import documents from './zh-CN/documents.json' with { type: 'json' };
import drills from './zh-CN/drills.json' with { type: 'json' };
import fallback from './zh-CN/fallback.json' with { type: 'json' };
import filing from './zh-CN/filing.json' with { type: 'json' };
import forms from './zh-CN/forms.json' with { type: 'json' };
import inspection from './zh-CN/inspection.json' with { type: 'json' };
import integrations from './zh-CN/integrations.json' with { type: 'json' };
import nextStep from './zh-CN/next-step.json' with { type: 'json' };
import privateRoom from './zh-CN/private-room.json' with { type: 'json' };
import questions from './zh-CN/questions.json' with { type: 'json' };
import reminders from './zh-CN/reminders.json' with { type: 'json' };
import report from './zh-CN/report.json' with { type: 'json' };
import retention from './zh-CN/retention.json' with { type: 'json' };
import rooms from './zh-CN/rooms.json' with { type: 'json' };
import text from './zh-CN/text.json' with { type: 'json' };
import views from './zh-CN/views.json' with { type: 'json' };

type Translated<Topics extends readonly object[]> = {
  readonly [N in keyof Topics]: Readonly<Record<keyof Topics[N], string>>;
};

/** Chinese messages of the core, one object per topic, in the order of the English ones. */
export const zhCN: Translated<typeof en> = [
  chat,
  cli,
  common,
  conversation,
  decisions,
  documents,
  drills,
  fallback,
  filing,
  forms,
  inspection,
  integrations,
  nextStep,
  privateRoom,
  questions,
  reminders,
  report,
  retention,
  commands,
  rooms,
  text,
  views,
];
