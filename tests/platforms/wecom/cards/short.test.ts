import { describe, expect, it } from 'vitest';
import type { Action, Block, Card } from '../../../../src/conversation/cards/card.ts';
import { localiseCard } from '../../../../src/conversation/cards/localise.ts';
import { allMessages, isMessageKey } from '../../../../src/i18n/translate.ts';
import { withShortLabels } from '../../../../src/platforms/wecom/cards/form-card.ts';
import { variants } from '../../../fakes/soak.ts';
import { differentShown } from '../../slack/situations.ts';
import { wideness } from './check.ts';

const LANGUAGES = ['zh-CN', 'en'] as const;
/** What asks "are you sure?" stands in no button, and private channels are Slack's. */
const NO_BUTTON = /_confirm$|_sure$|^act\.move_private$/;
/** Whatever is filled into a label. */
const params = {
  level: '特别重大 (Particularly significant, 4 of 4)',
  n: 12,
  minutes: 15,
  incident: 'INC-2026-0007',
  draft: 2,
  at: '3月31日09:20',
  start: 'x',
};

const actionsOf = (blocks: readonly Block[]): readonly Action[] =>
  blocks.flatMap((block) => (block.kind === 'actions' || block.kind === 'row' ? block.actions : []));

function labelsOf(card: Card, language: (typeof LANGUAGES)[number]): readonly string[] {
  const short = withShortLabels(card, language);
  return localiseCard(short, language).blocks.flatMap((block) =>
    block.kind === 'actions' || block.kind === 'row' ? block.actions.map(({ label }) => label) : [],
  );
}
const tooLong = (labels: readonly string[]): readonly string[] => labels.filter((label) => wideness(label) > 10);

describe.each(variants<(typeof LANGUAGES)[number]>('zh-CN', 'en'))('in %s', { tags: 'grows' }, (language) => {
  it('every label there is for a button fits on one', () => {
    const keys = [...allMessages('en').keys()].filter((key) => key.startsWith('act.') && !NO_BUTTON.test(key));
    expect(keys.length).toBeGreaterThan(70);
    const actions = keys.filter(isMessageKey).map((key): Action => {
      return { id: key, label: { key, params }, does: { kind: 'view', view: { view: 'status', args: {} } } };
    });
    const blocks: readonly Block[] = [{ kind: 'actions', actions }];
    const card: Card = { tone: 'calm', drill: false, title: { raw: 'x' }, summary: { raw: 'x' }, blocks };
    expect(tooLong(labelsOf(card, language))).toEqual([]);
  });

  /** Answers to a question may be longer: then all of them stand numbered in full above the buttons (`compose.test.ts`). */
  it('so does every other button of a whole case, whatever its words are made of', () => {
    const isAnswer = ({ does }: Action): boolean => does.kind === 'intent' && does.intent.type === 'answer';
    for (const { name, card } of differentShown()) {
      if (!card) continue;
      const others = actionsOf(card.blocks).map(
        (action) => !isAnswer(action) && !/^first_notice|^move_private$/.test(action.id),
      );
      const labels = labelsOf(card, language).filter((_, index) => others[index]);
      expect(tooLong(labels), name).toEqual([]);
    }
  });
});
