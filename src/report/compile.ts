import type { ReportOrder } from '../incident/decide/context.ts';
import type { IncidentState } from '../incident/state.ts';
import type { ReportRole } from '../law/types.ts';
import { appendix, type RecordView } from './appendix.ts';
import { chineseNumber } from './format.ts';
import { headLines, signatureLines } from './head.ts';
import { changesSince, introduction, noteParagraphs, statementOf } from './introduction.ts';
import type { DraftText, ReportDocument, ReportLanguage, ReportVersion } from './model.ts';
import { itemSections, summarySections } from './sections.ts';
import { law, marksOf, type Sheet, say, sheetFor, type Written } from './sheet.ts';

/** Sources of a report beside the state of the incident. */
export interface Basis {
  /** The entry of the record it is compiled from (`upTo` of its draft); by default the last one. */
  readonly basedOnVersion?: number | undefined;
  /** The record's head and its time line: they make the internal version. */
  readonly record?: RecordView | undefined;
}

/**
 * Compiles a report from the record. The same input gives the same document. Nothing internal is in the submission:
 * no verdict, time line, hash or colleague, and of people's words only those a person confirmed for the report. A
 * supplement, follow-up or correction starts with the changes since the text that was filed last.
 */
export function compileReport(
  from: Written,
  order: ReportOrder,
  language: ReportLanguage,
  { basedOnVersion = from.state.version, record }: Basis = {},
): ReportDocument {
  const sheet = sheetFor(from, order, language);
  const { state, kind, role, compiledAt } = sheet;
  const version = record ? 'internal' : 'submission';
  const document: ReportDocument = {
    schema: 1,
    incident: state.id,
    draft: draftNumber(sheet, basedOnVersion),
    kind,
    version,
    language,
    drill: state.drill,
    compiledAt,
    title: titleOf(sheet),
    marks: marks(sheet, version),
    head: headLines(sheet),
    introduction: [...introduction(sheet), ...statementOf(sheet, order.statement)],
    sections: role === 'final' ? summarySections(sheet) : itemSections(sheet),
    notes: noteParagraphs(sheet),
    signature: signatureLines(sheet),
    appendix: record ? appendix(sheet, record, basedOnVersion) : [],
  };
  const filed = SAYS_CHANGES.has(role) ? lastFiledText(state) : null;
  if (!filed) return document;
  const changes = changesSince(sheet, language === 'zh' ? filed.document : filed.twin, document);
  return { ...document, introduction: [...document.introduction, ...changes] };
}

/** The text of the items that was filed last, the first report or a later one; null while none of our own was. */
export function lastFiledText({ filings, drafts }: Pick<IncidentState, 'filings' | 'drafts'>): DraftText | null {
  const last = filings.findLast((filing) => filing.draft !== undefined && filing.form === 'first');
  return drafts.find(({ draft }) => draft === last?.draft)?.text ?? null;
}

/** Reports that say first what is new against what was sent before. */
const SAYS_CHANGES: ReadonlySet<ReportRole> = new Set(['supplement', 'update', 'correction']);

function titleOf(sheet: Sheet): string {
  const report = sheet.regime.reports.find(({ id }) => id === sheet.kind);
  return report ? law(sheet, report.title).replace('{nth}', whichOf(sheet)) : sheet.kind;
}

/** The second 续报 is 续报二: counted are the texts of that kind that were sent. */
function whichOf({ state, kind, language }: Sheet): string {
  const sent = new Set(state.filings.flatMap(({ report, draft }) => (report === kind ? (draft ?? []) : []))).size;
  return sent === 0 ? '' : language === 'zh' ? chineseNumber(sent + 1) : ` ${sent + 1}`;
}

/** The draft that was compiled from this entry of the record, otherwise the one that would be next. */
function draftNumber({ state, kind }: Sheet, basedOnVersion: number): number {
  const known = state.drafts.findLast(({ upTo, report }) => upTo === basedOnVersion && report === kind);
  return known?.draft ?? state.drafts.length + 1;
}

function marks(sheet: Sheet, version: ReportVersion): readonly string[] {
  return [
    ...marksOf(sheet),
    ...(version === 'internal' ? [say(sheet, 'report.mark.internal')] : []),
    ...(sheet.language === 'en' ? [say(sheet, 'report.mark.twin')] : []),
  ];
}
