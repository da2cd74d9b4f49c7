import type { MessageKey } from '../i18n/keys.ts';
import { type MessageLanguage, translate } from '../i18n/translate.ts';
import type { ReportOrder } from '../incident/decide/context.ts';
import type { IncidentAssessment } from '../incident/facts/assessment.ts';
import { entityOf, systemOf } from '../incident/facts/law-facts.ts';
import type { Entity, System } from '../incident/people/profile.ts';
import type { ReportDocument, ReportLanguage } from '../incident/report-document.ts';
import type { IncidentState } from '../incident/state.ts';
import { type Regime, reportWith, roleOf } from '../law/regime.ts';
import type { BilingualText, Iso, ReportRole } from '../law/types.ts';

/** Record at one instant with its assessment and law: the only input of reports and cards. */
export interface Written {
  readonly state: IncidentState;
  readonly ia: IncidentAssessment;
  readonly regime: Regime;
}

export interface Sheet extends Written {
  /** Id of the report in the regime's form, and its role. */
  readonly kind: string;
  readonly role: ReportRole;
  readonly language: ReportLanguage;
  /** Incident time at which the report is written: running durations end here. */
  readonly compiledAt: Iso;
  readonly cannotDetermine: readonly Undetermined[];
  readonly entity: Entity | null;
  readonly system: System | null;
}
export const UNDETERMINED = ['cause', 'impact', 'trend'] as const;
export type Undetermined = (typeof UNDETERMINED)[number];

/**
 * Sheet of a report that would be compiled now; by default the first one or, after the end of handling, the summary.
 * Points that a person ticked as impossible to determine for its last draft are still ticked.
 */
export function sheetNow(written: Written, language: ReportLanguage, role: ReportRole = roleNow(written.state)): Sheet {
  const kind = reportWith(written.regime, role);
  const last = written.state.drafts.findLast(({ report }) => report === kind);
  return sheetFor(written, { report: kind, cannotDetermine: last?.cannotDetermine ?? [] }, language);
}

export function roleNow({ handlingEnded }: Pick<IncidentState, 'handlingEnded'>): 'first' | 'final' {
  return handlingEnded ? 'final' : 'first';
}

/** Sheet of a report as ordered: its kind, and the points ticked by a person as impossible to determine in time. */
export function sheetFor(
  { state, ia, regime }: Written,
  { report, cannotDetermine }: Pick<ReportOrder, 'report' | 'cannotDetermine'>,
  language: ReportLanguage,
): Sheet {
  return {
    state,
    ia,
    regime,
    kind: report,
    role: roleOf(regime, report) ?? 'first',
    language,
    compiledAt: ia.now,
    cannotDetermine: UNDETERMINED.filter((one) => cannotDetermine.includes(one)),
    entity: entityOf(state),
    system: systemOf(state),
  };
}

export function messageLanguage(language: ReportLanguage): MessageLanguage {
  return language === 'zh' ? 'zh-CN' : 'en';
}

/** Marks of every paper of an incident: drill, recorded afterwards. */
export function marksOf(sheet: Pick<Sheet, 'language' | 'state'>): readonly string[] {
  return [
    ...(sheet.state.drill ? [say(sheet, 'report.mark.drill')] : []),
    ...(sheet.state.imported ? [say(sheet, 'report.mark.imported')] : []),
  ];
}

export function say(
  { language }: Pick<Sheet, 'language'>,
  key: MessageKey,
  params: Readonly<Record<string, string | number>> = {},
): string {
  return translate(language === 'zh' ? 'zh-CN' : 'en', key, params);
}

/** Name of a kind of report; an id unknown to the regime is shown unchanged. */
export function reportName({ regime, language }: Pick<Sheet, 'regime' | 'language'>, report: string): string {
  return regime.reports.find(({ id }) => id === report)?.name[language] ?? report;
}

/** Name of the file of a report without its ending, e.g. `INC-2026-0007-首报-v2-报送稿`. */
export function fileNameOf(
  regime: Regime,
  { incident, kind, draft, version, language }: Omit<ReportDocument, 'sections'>,
): string {
  const what = reportName({ regime, language }, kind).replaceAll(' ', '-');
  return `${incident}-${what}-v${draft}-${say({ language }, `report.version.${version}`)}`;
}

export function law({ language }: Pick<Sheet, 'language'>, text: BilingualText): string {
  return text[language];
}

/** Name of a level; in English with its rank, as the English names alone do not tell their order: 较大 (Major, 2 of 4). */
export function levelName(sheet: Pick<Sheet, 'language' | 'regime'>, level: string): string {
  const { levels } = sheet.regime;
  const index = levels.findIndex(({ id }) => id === level);
  const name = levels[index]?.short;
  if (!name) return level;
  return say(sheet, levels.length === 2 ? 'level.of_two' : 'level.named', {
    ...name,
    rank: index + 1,
    all: levels.length,
  });
}
