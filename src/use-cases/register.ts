import { z } from 'zod';
import { localise } from '../conversation/cards/localise.ts';
import { dutyRecipient, levelText, type Situation, t } from '../conversation/cards/situation.ts';
import { kindOf } from '../conversation/filing/obligations.ts';
import { PHASES } from '../incident/facts/assessment.ts';
import { entityOf, systemOf } from '../incident/facts/law-facts.ts';
import type { Language } from '../incident/identity.ts';
import { beganAt } from '../incident/imported.ts';
import { leadOf } from '../incident/people/rights.ts';
import { shownTitle } from '../incident/record/without-words.ts';
import type { IncidentState } from '../incident/state.ts';
import { reveals, revealsClocks, type Visibility } from '../incident/visibility.ts';
import { keptFor } from '../law/kept-for.ts';
import { csvOf } from '../report/csv.ts';
import { dueStampOf, stampOf } from '../report/format.ts';
import type { SeenRow } from './list.ts';
import { nextDueOf, searchable } from './list-row.ts';
import type { IncidentFilter, IndexFilter } from './ports.ts';
import type { Seen } from './use-case-context.ts';

const instant = z.iso.datetime({ offset: true }).nullable();
const text = z.string().nullable();

const dutySchema = z.strictObject({
  id: z.string(),
  /** Kind of document, as named by the regime. */
  content: z.string(),
  /** Form of the report: `first`, or `final` for the summary report; null for anything else. */
  form: z.enum(['first', 'final']).nullable(),
  what: z.string(),
  to: z.string(),
  due: instant,
  /** True if `due` is the latest possible limit: the start is not known, and the true limit may have passed. */
  latest: z.boolean(),
  /** True while it is not certain that the duty exists. */
  provisional: z.boolean(),
  status: z.enum(['running', 'met', 'late', 'void']),
  filedAt: instant,
  /** True while no second person confirmed `filedAt`: the filing counts as late. */
  unconfirmed: z.boolean(),
  receipt: text,
});
export type RegisterDuty = z.infer<typeof dutySchema>;

/** Data of the list on the first report of an incident recorded afterwards. */
const recordedAfterwards = z.strictObject({
  /** Number in the list. */
  reference: text,
  recordedAt: instant,
  by: text,
  filedAt: instant,
  filedTo: text,
  receipt: text,
});

/** Incident in the register. Parts hidden from the reader are null, or an empty list. */
export const rowSchema = z.strictObject({
  id: z.string(),
  drill: z.boolean(),
  recordedAfterwards: recordedAfterwards.nullable(),
  title: text,
  phase: z.enum(PHASES).nullable(),
  level: text,
  /** The level in words, e.g. 较大 (Major, 2 of 4). */
  levelName: text,
  levelDecided: z.boolean().nullable(),
  lead: text,
  entity: text,
  system: text,
  declaredAt: instant,
  /** Confirmed time of awareness, or the working start while nobody confirmed one. */
  awareAt: instant,
  awarenessConfirmed: z.boolean().nullable(),
  /** Time of the verdict: a decision on the level, or "not reportable". */
  verdictAt: instant,
  draftedAt: instant,
  nextDue: instant,
  overdue: z.number().nullable(),
  handlingEndedAt: instant,
  closedAt: instant,
  duties: z.array(dutySchema),
});
export type RegisterRow = z.infer<typeof rowSchema>;

export interface RegisterQuery extends IndexFilter {
  /** Filter: incidents with an entry of this instant (ISO) or later. */
  readonly since?: string | undefined;
}

export interface RegisterSource {
  /** Returns the incidents that the reader may see, newest first. */
  rows(filter: Omit<IncidentFilter, 'limit'>): AsyncIterable<SeenRow> | Iterable<SeenRow>;
  /** Returns null if the law of an incident is not loaded. */
  situation(state: IncidentState): Situation | null;
}

async function* listed(query: RegisterQuery, source: RegisterSource): AsyncGenerator<SeenRow> {
  const { open, from = '', until = '9999', drills = false } = query;
  for await (const seen of source.rows(open === undefined ? {} : { open })) {
    const day = stampOf(seen.row.declaredAt).slice(0, 10);
    if ((drills || !seen.row.drill) && day >= from && day <= until) yield seen;
  }
}

export async function register(
  query: RegisterQuery,
  language: Language,
  source: RegisterSource,
): Promise<readonly RegisterRow[]> {
  const found: RegisterRow[] = [];
  for await (const { read } of listed(query, source)) {
    const seen = await read();
    const row = seen && isFound(seen, query, language) ? rowOf(seen, language, source) : null;
    if (row && isWanted(row, query)) found.push(row);
  }
  return found;
}

/** Rows of a closed incident, which change only with a new entry of its record, by language and visible parts. */
const ended = keptFor((_: IncidentState) => new Map<string, RegisterRow>());

export function rowOf({ state, shown }: Seen, language: Language, source: RegisterSource): RegisterRow | null {
  const parts = shown.show === 'parts' ? [...shown.parts].toSorted() : [];
  const of = state.closed ? [language, JSON.stringify(shown), ...parts].join(' ') : '';
  const known = state.closed ? ended(state).get(of) : undefined;
  if (known) return known;
  const situation = source.situation(state);
  const row = situation && registerRow(situation, shown, language);
  if (row && state.closed && row.duties.every(({ status }) => status !== 'running')) ended(state).set(of, row);
  return row;
}

function isWanted(row: RegisterRow, { level, phase }: RegisterQuery): boolean {
  const fits = (wanted: string | undefined, is: string | null): boolean => wanted === undefined || wanted === is;
  return fits(level, row.level) && fits(phase, row.phase);
}

/** Returns true if the visible content matches a search; of an incident with limited visibility only the row counts. */
export function isFound({ state, shown }: Seen, { search, lead, since }: RegisterQuery, language: Language): boolean {
  if (since !== undefined && state.latestAt < Date.parse(since)) return false;
  const wanted = searchable(search?.trim() ?? '');
  const leader = leadOf(state)?.name ?? '';
  if (lead !== undefined && lead !== leader) return false;
  if (wanted === '') return true;
  const words = shown.show === 'all' ? wordsOf(state) : [leader];
  return [state.id, titleOf(state, shown, language) ?? '', ...words].some((text) => searchable(text).includes(wanted));
}

export function wordsOf(state: IncidentState): readonly string[] {
  const { people, notes, fields, filings, requests, tasks, evidence, imported } = state;
  return [
    ...Object.values(people).map(({ name }) => name),
    ...notes.map(({ text }) => text),
    ...Object.values(fields).flatMap(({ versions, wording }) => [
      ...versions.map(({ text }) => text ?? ''),
      wording?.text ?? '',
    ]),
    ...filings.map(({ receipt }) => receipt ?? ''),
    ...requests.flatMap(({ from, what }) => [from, what]),
    ...tasks.map(({ text }) => text ?? ''),
    ...evidence.map(({ name }) => name),
    ...(imported ? [imported.reference, imported.lead, imported.system, imported.summary, imported.receipt] : []).map(
      (one) => one ?? '',
    ),
  ];
}

function titleOf(state: IncidentState, shown: Visibility, language: Language): string | null {
  if (state.erased) return erasedText(state, state.erased, language);
  return reveals(shown, 'title') ? shownTitle(state) : null;
}

/** Row of one incident, limited by `shown`. */
function registerRow(situation: Situation, shown: Visibility, language: Language): RegisterRow {
  const { state, ia } = situation;
  const sees = <T>(value: T): T | null => (reveals(shown, 'overview') ? value : null);
  const wrote = <T>(value: T): T | null => (shown.show === 'all' ? value : null);
  const clock = <T>(value: T): T | null => (revealsClocks(shown) ? value : null);
  const open = ia.clocks.filter((one) => !one.filing && one.status !== 'void' && !one.provisional);
  return {
    id: state.id,
    drill: state.drill,
    recordedAfterwards: afterwardsOf(state, shown),
    title: titleOf(state, shown, language),
    phase: sees(ia.phase),
    level: sees(ia.level),
    levelName: sees(localise(levelText(ia.regime, ia.level), language)),
    levelDecided: sees(ia.levelDecided),
    lead: state.imported ? wrote(state.imported.lead ?? null) : (leadOf(state)?.name ?? null),
    entity: wrote(entityOf(state)?.name ?? null),
    system: wrote(state.imported?.system ?? systemOf(state)?.name ?? null),
    declaredAt: clock(beganAt(state)),
    awareAt: clock(ia.anchors.awareness ?? null),
    awarenessConfirmed: clock(state.awareness !== null || state.imported !== null),
    verdictAt: sees(state.levelDecision?.at ?? state.notReportable?.at ?? null),
    draftedAt: wrote(state.drafts[0]?.at ?? null),
    nextDue: state.closed ? null : clock(nextDueOf(ia)),
    overdue: clock(open.filter(({ status }) => status === 'late').length),
    handlingEndedAt: sees(state.imported?.handlingEndedAt ?? state.handlingEnded?.instant ?? null),
    closedAt: sees(state.imported?.closedAt ?? state.closed?.at ?? null),
    duties: dutiesShown(ia, shown).map((duty) => dutyOf(situation, duty, shown, language)),
  };
}

/** Duties of a row: where only the head is shown, its clocks, as on the card and in the JSON of the incident. */
export function dutiesShown(ia: Situation['ia'], shown: Visibility): Situation['ia']['obligations'] {
  if (shown.show !== 'head') return ia.obligations;
  return revealsClocks(shown) && ia.phase !== 'closed' ? ia.clocks : [];
}

function afterwardsOf(state: IncidentState, shown: Visibility): RegisterRow['recordedAfterwards'] {
  const { imported, declared } = state;
  if (!imported) return null;
  const wrote = (value: string | null | undefined): string | null => (shown.show === 'all' ? value || null : null);
  const { reference, by, filedAt, filedTo, receipt } = imported;
  return {
    reference: wrote(reference),
    recordedAt: declared.at,
    by: wrote(by),
    filedAt: reveals(shown, 'overview') ? (filedAt ?? null) : null,
    filedTo: wrote(filedTo),
    receipt: wrote(receipt),
  };
}

/** Text for an erased incident: the time and, unless its retention ended, the person who erased it. */
function erasedText(
  state: IncidentState,
  { by, at, reason }: NonNullable<IncidentState['erased']>,
  language: Language,
): string {
  const when = { at: { instant: at, style: 'date' } } as const;
  const name = state.people[by]?.name ?? '';
  return localise(
    reason === null ? t('register.expired', when) : t('register.erased', { ...when, name: { raw: name } }),
    language,
  );
}

function dutyOf(
  situation: Situation,
  duty: Situation['ia']['obligations'][number],
  shown: Visibility,
  language: Language,
): RegisterDuty {
  const { id, due, provisional, status, filing, content, form } = duty;
  const isRequest = content === 'authority_request' && shown.show !== 'all';
  return {
    id,
    content,
    form,
    what: isRequest ? '' : localise(kindOf(situation, duty), language),
    to: isRequest ? '' : localise(dutyRecipient(situation, duty), language),
    due,
    latest: duty.isLatest === true,
    provisional,
    status,
    filedAt: filing?.filedAt ?? null,
    unconfirmed: filing?.unconfirmed !== undefined,
    receipt: shown.show === 'all' ? (filing?.receipt ?? null) : null,
  };
}

export function earliest(times: readonly (string | null)[]): string | null {
  return times.filter((time) => time !== null).toSorted((a, b) => Date.parse(a) - Date.parse(b))[0] ?? null;
}

const COLUMNS = [
  'id',
  'drill',
  'title',
  'level',
  'phase',
  'lead',
  'entity',
  'system',
  'declared',
  'aware',
  'first_due',
  'first_filed',
  'late',
  'filed',
  'owed',
  'next_due',
  'handling_ended',
  'closed',
  'imported',
] as const;

/** Register as CSV, one line per incident, times in Beijing. */
export function registerTable(rows: readonly RegisterRow[], language: Language): string {
  const head = COLUMNS.map((column) => localise(t(`register.${column}`), language));
  return csvOf([head, ...rows.map((row) => lineOf(row, language))]);
}

/** Level of a row; one that nobody decided yet is marked so. */
function levelCell({ level, levelName, levelDecided, recordedAfterwards }: RegisterRow, language: Language): string {
  const isOpen = levelDecided === false && level !== 'undetermined' && !recordedAfterwards;
  if (!isOpen || levelName === null) return levelName ?? '';
  return localise(t('report.internal.level.open', { level: { raw: levelName } }), language);
}

function lineOf(row: RegisterRow, language: Language): readonly string[] {
  const yes = (is: boolean | null): string => localise(t(is ? 'register.yes' : 'register.no'), language);
  const time = (at: string | null): string => (at === null ? '' : stampOf(at));
  const limit = (due: string | null): string => (due === null ? '' : dueStampOf(due));
  const phase = PHASES.find((one) => one === row.phase);
  const first = row.duties.filter(({ form }) => form === 'first');
  const filed = row.duties.filter(({ filedAt }) => filedAt !== null);
  const filedFirst = row.recordedAfterwards?.filedAt ?? earliest(first.map(({ filedAt }) => filedAt));
  const isOpen = first.some(({ filedAt, unconfirmed }) => unconfirmed && filedAt === filedFirst);
  const late = filed.some(({ status }) => status === 'late') || (row.overdue ?? 0) > 0;
  const cells: Readonly<Record<(typeof COLUMNS)[number], string>> = {
    id: row.id,
    drill: yes(row.drill),
    title: row.title ?? '',
    level: levelCell(row, language),
    phase: phase ? localise(t(`register.phase.${phase}`), language) : '',
    lead: row.lead ?? '',
    entity: row.entity ?? '',
    system: row.system ?? '',
    declared: time(row.declaredAt),
    aware: time(row.awareAt),
    first_due: limit(earliest(first.map(({ due }) => due))),
    first_filed:
      filedFirst && isOpen
        ? localise(t('value.unconfirmed_new', { value: { raw: time(filedFirst) } }), language)
        : time(filedFirst),
    late: row.duties.length === 0 ? '' : yes(late),
    filed: String(filed.length + (row.recordedAfterwards?.filedAt ? 1 : 0)),
    owed: String(row.duties.filter(({ status, filedAt }) => filedAt === null && status !== 'void').length),
    next_due: limit(row.nextDue),
    handling_ended: time(row.handlingEndedAt),
    closed: time(row.closedAt),
    imported: yes(row.recordedAfterwards !== null),
  };
  return COLUMNS.map((column) => cells[column]);
}
