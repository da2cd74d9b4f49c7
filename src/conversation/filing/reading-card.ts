import { isReport } from '../../incident/approvals.ts';
import { actionBlock, noteBlock, rowBlock, strongBlock } from '../cards/blocks.ts';
import type { Block, Card } from '../cards/card.ts';
import { cardOf } from '../cards/headline.ts';
import { reportText, type Situation, t } from '../cards/situation.ts';
import { openPoints } from '../collecting/gap-blocks.ts';
import { approvalActions, approvalBlocks, standingOf } from './approval-status.ts';
import { filedText } from './changes-since-filing.ts';

/**
 * Card beside the text of a draft on a page: contradictions and gaps first, all of them, then its standing and what can
 * be done with it. Only the latest draft can still be approved or filed.
 */
export function readingCard(situation: Situation, args: Readonly<Record<string, string>>): Card | null {
  const { drafts, filings, closed } = situation.state;
  const draft = drafts.find((one) => String(one.draft) === args['draft']);
  if (!draft) return null;
  const title = t('draft.title', { n: draft.draft, kind: reportText(situation.regime, draft.report) });
  const filing = filings.findLast((one) => isReport(one) && one.draft === draft.draft);
  if (filing) return cardOf(situation, title, title, [strongBlock(filedText(situation, filing))]);
  if (draft !== drafts.at(-1) || closed) return cardOf(situation, title, title, [noteBlock(t('draft.older'))]);
  const { contradictions, gaps } = openPoints(situation, draft);
  const standing = standingOf(situation, draft);
  const rows = [...contradictions, ...gaps].map((text): Block => rowBlock('open', text));
  const count = t('draft.points', { contradictions: contradictions.length, gaps: gaps.length });
  return cardOf(situation, title, title, [
    strongBlock(count),
    ...rows,
    ...approvalBlocks(situation, draft, standing),
    actionBlock(approvalActions(situation, draft, standing)),
  ]);
}
