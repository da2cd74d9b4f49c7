import type { LocalBlock, LocalCard } from '../../conversation/cards/localise.ts';

/** A card as the lines of a plain letter; buttons are left out, for mail cannot be pressed. */
export function letterLines(card: LocalCard): readonly string[] {
  return [card.title, '', ...card.blocks.flatMap(lineOf)];
}

function lineOf(block: LocalBlock): readonly string[] {
  switch (block.kind) {
    case 'text':
    case 'clock':
    case 'note':
      return [block.text];
    case 'quote':
      return [`> ${block.text}`, `  ${block.source}`];
    case 'row':
      return [`- ${block.text}`];
    default:
      return [];
  }
}
