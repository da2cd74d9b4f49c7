import { lastSpeed } from '../../incident/drill-clock.ts';
import type { RecordedEvent } from '../../incident/record/events.ts';
import { injectsOf, type Scenario } from '../../incident/scenario.ts';
import type { DrillScore, Outcome } from '../../report/drills/score.ts';
import { type DrillResult, resultOf, trendOf } from '../../report/drills/score.ts';
import { factName as factLabel } from '../../report/values.ts';
import type { Action, Block, Card, Param, Text } from '../cards/card.ts';
import { cardOf } from '../cards/headline.ts';
import { actionBlock, noteBlock, rowBlock, strongBlock, textBlock } from '../cards/sentence.ts';
import {
  form,
  intent,
  joined,
  lawText,
  levelText,
  plain,
  recipientText,
  type Situation,
  show,
  t,
  titled,
} from '../cards/situation.ts';
import { resultText } from './call-card.ts';

const MARKS = { met: 'done', late: 'partly', missed: 'open' } as const satisfies Readonly<Record<Outcome, string>>;

/** Controls of a drill for the bar above its page: clock, score and end; once it is closed the score alone. */
export function drillControls(situation: Situation): readonly Action[] {
  const { state } = situation;
  if (!state.drill) return [];
  const score = { ...show(situation, 'score'), label: t('drill.to_score') };
  if (state.closed) return [score];
  const isPaused = state.segments.at(-1)?.rate === 0;
  const speed = isPaused ? lastSpeed(state.segments) : 0;
  const args = { incident: state.id };
  return [
    intent('pause', t(isPaused ? 'drill.resume' : 'drill.pause'), { type: 'set_drill_speed', speed }),
    form('speed', t('drill.speed'), 'drill_speed', args),
    score,
    form('end', t('drill.end'), 'close', args),
  ];
}

/** Score of a drill from its record, with missed points and the files to keep; for a running drill the score so far. */
export function scoreCard(
  situation: Situation,
  events: readonly RecordedEvent[],
  others: readonly DrillResult[],
): Card {
  const { state } = situation;
  const result = resultOf(situation, events);
  const { score } = result;
  const points = t('drill.points', { points: { amount: score.points }, of: score.of });
  const traps = state.scenario?.traps ?? [];
  return cardOf(situation, t('drill.score'), points, [
    strongBlock(points),
    ...(state.closed ? [] : [noteBlock(t('drill.running'))]),
    ...stageRows(score),
    ...levelRow(situation, score),
    ...gapRows(situation, score),
    // For a newcomer the steps above say it all, unless something was missed.
    ...score.injects
      .filter(({ outcome }) => outcome !== 'met' || !situation.state.scenario?.coach)
      .map(({ inject, minutes, outcome }) => row(outcome, expectedText(inject), minutes)),
    ...callRows(score),
    ...(traps.length > 0 && state.closed
      ? [noteBlock(t('drill.traps', { traps: joined(traps.map(lawText), 'semicolon') }))]
      : []),
    ...trendBlocks([...others, result]),
    actionBlock(actionsOf(situation)),
  ]);
}

/** Table of this drill and the last ones, newest first; empty for the first drill. */
function trendBlocks(results: readonly DrillResult[]): readonly Block[] {
  if (results.length < 2) return [];
  const rows = trendOf(results)
    .toReversed()
    .map(({ result, minutes, gain }): Block => {
      const text = t('drill.trend_row', {
        at: { instant: result.at },
        title: plain(result.title),
        percent: result.percent,
        gain: gain === null ? plain('') : t('drill.trend_gain', { gain: `${gain < 0 ? '−' : '+'}${Math.abs(gain)}` }),
        level: afterText(minutes.level),
        draft: afterText(minutes.draft),
        filing: afterText(minutes.filing),
      });
      return noteBlock(text);
    });
  return [strongBlock(t('drill.trend')), ...rows];
}

function afterText(minutes: number | null): Param {
  return minutes === null ? plain('—') : { minutes };
}

function actionsOf({ state }: Situation) {
  const base = `/api/v1/incidents/${encodeURIComponent(state.id)}/paper?paper=drill`;
  const file = (id: 'docx' | 'pdf', language: 'zh' | 'en', label: Text) => ({
    id: `${id}_${language}`,
    label,
    does: { kind: 'link' as const, url: `${base}&format=${id}&language=${language}` },
  });
  return [
    ...(state.closed ? [] : [form('close', t('drill.end'), 'close', { incident: state.id })]),
    file('docx', 'zh', t('drill.report_zh')),
    file('docx', 'en', t('drill.report_en')),
  ];
}

function row(outcome: Outcome, what: Text, minutes: number | null): Block {
  const text =
    minutes === null ? t('drill.row_missed', { what }) : t(`drill.row_${outcome}`, { what, after: { minutes } });
  return rowBlock(MARKS[outcome], text);
}

/** Act that a message of the scenario asks for, e.g. "Request of the 12387 officer (drill) answered". */
function expectedText({ from, request, expect }: DrillScore['injects'][number]['inject']): Text {
  if (!expect) return lawText(from);
  if (request && expect.act === 'file') return t('drill.expected_request', { from: lawText(from) });
  return t('drill.expected', { from: lawText(from), act: t(`drill.act.${expect.act}`) });
}

function stageRows({ stages, limit }: DrillScore): readonly Block[] {
  const within = limit === null ? [] : [noteBlock(t('drill.limit', { limit: { minutes: limit } }))];
  return [...within, ...stages.map(({ stage, minutes, outcome }) => row(outcome, t(`drill.stage.${stage}`), minutes))];
}

function levelRow({ regime }: Situation, { level }: DrillScore): readonly Block[] {
  if (level.expected === null) return [];
  const expected = levelText(regime, level.expected);
  if (level.right) return [rowBlock('done', t('drill.level_right', { level: expected }))];
  if (level.decided === null) return [rowBlock('open', t('drill.level_missing', { expected }))];
  return [rowBlock('open', t('drill.level_wrong', { decided: levelText(regime, level.decided), expected }))];
}

/** Rows of practised calls: done if every item was stated and no question left unanswered. */
function callRows({ calls }: DrillScore): readonly Block[] {
  return calls.map((one) =>
    rowBlock(
      one.receipt === null ? 'open' : one.left.length === 0 && one.open === 0 ? 'done' : 'partly',
      resultText(one),
    ),
  );
}

function gapRows(situation: Situation, score: DrillScore): readonly Block[] {
  const { missedFacts, forgottenRecipients, openItems } = score;
  const gap = (list: readonly Text[], key: 'drill.missed_facts' | 'drill.forgotten' | 'drill.open_items'): Block[] =>
    list.length === 0 ? [] : [rowBlock('open', t(key, { list: joined(list) }))];
  return [
    ...gap(
      missedFacts.map((fact) => factLabel(situation.regime, fact)),
      'drill.missed_facts',
    ),
    ...gap(
      forgottenRecipients.map((recipient) => recipientText(situation, recipient)),
      'drill.forgotten',
    ),
    ...gap(
      openItems.map((n) => plain(String(n))),
      'drill.open_items',
    ),
    noteBlock(t('drill.reminders', { n: score.reminders })),
  ];
}

/**
 * Drills to choose from, each started with one press in the reader's language; the last entry is a drill of one's own.
 */
export function scenariosCard(scenarios: readonly Scenario[], language: 'zh' | 'en'): Card {
  const rows = scenarios.map(
    ({ id, title, story, injects, speed, takes }): Block =>
      rowBlock(
        'open',
        t('drill.scenario_row', {
          title: lawText(title),
          story: lawText(story),
          length: { minutes: takes ?? Math.max(1, Math.round(Math.max(...injects.map(({ at }) => at)) / speed)) },
        }),
        [
          {
            id: `play_${id}`,
            label: t('drill.start'),
            does: { kind: 'intent', intent: { type: 'declare', title: title[language], drill: true, scenario: id } },
          },
        ],
      ),
  );
  const title = t('drill.choose');
  const own = form('own_drill', t('drill.own'), 'new_incident', { drill: 'true' });
  return {
    tone: 'calm',
    drill: false,
    title,
    summary: t('drill.choose_summary', { n: scenarios.length }),
    blocks: [...rows, actionBlock([own])],
  };
}

/** News of the scenario for all players; null if the drill does not have it. */
export function injectCard(situation: Situation, inject: string): Card | null {
  const { state } = situation;
  const news = injectsOf(state).find(({ id }) => id === inject);
  if (!news) return null;
  const title = t('drill.news', { from: lawText(news.from) });
  const blocks = [textBlock(lawText(news.text)), actionBlock([show(situation, 'status')])];
  return cardOf(situation, title, titled(state, title), blocks);
}
