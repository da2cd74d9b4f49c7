import type { LocalBlock, LocalCard } from '../../conversation/cards/localise.ts';
import { webLinks } from '../shared/web-links.ts';

/** A card as the lines of a plain letter; of its buttons only those that lead to a page, for mail cannot be pressed. */
export function letterLines(card: LocalCard): readonly string[] {
  const links = webLinks(card).flatMap(({ label, url }) => ['', `${label} ${url}`]);
  return [card.title, '', ...card.blocks.flatMap(lineOf), ...links];
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
