import type { Action, Block, Card } from './card.ts';
import { t } from './situation.ts';

/** Card whose bare answers name their fact if it has acts on other subjects, where "no" could answer any of them. */
export function withNames(card: Card): Card {
  const acts = card.blocks.flatMap(actionsOf).filter(({ does }) => does.kind !== 'view' && does.kind !== 'link');
  const asked = card.blocks.flatMap((block) => (block.kind === 'choices' ? [block.choice.fact] : []));
  const subjects = new Set([...asked, ...acts.map(({ answers }) => answers?.fact)]);
  return subjects.size < 2 ? card : { ...card, blocks: card.blocks.map(namedBlock) };
}

const actionsOf = (block: Block): readonly Action[] =>
  block.kind === 'actions' || block.kind === 'row' ? block.actions : [];

function namedBlock(block: Block): Block {
  if (block.kind !== 'actions' && block.kind !== 'row') return block;
  return { ...block, actions: block.actions.map(namedAction) };
}

function namedAction(action: Action): Action {
  const { answers, label } = action;
  if (!answers?.name || answers.bare) return action;
  const { name } = answers;
  return { ...action, label: t('ask.answer_of', { name, label }), answers: { ...answers, bare: label } };
}
