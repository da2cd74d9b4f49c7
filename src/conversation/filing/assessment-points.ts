import { type Finding, type Point, pointsOf } from '../../incident/facts/assessment-points.ts';
import { CRIME } from '../../incident/facts/circumstances.ts';
import { entityOf, systemOf } from '../../incident/facts/law-facts.ts';
import type { PointAssessment } from '../../incident/state.ts';
import { estimatesOf, itemsNow } from '../../report/items.ts';
import { affectedAspects } from '../asking/open-facts.ts';
import type { Action, Block, Card, Text } from '../cards/card.ts';
import { cardOf } from '../cards/headline.ts';
import { rowBlock, textBlock } from '../cards/sentence.ts';
import { at, fill, intent, personText, type Situation, t } from '../cards/situation.ts';
import { delayRows } from './changes-since-filing.ts';
import { pointText } from './filing-lines.ts';

/** Point of the internal assessment with a person's finding; without one, with a hint from the record. */
export interface PointStatus {
  readonly point: Point;
  readonly finding: Finding;
  readonly assessed: PointAssessment | null;
  readonly hint: Text | null;
}

interface Prefill {
  readonly finding: Finding;
  readonly hint: Text | null;
}
const open = (hint: Text | null = null): Prefill => ({ finding: 'open', hint });
const settled = (hint: Text | null = null): Prefill => ({ finding: 'settled', hint });
const notApplicable = (hint: Text | null = null): Prefill => ({ finding: 'not_applicable', hint });

export function pointStatuses(situation: Situation): readonly PointStatus[] {
  return pointsOf(situation.regime, situation.state.organisation).map((point) => {
    const assessed = situation.state.points[point.id] ?? null;
    const { finding, hint } = point.from ? PREFILLS[point.from](situation, point.id) : open();
    return { point, finding: assessed?.finding ?? finding, assessed, hint };
  });
}

/** Number of open points in a sentence, e.g. "4 of 9 assessment points open"; they never block a first report. */
function openPointsText(situation: Situation): Text {
  const { n, all } = openPoints(situation);
  return n === 0 ? t('points.none_open') : t('points.open', { n, all });
}

/** Block with the number of open points, for an approval or a draft; the list itself names the points. */
export function openPointsBlocks(situation: Situation): readonly Block[] {
  const { n, all } = openPoints(situation);
  return n === 0 ? [] : [textBlock(t('points.not_blocking', { n, all }))];
}

function openPoints(situation: Situation): { readonly n: number; readonly all: number } {
  const all = pointStatuses(situation);
  return { n: all.filter(({ finding }) => finding === 'open').length, all: all.length };
}

/** Prefilled findings and hints from the record; a person adds the rest. */
const PREFILLS: Readonly<Record<NonNullable<Point['from']>, (situation: Situation, point: string) => Prefill>> = {
  facts: (situation) => {
    const unknown = Object.values(situation.state.facts).filter(({ value }) => value === 'unknown');
    const hint = t('points.facts', { estimates: estimatesOf(itemsNow(situation)), unknown: unknown.length });
    return open(hint);
  },
  level: ({ state, ia }) => {
    const questions = ia.assessment.warnings.filter(({ question }) => !state.readings[question]).length;
    if (questions > 0) return open(t('points.questions', { n: questions }));
    return state.levelDecision ? settled(t('points.level')) : open();
  },
  system_filing: ({ state }) => {
    const system = systemOf(state);
    if (system?.mlpsLevel === undefined) return open();
    if (system.mlpsLevel < 2) return notApplicable(t('points.mlps_level', { n: system.mlpsLevel }));
    return system.mlpsFiling === undefined
      ? open(t('points.mlps_level', { n: system.mlpsLevel }))
      : settled(t('points.mlps_filed', { n: system.mlpsLevel }));
  },
  personal_data: withoutPersonalData,
  crime_duty: ({ state, ia }, point) => {
    const suspected = state.facts[CRIME]?.value;
    if (suspected === false) return notApplicable(t('points.no_crime'));
    return dutiesOf(point, ia).some(({ filing }) => filing) ? settled(t('points.reported')) : open();
  },
  sector_duty: ({ state, ia }, point) => {
    const entity = entityOf(state);
    if (entity && entity.sectorRules === undefined) return open(t('points.no_sector'));
    return dutiesOf(point, ia).some(({ filing }) => filing) ? settled(t('points.reported')) : open();
  },
  duty_to_people: ({ state, ia }, point) => {
    const isPerson = (id: string): boolean => ia.regime.recipients.some((one) => one.id === id && one.people === true);
    const duties = dutiesOf(point, ia).filter(({ recipient }) => isPerson(recipient));
    if (duties.length === 0) return affectedAspects(state) ? notApplicable(t('points.no_personal_data')) : open();
    return duties.every(({ filing }) => filing) ? settled(t('points.reported')) : open();
  },
};

/** Duties whose filing settles a point. */
function dutiesOf(point: string, { regime, obligations }: Situation['ia']): Situation['ia']['obligations'] {
  const contents = new Set(regime.contents.flatMap((one) => (one.point === point ? [one.id] : [])));
  return obligations.filter(({ content }) => contents.has(content));
}

function withoutPersonalData({ state }: Situation): Prefill {
  const affected = affectedAspects(state);
  return affected && !affected.includes('personal_info') && !affected.includes('data')
    ? notApplicable(t('points.no_personal_data'))
    : open();
}

/** Internal assessment: findings with author and time. Notes are for counsel and shown only in their form. */
export function assessmentCard(situation: Situation): Card {
  const all = pointStatuses(situation);
  return cardOf(situation, t('points.title'), openPointsText(situation), [
    textBlock(t('points.rule')),
    ...delayRows(situation),
    ...all.map((one) => row(situation, one)),
  ]);
}

function row(situation: Situation, { point, finding, assessed, hint }: PointStatus): Block {
  const params = { point: pointText(situation, point.id), finding: t(`finding.${finding}`) };
  const text = assessed
    ? t('points.row_by', { ...params, by: personText(situation.state, assessed.by), at: at(situation, assessed.at) })
    : hint
      ? t('points.row_hint', { ...params, hint })
      : t('points.row', params);
  return rowBlock(finding === 'open' ? 'open' : 'done', text, rowActions(situation, point.id, finding));
}

function rowActions(situation: Situation, point: string, finding: Finding): readonly Action[] {
  if (situation.state.closed) return [];
  const more = fill(situation, 'assess', { point }, `assess_${point}`);
  if (finding !== 'open') return [more];
  return [intent(`settled_${point}`, t('finding.settled'), { type: 'assess_point', point, finding: 'settled' }), more];
}
