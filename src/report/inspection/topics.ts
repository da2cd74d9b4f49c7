import { isPerson } from '../../incident/people/people.ts';
import type { InspectionItem, Topic } from '../../law/inspection.ts';
import { problemTexts } from '../drills/drill-report.ts';
import { entryOfStage, trendOf } from '../drills/score.ts';
import { stampOf } from '../format.ts';
import { say } from '../sheet.ts';
import { lengthText } from '../values.ts';
import type { Dossier, Statement } from './dossier.ts';
import { filingTopics, handlingTopics } from './handling-topics.ts';
import { profileTopics } from './profile-topics.ts';
import { named, ofDrills, proved } from './statements.ts';

/** Topics on drills. A score counts only for a drill that has ended. */
const drillTopics = {
  drills_held: ofDrills((one) => {
    const { sheet, state } = one;
    const names = Object.values(state.people).flatMap((person) => (isPerson(person) ? [person.name] : []));
    const text = say(sheet, state.closed ? 'inspection.drill' : 'inspection.drill_open', {
      title: state.title,
      at: stampOf(state.segments[0]?.wall ?? state.declared.at),
      people: names.join(say(sheet, 'report.list')),
    });
    return [proved(one, named(one, text), state.declared.version, ...endOf(one))];
  }),
  drill_scores: ofDrills((one) => {
    const { sheet, result, state } = one;
    if (!result) return [proved(one, named(one, state.title))];
    const { points, of, stages } = result.score;
    const course = stages.map(({ stage, minutes, outcome }) => {
      const what = say(sheet, `drill.stage.${stage}`);
      const step = minutes === null ? what : `${what} ${lengthText(sheet, minutes)}`;
      return say(sheet, 'inspection.with', { what: step, more: say(sheet, `drill.report.${outcome}`) });
    });
    const score = say(sheet, 'inspection.score', { percent: result.percent, points, of });
    const reached = stages.flatMap(({ stage }) => entryOfStage(one.events, stage)?.version ?? []);
    return [proved(one, named(one, [score, ...course].join('\n')), ...reached, ...endOf(one))];
  }),
  drill_trend: ((records) => {
    const ends = new Map(records.map((one) => [one.state.id, proved(one, '', ...endOf(one)).of]));
    const steps = trendOf(records.flatMap(({ result }) => result ?? []));
    return steps.flatMap(({ result, gain }, index) => {
      const before = steps[index - 1]?.result;
      const sheet = records.find(({ state }) => state.id === result.id)?.sheet;
      if (!sheet || !before || gain === null) return [];
      const change = { before: before.percent, percent: result.percent, gain: gain > 0 ? `+${gain}` : `${gain}` };
      const text = say(sheet, 'inspection.trend', { from: before.id, to: result.id, ...change });
      return [{ text, of: [before, result].flatMap(({ id }) => ends.get(id) ?? []) }];
    });
  }) satisfies TopicOf,
  drill_problems: ofDrills((one) => {
    if (!one.result) return [];
    const found = problemTexts(one.sheet, one.result.score);
    const texts = found.length > 0 ? found : [say(one.sheet, 'drill.report.no_problems')];
    return texts.map((text) => proved(one, named(one, text), ...endOf(one)));
  }),
};

function endOf({ state }: Dossier): readonly number[] {
  return state.closed ? [state.closed.version] : [];
}

export type TopicOf = (records: readonly Dossier[], item: InspectionItem) => readonly Statement[];

/** Function of each topic; together they are all the evidence that an inspection pack can give. */
export const STATEMENTS: Readonly<Record<Topic, TopicOf>> = {
  ...profileTopics,
  ...drillTopics,
  ...handlingTopics,
  ...filingTopics,
};
