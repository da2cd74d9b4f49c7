import type { OwedObligation } from '../incident/facts/assessment.ts';
import { provinceOf } from '../incident/facts/law-facts.ts';
import type { ObligationRule } from '../law/regime.ts';
import { completeness, pointText } from './completeness.ts';
import { belowFloor } from './derived.ts';
import { dueStampOf, momentOf, stampOf } from './format.ts';
import { article } from './guide-sheet.ts';
import type { Block, Section } from './model.ts';
import { sectionOf, tableOf } from './paper.ts';
import { factRun, paragraph } from './runs.ts';
import { law, type Sheet, say } from './sheet.ts';
import { type TimelineEntry, whoText } from './timeline.ts';
import { factLabel, valueText } from './values.ts';

/** Record data for the end of the report; the time line is in the language of the report. */
export interface RecordView {
  readonly headHash: string;
  readonly timeline: readonly TimelineEntry[];
}

/** The parts of the internal version: verdict with the deciding rules, duties, gaps, time line, evidence, record. */
export function appendix(sheet: Sheet, view: RecordView, basedOnVersion: number): readonly Section[] {
  const parts: readonly Part[] = [
    verdict(sheet),
    questions(sheet),
    duties(sheet),
    gaps(sheet),
    timeline(sheet, view, basedOnVersion),
    evidence(sheet),
    record(sheet, view, basedOnVersion),
  ];
  return parts.flatMap((part) => (part === null ? [] : [{ ...part, number: null }]));
}

type Part = ReturnType<typeof sectionOf>;

function line(id: string, label: string, text: string): Block {
  return paragraph(id, [factRun(text, id)], { label });
}

export function levelName({ regime, language }: Sheet, level: string): string {
  const found = regime.levels.find(({ id }) => id === level);
  if (!found) return level;
  return language === 'zh' ? found.short.zh : `${found.short.zh} (${found.short.en})`;
}

function verdict(sheet: Sheet): Part {
  const { ia, state, regime } = sheet;
  const { floor, ceiling, matched } = ia.assessment;
  const rows = matched.map((match) => {
    const rule = regime.criteria.find(({ id }) => id === match.criterion);
    const used = Object.entries(match.facts).map(([fact, value]) =>
      say(sheet, 'report.internal.used.fact', { label: factLabel(sheet, fact), value: valueText(sheet, fact, value) }),
    );
    return [
      rule ? law(sheet, rule.label) : match.criterion,
      match.source.quote,
      used.join(say(sheet, 'report.semicolon')),
    ];
  });
  const reason = state.levelDecision?.reason;
  const blocks: Block[] = [
    line('verdict.level', say(sheet, 'report.internal.level'), decidedLevel(sheet)),
    line(
      'verdict.range',
      say(sheet, 'report.internal.range'),
      say(sheet, 'report.internal.range.text', { floor: levelName(sheet, floor), ceiling: levelName(sheet, ceiling) }),
    ),
    ...(reason ? [line('verdict.reason', say(sheet, 'report.internal.reason'), reason)] : []),
    ...(belowFloor(sheet) ? [paragraph('verdict.below', [factRun(say(sheet, 'report.internal.below'), 'level')])] : []),
  ];
  return sectionOf('verdict', say(sheet, 'report.internal.verdict'), [
    ...blocks,
    tableOf(
      sheet,
      'verdict.rules',
      { 'report.internal.rule': 20, 'report.internal.quote': 45, 'report.internal.used': 35 },
      rows,
    ),
  ]);
}

function decidedLevel(sheet: Sheet): string {
  const { ia, state, language } = sheet;
  if (ia.level === 'undetermined') return say(sheet, 'report.internal.level.undetermined');
  const level = levelName(sheet, ia.level);
  if (!state.levelDecision || !ia.levelDecided) return say(sheet, 'report.internal.level.open', { level });
  const by = whoText(sheet, state.levelDecision.by);
  return say(sheet, 'report.internal.level.decided', { level, by, at: momentOf(state.levelDecision.at, language) });
}

function questions(sheet: Sheet): Part {
  const rows = sheet.ia.assessment.warnings.flatMap((warning) => {
    const question = sheet.regime.openQuestions.find(({ id }) => id === warning.question);
    if (!question) return [];
    const chosen = sheet.state.readings[question.id]?.reading ?? warning.reading;
    const reading = question.readings.find(({ id }) => id === chosen);
    const otherwise = warning.levelIfReadOtherwise;
    return [
      [
        law(sheet, question.text),
        reading ? law(sheet, reading.name) : chosen,
        otherwise ? levelName(sheet, otherwise) : say(sheet, 'report.internal.left'),
      ],
    ];
  });
  return sectionOf('questions', say(sheet, 'report.internal.questions'), [
    tableOf(
      sheet,
      'questions.list',
      { 'report.internal.question': 45, 'report.internal.reading': 35, 'report.internal.otherwise': 20 },
      rows,
    ),
  ]);
}

function duties(sheet: Sheet): Part {
  const { ia, regime } = sheet;
  const rows = ia.obligations.map((o) => {
    const rule = regime.obligations.find(({ id }) => id === o.id);
    const title = rule ? law(sheet, rule.title) : o.id;
    return [
      `${title}${o.provisional ? say(sheet, 'report.internal.provisional') : ''}`,
      article(o.source),
      o.due === null ? noDueText(sheet, rule) : dueStampOf(o.due),
      statusText(sheet, o),
    ];
  });
  return sectionOf('duties', say(sheet, 'report.internal.duties'), [
    tableOf(
      sheet,
      'duties.list',
      {
        'report.internal.duty': 33,
        'report.internal.rule': 31,
        'report.internal.due': 22,
        'report.internal.status': 14,
      },
      rows,
    ),
  ]);
}
/** Word of the law for a period without a figure, e.g. 立即; a time limit whose start is not known has none. */
function noDueText(sheet: Sheet, rule: ObligationRule | undefined): string {
  if (rule?.urgency) return law(sheet, rule.urgency);
  if (rule?.period.kind === 'blank') return say(sheet, 'guide.blank');
  if (rule === undefined) return say(sheet, 'urgency.promptly');
  const { period } = rule;
  return say(sheet, period.kind === 'promptly' ? `urgency.${period.word ?? 'promptly'}` : 'report.internal.no_start');
}
function statusText(sheet: Sheet, { status, filing, due }: OwedObligation): string {
  if (status === 'late' && filing) return say(sheet, 'report.internal.status.late_filed');
  if (status === 'running' && due === null) return say(sheet, 'report.internal.status.open');
  return say(sheet, `report.internal.status.${status}`);
}

function gaps(sheet: Sheet): Part {
  const { gaps: open, contradictions } = completeness(sheet);
  const points = [...contradictions, ...open].map((point) => [pointText(sheet, point)]);
  return sectionOf('gaps', say(sheet, 'report.internal.gaps'), [
    tableOf(sheet, 'gaps.list', { 'report.internal.gap': 100 }, points),
  ]);
}

function timeline(sheet: Sheet, { timeline: entries }: RecordView, basedOnVersion: number): Part {
  const rows = entries
    .filter(({ version = 0 }) => version <= basedOnVersion)
    .map(({ at, who, text }) => [stampOf(at), who, text]);
  return sectionOf('timeline', say(sheet, 'report.internal.timeline'), [
    tableOf(
      sheet,
      'timeline.list',
      { 'report.internal.at': 22, 'report.internal.who': 14, 'report.internal.what': 64 },
      rows,
    ),
  ]);
}

function evidence(sheet: Sheet): Part {
  const rows = sheet.state.evidence.map(({ name, size, file, by, at }) => [
    name,
    String(size),
    file,
    `${whoText(sheet, by)} ${stampOf(at)}`,
  ]);
  return sectionOf('evidence', say(sheet, 'report.internal.evidence'), [
    tableOf(
      sheet,
      'evidence.list',
      {
        'report.internal.file': 26,
        'report.internal.size': 14,
        'report.internal.sha256': 36,
        'report.internal.who': 24,
      },
      rows,
    ),
  ]);
}

function record(sheet: Sheet, { headHash }: RecordView, basedOnVersion: number): Part {
  const version = say(sheet, 'report.internal.based_on.text', { version: String(basedOnVersion) });
  const { provinces } = sheet.regime;
  const unverified = provinceOf(sheet.state, sheet.regime) !== null && provinces.verification !== 'primary';
  return sectionOf('record', say(sheet, 'report.internal.record'), [
    line('record.title', say(sheet, 'report.internal.incident'), sheet.state.title),
    line('record.version', say(sheet, 'report.internal.based_on'), version),
    line('record.head', say(sheet, 'report.internal.head'), headHash),
    ...(unverified
      ? [line('record.body', say(sheet, 'report.internal.body'), law(sheet, sheet.regime.provinces.note))]
      : []),
  ]);
}
