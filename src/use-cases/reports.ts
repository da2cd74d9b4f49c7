import type { IncidentAssessment } from '../incident/assessment.ts';
import type { IncidentState } from '../incident/state.ts';
import type { Regime } from '../law/regime.ts';
import type { App } from './app.ts';
import type { Kit } from './kit.ts';
import { timelineOf } from './timeline.ts';

export interface ReportRequest {
  readonly state: IncidentState;
  readonly assessment: IncidentAssessment;
  readonly regime: Regime;
  /** For the internal version: every event in the language of the report. */
  readonly timeline: readonly {
    readonly version: number;
    readonly at: string;
    readonly who: string;
    readonly text: string;
  }[];
  /** Hash of the latest event; printed in the internal version. */
  readonly headHash: string;
  readonly format: 'md' | 'docx' | 'pdf' | 'json';
  readonly language: 'zh' | 'en';
  readonly version: 'submission' | 'internal';
}
/** Compiles and renders; loaded only when used. */
export type ReportRenderer = (
  request: ReportRequest,
) => Promise<{ readonly name: string; readonly mediaType: string; readonly content: Uint8Array }>;

/** The report of an incident as a file. */
export function createReports(kit: Kit): Pick<App, 'report'> {
  const { store, regime } = kit.engine.deps;
  return {
    report: async (id, caller, { format, language, version = 'submission' }) => {
      const state = await kit.visible(id, caller);
      if (!state) return { code: 'unknown_incident', params: { id } };
      if (state.stopped) return { code: 'stopped' };
      const assessment = kit.engine.assess(state);
      const internal = version === 'internal';
      return kit.renderReport({
        state,
        assessment,
        regime,
        timeline: internal
          ? timelineOf({ state, ia: assessment, regime }, await store.events(id), language === 'zh' ? 'zh-CN' : 'en')
          : [],
        headHash: internal ? await headHash(store.record(id)) : '',
        format,
        language,
        version,
      });
    },
  };
}

async function headHash(record: AsyncIterable<{ readonly hash: string }>): Promise<string> {
  let head = '';
  for await (const row of record) head = row.hash;
  return head;
}
