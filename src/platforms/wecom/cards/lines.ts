import type { LocalAction, LocalBlock, LocalCard } from '../../../conversation/localise.ts';
import { bold, plainInMarkdown, quoted } from '../text/markdown.ts';

/** One line of a message; what matters less (a higher rank) is left out first where room is short. */
export interface Line {
  readonly rank: 0 | 1 | 2 | 3 | 4;
  readonly plain: string;
  readonly markdown: string;
}

function isAnswer({ does }: LocalAction): boolean {
  return does.kind === 'intent' && does.intent.type === 'answer';
}

const ROW_MARKS = { done: '✅', partly: '◐', open: '○' } as const;

/** The readable part of a card; `first` blocks in front are about the delivery itself and never left out. */
export function linesOf(card: LocalCard, first: number): readonly Line[] {
  return card.blocks.flatMap((block, index) => {
    const line = lineOf(block, card.blocks[index + 1]);
    return line && index < first ? [{ ...line, rank: 0 as const }] : line ? [line] : [];
  });
}

function lineOf(block: LocalBlock, next: LocalBlock | undefined): Line | null {
  switch (block.kind) {
    case 'text': {
      // What stands right above answers is what they answer.
      const asks = next?.kind === 'choices' || (next?.kind === 'actions' && next.actions.some(isAnswer));
      if (block.strong || asks) return { rank: 0, plain: block.text, markdown: bold(block.text) };
      return { rank: 1, plain: block.text, markdown: plainInMarkdown(block.text) };
    }
    case 'clock':
      return { rank: 0, plain: block.text, markdown: bold(block.text) };
    case 'row': {
      const text = `${ROW_MARKS[block.mark]} ${block.text}`;
      return { rank: 2, plain: text, markdown: plainInMarkdown(text) };
    }
    case 'note':
      return { rank: 3, plain: block.text, markdown: plainInMarkdown(block.text) };
    case 'quote': {
      const text = `${block.text}（${block.source.replaceAll('。 · ', '；')}）`;
      return { rank: 4, plain: text, markdown: quoted(text) };
    }
    case 'choices':
    case 'actions':
      return null;
  }
}
