import { draftInForce } from '../../incident/approvals.ts';
import { assessIncident } from '../../incident/facts/assessment.ts';
import { isForCounsel } from '../../incident/record/disclosure.ts';
import type { RecordedEvent } from '../../incident/record/events.ts';
import { replay } from '../../incident/record/evolve.ts';
import type { Draft, IncidentState } from '../../incident/state.ts';
import type { Regime } from '../../law/regime.ts';
import { compileReport, type ReportInput } from '../../report/compile.ts';
import type { ReportDocument, ReportLanguage, ReportVersion } from '../../report/model.ts';
import type { Store } from '../ports.ts';
import { timelineOf } from '../timeline.ts';

export interface ReportSources {
  readonly store: Pick<Store, 'events' | 'record'>;
  readonly regime: Regime;
}
export interface ReportOptions {
  readonly language: ReportLanguage;
  readonly version: ReportVersion;
  /** True if the internal version includes entries for counsel only. */
  readonly counsel?: boolean;
}

/** A draft as a document: its exact text; the internal version adds what the record held at that instant. */
export async function documentOfDraft(
  { store, regime }: ReportSources,
  state: IncidentState,
  draft: Draft,
  { language, version, counsel }: ReportOptions,
): Promise<ReportDocument> {
  const text = language === 'zh' ? draft.text?.document : draft.text?.twin;
  if (text && version === 'submission') return text;
  const events = (await store.events(state.id)).filter((event) => event.version <= draft.version);
  const then = replay(events) ?? state;
  const compiled = compileReport({
    ...orderOf(then, draft),
    ...(await known({ store, regime }, then, events, draft.at, { language, version, counsel: counsel === true })),
    basedOnVersion: draft.upTo,
  });
  if (!text) return compiled;
  return { ...text, version: compiled.version, marks: compiled.marks, appendix: compiled.appendix };
}

/** The report as the record stands, written at `now` (incident time). */
export async function currentDocument(
  { store, regime }: ReportSources,
  state: IncidentState,
  now: string,
  { language, version, counsel }: ReportOptions,
): Promise<ReportDocument> {
  const all = version === 'internal' ? await store.events(state.id) : [];
  const events = all.filter((event) => event.version <= state.version);
  return compileReport({
    ...orderOf(state, draftInForce(state)),
    ...(await known({ store, regime }, state, events, now, { language, version, counsel: counsel === true })),
    basedOnVersion: state.version,
  });
}

/** Of the kind of the draft, otherwise of the phase the incident is in. */
function orderOf(
  state: IncidentState,
  draft: Draft | undefined,
): Pick<ReportInput, 'kind' | 'cannotDetermine' | 'statement'> {
  if (!draft) return { kind: state.handlingEnded ? 'summary' : 'initial', cannotDetermine: [] };
  const { report, cannotDetermine, statement } = draft;
  return { kind: report, cannotDetermine, ...(statement === undefined ? {} : { statement }) };
}

/**
 * Report input from the record at an instant; for the internal version with its time line and the hash of its last
 * entry.
 */
async function known(
  { store, regime }: ReportSources,
  state: IncidentState,
  events: readonly RecordedEvent[],
  compiledAt: string,
  { language, version, counsel }: Required<ReportOptions>,
): Promise<Omit<ReportInput, 'kind' | 'cannotDetermine' | 'basedOnVersion'>> {
  const assessment = assessIncident(state, regime, compiledAt);
  const input = { state, assessment, regime: assessment.regime, version, language, compiledAt };
  if (version === 'submission') return input;
  let headHash = '';
  for await (const row of store.record(state.id)) {
    if (row.version > state.version) break;
    headHash = row.hash;
  }
  const shown = events.filter(({ event }) => counsel || !isForCounsel(event.type));
  const timeline = timelineOf(
    { state, ia: assessment, regime: assessment.regime },
    shown,
    language === 'zh' ? 'zh-CN' : 'en',
    {
      show: 'all',
    },
  );
  return { ...input, record: { headHash, timeline } };
}
