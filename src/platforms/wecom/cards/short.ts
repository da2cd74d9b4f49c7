import type { Action, Card, Text } from '../../../conversation/card.ts';
import { localise } from '../../../conversation/localise.ts';
import type { MessageKey } from '../../../i18n/keys.ts';
import type { Language } from '../../../incident/identity.ts';
import { CARD_COUNTS } from '../limits.ts';
import { fits } from '../text/cut.ts';

/** Labels that find no room on a button of ten characters, and shorter words for the same. */
const SHORT: Partial<Record<MessageKey, MessageKey>> = {
  'act.add_information': 'wecom.short.add_information',
  'act.add_task': 'wecom.short.add_task',
  'act.another_level': 'wecom.short.another_level',
  'act.answer_questions': 'wecom.short.answer_questions',
  'act.answers': 'wecom.short.answers',
  'act.ask_approval': 'wecom.short.ask_approval',
  'act.assessment': 'wecom.short.assessment',
  'act.compile': 'wecom.short.compile',
  'act.confirm_level': 'wecom.short.confirm_level',
  'act.docx': 'wecom.short.docx',
  'act.end_handling': 'wecom.short.end_handling',
  'act.english': 'wecom.short.english',
  'act.file': 'wecom.short.file',
  'act.file_unapproved': 'wecom.short.file_unapproved',
  'act.first_report_now': 'wecom.short.first_report_now',
  'act.internal': 'wecom.short.internal',
  'act.leave_chat': 'wecom.short.leave_chat',
  'act.phone_report': 'wecom.short.phone_report',
  'act.read_exactly': 'wecom.short.read_exactly',
  'act.request': 'wecom.short.request',
  'act.script': 'wecom.short.script',
  'act.send': 'wecom.short.send',
  'act.snooze': 'wecom.short.snooze',
  'act.stop_secret': 'wecom.short.stop_secret',
  'act.take_lead': 'wecom.short.take_lead',
  'act.wording': 'wecom.short.wording',
};

/** The card with labels that fit where there are any. */
export function withShortLabels(card: Card, language: Language): Card {
  const shorter = (action: Action): Action => ({ ...action, label: short(action.label, language) });
  return {
    ...card,
    blocks: card.blocks.map((block) =>
      block.kind === 'actions' || block.kind === 'row' ? { ...block, actions: block.actions.map(shorter) } : block,
    ),
  };
}

function short(label: Text, language: Language): Text {
  const key = 'key' in label ? SHORT[label.key] : undefined;
  return key === undefined || fits(localise(label, language), CARD_COUNTS.buttonText) ? label : { key };
}
