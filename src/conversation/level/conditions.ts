import type { OwedObligation } from '../../incident/facts/owed.ts';
import { operatorIs } from '../../law/condition.ts';
import { isReported } from '../../law/levels.ts';
import { operatorOpen } from '../asking/context-questions.ts';
import type { Text } from '../cards/card.ts';
import { fromText, joined, operatorClause, type Situation, t } from '../cards/situation.ts';

/** Conditions on which duties are owed while the level or the kind of operator is open. */

/** Level that people decided, otherwise the level by the figures. */
export function shownLevel({ state, ia }: Situation): string {
  return state.levelDecision?.level ?? ia.assessment.floor;
}

/** Returns true if a reportable level is certain or decided. */
export function isReached(situation: Situation): boolean {
  return isReported(situation.regime, shownLevel(situation));
}

/** Conditions of a duty: an unknown start, an open level or open facts; null if it is certain. */
function provisoText(
  situation: Pick<Situation, 'regime'>,
  duty: Pick<OwedObligation, 'id' | 'provisional' | 'isLatest'>,
): Text | null {
  const ofLevel = situation.regime.obligations.find(({ id }) => id === duty.id)?.minLevel !== undefined;
  const conditions = [
    ...(duty.isLatest ? [t('remind.at_latest')] : []),
    ...(duty.provisional
      ? [ofLevel ? t('remind.if_level', { from: fromText(situation.regime) }) : t('remind.if_facts')]
      : []),
  ];
  return conditions.length === 0 ? null : joined(conditions, 'semicolon');
}

/**
 * Condition of a duty, e.g. "if CII is involved"; null if it is owed in any case. `name` spells the kind of operator
 * out, where no line before has done so.
 */
export function conditionOf(
  situation: Situation,
  clock: OwedObligation,
  operator: 'short' | 'name' = 'short',
): Text | null {
  if (clock.form !== 'first') return provisoText(situation, clock);
  return firstCondition(situation.regime, provisoOf(situation, clock, operator));
}

/** Conditions of a first report. */
export interface Proviso {
  /** Clause on the kind of operator that owes the report; null once the kind is known. */
  readonly operator: Text | null;
  /** True if that is the usual kind of operator, i.e. the answer "no" to the question. */
  readonly isUsual: boolean;
  /** True while the level from which the report is owed is not reached. */
  readonly level: boolean;
}

/** Conditions on which a first report is owed. */
export function provisoOf(situation: Situation, clock: OwedObligation, named: 'short' | 'name' = 'short'): Proviso {
  const { regime } = situation;
  const level = clock.provisional && !isReached(situation);
  const when = regime.obligations.find(({ id }) => id === clock.id)?.when;
  const kinds = regime.operators.map(({ id }) => id);
  const asked = operatorOpen(situation) && when && 'operator' in when ? when.operator : null;
  // A kind that is certain is no condition, though the question of another kind is open.
  const kind = asked === null || operatorIs(asked, situation.ia.operator, kinds) === 'yes' ? null : asked;
  const { usual, asked: first, rare } = regime.operatorQuestion ?? {};
  const operator = kind !== null && [usual, first, rare].includes(kind) ? operatorClause(regime, kind, named) : null;
  const isUsual = operator !== null && kind === usual;
  return { operator, isUsual, level };
}

/** Text of the conditions of a first report; null if it is owed in any case. */
export function firstCondition(regime: Situation['regime'], { operator, level }: Proviso): Text | null {
  if (!level) return operator && t('remind.if_operator', { operator });
  const from = fromText(regime);
  return operator ? t('remind.if_operator_level', { operator, from }) : t('remind.if_level', { from });
}
