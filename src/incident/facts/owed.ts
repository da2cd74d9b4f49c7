import { minutesAfter } from '../../law/calendar.ts';
import { keptFor } from '../../law/kept-for.ts';
import { isReported, rankOf } from '../../law/levels.ts';
import { servedTogether } from '../../law/obligations.ts';
import { type FormReport, type Regime, reportOf } from '../../law/regime.ts';
import type { AnchorName, Anchors, Assessment, Iso, Obligation, Rank, Recipient, Source } from '../../law/types.ts';
import type { AuthorityRequest, Filing, IncidentState } from '../state.ts';

export type ClockStatus = 'running' | 'met' | 'late' | 'void';

/** A duty with its result. A duty with a due time is a clock. */
export interface OwedObligation {
  readonly id: string;
  readonly recipient: Recipient;
  readonly due: Iso | null;
  readonly dueMinutes: number | null;
  readonly anchor: AnchorName;
  /** True if `due` is the latest possible limit: the start is not known, and the true limit may have passed. */
  readonly isLatest?: true;
  readonly provisional: boolean;
  readonly status: ClockStatus;
  readonly content: string;
  /** Report of the regime's form that meets the duty; null for a paper, a request, or a duty of a pack. */
  readonly form: FormReport | null;
  readonly source: Source;
  readonly filing: Filing | null;
  /** Regime, pack or contract of the duty, and its rank. */
  readonly regime: string;
  readonly rank: Rank;
  readonly repeats?: Obligation['repeats'];
  readonly uncovered?: Obligation['uncovered'];
  readonly otherwise?: Obligation['otherwise'];
  /** Deadline counted from the crossing of a threshold instead of awareness; a person chooses the reading to use. */
  readonly fromCrossing: { readonly at: Iso; readonly due: Iso } | null;
}
export type Clock = OwedObligation & { readonly due: Iso };

/**
 * Returns true while a decision that no report is needed is in force. It is bound to the figures its deciders saw: once
 * the figures reach a higher level, all duties are owed again.
 */
export function endsReporting(
  state: Pick<IncidentState, 'levelDecision' | 'notReportable'>,
  regime: Regime,
  { floor }: Pick<Assessment, 'floor'>,
): boolean {
  const seen = [
    ...(state.levelDecision && isDecidedBelow(state, regime) ? [state.levelDecision.floor] : []),
    ...(state.notReportable ? [state.notReportable.floor] : []),
  ];
  if (seen.length === 0) return false;
  return !isReported(regime, floor) || seen.some((one) => rankOf(regime, floor) <= rankOf(regime, one));
}

/** Returns true if people decided a level that need not be reported. */
export function isDecidedBelow({ levelDecision }: Pick<IncidentState, 'levelDecision'>, regime: Regime): boolean {
  return levelDecision !== null && !isReported(regime, levelDecision.level);
}

export function hasReported({ filings }: Pick<IncidentState, 'filings'>): boolean {
  return filings.some(({ form }) => form === 'first');
}

/** Duties that were met but no longer follow from the facts: their filings stay as evidence. */
export function filedBefore(
  state: IncidentState,
  regime: Regime,
  { obligations }: Assessment,
): readonly OwedObligation[] {
  if (state.filings.length === 0) return [];
  const listed = new Set(obligations.map(({ id }) => id));
  const groups = Map.groupBy(state.filings, ({ obligation }) => obligation);
  return [...groups].flatMap(([obligation, those]): readonly OwedObligation[] => {
    const rule = listed.has(obligation) ? undefined : regime.obligations.findLast(({ id }) => id === obligation);
    const filing = rule?.repeat ? latestOf(those) : firstOf(those);
    if (!rule || !filing) return [];
    const { id, recipient, anchor, content, source, period } = rule;
    const dueMinutes = period.kind === 'minutes' ? period.minutes : null;
    const form = reportOf(regime, content);
    const before = state.voidedFilings.find((one) => one.obligation === id && one.due !== null);
    const due = filing.due ?? before?.due ?? null;
    const duty = { id, recipient, anchor, content, form, source, due, dueMinutes };
    const of = { regime: rule.regime ?? regime.id, rank: rule.rank ?? ('law' as const) };
    return [
      {
        ...{ ...duty, ...of, provisional: false, filing: judged(filing, due), fromCrossing: null },
        status: statusOf(duty, filing, 0, false),
        ...(rule.repeat ? { repeats: { minutes: rule.repeat.minutes } } : {}),
      },
    ];
  });
}

/** Filing by which a repeated duty that is over is judged: the one furthest behind its own limit, otherwise the first. */
function latestOf(filings: readonly Filing[]): Filing | null {
  const late = ({ unconfirmed, due, lateSeconds }: Filing): number =>
    unconfirmed !== undefined && due !== null ? Number.POSITIVE_INFINITY : lateSeconds;
  return filings.reduce<Filing | null>((most, one) => (most && late(most) >= late(one) ? most : one), null);
}

/**
 * Recipients of a report of the form: those of the duties it discharges. While the kind of operator is open they are
 * provisional, and the recipient with the shortest limit comes first.
 */
export function addresseesOf(obligations: readonly OwedObligation[], form: FormReport): readonly Recipient[] {
  const owed = obligations.filter((one) => one.form === form && one.status !== 'void');
  const firm = owed.filter(({ provisional }) => !provisional);
  const initial = obligations.filter((one) => one.form === 'first' && one.status !== 'void');
  const filed = initial.filter(({ filing }) => filing !== null);
  // The final report has the recipient of the first report, whether sent or still due.
  const chosen = [firm, owed, filed, initial].find((some) => some.length > 0) ?? [];
  return [...new Set(chosen.map(({ recipient }) => recipient))];
}

interface Circumstances {
  readonly regime: Regime;
  /** Incident time, epoch milliseconds. */
  readonly now: number;
  readonly voided: (o: Obligation) => boolean;
  /** Instant at which the level that must be reported was first reached, if later than awareness. */
  readonly crossed: Iso | null;
  readonly anchors: Anchors;
}

export function withStatus(
  o: Obligation,
  state: IncidentState,
  { regime, now, voided, crossed, anchors }: Circumstances,
): OwedObligation {
  // A repeated duty stays open until the anchor that ends it is known.
  const found = o.repeats ? null : filingFor(o, state, regime, anchors);
  const latest = o.due ?? o.latestDue ?? null;
  const due = found ? dueOfFiling(o, latest, found, state, regime.zone) : latest;
  const filing = found && judged(found, due);
  const form = reportOf(regime, o.content);
  const owed: OwedObligation = {
    id: o.id,
    recipient: o.recipient,
    due,
    dueMinutes: o.dueMinutes,
    anchor: o.anchor,
    provisional: o.provisional ?? false,
    content: o.content,
    form,
    source: o.source,
    regime: o.regime ?? regime.id,
    rank: o.rank ?? 'law',
    filing,
    status: statusOf({ due }, filing, now, voided(o)),
    fromCrossing: form === 'first' ? crossingDue(o, crossed) : null,
  };
  const { repeats, uncovered, otherwise, latestDue } = o;
  if (!repeats && !uncovered && !otherwise && latestDue === undefined) return owed;
  return {
    ...owed,
    ...(latestDue === undefined ? {} : { isLatest: true as const }),
    ...(repeats ? { repeats } : {}),
    ...(uncovered ? { uncovered } : {}),
    ...(otherwise ? { otherwise } : {}),
  };
}

/**
 * Filing of a duty; for one that is owed again after a change, a filing since that change. A report on the handling as a
 * whole cannot have been made before the handling ended: if it was resumed, the next end has its own report.
 */
function filingFor(
  { id, anchor }: Obligation,
  { filings }: IncidentState,
  regime: Regime,
  anchors: Anchors,
): Filing | null {
  if (filings.length === 0) return null;
  const isRenewed = anchor === 'handling_end' || rulesOf(regime).byId.get(id)?.again;
  const news = isRenewed ? anchors[anchor] : undefined;
  const since = news === undefined ? filings : filings.filter(({ filedAt }) => Date.parse(filedAt) >= Date.parse(news));
  return filingOf(id, since, regime);
}

/** Rules by id (the first text of each rule), and for each id the duties whose filing meets it, itself first. */
const rulesOf = keptFor(({ obligations }: Regime) => {
  const byId = new Map(obligations.toReversed().map((rule) => [rule.id, rule] as const));
  const together = Map.groupBy(obligations, servedTogether);
  const metBy = [...byId].map(([id, rule]) => {
    const key = servedTogether(rule);
    const others = key === null ? [] : (together.get(key) ?? []);
    return [id, [id, ...others.map((other) => other.id)]] as const;
  });
  return { byId, metBy: new Map(metBy) };
});

/** Obligation from an authority's request, treated like one from the law; its source is the authority's words. */
export function requested(request: AuthorityRequest, state: IncidentState, now: number): OwedObligation {
  const { id, recipient, from, what, receivedAt, due = null } = request;
  const found = firstOf(state.filings.filter((f) => f.obligation === id));
  const filing = found && judged(found, due);
  return {
    id,
    recipient,
    due,
    dueMinutes: due === null ? null : Math.round((Date.parse(due) - Date.parse(receivedAt)) / 60_000),
    anchor: 'request',
    provisional: false,
    content: 'authority_request',
    form: null,
    source: {
      instrument: from,
      article: '',
      quote: what,
      url: '',
      effective: receivedAt,
      checked: receivedAt,
      verification: 'primary',
    },
    regime: '',
    rank: 'law',
    filing,
    status: statusOf({ due }, filing, now, request.dropped !== null),
    fromCrossing: null,
  };
}

/** Filing that discharged a duty: its own, or that of a duty that the same report meets. */
function filingOf(id: string, filings: readonly Filing[], regime: Regime): Filing | null {
  for (const duty of rulesOf(regime).metBy.get(id) ?? []) {
    const filing = firstOf(filings.filter(({ obligation }) => obligation === duty));
    if (filing) return filing;
  }
  return null;
}

/** Filing that was made first; one whose time is not confirmed counts only if there is no other. */
export function firstOf(filings: readonly Filing[]): Filing | null {
  if (filings.length < 2) return filings[0] ?? null;
  const confirmed = filings.filter(({ unconfirmed }) => unconfirmed === undefined);
  const some = confirmed.length > 0 ? confirmed : filings;
  return some.reduce((first, one) => (Date.parse(one.filedAt) < Date.parse(first.filedAt) ? one : first));
}

/** Filing with the limit by which it is judged, and its lateness. */
export function judged(filing: Filing, due: Iso | null): Filing {
  const lateSeconds = lateBy(due, filing.filedAt);
  return filing.due === due && filing.lateSeconds === lateSeconds ? filing : { ...filing, due, lateSeconds };
}

/** Seconds by which an instant is after a limit; 0 without one. */
export function lateBy(due: Iso | null, at: Iso): number {
  return due === null ? 0 : Math.round(Math.max(0, Date.parse(at) - Date.parse(due)) / 1000);
}

/** Returns true if a filing for a duty was late, or counts as late until its time is confirmed. */
export function isFiledLate(
  { filings, obligations }: { readonly filings: readonly Filing[]; readonly obligations: readonly OwedObligation[] },
  duty: string,
): boolean {
  return (
    filings.some(({ obligation, lateSeconds }) => obligation === duty && lateSeconds > 0) ||
    obligations.some(({ id, filing, status }) => id === duty && filing !== null && status === 'late')
  );
}

/**
 * Filings, each judged by the limit of the duty it meets, of several duties by the strictest; a later filing for a duty
 * that is met has no limit. Where no duty counts a filing (e.g. a repeated one), its limit is that of its entry.
 */
export function judgedFilings(filings: readonly Filing[], obligations: readonly OwedObligation[]): readonly Filing[] {
  if (filings.length === 0) return filings;
  const met = obligations.flatMap(({ id, filing, repeats }) => (filing ? [{ id, filing, repeats }] : []));
  return filings.map((one) => {
    const counted = met.filter(({ filing }) => filing.version === one.version);
    const strictest = counted.toSorted((a, b) => b.filing.lateSeconds - a.filing.lateSeconds)[0];
    if (strictest) return strictest.filing;
    // Each filing of a repeated duty had a limit of its own.
    return met.some(({ id, repeats }) => id === one.obligation && !repeats) ? judged(one, null) : one;
  });
}

function statusOf(o: Pick<Obligation, 'due'>, filing: Filing | null, now: number, voided: boolean): ClockStatus {
  // A filing that was entered after the limit with an earlier time counts as late until a second person confirms it.
  if (filing?.unconfirmed !== undefined && o.due !== null) return 'late';
  if (filing) return o.due !== null && Date.parse(filing.filedAt) > Date.parse(o.due) ? 'late' : 'met';
  if (voided) return 'void';
  return o.due !== null && now > Date.parse(o.due) ? 'late' : 'running';
}

/**
 * Limit by which a filing is judged: while nobody confirmed the start, the limit from the start that was on record when
 * the filing was recorded. A possible start entered later makes no filing late until a named person confirms it.
 */
function dueOfFiling(
  { anchor, dueMinutes }: Obligation,
  due: Iso | null,
  filing: Filing,
  { awareness, candidates }: IncidentState,
  zone: string,
): Iso | null {
  if (due === null || dueMinutes === null || anchor !== 'awareness' || awareness) return due;
  const startOf = (some: IncidentState['candidates']): number =>
    Math.min(...some.flatMap(({ reachedUs, instant }) => (reachedUs ? [Date.parse(instant)] : [])));
  const moved = startOf(candidates.filter(({ version }) => version < filing.version)) - startOf(candidates);
  return Number.isFinite(moved) && moved > 0 ? minutesAfter(due, moved / 60_000, zone) : due;
}

/** Deadline by the reading that counts from the crossing; the cautious clock runs from awareness. */
function crossingDue(o: Obligation, crossed: Iso | null): OwedObligation['fromCrossing'] {
  if (crossed === null || o.dueMinutes === null || o.due === null) return null;
  return { at: crossed, due: new Date(Date.parse(crossed) + o.dueMinutes * 60_000).toISOString() };
}
