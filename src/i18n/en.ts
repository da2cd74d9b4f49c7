import chat from './en/chat.json' with { type: 'json' };
import cli from './en/cli.json' with { type: 'json' };
import commands from './en/commands.json' with { type: 'json' };
import common from './en/common.json' with { type: 'json' };
import conversation from './en/conversation.json' with { type: 'json' };
import decisions from './en/decisions.json' with { type: 'json' };
import documents from './en/documents.json' with { type: 'json' };
import drills from './en/drills.json' with { type: 'json' };
import fallback from './en/fallback.json' with { type: 'json' };
import filing from './en/filing.json' with { type: 'json' };
import forms from './en/forms.json' with { type: 'json' };
import inspection from './en/inspection.json' with { type: 'json' };
import integrations from './en/integrations.json' with { type: 'json' };
import nextStep from './en/next-step.json' with { type: 'json' };
import privateRoom from './en/private-room.json' with { type: 'json' };
import questions from './en/questions.json' with { type: 'json' };
import reminders from './en/reminders.json' with { type: 'json' };
import report from './en/report.json' with { type: 'json' };
import retention from './en/retention.json' with { type: 'json' };
import rooms from './en/rooms.json' with { type: 'json' };
import text from './en/text.json' with { type: 'json' };
import views from './en/views.json' with { type: 'json' };

/** English messages of the core, one object per topic; platforms add their own. */
export const en = [
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
] as const;
