import { isPerson } from '../../incident/people/people.ts';
import type { RecordedEvent } from '../../incident/record/events.ts';
import type { Block, ReportLanguage } from '../../incident/report-document.ts';
import { momentOf } from '../format.ts';
import { lineOf, numbered, type Paper, paperOf, proseOf, sectionOf, tableOf } from '../paper.ts';
import { law, levelName, type Sheet, say, sheetNow, type Written } from '../sheet.ts';
import { factLabel, lengthText } from '../values.ts';
import { type DrillResult, type DrillScore, resultOf, trendOf } from './score.ts';

/**
 * Report of a drill with the headings that Chinese supervisors expect: content and purpose, plan, people, preparation,
 * course and key times, problems, improvements, conclusion. All but preparation and improvements are computed from the
 * record; those two are written by hand.
 */
export function drillReport(
  from: Written,
  events: readonly RecordedEvent[],
  others: readonly DrillResult[],
  language: ReportLanguage,
): Paper {
  const sheet = sheetNow(from, language, 'first');
  const result = resultOf(from, events);
  const { score } = result;
  const { state, compiledAt } = sheet;
  const heading = (id: SectionId, blocks: readonly (Block | null)[]) =>
    sectionOf(id, say(sheet, `drill.report.${id}`), blocks);
  return paperOf({
    language,
    compiledAt,
    title: say(sheet, 'drill.report.title'),
    marks: [say(sheet, 'report.mark.drill')],
    head: [
      lineOf('number', say(sheet, 'drill.report.id'), state.id),
      lineOf('name', say(sheet, 'drill.report.name'), state.title),
      lineOf('unit', say(sheet, 'report.head.unit'), sheet.entity?.name ?? say(sheet, 'report.blank')),
    ],
    sections: numbered(sheet, [
      heading('purpose', purpose(sheet)),
      heading('plan', plan(sheet)),
      heading('people', [proseOf('people.list', peopleText(sheet))]),
      heading('preparation', [proseOf('preparation.blank', say(sheet, 'drill.report.to_write'))]),
      heading('course', course(sheet, score)),
      heading('problems', problems(sheet, score)),
      heading('improvements', [improvements(sheet)]),
      heading('conclusion', [
        proseOf('conclusion.text', conclusion(sheet, score)),
        ...trend(sheet, [...others, result]),
      ]),
    ]),
  });
}
type SectionId = 'purpose' | 'plan' | 'people' | 'preparation' | 'course' | 'problems' | 'improvements' | 'conclusion';

function purpose(sheet: Sheet): readonly Block[] {
  const { scenario } = sheet.state;
  if (!scenario) return [proseOf('purpose.none', say(sheet, 'drill.report.to_write'))];
  return [
    proseOf('purpose.story', law(sheet, scenario.story)),
    ...scenario.goals.map((goal, n) => proseOf(`purpose.${n}`, law(sheet, goal), say(sheet, 'drill.report.goal'))),
  ];
}

function plan(sheet: Sheet): readonly (Block | null)[] {
  const { state, language } = sheet;
  const speed = Math.max(...state.segments.map(({ rate }) => rate));
  const began = momentOf(state.segments[0]?.wall ?? state.declared.at, language);
  return [
    proseOf('plan.text', say(sheet, 'drill.report.began', { began, speed })),
    tableOf(sheet, 'plan.injects', state.scenario?.injects ?? [], [
      ['drill.report.minute', 15, ({ at }) => lengthText(sheet, at)],
      ['drill.report.from', 25, ({ from }) => law(sheet, from)],
      ['drill.report.news', 60, ({ text }) => law(sheet, text)],
    ]),
  ];
}

function peopleText(sheet: Sheet): string {
  const names = Object.values(sheet.state.people)
    .filter(isPerson)
    .map(({ name }) => name);
  return names.length > 0 ? names.join(say(sheet, 'report.list')) : say(sheet, 'report.blank');
}

function course(sheet: Sheet, { stages, limit, injects, calls, reminders }: DrillScore): readonly (Block | null)[] {
  const steps = [
    ...stages.map((one) => ({ ...one, what: say(sheet, `drill.stage.${one.stage}`) })),
    ...injects.map((one) => ({ ...one, what: expectedText(sheet, one.inject) })),
  ];
  return [
    ...(limit === null
      ? []
      : [proseOf('limit', say(sheet, 'drill.report.limit', { limit: lengthText(sheet, limit) }))]),
    tableOf(sheet, 'stages', steps, [
      ['drill.report.step', 50, ({ what }) => what],
      ['drill.report.after', 25, ({ minutes }) => minutesText(sheet, minutes)],
      ['drill.report.result', 25, ({ outcome }) => say(sheet, `drill.report.${outcome}`)],
    ]),
    ...calls.map(({ call, items, left, open, seconds }) =>
      proseOf(`call.${call}`, say(sheet, 'call.result', { call, said: items - left.length, of: items, open, seconds })),
    ),
    proseOf('reminders', say(sheet, 'drill.report.reminders', { n: reminders })),
  ];
}

function expectedText(sheet: Sheet, { from, request, expect }: DrillScore['injects'][number]['inject']): string {
  const name = law(sheet, from);
  if (!expect) return name;
  if (request && expect.act === 'file') return say(sheet, 'drill.expected_request', { from: name });
  return say(sheet, 'drill.expected', { from: name, act: say(sheet, `drill.act.${expect.act}`) });
}

/** Level, facts, recipients and items missed in a drill, one sentence each; empty if none was. */
export function problemTexts(sheet: Sheet, score: DrillScore): readonly string[] {
  const { level, missedFacts, forgottenRecipients, openItems } = score;
  const list = (words: readonly string[]): string => words.join(say(sheet, 'report.list'));
  const recipients = forgottenRecipients.map((id) => {
    const known = sheet.regime.recipients.find((one) => one.id === id);
    return known ? law(sheet, known.name) : id;
  });
  return [
    ...levelProblem(sheet, level),
    ...(missedFacts.length > 0
      ? [say(sheet, 'drill.report.missed_facts', { list: list(missedFacts.map((fact) => factLabel(sheet, fact))) })]
      : []),
    ...(recipients.length > 0 ? [say(sheet, 'drill.report.forgotten', { list: list(recipients) })] : []),
    ...(openItems.length > 0 ? [say(sheet, 'drill.report.open_items', { list: list(openItems.map(String)) })] : []),
  ];
}

function levelProblem(sheet: Sheet, { right, decided, expected: correct }: DrillScore['level']): readonly string[] {
  if (right !== false || !correct) return [];
  const expected = levelName(sheet, correct);
  if (decided === null) return [say(sheet, 'drill.report.level_missing', { expected })];
  return [say(sheet, 'drill.report.level_wrong', { decided: levelName(sheet, decided), expected })];
}

function problems(sheet: Sheet, score: DrillScore): readonly Block[] {
  const found = problemTexts(sheet, score);
  const traps = (sheet.state.scenario?.traps ?? []).map((trap) => law(sheet, trap));
  return [
    ...(found.length > 0 ? found : [say(sheet, 'drill.report.no_problems')]).map((text, n) =>
      proseOf(`problem.${n}`, text),
    ),
    ...traps.map((text, n) => proseOf(`trap.${n}`, text, say(sheet, 'drill.report.trap'))),
  ];
}

/** Rows to be filled in by hand: the measure, who does it, and until when. */
function improvements(sheet: Sheet): Block | null {
  const blank = () => say(sheet, 'report.blank');
  return tableOf(
    sheet,
    'improvements.list',
    [1, 2],
    [
      ['drill.report.measure', 60, blank],
      ['drill.report.owner', 20, blank],
      ['drill.report.until', 20, blank],
    ],
  );
}

function conclusion(sheet: Sheet, { points, of }: DrillScore): string {
  const ended = sheet.state.closed?.at ?? sheet.compiledAt;
  return say(sheet, 'drill.report.concluded', {
    points,
    of,
    ended: momentOf(ended, sheet.language),
  });
}

/** Table of this drill and the last ones, with the time of each step; null for the first drill. */
function trend(sheet: Sheet, results: readonly DrillResult[]): readonly (Block | null)[] {
  if (results.length < 2) return [];
  const table = tableOf(sheet, 'trend.list', trendOf(results), [
    ['drill.report.date', 18, ({ result }) => momentOf(result.at, sheet.language)],
    ['drill.report.name', 28, ({ result }) => result.title],
    ['drill.report.result', 12, ({ result }) => `${result.percent} %`],
    ['drill.stage.level', 14, ({ minutes }) => minutesText(sheet, minutes.level)],
    ['drill.stage.draft', 14, ({ minutes }) => minutesText(sheet, minutes.draft)],
    ['drill.stage.filing', 14, ({ minutes }) => minutesText(sheet, minutes.filing)],
  ]);
  return [proseOf('trend.text', say(sheet, 'drill.trend')), table];
}

function minutesText(sheet: Sheet, minutes: number | null): string {
  return minutes === null ? '—' : lengthText(sheet, minutes);
}
