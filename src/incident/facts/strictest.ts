import { rankOf } from '../../law/levels.ts';
import type { IncidentAssessment } from './assessment.ts';
import { type Clock, judgedFilings, type OwedObligation } from './owed.ts';

/**
 * Strictest assessment of a record with unconfirmed answers, over the stated values (`stated`) and the earlier ones
 * (`others`). Every duty of any of them is owed at its earliest limit, and the level is the highest.
 */
export function strictest(stated: IncidentAssessment, others: readonly IncidentAssessment[]): IncidentAssessment {
  const all = [stated, ...others];
  const graded = all.reduce((highest, one) => (isHigher(one, highest) ? one : highest));
  const obligations = all.map((one) => one.obligations).reduce(joined);
  const clocks = obligations.filter((duty): duty is Clock => duty.due !== null);
  const owed = obligations.flatMap(({ id, filing, status }) => (filing || status === 'void' ? [] : [id]));
  const laws = all.reduce((most, one) => (lawsIn(one) > lawsIn(most) ? one : most));
  return {
    ...stated,
    regime: laws.regime,
    assessment: { ...graded.assessment, obligations: stated.assessment.obligations },
    level: graded.levelDecided ? stated.level : graded.level,
    obligations,
    filings: judgedFilings(stated.filings, obligations),
    clocks,
    owed,
    phase: graded.phase,
    crossings: graded.crossings,
    anchors: { ...graded.anchors, ...stated.anchors },
  };
}

function isHigher(one: IncidentAssessment, than: IncidentAssessment): boolean {
  const { regime } = than;
  const by = (level: 'floor' | 'ceiling') =>
    rankOf(regime, one.assessment[level]) - rankOf(regime, than.assessment[level]);
  return by('floor') > 0 || (by('floor') === 0 && by('ceiling') > 0);
}

function lawsIn({ regime }: IncidentAssessment): number {
  return regime.obligations.length;
}

/** Duties of both lists, shortest limit first; a duty in both lists gets the stricter data of the two. */
function joined(duties: readonly OwedObligation[], more: readonly OwedObligation[]): readonly OwedObligation[] {
  const others = new Map(more.map((duty) => [duty.id, duty]));
  const known = new Set(duties.map(({ id }) => id));
  const added = more.filter(({ id }) => !known.has(id));
  const kept = duties.map((duty) => {
    const other = others.get(duty.id);
    return other ? stricter(duty, other) : duty;
  });
  const minutes = ({ dueMinutes }: OwedObligation): number => dueMinutes ?? Number.MAX_SAFE_INTEGER;
  return added.length === 0 ? kept : [...kept, ...added].toSorted((a, b) => minutes(a) - minutes(b));
}

const STATUS = ['void', 'met', 'running', 'late'] as const;

function stricter(a: OwedObligation, b: OwedObligation): OwedObligation {
  if (a.status === 'void' || b.status === 'void') return a.status === 'void' ? b : a;
  if (a.due === b.due && a.status === b.status && a.provisional === b.provisional) return a;
  const due = [a, b].filter((one) => one.due !== null).toSorted((x, y) => instant(x) - instant(y))[0] ?? a;
  const status = STATUS.indexOf(a.status) >= STATUS.indexOf(b.status) ? a.status : b.status;
  const { dueMinutes, anchor } = due;
  const filing = (b.filing?.lateSeconds ?? 0) > (a.filing?.lateSeconds ?? 0) ? b.filing : a.filing;
  return { ...a, due: due.due, dueMinutes, anchor, provisional: a.provisional && b.provisional, filing, status };
}

function instant({ due }: OwedObligation): number {
  return due === null ? Number.POSITIVE_INFINITY : Date.parse(due);
}
