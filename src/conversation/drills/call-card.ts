import type { Command } from '../../incident/commands.ts';
import { type DrillCall, type Prompt, runningCall } from '../../incident/drill-call.ts';
import { promptOf } from '../../report/channels/call.ts';
import { type CallScore, callScores } from '../../report/drills/call-score.ts';
import type { Action, Block, Text } from '../cards/card.ts';
import { actionBlock, textBlock } from '../cards/sentence.ts';
import { intent, joined, lawText, ofPart, plain, primary, type Situation, show, t } from '../cards/situation.ts';
import type { Reader } from '../meaning/meaning.ts';
import type { Looker, Step } from '../next-step/step.ts';
import { fold } from '../text/characters.ts';
import type { TextCommand } from '../text/commands/commands.ts';
import { meansUnknown } from '../text/commands/known-words.ts';

/** Button [Call 12387 (drill)], which begins a practised call. */
export function callAction(): Action {
  return intent('call_officer', t('act.call_officer'), { type: 'call_officer' });
}

/** Current line of the officer: the question, the receipt, or at the beginning the invitation to read the script. */
export function officerLine(situation: Situation): Text {
  const call = situation.state.calls.at(-1);
  const prompt = promptNow(situation);
  if (prompt?.asks) return t('call.officer', { text: lawText(prompt.asks) });
  if (prompt) return t(call?.turns.length === 0 ? 'call.answered' : 'call.go_on');
  const receipt = call?.ended?.receipt;
  return receipt ? t('call.receipt', { receipt: plain(receipt) }) : t('call.hung_up');
}

/** Blocks below the officer's line: the proposed words with the answer buttons, or the result of the call. */
export function callBlocks(situation: Situation): readonly Block[] {
  const prompt = promptNow(situation);
  if (prompt) return [textBlock(callerLine(prompt)), actionBlock(answersTo(prompt))];
  const last = callScores(situation.state.calls).at(-1);
  const result = last ? [textBlock(resultText(last))] : [];
  return [...result, actionBlock([callAction(), show(situation, 'score')])];
}

/** Result of one call in a sentence, e.g. "Call 1: 8 of 8 items said in 170 seconds, 2 questions left open". */
export function resultText(score: CallScore): Text {
  const { call, items, left, seconds, firstAfter, open, shorter } = score;
  const row = t('call.result', { call, said: items - left.length, of: items, seconds, open });
  const first = firstAfter === null ? [] : [t('call.first_words', { seconds: firstAfter })];
  const gain =
    shorter === null ? [] : [t(shorter < 0 ? 'call.longer' : 'call.shorter', { percent: Math.abs(shorter) })];
  return joined([row, ...first, ...gain], 'sentence');
}

/** Next step of the caller while a practised call runs; null for everybody else. */
export function officerStep(situation: Situation, looker: Looker | null): Step | null {
  const call = runningCall(situation.state);
  const prompt = call && looker?.actors.includes(call.by) ? promptOf(situation, call) : null;
  if (!prompt) return null;
  const { labels } = prompt;
  const text = labels ? t('next.officer', { labels: lawText(labels) }) : t('next.call_script');
  return { text, why: callerLine(prompt), actions: answersTo(prompt) };
}

/** Command for a line in the writer's own practised call; null for other commands and other people's lines. */
export function saidToOfficer(line: string, command: TextCommand, { situation, me, quoted }: Reader): Command | null {
  const call = runningCall(situation.state);
  if (!call || call.by !== me || quoted !== null) return null;
  if (command.type === 'hang_up' || command.type === 'cancel') return { type: 'call_officer', says: 'end' };
  if (command.type === 'dont_know' || meansUnknown(fold(line).trim())) return { type: 'call_officer', says: 'later' };
  if (command.type === 'yes') return { type: 'call_officer', says: 'line' };
  return ANSWERS.has(command.type) ? { type: 'call_officer', words: line.trim() } : null;
}
const ANSWERS: ReadonlySet<TextCommand['type']> = new Set([
  ...(['unknown', 'answer', 'no', 'item', 'field', 'rows'] as const),
]);

function promptNow(situation: Situation): Prompt | null {
  const call: DrillCall | null = runningCall(situation.state);
  return call && promptOf(situation, call);
}

const callerLine = ({ says }: Prompt): Text => t('call.caller', { text: ofPart('drafts', lawText(says)) });

/** Answer buttons: read out the proposed words, "not known yet" if the record has a gap, no answer, or hang up. */
function answersTo({ asks, again, open }: Prompt): readonly Action[] {
  const say = (says: 'line' | 'later' | 'skip' | 'end'): Action =>
    intent(`call_${says}`, t(`call.says.${says === 'skip' && !asks ? 'pass' : says}`), { type: 'call_officer', says });
  return [
    primary(say('line')),
    ...(asks && open.length > 0 ? [say('later')] : []),
    ...(again ? [] : [say('skip')]),
    say('end'),
  ];
}
