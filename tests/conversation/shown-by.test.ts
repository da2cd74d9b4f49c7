import { expect, it } from 'vitest';
import { questionCard } from '../../src/conversation/asking/question-card.ts';
import type { Text } from '../../src/conversation/cards/card.ts';
import { localise, localiseCard } from '../../src/conversation/cards/localise.ts';
import { sentenceCard, surfaceSaying } from '../../src/conversation/cards/sentence.ts';
import { saidLine } from '../../src/conversation/record/command-confirmations.ts';
import type { Command } from '../../src/incident/commands.ts';
import { company, Story } from './story.ts';

const keyOf = (text: Text): string => ('key' in text ? text.key : '');
const sentencesOf = (text: Text): readonly Text[] => ('list' in text ? text.list.flatMap(sentencesOf) : [text]);
/** Worded by the verdict in another way. */
const REWORDED = new Set(['said.would', 'said.level_decided']);

it('a confirmation names the question only while the question says the same', () => {
  const story = new Story('2026-03-31T09:42:00+08:00', company).do({ type: 'declare', title: '客户库疑似泄露' });
  const acts: readonly (readonly [Command, 'question' | 'draft' | null])[] = [
    [{ type: 'answer', fact: 'affected', value: ['personal_info', 'outage'] }, 'question'],
    [{ type: 'answer', fact: 'suspected_crime', value: 'unknown' }, 'question'],
    [{ type: 'answer', fact: 'operator', value: 'other' }, 'question'],
    [{ type: 'answer', fact: 'personal_info_people', value: 1_200_000 }, 'question'],
    [{ type: 'decide_level', level: 'major' }, 'question'],
    [{ type: 'add_note', text: '已断网' }, null],
    [{ type: 'rename', title: '客户库泄露' }, null],
    [{ type: 'compile_draft', report: 'initial', cannotDetermine: [] }, 'draft'],
  ];
  for (const [command, surface] of acts) {
    const { situation } = story.wait(1).do(command);
    const said = saidLine(situation, command);
    if (!said) throw new Error(command.type);
    expect(surfaceSaying(sentenceCard(said)), command.type).toBe(surface);
    if (surface !== 'question') continue;
    for (const language of ['zh-CN', 'en'] as const) {
      const shown = JSON.stringify(localiseCard(questionCard(situation), language));
      for (const sentence of sentencesOf(said).filter((one) => !REWORDED.has(keyOf(one))))
        expect(shown, command.type).toContain(JSON.stringify(localise(sentence, language)).slice(1, -1));
    }
  }
  // Of two answers the question shows the last one.
  const earlier = saidLine(story.situation, { type: 'answer', fact: 'affected', value: ['personal_info', 'outage'] });
  expect(earlier && surfaceSaying(sentenceCard(earlier))).toBeNull();
});
