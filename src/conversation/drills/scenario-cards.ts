import type { Scenario } from '../../incident/scenario.ts';
import { actionBlock, rowBlock, textBlock } from '../cards/blocks.ts';
import type { Block, Card } from '../cards/card.ts';
import { toneOf } from '../cards/headline.ts';
import { form, lawText, type Situation, t, titled, view } from '../cards/situation.ts';

/** Drills to choose from, each started with one tap in the language of who asks; the last choice is a drill of one's own. */
export function scenariosCard(scenarios: readonly Scenario[], language: 'zh' | 'en'): Card {
  const rows = scenarios.map(
    ({ id, title, story, injects, speed }): Block =>
      rowBlock(
        'open',
        t('drill.scenario_row', {
          title: lawText(title),
          story: lawText(story),
          length: { minutes: Math.max(1, Math.round(Math.max(...injects.map(({ at }) => at)) / speed)) },
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

/** News of the scenario for everybody who plays; null if the drill has no such news. */
export function injectCard(situation: Situation, inject: string): Card | null {
  const { state } = situation;
  const news = state.scenario?.injects.find(({ id }) => id === inject);
  if (!news) return null;
  const title = titled(state, t('drill.news', { from: lawText(news.from) }));
  return {
    tone: toneOf(situation),
    drill: true,
    title,
    summary: title,
    blocks: [
      textBlock(lawText(news.text)),
      actionBlock([view('status', t('act.status'), 'status', { incident: state.id })]),
    ],
  };
}
