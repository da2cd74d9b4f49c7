import type { Action, Card, Text } from '../../../conversation/cards/card.ts';
import { localise } from '../../../conversation/cards/localise.ts';
import { isMessageKey } from '../../../i18n/translate.ts';
import type { Language } from '../../../incident/identity.ts';
import { CARD_COUNTS } from '../limits.ts';
import { fits } from '../text/cut.ts';

/** The card with shorter words on buttons and ticks whose label has more characters than they show. */
export function withShortLabels(card: Card, language: Language): Card {
  // A number may stand in front of what answers a question.
  const room = ({ does }: Action): number => CARD_COUNTS.buttonText - (does.kind === 'intent' ? 1 : 0);
  const shorter = (action: Action): Action => ({ ...action, label: short(action.label, language, room(action)) });
  const blocks = card.blocks.map((block) => {
    if (block.kind === 'actions' || block.kind === 'row') return { ...block, actions: block.actions.map(shorter) };
    if (block.kind !== 'choices') return block;
    const options = block.choice.options.map((option) => {
      return { ...option, label: short(option.label, language, CARD_COUNTS.voteText) };
    });
    return { ...block, choice: { ...block.choice, options } };
  });
  return { ...card, blocks };
}

/** `act.redraft` has its short words under `wecom.short.redraft`. */
function short(label: Text, language: Language, max: number): Text {
  const key = 'key' in label ? `wecom.short.${label.key.replace(/^[a-z]+\./, '')}` : '';
  if (!('key' in label) || !isMessageKey(key) || fits(localise(label, language), max)) return label;
  return label.params ? { key, params: label.params } : { key };
}
