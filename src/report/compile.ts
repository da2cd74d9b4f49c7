import { draftInForce } from '../incident/approvals.ts';
import type { ReportOrder } from '../incident/decide/context.ts';
import { levelReached } from '../incident/facts/assessment.ts';
import { onceFor } from '../incident/facts/once.ts';
import { addresseesOf } from '../incident/facts/owed.ts';
import type {
  Block,
  DraftText,
  Paragraph,
  ReportDocument,
  ReportLanguage,
  ReportVersion,
} from '../incident/report-document.ts';
import type { Filing } from '../incident/state.ts';
import { reportWith } from '../law/regime.ts';
import type { BilingualText, Recipient, ReportRole } from '../law/types.ts';
import { appendix, type RecordView } from './appendix.ts';
import { type Difference, differences } from './differences.ts';
import { chineseNumber, momentOf, numberRanges, partNumber } from './format.ts';
import { contentHash } from './hash.ts';
import { asPrinted, filedTo, headLines, recipientName, signatureLines } from './head.ts';
import { itemStatuses, toFollow } from './items.ts';
import { factRun, filedAtText, paragraph, phrase, sentence, wordsRuns } from './runs.ts';
import { itemSections, summarySections } from './sections.ts';
import { law, marksOf, reportName, roleNow, type Sheet, say, sheetFor, type Written } from './sheet.ts';

/** Sources of a report beside the state of the incident. */
export interface Basis {
  /** Entry of the record the report is compiled from (`upTo` of its draft); by default the last one. */
  readonly basedOnVersion?: number | undefined;
  /** Head and time line of the record; with them the report is the internal version. */
  readonly record?: RecordView | undefined;
}

/**
 * Compiles a report from the record. The same input gives the same document. The submission contains nothing internal:
 * no verdict, time line, hash or colleague's name, and of people's words only those confirmed for the report. A
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
  const filed = SAYS_CHANGES.has(role) ? lastFiledText(sheet) : null;
  if (!filed) return document;
  const changes = changesSince(sheet, language === 'zh' ? filed.document : filed.twin, document);
  return { ...document, introduction: [...document.introduction, ...changes] };
}

/**
 * Filing of the newest text of the regime's form with each addressee, oldest text first; with anybody, if none of them
 * has one. Drafts give the order, because a filing may be entered long after it was made.
 */
function lastFilings({ state, ia }: Pick<Written, 'state' | 'ia'>): readonly Filing[] {
  const byDraft = (a: Filing, b: Filing): number => (a.draft ?? 0) - (b.draft ?? 0);
  const sent = state.filings.filter(({ draft, form }) => draft !== undefined && form === 'first').toSorted(byDraft);
  const addressees = addresseesOf(ia.obligations, 'first');
  const toThem = sent.filter(({ recipient = '' }) => addressees.includes(recipient));
  const last = new Map((toThem.length > 0 ? toThem : sent).map((filing) => [filing.recipient, filing]));
  return [...last.values()].toSorted(byDraft);
}

/**
 * Text filed last with the addressee who is furthest behind: what was sent to one of two bodies is still owed to the
 * other. Null while no text compiled by the bot was filed.
 */
export function lastFiledText(from: Pick<Written, 'state' | 'ia'>): DraftText | null {
  const [filing] = lastFilings(from);
  return from.state.drafts.find(({ draft }) => draft === filing?.draft)?.text ?? null;
}

/** Addressees who have not received the newest text that another one has. */
export function recipientsBehind(from: Pick<Written, 'state' | 'ia'>): readonly Recipient[] {
  const all = lastFilings(from);
  return all.flatMap(({ draft, recipient = '' }) => (draft === all.at(-1)?.draft ? [] : [recipient]));
}

/** Roles of reports that begin with the changes since the last filing. */
const SAYS_CHANGES: ReadonlySet<ReportRole> = new Set(['supplement', 'update', 'correction']);

function titleOf(sheet: Sheet): string {
  const report = sheet.regime.reports.find(({ id }) => id === sheet.kind);
  return report ? law(sheet, report.title).replace('{nth}', whichOf(sheet)) : sheet.kind;
}

/** Number in the name of a report: the second 续报 is 续报二. It counts the texts of that kind already sent. */
function whichOf({ state, kind, language }: Sheet): string {
  const sent = new Set(state.filings.flatMap(({ report, draft }) => (report === kind ? (draft ?? []) : []))).size;
  return sent === 0 ? '' : language === 'zh' ? chineseNumber(sent + 1) : ` ${sent + 1}`;
}

/** Number of the draft compiled from this entry of the record, otherwise the next number. */
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

/** Introduction of a report after the first: the earlier filings, and the additions of this report. */
function introduction(sheet: Sheet): readonly Block[] {
  if (sheet.role === 'first') return [];
  const reports = firstReports(sheet);
  const filed = reports.map((filing) => filedText(sheet, filing, reports)).join(say(sheet, 'report.comma'));
  const said = (id: string, key: 'report.intro.before' | 'report.intro.filed'): readonly Block[] =>
    filed === '' ? [] : [paragraph(id, [factRun(say(sheet, key, { filed, verb: verbOf(sheet) }), 'filing')])];
  if (sheet.role !== 'final') return said('intro.before', 'report.intro.before');
  const { handlingEnded } = sheet.state;
  if (!handlingEnded) return said('intro.filed', 'report.intro.filed');
  const text = say(sheet, 'report.intro.summary', {
    at: momentOf(handlingEnded.instant, sheet.language),
    measures: law(sheet, sheet.regime.title),
  });
  return [...said('intro.filed', 'report.intro.filed'), paragraph('intro.ended', [factRun(text, 'handling_end')])];
}

/**
 * First reports that later reports refer to, one for each body in order of time: a later report goes to all of them, and
 * each got its own at its own time. Of several to one body, a filing with a receipt is preferred.
 */
function firstReports({ state, ia, regime }: Sheet): readonly Filing[] {
  const kind = reportWith(regime, 'first');
  const sent = state.filings.filter(
    ({ obligation, report = kind }) =>
      report === kind && ia.obligations.some(({ id, form }) => id === obligation && form === 'first'),
  );
  const byBody = [...Map.groupBy(sent, ({ recipient }) => recipient).values()];
  const chosen = byBody.flatMap((those) => those.find(({ receipt }) => receipt !== undefined) ?? those[0] ?? []);
  return chosen.toSorted((a, b) => Date.parse(a.filedAt) - Date.parse(b.filedAt));
}

function filedText(sheet: Sheet, filing: Filing, all: readonly Filing[]): string {
  const channel = sheet.regime.channels.find(({ id }) => id === filing.channel);
  const office = filedTo(sheet, filing);
  // Left out where it is the addressee of this report; the province or the unit may have been corrected since.
  const isSame = all.length === 1 && office === recipientName(sheet, filing.recipient ?? '');
  return say(sheet, 'report.intro.one', {
    at: filedAtText(sheet, filing),
    channel: channel ? law(sheet, channel.name) : filing.channel,
    receipt: filing.receipt ? say(sheet, 'report.intro.receipt', { receipt: filing.receipt }) : '',
    to: isSame ? '' : say(sheet, 'report.intro.to', { office }),
  });
}

/** Name of a report after the first within a sentence. */
function verbOf({ regime, kind, language }: Sheet): string {
  const report = regime.reports.find(({ id }) => id === kind);
  if (report?.verb) return report.verb[language];
  return report && language === 'en' ? `${report.name.en}, ${report.name.zh}` : (report?.name.zh ?? kind);
}

/** Statement of a correction or explanation, in the words of a person. */
function statementOf(sheet: Sheet, statement: string | undefined): readonly Block[] {
  if (statement === undefined) return [];
  const name = reportName(sheet, sheet.kind);
  const label = `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
  return [paragraph('intro.statement', sentence(sheet, wordsRuns(sheet, statement, 'statement')), { label })];
}

/** Changes against the report that was sent before, placed ahead of the full text. */
function changesSince(sheet: Sheet, before: ReportDocument, now: ReportDocument): readonly Block[] {
  const changed = differences(before, now).filter(({ id }) => now.notes.every((note) => note.id !== id));
  if (changed.length === 0) return [];
  const kind = reportName(sheet, sheet.kind);
  return [
    paragraph('changes', [], { label: say(sheet, 'report.intro.changes', { kind }) }),
    ...changed.map(({ id, label, before: old, after }, i) =>
      paragraph(`changes.${i + 1}`, [factRun(changeText(sheet, old, after), id)], {
        number: partNumber(i + 1, sheet.language),
        label,
      }),
    ),
    paragraph('changes.full', [phrase(say(sheet, 'report.intro.full'))]),
  ];
}

/** Text of a change: a correction states the reported and the right value; other reports state the new one. */
function changeText(sheet: Sheet, before: string | null, after: string | null): string {
  if (after === null) return say(sheet, 'report.intro.removed');
  if (sheet.role !== 'correction' || before === null) return after;
  const [old, now] = [before, after].map((text) => text.replace(/[。.]$/u, ''));
  return say(sheet, 'report.intro.corrected', { before: old ?? '', after: now ?? '' });
}

/** Notes on gaps of the report: points that cannot be determined yet, with the article that allows this. */
function noteParagraphs(sheet: Sheet): readonly Paragraph[] {
  if (sheet.role === 'final') return [];
  const measures = law(sheet, sheet.regime.title);
  const list = (words: readonly string[]): string => words.join(say(sheet, 'report.list'));
  const note = (text: string): readonly Paragraph[] => [
    paragraph('note', sentence(sheet, [phrase(text)]), { label: say(sheet, 'report.note.label') }),
  ];
  if (sheet.cannotDetermine.length > 0) {
    const what = list(sheet.cannotDetermine.map((one) => say(sheet, `report.cannot.${one}`)));
    return note(say(sheet, 'report.note.cannot', { what, measures }));
  }
  const open = toFollow(itemStatuses(sheet));
  if (open.length === 0) return [];
  const items = say(sheet, 'report.note.items', { n: open.length, items: numberRanges(open, sheet.language) });
  return note(say(sheet, 'report.note.later', { items, measures }));
}

/** The exact text of a report of this kind, compiled now: the next draft of the incident. Pure. */
export function compileText(from: Written, order: ReportOrder): DraftText {
  const document = compileReport(from, order, 'zh');
  const twin = compileReport(from, order, 'en');
  return { hash: contentHash(document), document, twin, level: levelReached(from.ia) };
}

/**
 * Text that would be sent now: the latest draft or, without one, a report on the present record. The Chinese text is
 * filed; `en` is its translation.
 */
export function textToSend(from: Written, language: ReportLanguage = 'zh'): ReportDocument {
  const draft = draftInForce(from.state);
  const text = language === 'zh' ? draft?.text?.document : draft?.text?.twin;
  const document = text ?? compileReport(from, orderInForce(from), language, { basedOnVersion: draft?.upTo });
  return asPrinted(document, from.state);
}

/** Order of the draft in force, otherwise of a report for the current phase of the incident. */
export function orderInForce({ state, regime }: Pick<Written, 'state' | 'regime'>): ReportOrder {
  return draftInForce(state) ?? { report: reportWith(regime, roleNow(state)), cannotDetermine: [] };
}

export type TextChange = Difference<BilingualText>;

/** Changes from one text to another; elapsed time is not a change. */
export function textChanges(before: DraftText, after: Pick<DraftText, 'document' | 'twin'>): readonly TextChange[] {
  const twins = new Map(differences(before.twin, after.twin).map((one) => [one.id, one]));
  return differences(before.document, after.document).map((zh) => bilingual(zh, twins.get(zh.id) ?? zh));
}

const once = onceFor<readonly TextChange[]>();

/** Changes of the record against a text compiled before; usually none. */
export function changesFrom(before: DraftText, from: Written, order: ReportOrder): readonly TextChange[] {
  const { report, cannotDetermine, statement = null } = order;
  return once(from, JSON.stringify([before.hash, report, cannotDetermine, statement]), () => {
    const document = compileReport(from, order, 'zh');
    if (differences(before.document, document).length === 0) return [];
    return textChanges(before, { document, twin: compileReport(from, order, 'en') });
  });
}

/** Changes of a report compiled now against the text filed last; null while no text compiled by the bot was filed. */
export function sinceFiled(from: Written, order: ReportOrder): readonly TextChange[] | null {
  const filed = lastFiledText(from);
  return filed && changesFrom(filed, from, order).filter(({ id }) => id !== 'note');
}

function bilingual(zh: Difference, en: Difference): TextChange {
  const both = (a: string | null, b: string | null): BilingualText | null =>
    a === null ? null : { zh: a, en: b ?? a };
  return {
    id: zh.id,
    label: { zh: zh.label, en: en.label },
    before: both(zh.before, en.before),
    after: both(zh.after, en.after),
    stable: zh.stable,
  };
}
