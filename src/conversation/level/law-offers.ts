import { changesBy, type DutyChange, lawOffers } from '../../incident/facts/law-offers.ts';
import type { Block, Text } from '../cards/card.ts';
import { actionBlock, rowBlock } from '../cards/sentence.ts';
import { dueAt, fill, joined, lawText, plain, type Situation, t } from '../cards/situation.ts';
import { type FormKind, form, oneField, parsed, reasonField, single } from '../forms/form-kind.ts';

/** Form that puts a law or contract, or its currently loaded text, in force for an open incident. */
export const takeLawForm: FormKind = {
  build(situation, args) {
    const offers = lawOffers(situation.ia, situation.state);
    if (offers.length === 0) return null;
    const options = offers.map(({ law, replaces }) => ({
      value: law.id,
      label: t(replaces ? 'form.law.newer' : 'form.law.new', { law: lawText(law.title), id: plain(law.id) }),
    }));
    const chosen = offers.find(({ law }) => law.id === args['law']);
    const changes = chosen ? [changesText(situation, changesBy(chosen.law, situation.state, situation.ia))] : [];
    return form(t('form.law.title'), [oneField('law', t('form.law.law'), options, args['law']), reasonField()], {
      intro: [...changes, t('form.law.intro')],
    });
  },
  parse({ state, ia }, _, values) {
    const offer = lawOffers(ia, state).find(({ law }) => law.id === single(values, 'law'));
    if (!offer) return { errors: { law: t('form.choose') } };
    const { id, version } = offer.law;
    return parsed({ type: 'take_law', law: id, version, reason: single(values, 'reason') });
  },
};

/** Rows on laws whose loaded text differs from the one in force: the effect of a change, and the button to adopt it. */
export function lawRows(situation: Situation): readonly Block[] {
  const { state, ia } = situation;
  const offers = state.closed || !state.organisation ? [] : lawOffers(ia, state);
  const corrected = offers.filter(({ replaces }) => replaces);
  return [
    ...corrected.map(({ law }) => {
      const changes = changesText(situation, changesBy(law, state, ia));
      const text = t('board.law_changed', { law: lawText(law.title), changes });
      return rowBlock('partly', text, [fill(situation, 'take_law', { law: law.id }, `take_law_${law.id}`)]);
    }),
    ...(offers.length > corrected.length ? [actionBlock([fill(situation, 'take_law')])] : []),
  ];
}

function changesText(situation: Situation, changes: readonly DutyChange[]): Text {
  if (changes.length === 0) return t('form.law.same');
  const limit = (one: DutyChange['before']) => {
    if (one === null) return t('form.law.not_owed');
    return one.due === null ? t('form.law.no_limit') : dueAt(situation, one.due);
  };
  return joined(
    changes.map(({ duty, title, before, after }) =>
      t('form.law.change', {
        what: title ? lawText(title) : plain(duty),
        before: limit(before),
        after: limit(after),
      }),
    ),
    'semicolon',
  );
}
