import { proposedLevel } from '../../incident/proposals.ts';
import type { Card, Text } from '../cards/card.ts';
import { cardOf, namedTitle } from '../cards/headline.ts';
import { buttons, present, strongBlock } from '../cards/sentence.ts';
import { joined, levelText, personText, primary, type Situation, t, titleText, view } from '../cards/situation.ts';
import { secondOf } from '../proposals.ts';
import {
  decisionLine,
  hasVerdict,
  judgementLine,
  lines,
  openQuestionRows,
  verdictActions,
  verdictLine,
  verdictTitle,
} from './verdict.ts';

/** Acts that a verdict waits for: the level by the figures, judgements, or the reason for not reporting. */
const WAITS: ReadonlySet<string> = new Set(['confirm_level', 'judge', 'not_reportable']);

/** Returns true while somebody has to decide on the level. */
export function isUndecided(situation: Situation): boolean {
  return hasVerdict(situation) && verdictActions(situation).some(({ id }) => WAITS.has(id));
}

/** Returns true for a level decided before the facts asked for a verdict: no card that waited for it was posted. */
export function isDecidedFirst(situation: Situation): boolean {
  const { state } = situation;
  if (state.closed || !(state.levelDecision || state.notReportable)) return false;
  return !hasVerdict({ ...situation, state: { ...state, levelDecision: null, notReportable: null } });
}

/** Line on a proposed level, which another person has to agree to before anybody confirms one. */
function proposedLine(situation: Situation): Text | null {
  const { state, regime } = situation;
  const proposal = proposedLevel(state);
  if (!proposal) return null;
  const what = t('proposal.level', { level: levelText(regime, proposal.command.level) });
  const people = secondOf(situation, proposal);
  if (people === null) return t('proposal.waiting', { what });
  return t('next.second.waits', { people, by: personText(state, proposal.by), what });
}

/**
 * Card of the verdict, without a question: level, deadline, and the acts that decide it; the view "why" has reasons and
 * duties. Once it is decided, the deadline until it is met, and the acts that change it. It counts nothing down, so that
 * it needs no edits.
 */
export function verdictCard(situation: Situation): Card {
  const waits = isUndecided(situation);
  const acts = hasVerdict(situation)
    ? verdictActions(situation).filter(({ id }) => id !== 'checklist')
    : [primary(view('questions', t('act.answer_questions'), 'question', { incident: situation.state.id }))];
  const line = verdictLine(situation);
  // The title has the level.
  const summary = joined([titleText(situation), ...present(line)], 'dot');
  const blocks = [
    ...present(line && strongBlock(line)),
    ...lines(decisionLine(situation), waits ? judgementLine(situation) : null, proposedLine(situation)),
    ...(waits ? openQuestionRows(situation, 1) : []),
    ...buttons(acts),
  ];
  return cardOf(situation, namedTitle(situation, verdictTitle(situation)), summary, blocks, waits ? 'running' : 'calm');
}
