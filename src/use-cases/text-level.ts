import { form, levelText, type Scene, t } from '../conversation/scene.ts';
import { verdictActions } from '../conversation/verdict.ts';
import { needsReason } from '../incident/decide/level.ts';
import type { Level } from '../law/types.ts';
import type { Meaning } from './meaning.ts';
import { openForm, openView } from './text-opens.ts';

/**
 * "Confirm", "confirm 较大", "change the level to …". What the figures give is confirmed in one word; where they give nothing
 * yet the word may mean the clock just as well, so it is asked back: settling for general would end every clock.
 */
export function levelMeant(scene: Scene, named: Level | undefined, reason: string | undefined): Meaning {
  const { floor } = scene.ia.assessment;
  if (named === undefined && (scene.state.proposedLevel || needsReason(scene.ia.assessment, floor))) return ask(scene);
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

/** "Agree", "do not agree": with the level that was proposed. One that was named has to be that one. */
export function seconded(agree: boolean, named: Level | undefined, { state, regime }: Scene): Meaning {
  const { proposedLevel: proposed } = state;
  if (!proposed) return { kind: 'say', text: t('refuse.no_level_to_second') };
  if (named !== undefined && named !== proposed.level) {
    return { kind: 'say', text: t('text.level_proposed', { level: levelText(regime, proposed.level) }) };
  }
  return { kind: 'commands', commands: [{ type: 'second_level', agree }] };
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
  if (state.proposedLevel) {
    const level = levelText(regime, state.proposedLevel.level);
    return { kind: 'say', text: t('text.level_proposed', { level }), actions: verdictActions(scene) };
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
