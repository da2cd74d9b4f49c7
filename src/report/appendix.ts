import { provinceOf } from '../incident/facts/law-facts.ts';
import type { OwedObligation } from '../incident/facts/owed.ts';
import type { Block, Section } from '../incident/report-document.ts';
import type { ObligationRule } from '../law/regime.ts';
import { gapsOf, pointText } from './completeness.ts';
import { contradictionsOf } from './contradictions.ts';
import { belowFloor } from './derived.ts';
import type { StepMinutes } from './drills/score.ts';
import { momentOf, stampOf } from './format.ts';
import { article } from './guide-input.ts';
import { dueText, dutyTitle } from './head.ts';
import { sectionOf, tableOf } from './paper.ts';
import { factRun, paragraph } from './runs.ts';
import { law, levelName, type Sheet, say } from './sheet.ts';
import { decidersText, type TimelineEntry, whoText } from './timeline.ts';
import { factLabel, lengthText, valueText } from './values.ts';

/** Record data for the end of the report; the time line is in the language of the report. */
export interface RecordView {
  readonly headHash: string;
  readonly timeline: readonly TimelineEntry[];
  readonly steps?: readonly StepMinutes[];
}

/** The parts of the internal version: verdict with the deciding rules, duties, gaps, time line, evidence, record. */
export function appendix(sheet: Sheet, view: RecordView, basedOnVersion: number): readonly Section[] {
  const parts: readonly Part[] = [
    verdict(sheet),
    questions(sheet),
    duties(sheet),
    stepTable(sheet, view),
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

/** Level as it stands: one that nobody decided yet is marked so. */
export function levelNow(sheet: Sheet): string {
  const { ia, state } = sheet;
  const level = levelName(sheet, ia.level);
  return ia.levelDecided || state.imported ? level : say(sheet, 'report.internal.level.open', { level });
}

function verdict(sheet: Sheet): Part {
  const { ia, state, regime } = sheet;
  const { floor, ceiling, matched } = ia.assessment;
  const ruleOf = ({ criterion }: Matched): string => {
    const rule = regime.criteria.find(({ id }) => id === criterion);
    return rule ? law(sheet, rule.label) : criterion;
  };
  const usedBy = ({ facts }: Matched): string =>
    Object.entries(facts)
      .map(([fact, value]) => ({ label: factLabel(sheet, fact), value: valueText(sheet, fact, value) }))
      .map((params) => say(sheet, 'report.internal.used.fact', params))
      .join(say(sheet, 'report.semicolon'));
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
    tableOf(sheet, 'verdict.rules', matched, [
      ['report.internal.rule', 20, ruleOf],
      ['report.internal.quote', 45, ({ source }) => source.quote],
      ['report.internal.used', 35, usedBy],
    ]),
  ]);
}
type Matched = Sheet['ia']['assessment']['matched'][number];

function decidedLevel(sheet: Sheet): string {
  const { ia, state, language } = sheet;
  if (ia.level === 'undetermined') return say(sheet, 'report.internal.level.undetermined');
  const level = levelName(sheet, ia.level);
  if (!state.levelDecision || !ia.levelDecided) return levelNow(sheet);
  const by = decidersText(sheet, state.levelDecision);
  return say(sheet, 'report.internal.level.decided', { level, by, at: momentOf(state.levelDecision.at, language) });
}

function questions(sheet: Sheet): Part {
  const rows = sheet.ia.assessment.warnings.flatMap((warning) => {
    const question = sheet.regime.openQuestions.find(({ id }) => id === warning.question);
    if (!question) return [];
    const chosen = sheet.state.readings[question.id]?.reading ?? warning.reading;
    const reading = question.readings.find(({ id }) => id === chosen);
    const otherwise = warning.levelIfReadOtherwise;
    return [{ question, reading: reading ? law(sheet, reading.name) : chosen, otherwise }];
  });
  return sectionOf('questions', say(sheet, 'report.internal.questions'), [
    tableOf(sheet, 'questions.list', rows, [
      ['report.internal.question', 45, ({ question }) => law(sheet, question.text)],
      ['report.internal.reading', 35, ({ reading }) => reading],
      [
        'report.internal.otherwise',
        20,
        ({ otherwise }) => (otherwise ? levelName(sheet, otherwise) : say(sheet, 'report.internal.left')),
      ],
    ]),
  ]);
}

function duties(sheet: Sheet): Part {
  const { ia, regime } = sheet;
  const ruleOf = (duty: OwedObligation) => regime.obligations.find(({ id }) => id === duty.id);
  const titleOf = (duty: OwedObligation): string =>
    `${dutyTitle(sheet, duty)}${duty.provisional ? say(sheet, 'report.internal.provisional') : ''}`;
  return sectionOf('duties', say(sheet, 'report.internal.duties'), [
    tableOf(sheet, 'duties.list', ia.obligations, [
      ['report.internal.duty', 33, titleOf],
      ['report.internal.rule', 31, ({ source }) => article(source)],
      [
        'report.internal.due',
        22,
        (duty) => (duty.due === null ? noDueText(sheet, ruleOf(duty)) : dueText(sheet, duty)),
      ],
      ['report.internal.status', 14, (duty) => statusText(sheet, duty)],
    ]),
  ]);
}
/** Text for a duty without a due time: the law's word (e.g. 立即), a blank, or a note that the start is unknown. */
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

/** After-action table of the summary report: minutes of each step up to the first filing, from the record alone. */
function stepTable(sheet: Sheet, { steps = [] }: RecordView): Part {
  const reached = steps.filter(({ at }) => at !== null);
  if (sheet.role !== 'final' || reached.length < 2) return null;
  return sectionOf('steps', say(sheet, 'what_if.minutes'), [
    tableOf(sheet, 'steps.list', reached, [
      ['report.internal.step', 50, ({ step }) => say(sheet, `what_if.step.${step}`)],
      ['report.internal.at', 25, ({ at }) => (at === null ? '' : stampOf(at))],
      ['report.internal.took', 25, ({ minutes }) => (minutes === null ? '—' : lengthText(sheet, minutes))],
    ]),
  ]);
}

function gaps(sheet: Sheet): Part {
  return sectionOf('gaps', say(sheet, 'report.internal.gaps'), [
    tableOf(
      sheet,
      'gaps.list',
      [...contradictionsOf(sheet), ...gapsOf(sheet)],
      [['report.internal.gap', 100, (point) => pointText(sheet, point)]],
    ),
  ]);
}

function timeline(sheet: Sheet, { timeline: entries }: RecordView, basedOnVersion: number): Part {
  const shown = entries.filter(({ version = 0 }) => version <= basedOnVersion);
  return sectionOf('timeline', say(sheet, 'report.internal.timeline'), [
    tableOf(sheet, 'timeline.list', shown, [
      ['report.internal.at', 22, ({ at }) => stampOf(at)],
      ['report.internal.who', 14, ({ who }) => who],
      ['report.internal.what', 64, ({ text }) => text],
    ]),
  ]);
}

function evidence(sheet: Sheet): Part {
  return sectionOf('evidence', say(sheet, 'report.internal.evidence'), [
    tableOf(sheet, 'evidence.list', sheet.state.evidence, [
      ['report.internal.file', 26, ({ name }) => name],
      ['report.internal.size', 14, ({ size }) => String(size)],
      ['report.internal.sha256', 36, ({ file }) => file],
      ['report.internal.who', 24, ({ by, at }) => `${whoText(sheet, by)} ${stampOf(at)}`],
    ]),
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
