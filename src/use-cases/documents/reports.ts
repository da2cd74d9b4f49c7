import { draftInForce } from '../../incident/approvals.ts';
import type { ReportDocument } from '../../incident/report-document.ts';
import type { Draft, IncidentState } from '../../incident/state.ts';
import { changesFrom } from '../../report/compile.ts';
import { changedParts } from '../../report/differences.ts';
import { asPrinted } from '../../report/head.ts';
import { fileNameOf } from '../../report/sheet.ts';
import type { App } from '../app.ts';
import { inTurn, nextTurn } from '../one-at-a-time.ts';
import type { Refusal } from '../ports.ts';
import type { UseCaseContext } from '../use-case-context.ts';
import type { MadeFile, ReportFormat } from './document-port.ts';
import { currentDocument, documentOfDraft, type ReportOptions } from './report-documents.ts';

/** Renderer of reports, loaded on first use. */
export type ReportRenderer = (request: {
  readonly document: ReportDocument;
  readonly format: ReportFormat;
  /** File name without ending. */
  readonly name: string;
}) => Promise<MadeFile | Refusal>;

/**
 * Report of an incident as a file: a draft as compiled, always byte for byte the same; without a number the latest
 * draft if its text still matches the record, otherwise a report on the current record.
 */
export function createReports(context: UseCaseContext): Pick<App, 'report' | 'comparedReport'> {
  const compiled = inTurn();
  const { store, regime } = context.engine.deps;
  const documentOf = (state: IncidentState, draft: Draft | null, wanted: ReportOptions): Promise<ReportDocument> =>
    compiled(() =>
      draft
        ? documentOfDraft({ store, regime }, state, draft, wanted)
        : currentDocument({ store, regime }, state, context.engine.assess(state).now, wanted),
    );
  return {
    report: async (id, caller, options) => {
      const state = await context.compiled(id, caller);
      if ('code' in state) return state;
      // A record that was not in memory has just been replayed, so comparison and text get their own event-loop turns.
      await nextTurn();
      const draft = draftFor(context, state, options.draft);
      if (draft !== null && 'code' in draft) return draft;
      const wanted = { language: options.language, version: options.version ?? 'submission' };
      const document = await documentOf(state, draft, wanted);
      await nextTurn();
      // JSON stays the exact text whose hash was approved; a paper also shows the signatory.
      const printed = options.format === 'json' ? document : asPrinted(document, state);
      return context.renderReport({ document: printed, format: options.format, name: fileNameOf(regime, document) });
    },
    comparedReport: async (id, caller, { now = false, ...options }) => {
      const state = await context.compiled(id, caller);
      if ('code' in state) return state;
      const chosen = draftFor(context, state, options.draft);
      if (chosen !== null && 'code' in chosen) return chosen;
      const shown = now ? draftFor(context, state, undefined) : chosen;
      if (shown !== null && 'code' in shown) return shown;
      const before = now ? chosen : options.draft === undefined ? null : sameKindBefore(state, chosen);
      const document = await documentOf(state, shown, options);
      if (!before || options.version === 'internal') return { document, since: null };
      const changes = changedParts(await documentOf(state, before, options), document);
      return { document, since: { draft: before.draft, changes } };
    },
  };
}

/** Previous draft of the same kind; null if there is none. */
function sameKindBefore({ drafts }: IncidentState, draft: Draft | null): Draft | null {
  return drafts.findLast((one) => draft && one.draft < draft.draft && one.report === draft.report) ?? null;
}

function draftFor(context: UseCaseContext, state: IncidentState, wanted: number | undefined): Draft | Refusal | null {
  if (wanted !== undefined) {
    return state.drafts.find(({ draft }) => draft === wanted) ?? { code: 'unknown_draft', field: 'draft' };
  }
  const latest = draftInForce(state);
  if (!latest?.text) return null;
  const written = context.engine.situation(state);
  return changesFrom(latest.text, written, latest).length === 0 ? latest : null;
}
