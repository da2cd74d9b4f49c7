import { translate } from '../i18n/translate.ts';
import { isReported, reportedFrom } from '../law/levels.ts';
import { itemsNow } from '../report/items.ts';
import type { Block } from './cards/card.ts';
import { rowBlock } from './cards/sentence.ts';
import { firstFiling, form, levelText, type Situation, t } from './cards/situation.ts';

/**
 * Wording offered for the level's field of a first report while the level is open: the lowest reported level (从严), to
 * be confirmed by a person. Null for other fields, if it is printed or cannot be reached, and after filing or closing.
 */
export function offeredLevel(situation: Situation, field: string): string | null {
  const { state, ia, regime } = situation;
  const reading = itemsNow(situation)
    .flatMap(({ fields }) => fields)
    .find(({ definition }) => definition.id === field && definition.from === 'level');
  const level = regime.levels.find(({ role }) => role === 'reported');
  const isOpen = reading?.runs === null && isReported(regime, ia.assessment.ceiling);
  if (!isOpen || !level || state.closed || state.stopped || firstFiling(situation)) return null;
  // The words are Chinese for every reader, because the report is.
  return translate('zh-CN', 'report.level.cautious', { level: level.name.zh });
}

/** Offer to fill in the lowest reported level: the report needs a level, and only a person can state it. */
export function levelOffer(situation: Situation): readonly Block[] {
  const fields = situation.regime.items.flatMap((item) => item.fields);
  const field = fields.find(({ from }) => from === 'level')?.id;
  if (field === undefined || offeredLevel(situation, field) === null) return [];
  const text = t('items.level_open', { level: levelText(situation.regime, reportedFrom(situation.regime)) });
  const args = { incident: situation.state.id, field };
  return [rowBlock('open', text, [form('cautious_level', t('act.cautious_level'), 'wording', args)])];
}
