import { assessIncident } from '../incident/assessment.ts';
import type { RecordedEvent } from '../incident/events.ts';
import { replay } from '../incident/evolve.ts';
import type { Draft, IncidentState } from '../incident/state.ts';
import { compileReport, type ReportInput } from '../report/compile.ts';
import type { ReportDocument, ReportLanguage } from '../report/model.ts';
import { compileText, textChanges } from '../report/text.ts';
import type { App } from './app.ts';
import type { MadeFile, ReportFormat } from './document-port.ts';
import type { Kit } from './kit.ts';
import type { Refusal } from './ports.ts';
import { timelineOf } from './timeline.ts';

/** Lays out and renders; loaded only when used. */
export type ReportRenderer = (request: {
  readonly document: ReportDocument;
  readonly format: ReportFormat;
}) => Promise<MadeFile>;

type Options = Parameters<App['report']>[2];

/**
 * The report of an incident as a file: a draft as it was compiled, byte for byte the same ever after; without a number
 * the latest draft while it still says what the record says, otherwise the report as it stands.
 */
export function createReports(kit: Kit): Pick<App, 'report'> {
  return {
    report: async (id, caller, options) => {
      const state = await kit.visible(id, caller);
      if (!state) return { code: 'unknown_incident', params: { id } };
      if (state.stopped) return { code: 'stopped' };
      const draft = draftFor(kit, state, options.draft);
      if (draft !== null && 'code' in draft) return draft;
      const document = draft ? await documentOfDraft(kit, state, draft, options) : await current(kit, state, options);
      return kit.renderReport({ document, format: options.format });
    },
  };
}

function draftFor(kit: Kit, state: IncidentState, wanted: number | undefined): Draft | Refusal | null {
  if (wanted !== undefined) {
    return state.drafts.find(({ draft }) => draft === wanted) ?? { code: 'unknown_draft', field: 'draft' };
  }
  const latest = state.drafts.at(-1);
  if (!latest?.text) return null;
  const written = { state, ia: kit.engine.assess(state), regime: kit.engine.deps.regime };
  return textChanges(latest.text, compileText(written, latest)).length === 0 ? latest : null;
}

/** A draft as a document: its exact text; the internal version adds what the record held at that instant. */
async function documentOfDraft(
  kit: Kit,
  state: IncidentState,
  draft: Draft,
  { language, version = 'submission' }: Options,
): Promise<ReportDocument> {
  const text = language === 'zh' ? draft.text?.document : draft.text?.twin;
  if (text && version === 'submission') return text;
  const { store, regime } = kit.engine.deps;
  const events = (await store.events(state.id)).filter((event) => event.version <= draft.version);
  const then = replay(events) ?? state;
  const assessment = assessIncident(then, regime, draft.at);
  const compiled = compileReport({
    ...orderOf(then, draft),
    state: then,
    assessment,
    regime,
    version,
    language,
    compiledAt: draft.at,
    basedOnVersion: draft.upTo,
    record: await recordView(kit, then, events, language),
  });
  if (!text) return compiled;
  return { ...text, version: compiled.version, marks: compiled.marks, appendix: compiled.appendix };
}

async function current(
  kit: Kit,
  state: IncidentState,
  { language, version = 'submission' }: Options,
): Promise<ReportDocument> {
  const { store, regime } = kit.engine.deps;
  const assessment = kit.engine.assess(state);
  const record =
    version === 'internal' ? { record: await recordView(kit, state, await store.events(state.id), language) } : {};
  return compileReport({
    ...orderOf(state, state.drafts.at(-1)),
    state,
    assessment,
    regime,
    version,
    language,
    compiledAt: assessment.now,
    basedOnVersion: state.version,
    ...record,
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

async function recordView(
  kit: Kit,
  state: IncidentState,
  events: readonly RecordedEvent[],
  language: ReportLanguage,
): Promise<NonNullable<ReportInput['record']>> {
  const { store, regime } = kit.engine.deps;
  const scene = { state, ia: kit.engine.assess(state), regime };
  let headHash = '';
  for await (const row of store.record(state.id)) {
    if (row.version > state.version) break;
    headHash = row.hash;
  }
  return { headHash, timeline: timelineOf(scene, events, language === 'zh' ? 'zh-CN' : 'en') };
}

