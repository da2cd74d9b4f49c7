import { isWaived, OWED_REPORTS, reportNeed } from '../incident/closing.ts';
import { AWARENESS_SOURCES } from '../incident/commands/answers.ts';
import type { OwedObligation } from '../incident/facts/owed.ts';
import { waiverOf } from '../incident/facts/waivers.ts';
import type { ReportLanguage } from '../incident/report-document.ts';
import type { Filing, VoidedFiling } from '../incident/state.ts';
import { reportWith } from '../law/regime.ts';
import type { DrillResult } from './drills/score.ts';
import { effect, handling, missing, type Part, proof, protection, proven } from './evidence-handling.ts';
import { citation, dayOf, stampOf } from './format.ts';
import { dueText, dutyTitle, filedTo, unitRun } from './head.ts';
import { lineOf, numbered, type Paper, paperOf, proseOf, sectionOf, tableOf } from './paper.ts';
import { filedStamp } from './runs.ts';
import { law, marksOf, reportName, type Sheet, say, sheetFor, type Written } from './sheet.ts';
import { decidersText, type TimelineEntry } from './timeline.ts';
import { owedReports } from './updates.ts';
import { lengthText } from './values.ts';

export interface EvidenceInput extends Written {
  readonly language: ReportLanguage;
  readonly headHash: string;
  /** Entries of the time line about awareness, decisions, compiled texts and filings, oldest first. */
  readonly steps: readonly TimelineEntry[];
  /** Drills held before, newest first; absent where they are not read, as in a bundle. */
  readonly drills?: readonly DrillResult[];
}

/**
 * Evidence paper for leniency: protection in place, handling under the plan, effect, reporting in time. It states the
 * record's facts and the missing points, late filings included; the authority draws the conclusion, as the quoted
 * provision says.
 */
export function leniencyPack(input: EvidenceInput): Paper {
  const { state, ia, language, regime } = input;
  const sheet = sheetFor(input, { report: reportWith(regime, 'final'), cannotDetermine: [] }, language);
  const provision = regime.notes.find(({ beside }) => beside === 'evidence');
  const unit = unitRun(sheet).text;
  return paperOf({
    language,
    compiledAt: ia.now,
    title: say(sheet, 'leniency.title'),
    marks: [...marksOf(sheet), say(sheet, 'report.mark.internal')],
    head: [
      lineOf('number', say(sheet, 'report.head.number'), state.id),
      lineOf('unit', say(sheet, 'report.head.unit'), unit),
      lineOf('made', say(sheet, 'guide.made'), dayOf(ia.now, language)),
      lineOf('head', say(sheet, 'report.internal.head'), `${input.headHash} (${state.version})`),
    ],
    introduction: provision
      ? [
          proseOf('quote', provision.source.quote, citation(provision.source)),
          proseOf('discretion', `${law(sheet, provision.text)} ${say(sheet, 'leniency.no_promise')}`),
        ]
      : [],
    sections: numbered(sheet, [
      protection(sheet),
      handling(sheet, input.steps, input.drills ?? null),
      effect(sheet),
      reporting(sheet),
      trustedTime(sheet),
    ]),
  });
}

/** Part on awareness and every duty: recipient, channel, on time or late, or missing. A late filing has its reason. */
function reporting(sheet: Sheet): Part {
  const { state, ia } = sheet;
  // A waived duty stays in the table, with the people who decided it and the reason.
  const owed = ia.obligations.filter(
    (duty) => !duty.provisional && (duty.status !== 'void' || waiverOf(state, duty) !== undefined),
  );
  const later = ia.filings.filter(({ version }) => ia.obligations.every(({ filing }) => filing?.version !== version));
  return sectionOf('reporting', say(sheet, 'leniency.reporting'), [
    proven(sheet, 'awareness.list', 'leniency.awareness', awarenessRows(sheet)),
    ...(sheet.state.awareness ? [] : [missing(sheet, 'awareness', 'leniency.awareness.none')]),
    tableOf(sheet, 'reporting.list', owed, [
      ['report.internal.duty', 24, (duty) => dutyTitle(sheet, duty)],
      ['report.internal.due', 20, (duty) => dueText(sheet, duty)],
      ['leniency.filed', 36, (duty) => resultText(sheet, duty)],
      ['leniency.evidence', 20, (duty) => dutyProof(sheet, duty)],
    ]) ?? missing(sheet, 'reporting', 'leniency.reporting.none'),
    newsTable(sheet),
    // 续报 and 补报, and reports to further offices.
    tableOf(sheet, 'reporting.later', later, [
      ['leniency.later', 24, (filing) => filedName(sheet, filing)],
      ['leniency.filed', 52, (filing) => filedText(sheet, filing, filedTo(sheet, filing))],
      ['leniency.evidence', 24, (filing) => filingProof(sheet, filing)],
    ]),
    tableOf(sheet, 'reporting.taken_back', state.voidedFilings, [
      ['leniency.taken_back', 24, (filing) => filedName(sheet, filing)],
      ['leniency.filed', 52, (filing) => takenBackText(sheet, filing)],
      ['leniency.evidence', 24, (filing) => proof(sheet, filing.voided)],
    ]),
    ...state.filings
      .filter(({ receipt, proof: file }) => receipt === undefined && file === undefined)
      .map((filing) =>
        proseOf(
          `unproven.${filing.version}`,
          say(sheet, 'leniency.unproven', { at: filedStamp(sheet, filing), version: filing.version }),
          say(sheet, 'leniency.missing'),
        ),
      ),
  ]);
}

/** Table of 续报 and 补报 that are owed but not filed, or that people waived, with the people and the reason. */
function newsTable(sheet: Sheet) {
  const { state, regime } = sheet;
  const owed = owedReports(sheet);
  const rows = OWED_REPORTS.flatMap((role) => {
    const report = owed.find((one) => one.role === role);
    const waived = report && isWaived(state, report) ? state.notOwed[reportNeed(role)] : undefined;
    return report ? [{ role, waived }] : [];
  });
  return tableOf(sheet, 'reporting.news', rows, [
    ['report.internal.duty', 24, ({ role }) => reportName(sheet, reportWith(regime, role))],
    ['leniency.filed', 52, ({ waived }) => (waived ? waivedText(sheet, waived) : say(sheet, 'leniency.not_filed'))],
    ['leniency.evidence', 24, ({ waived }) => (waived ? proof(sheet, waived) : say(sheet, 'leniency.missing'))],
  ]);
}

function waivedText(sheet: Sheet, waived: NonNullable<ReturnType<typeof waiverOf>>): string {
  return say(sheet, 'leniency.waived', { by: decidersText(sheet, waived), reason: waived.reason });
}

function dutyProof(sheet: Sheet, duty: OwedObligation): string {
  const waived = waiverOf(sheet.state, duty);
  if (duty.filing) return filingProof(sheet, duty.filing);
  return waived ? proof(sheet, waived) : say(sheet, 'leniency.missing');
}

/** Minutes after which an entry on a filing is marked as made later. */
const LATER = 5;

/** Returns the proof of a filing, with a remark if it was entered `LATER` minutes or more after its stated time. */
function filingProof(sheet: Sheet, filing: Filing): string {
  const minutes = Math.round((Date.parse(filing.at) - Date.parse(filing.filedAt)) / 60_000);
  const entry = proof(sheet, filing);
  if (minutes < LATER) return entry;
  return `${entry}\n${say(sheet, 'leniency.entered_later', { length: lengthText(sheet, minutes) })}`;
}

function takenBackText(sheet: Sheet, filing: VoidedFiling): string {
  const { sentTo, reason } = filing.voided;
  const params = { at: stampOf(filing.filedAt), office: sentTo ?? '', reason };
  return say(sheet, sentTo === null ? 'leniency.withdrawn' : 'leniency.elsewhere', params);
}

/** Stamps of a time-stamping authority, or a note that there are none and that all times are the host's. */
function trustedTime(sheet: Sheet): Part {
  const { stamps } = sheet.state;
  return sectionOf('time', say(sheet, 'leniency.time'), [
    tableOf(sheet, 'time.stamps', stamps, [
      ['leniency.stamped', 20, ({ entry }) => say(sheet, 'leniency.entry', { version: entry })],
      ['report.internal.at', 30, ({ stampedAt }) => stampOf(stampedAt)],
      ['leniency.authority', 50, ({ authority }) => authority],
    ]) ?? missing(sheet, 'time', 'leniency.time.none'),
  ]);
}

/** Rows for every possible time of awareness, and the one that a person confirmed, with the reason. */
function awarenessRows(sheet: Sheet): readonly (readonly [string, string])[] {
  const { candidates, awareness } = sheet.state;
  const rows = candidates.map((one): readonly [string, string] => {
    const source = AWARENESS_SOURCES.find((known) => known === one.source) ?? 'other';
    const params = {
      at: stampOf(one.instant),
      source: say(sheet, `source.${source}`),
      description: one.description ?? '',
    };
    const files = (one.proofs ?? []).map(
      (file) => `${sheet.state.evidence.find((known) => known.file === file)?.name ?? ''} SHA-256 ${file}`,
    );
    return [
      say(sheet, one.reachedUs ? 'leniency.candidate' : 'leniency.candidate.theirs', params).trim(),
      [proof(sheet, one), ...(one.link ? [one.link] : []), ...files].join('\n'),
    ];
  });
  if (!awareness) return rows;
  const params = { at: stampOf(awareness.instant), reason: awareness.reason };
  return [...rows, [say(sheet, 'leniency.confirmed', params), proof(sheet, awareness)]];
}

/** Name of a filed text: its kind of report, otherwise the title of the duty that it is for. */
export function filedName(sheet: Sheet, { report, obligation, content = '' }: Filing): string {
  if (report !== undefined) return reportName(sheet, report);
  const duty = sheet.ia.obligations.find(({ id }) => id === obligation);
  return duty ? dutyTitle(sheet, duty) : reportName(sheet, content);
}

export function resultText(sheet: Sheet, duty: OwedObligation): string {
  const { id, recipient, filing } = duty;
  const { delays, filings } = sheet.state;
  const reason = delays[id]?.reason ?? filings.find(({ version }) => version === filing?.version)?.lateReason;
  const waived = waiverOf(sheet.state, duty);
  if (waived) return waivedText(sheet, waived);
  // In time for the latest possible limit is not in time for the true one.
  const due = duty.isLatest && duty.status !== 'late' ? null : (filing?.due ?? null);
  const result = filing
    ? filedText(sheet, { ...filing, due }, filedTo(sheet, filing, recipient))
    : say(sheet, 'leniency.not_filed');
  return reason && duty.status === 'late' ? `${result} ${say(sheet, 'leniency.reason', { reason })}` : result;
}

function filedText(sheet: Sheet, filing: Filing, to: string): string {
  const { due } = filing;
  const channel = sheet.regime.channels.find((one) => one.id === filing.channel);
  const isUnconfirmed = filing.unconfirmed !== undefined && due !== null;
  const params = {
    at: stampOf(filing.filedAt),
    channel: channel ? law(sheet, channel.name) : say(sheet, 'report.internal.left'),
    receipt: filing.receipt ?? say(sheet, 'leniency.no_receipt'),
  };
  const key =
    due === null
      ? 'leniency.filed_promptly'
      : filing.lateSeconds > 0 || isUnconfirmed
        ? 'leniency.late'
        : 'leniency.in_time';
  const open = isUnconfirmed ? ` ${say(sheet, 'leniency.unconfirmed')}` : '';
  const by = filing.takenBy ? ` ${say(sheet, 'leniency.taken_by', { name: filing.takenBy })}` : '';
  const way = filing.otherChannel ? ` ${say(sheet, 'leniency.other_channel', { reason: filing.otherChannel })}` : '';
  const passed = filing.forwardedBy ? ` ${say(sheet, 'leniency.forwarded', { by: filing.forwardedBy })}` : '';
  const office = say(sheet, 'leniency.recipient', { to });
  return `${say(sheet, key, params)} ${office}${passed}${by}${way}${open}`;
}
