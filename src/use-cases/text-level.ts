import { proposalActions, proposalText } from '../conversation/proposals.ts';
import { form, joined, levelText, type Scene, t } from '../conversation/scene.ts';
import { needsReason } from '../incident/decide/level.ts';
import { openProposals, proposedLevel } from '../incident/proposals.ts';
import type { Level } from '../law/types.ts';
import type { Meaning } from './meaning.ts';
import { openForm, openView } from './text-opens.ts';

/**
 * "Confirm", "confirm 较大", "change the level to …". What the figures give is confirmed in one word; where they give nothing
 * yet the word may mean the clock just as well, so it is asked back: settling for general would end every clock.
 */
export function levelMeant(scene: Scene, named: Level | undefined, reason: string | undefined): Meaning {
  const { floor } = scene.ia.assessment;
  if (named === undefined && (openProposals(scene.state).length > 0 || needsReason(scene.ia.assessment, floor)))
    return ask(scene);
  const level = named ?? floor;
  if (reason === undefined && needsReason(scene.ia.assessment, level)) return choose(scene, level);
  return {
    kind: 'commands',
    commands: [{ type: 'decide_level', level, ...(reason === undefined ? {} : { reason }) }],
  };
}

/** The form for another level, with the level that was named, if one was. */
export function choose({ state }: Scene, level: Level | undefined): Meaning {
  const args = { incident: state.id, ...(level === undefined ? {} : { level }) };
  return { kind: 'form', ref: { form: 'another_level', args }, label: t('act.another_level') };
}

/** "Agree", "do not agree": with what was proposed. A level that was named has to be the proposed one. */
export function seconded(agree: boolean, named: Level | undefined, scene: Scene): Meaning {
  const open = openProposals(scene.state);
  const [only, another] = named === undefined ? open : open.filter((one) => one === proposedLevel(scene.state));
  if (!only) return { kind: 'say', text: t('refuse.no_proposal') };
  const isOther = only.command.type === 'decide_level' && named !== undefined && named !== only.command.level;
  if (another || isOther) return ask(scene);
  return { kind: 'commands', commands: [{ type: 'second', proposal: only.id, agree }] };
}

/** What the law leaves open: the form if it is one question, else the card that lists them. */
export function openQuestion(scene: Scene): Meaning {
  const [warning, other] = scene.ia.assessment.warnings;
  return warning && !other
    ? openForm(scene, 'settle_question', { question: warning.question })
    : openView(scene, 'why');
}

function ask(scene: Scene): Meaning {
  const { state, ia, regime } = scene;
  const [open, another] = openProposals(state);
  if (open) {
    const actions = [open, ...(another ? [another] : [])].flatMap(proposalActions);
    return {
      kind: 'say',
      text: joined(
        openProposals(state).map((one) => proposalText(scene, one)),
        'semicolon',
      ),
      actions,
    };
  }
  const args = { incident: state.id };
  return {
    kind: 'say',
    text: t('text.confirm_what', { ceiling: levelText(regime, ia.assessment.ceiling) }),
    actions: [
      ...(state.awareness ? [] : [form('confirm_clock', t('text.confirm_clock'), 'confirm_awareness', args)]),
      form('another_level', t('act.another_level'), 'another_level', args),
      form('not_reportable', t('act.not_reportable'), 'not_reportable', args),
    ],
  };
}
