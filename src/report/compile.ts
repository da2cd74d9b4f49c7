import type { IncidentAssessment } from '../incident/facts/assessment.ts';
import type { IncidentState } from '../incident/state.ts';
import type { Regime } from '../law/regime.ts';
import type { Iso } from '../law/types.ts';
import { appendix, type RecordView } from './appendix.ts';
import { chineseNumber } from './format.ts';
import { headLines, signatureLines } from './head.ts';
import { changesSince, introduction, statementOf } from './introduction.ts';
import type { ReportDocument, ReportKind, ReportLanguage, ReportVersion } from './model.ts';
import { noteParagraphs } from './notes.ts';
import { itemSections, summarySections } from './sections.ts';
import { type Sheet, say, sheetOf, UNDETERMINED, type Undetermined } from './sheet.ts';

export interface ReportInput {
  readonly state: IncidentState;
  readonly assessment: IncidentAssessment;
  readonly regime: Regime;
  readonly kind: ReportKind;
  readonly version: ReportVersion;
  readonly language: ReportLanguage;
  /** Incident time the report is written at: running durations are as of this instant. */
  readonly compiledAt: Iso;
  /** `cause`, `impact`, `trend`: what a person ticked as impossible to determine in time. */
  readonly cannotDetermine: readonly string[];
  /** The entry of the record it is compiled from (`upTo` of its draft). */
  readonly basedOnVersion: number;
  /** Statement of a correction or explanation, as a person wrote it in Chinese. */
  readonly statement?: string;
  /** For the internal version: the record's head and its time line; without it the time line is made from the state. */
  readonly record?: RecordView;
  /** Report that was sent before: a supplement or follow-up starts with the changes since. */
  readonly since?: ReportDocument;
}

/**
 * Compiles a report from the record. The same input gives the same document. Nothing internal is in the submission:
 * no verdict, time line, hash or colleague, and of people's words only those a person confirmed for the report.
 */
export function compileReport(input: ReportInput): ReportDocument {
  const sheet = sheetOf({ ...input, ia: input.assessment, cannotDetermine: ticked(input.cannotDetermine) });
  const document: ReportDocument = {
    schema: 1,
    incident: input.state.id,
    draft: draftNumber(input),
    kind: input.kind,
    version: input.version,
    language: input.language,
    drill: input.state.drill,
    compiledAt: input.compiledAt,
    title: say(sheet, TITLES[input.kind], { nth: whichOf(sheet) }),
    marks: marks(sheet, input.version),
    head: headLines(sheet),
    introduction: [...introduction(sheet), ...statementOf(sheet, input.statement)],
    sections: input.kind === 'summary' ? summarySections(sheet) : itemSections(sheet),
    notes: noteParagraphs(sheet),
    signature: signatureLines(sheet),
    appendix: input.version === 'internal' ? appendix(sheet, input) : [],
  };
  if (!input.since || !SAYS_CHANGES.has(input.kind)) return document;
  return { ...document, introduction: [...document.introduction, ...changesSince(sheet, input.since, document)] };
}

/** Reports that say first what is new against what was sent before. */
const SAYS_CHANGES: ReadonlySet<ReportKind> = new Set(['supplement', 'follow_up', 'correction']);

const TITLES = {
  initial: 'report.title.first',
  supplement: 'report.title.supplement',
  follow_up: 'report.title.follow_up',
  summary: 'report.title.summary',
  correction: 'report.title.correction',
  explanation: 'report.title.explanation',
} as const;

/** The second 续报 is 续报二: counted are the texts of that kind that were sent. */
function whichOf({ state, kind, language }: Sheet): string {
  const sent = new Set(state.filings.flatMap(({ report, draft }) => (report === kind ? (draft ?? []) : []))).size;
  return sent === 0 ? '' : language === 'zh' ? chineseNumber(sent + 1) : ` ${sent + 1}`;
}

/** The draft that was compiled from this entry of the record, otherwise the one that would be next. */
function draftNumber({ state, basedOnVersion, kind }: ReportInput): number {
  const known = state.drafts.findLast(({ upTo, report }) => upTo === basedOnVersion && report === kind);
  return known?.draft ?? state.drafts.length + 1;
}

function ticked(all: readonly string[]): readonly Undetermined[] {
  return UNDETERMINED.filter((one) => all.includes(one));
}

function marks(sheet: Sheet, version: ReportVersion): readonly string[] {
  return [
    ...(sheet.state.drill ? [say(sheet, 'report.mark.drill')] : []),
    ...(version === 'internal' ? [say(sheet, 'report.mark.internal')] : []),
    ...(sheet.language === 'en' ? [say(sheet, 'report.mark.twin')] : []),
  ];
}
