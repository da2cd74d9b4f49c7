import { translate } from '../i18n/translate.ts';
import { itemsNow } from '../report/items.ts';
import { rowBlock } from './cards/blocks.ts';
import type { Block } from './cards/card.ts';
import { firstFiling, form, levelText, rankOf, type Situation, t } from './cards/situation.ts';

/** Lowest level that Art. 4 wants reported. */
export const CAUTIOUS = 'major';

/**
 * Words with which a first report goes out as 较大 while the level is open (从严), for a person to confirm in the form of
 * the level's field. Null for other fields, once the report prints a level, or when nothing that is open can reach 较大.
 */
export function offeredLevel(situation: Situation, field: string): string | null {
  const { state, ia, regime } = situation;
  const reading = itemsNow(situation)
    .flatMap(({ fields }) => fields)
    .find(({ definition }) => definition.id === field && definition.from === 'level');
  const level = regime.levels.find(({ id }) => id === CAUTIOUS);
  const isOpen = reading?.runs === null && rankOf(ia.assessment.ceiling) >= rankOf(CAUTIOUS);
  if (!isOpen || !level || state.closed || state.stopped || firstFiling(situation)) return null;
  // Chinese for every reader: it is the language of the report that the words go into.
  return translate('zh-CN', 'report.level.cautious', { level: level.name.zh });
}

/** Offer to report first as 较大: item 2 needs a level, and only a person can say one. */
export function levelOffer(situation: Situation): readonly Block[] {
  const fields = situation.regime.items.flatMap((item) => item.fields);
  const field = fields.find(({ from }) => from === 'level')?.id;
  if (field === undefined || offeredLevel(situation, field) === null) return [];
  const text = t('items.level_open', { level: levelText(situation.regime, CAUTIOUS) });
  const args = { incident: situation.state.id, field };
  return [rowBlock('open', text, [form('cautious_level', t('act.wording'), 'wording', args)])];
}
