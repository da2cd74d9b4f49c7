import { compileReport } from '../report/compile.ts';
import type { ReportRenderer } from '../use-cases/reports.ts';
import { renderReport } from './render.ts';

/** The report of an incident as it stands: of the kind of its latest draft, otherwise of the phase it is in. */
export const renderIncidentReport: ReportRenderer = async (request) => {
  const { state, assessment, regime } = request;
  const draft = state.drafts.at(-1);
  const document = compileReport({
    state,
    assessment,
    regime,
    kind: draft?.report ?? (state.handlingEnded ? 'summary' : 'initial'),
    version: request.version,
    language: request.language,
    compiledAt: assessment.now,
    cannotDetermine: draft?.cannotDetermine ?? [],
    basedOnVersion: draft?.upTo ?? state.version,
    record: { headHash: request.headHash, timeline: request.timeline },
  });
  return renderReport(document, request.format);
};
