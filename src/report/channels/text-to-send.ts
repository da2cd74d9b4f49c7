import { draftInForce } from '../../incident/approvals.ts';
import type { IncidentAssessment } from '../../incident/facts/assessment.ts';
import type { IncidentState } from '../../incident/state.ts';
import type { Regime } from '../../law/regime.ts';
import { compileReport } from '../compile.ts';
import type { ReportDocument, ReportLanguage } from '../model.ts';
import { type Sheet, sheetOf } from '../sheet.ts';

interface Known {
  readonly state: IncidentState;
  readonly ia: IncidentAssessment;
  readonly regime: Regime;
}

/**
 * Text that would be sent now: exactly the latest draft, or without one the report as it stands. Chinese is filed; `en`
 * is its twin.
 */
export function textToSend({ state, ia, regime }: Known, language: ReportLanguage = 'zh'): ReportDocument {
  const draft = draftInForce(state);
  if (draft?.text) return language === 'zh' ? draft.text.document : draft.text.twin;
  return compileReport({
    state,
    assessment: ia,
    regime,
    kind: draft?.report ?? (state.handlingEnded ? 'summary' : 'initial'),
    version: 'submission',
    language,
    compiledAt: ia.now,
    cannotDetermine: draft?.cannotDetermine ?? [],
    basedOnVersion: draft?.upTo ?? state.version,
  });
}

/** The sheet recipients and their addresses are read from. */
export function sendingSheet(known: Known, { kind, language, compiledAt }: ReportDocument): Sheet {
  return sheetOf({ ...known, kind, language, compiledAt, cannotDetermine: [] });
}
