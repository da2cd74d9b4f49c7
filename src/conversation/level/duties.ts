import type { OwedObligation } from '../../incident/facts/assessment.ts';
import type { ObligationRule } from '../../law/regime.ts';
import type { Source } from '../../law/types.ts';
import type { Text } from '../cards/card.ts';
import { contentText, dueAt, joined, lawText, ofPart, type Situation, t } from '../cards/situation.ts';

/** Duties that do not depend on the level. */
export function dutiesOf({ ia }: Pick<Situation, 'ia'>): readonly OwedObligation[] {
  return ia.obligations.filter((o) => o.form !== 'first' && o.form !== 'final' && !o.filing && o.status !== 'void');
}
/** Duties one report serves stand together, as the duty named first; those of one article follow each other. */
export function dutyGroups(situation: Pick<Situation, 'ia' | 'regime'>): readonly (readonly OwedObligation[])[] {
  const groups = Map.groupBy(dutiesOf(situation), (duty) => {
    const together = ruleOf(situation, duty)?.together ?? duty.id;
    return `${together} ${duty.due ?? ''} ${duty.provisional}`;
  });
  return [...groups.values()];
}
/** 立即通知个人（个人信息保护法 第…条）, with 待确认 while facts are open. */
export function dutyTexts(situation: Situation): readonly Text[] {
  return dutyGroups(situation).flatMap((duties): readonly Text[] => {
    const [first] = duties;
    if (!first) return [];
    const params = {
      article: joined(duties.map(ruleText)),
      what: dutyName(situation, first),
    };
    const text = first.due
      ? t('verdict.duty_due', { ...params, due: dueAt(situation, first.due) })
      : t('verdict.duty_promptly', { ...params, word: urgencyText(situation, first) });
    return [first.provisional ? t('verdict.duty_possible', { duty: text }) : text];
  });
}
function ruleOf({ regime }: Pick<Situation, 'regime'>, { id }: Pick<OwedObligation, 'id'>): ObligationRule | undefined {
  return regime.obligations.find((rule) => rule.id === id);
}
/** The law's word where there is no figure: 及时 and 立即 are never mixed up. */
export function urgencyText(situation: Pick<Situation, 'regime'>, duty: Pick<OwedObligation, 'id'>): Text {
  const rule = ruleOf(situation, duty);
  if (rule?.urgency) return lawText(rule.urgency);
  const period = rule?.period;
  return t(`urgency.${(period?.kind === 'promptly' && period.word) || 'promptly'}`);
}
/** Returns true for a duty of a clock pack or contract. */
export function isOfPack(
  { regime }: Pick<Situation, 'regime'>,
  { regime: of }: Pick<OwedObligation, 'regime'>,
): boolean {
  return regime.packs?.some(({ id }) => id === of) ?? false;
}
/** On what a duty depends that is only possible; null for one that is certain. */
export function provisoText(
  situation: Pick<Situation, 'regime'>,
  duty: Pick<OwedObligation, 'id' | 'provisional'>,
): Text | null {
  if (!duty.provisional) return null;
  return ruleOf(situation, duty)?.minLevel === undefined ? t('remind.if_facts') : t('remind.if_level');
}
/** Without the country every Chinese law begins with; of an authority that asked for something, its name. */
export function articleText({ instrument, article, url }: Pick<Source, 'instrument' | 'article' | 'url'>): Text {
  if (url === '') return ofPart('texts', instrument);
  const text = `${instrument.replace('中华人民共和国', '')} ${article}`;
  return lawText({ zh: text, en: text });
}
/** The article a duty is from; of a contract its clause. */
export function ruleText({ rank, source }: Pick<OwedObligation, 'rank' | 'source'>): Text {
  if (rank !== 'contract') return articleText(source);
  return source.article === '' ? t('rank.contract') : ofPart('texts', source.article);
}
export function dutyName({ regime }: Pick<Situation, 'regime'>, duty: Pick<OwedObligation, 'id' | 'content'>): Text {
  const title = ruleOf({ regime }, duty)?.title;
  return title ? lawText(title) : contentText(regime, duty.content);
}
