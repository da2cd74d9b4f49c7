import type { Action, Card, Text } from '../../../conversation/cards/card.ts';
import { localise } from '../../../conversation/cards/localise.ts';
import { isMessageKey } from '../../../i18n/translate.ts';
import type { Language } from '../../../incident/identity.ts';
import { CARD_COUNTS } from '../limits.ts';
import { fits } from '../text/cut.ts';

/** The card with shorter words on buttons whose label has more than the ten characters a button shows. */
export function withShortLabels(card: Card, language: Language): Card {
  const shorter = (action: Action): Action => ({ ...action, label: short(action.label, language) });
  return {
    ...card,
    blocks: card.blocks.map((block) =>
      block.kind === 'actions' || block.kind === 'row' ? { ...block, actions: block.actions.map(shorter) } : block,
    ),
  };
}

/** `act.redraft` has its short words under `wecom.short.redraft`. */
function short(label: Text, language: Language): Text {
  const key = 'key' in label ? `wecom.short.${label.key.replace(/^[a-z]+\./, '')}` : '';
  return isMessageKey(key) && !fits(localise(label, language), CARD_COUNTS.buttonText) ? { key } : label;
}
