import { assessIncident } from '../../incident/facts/assessment.ts';
import { isForCounsel } from '../../incident/record/disclosure.ts';
import type { RecordedEvent } from '../../incident/record/events.ts';
import { replay } from '../../incident/record/evolve.ts';
import type { ReportDocument, ReportLanguage, ReportVersion } from '../../incident/report-document.ts';
import type { Draft, IncidentState } from '../../incident/state.ts';
import type { Regime } from '../../law/regime.ts';
import type { RecordView } from '../../report/appendix.ts';
import { compileReport, orderInForce } from '../../report/compile.ts';
import { stepMinutes } from '../../report/drills/score.ts';
import { messageLanguage, type Written } from '../../report/sheet.ts';
import { nextTurn } from '../one-at-a-time.ts';
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

/** Document of a draft: its exact text; the internal version adds the record's data of that time. */
export async function documentOfDraft(
  { store, regime }: ReportSources,
  state: IncidentState,
  draft: Draft,
  options: ReportOptions,
): Promise<ReportDocument> {
  const { language, version } = options;
  const text = language === 'zh' ? draft.text?.document : draft.text?.twin;
  if (text && version === 'submission') return text;
  const events = (await store.events(state.id)).filter((event) => event.version <= draft.version);
  // A long record, its state, its lines and its text take one turn of the event loop each, so that none blocks it long.
  await nextTurn();
  const then = writtenAt(replay(events) ?? state, regime, draft.at);
  const record = version === 'internal' ? await viewOf(store, then, events, options) : undefined;
  const compiled = compileReport(then, draft, language, { basedOnVersion: draft.upTo, record });
  if (!text) return compiled;
  return { ...text, version: compiled.version, marks: compiled.marks, appendix: compiled.appendix };
}

/** Report on the current record, written at `now` (incident time). */
export async function currentDocument(
  { store, regime }: ReportSources,
  state: IncidentState,
  now: string,
  options: ReportOptions,
): Promise<ReportDocument> {
  const written = writtenAt(state, regime, now);
  const isInternal = options.version === 'internal';
  const record = isInternal ? await viewOf(store, written, await store.events(state.id), options) : undefined;
  return compileReport(written, orderInForce(written), options.language, { record });
}

function writtenAt(state: IncidentState, regime: Regime, at: string): Written {
  const ia = assessIncident(state, regime, at);
  return { state, ia, regime: ia.regime };
}

/** Time line up to the state, and the hash of its last entry, for the internal version. */
async function viewOf(
  store: ReportSources['store'],
  written: Written,
  events: readonly RecordedEvent[],
  { language, counsel }: ReportOptions,
): Promise<RecordView> {
  const { state } = written;
  const isShown = ({ version, event }: RecordedEvent): boolean =>
    version <= state.version && (counsel === true || !isForCounsel(event.type));
  await nextTurn();
  const timeline = timelineOf(written, events.filter(isShown), messageLanguage(language), { show: 'all' });
  await nextTurn();
  const known = events.filter(({ version }) => version <= state.version);
  return { headHash: await headHash(store, state), timeline, steps: stepMinutes(state, known) };
}

export async function headHash(store: ReportSources['store'], state: IncidentState): Promise<string> {
  for await (const row of store.record(state.id, state.version - 1)) {
    if (row.version === state.version) return row.hash;
  }
  return '';
}
