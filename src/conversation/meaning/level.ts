import { needsReason } from '../../incident/commands/decisions.ts';
import { openProposals, proposedLevel } from '../../incident/proposals.ts';
import type { Level } from '../../law/types.ts';
import { fill, form, joined, levelText, type Situation, t } from '../cards/situation.ts';
import { proposalActions } from '../proposal-cards.ts';
import { proposalText } from '../proposals.ts';
import { commands, type Meaning, openForm, openView, say } from './meaning.ts';

/**
 * Meaning of "confirm", "confirm 较大", "change the level to …". One word confirms the level by figures. Without such a
 * level the bot asks: the word may refer to the clock, and confirming the lowest level would end every clock.
 */
export function levelMeant(situation: Situation, named: Level | undefined, reason: string | undefined): Meaning {
  const { regime, state, ia } = situation;
  const { floor } = ia.assessment;
  if (named === undefined && (openProposals(state).length > 0 || needsReason(regime, ia.assessment, floor)))
    return ask(situation);
  const level = named ?? floor;
  if (reason === undefined && needsReason(regime, ia.assessment, level)) return choose(situation, level);
  return commands({ type: 'decide_level', level, ...(reason === undefined ? {} : { reason }) });
}

/** Returns the form for another level, with the named level if there is one. */
export function choose({ state }: Situation, level: Level | undefined): Meaning {
  const args = { incident: state.id, ...(level === undefined ? {} : { level }) };
  return { kind: 'form', ref: { form: 'another_level', args }, label: t('act.another_level') };
}

/** Reads "agree" and "do not agree", which answer the proposal. A named level must equal the proposed one. */
export function seconded(agree: boolean, named: Level | undefined, situation: Situation): Meaning {
  const open = openProposals(situation.state);
  const [only, another] = named === undefined ? open : open.filter((one) => one === proposedLevel(situation.state));
  if (!only) return say(t('refuse.no_proposal'));
  const isOther = only.command.type === 'decide_level' && named !== undefined && named !== only.command.level;
  if (another || isOther) return ask(situation);
  return commands({ type: 'second', proposal: only.id, agree });
}

/** Handles a request for open legal questions: the form of a single question, else the card that lists them. */
export function openQuestion(situation: Situation, reason: string | undefined): Meaning {
  const [warning, other] = situation.ia.assessment.warnings;
  return warning && !other
    ? openForm(situation, 'settle_question', {
        question: warning.question,
        ...(reason === undefined ? {} : { reason }),
      })
    : openView(situation, 'why');
}

function ask(situation: Situation): Meaning {
  const { state, ia, regime } = situation;
  const open = openProposals(state);
  if (open.length > 0) {
    const texts = open.map((one) => proposalText(situation, one));
    return say(
      joined(texts, 'semicolon'),
      open.slice(0, 2).flatMap((one) => proposalActions(situation, one)),
    );
  }
  const start = form('confirm_clock', t('text.confirm_clock'), 'confirm_awareness', { incident: state.id });
  return say(t('text.confirm_what', { ceiling: levelText(regime, ia.assessment.ceiling) }), [
    ...(state.awareness ? [] : [start]),
    fill(situation, 'another_level'),
    fill(situation, 'not_reportable'),
  ]);
}
