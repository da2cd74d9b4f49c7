import { paperById, type ToldPlace, toldIn, toldPlace } from '../../law/told.ts';
import { languageOfPaper, paperNamed, papersOf } from '../../report/papers.ts';
import type { Text } from '../cards/card.ts';
import { lawText, type Situation, t } from '../cards/situation.ts';
import { type FormArgs, type FormKind, form, single, textField } from '../forms/form-kind.ts';
import { FIELD_LENGTH } from './field-inputs.ts';

/** Name of a part of a paper that a person writes, e.g. "Impact (for customers)"; null for any other id. */
export function toldText({ regime }: Pick<Situation, 'regime'>, id: string): Text | null {
  const place = toldPlace(regime, id);
  return place && named(place, lawText(place.paper));
}

function named({ label, reader }: Pick<ToldPlace, 'label' | 'reader'>, paper: Text): Text {
  return t('told.place', { field: lawText(label), reader: reader ? t(`reader.${reader}`) : paper });
}

function paperIn(situation: Situation, { paper = '' }: FormArgs) {
  return paperNamed(papersOf(situation, 'zh'), paper)?.definition ?? paperById(situation.regime, paper);
}

/** Form for the texts of a paper that a person writes, each for one reader; the paper has a blank for a missing one. */
export const paperWordsForm: FormKind = {
  build(situation, args) {
    const { state, regime } = situation;
    const paper = paperIn(situation, args);
    const places = paper ? toldIn(regime, paper) : [];
    if (!paper || places.length === 0) return null;
    const language = t(`told.${languageOfPaper(state, paper)}`);
    return form(
      t('form.paper_words.title', { paper: lawText(paper.title) }),
      places.map(({ id, label, reader, hint }, n) =>
        textField(`w${n}`, reader ? named({ label, reader }, lawText(paper.title)) : lawText(label), {
          multiline: true,
          maxLength: FIELD_LENGTH,
          value: state.fields[id]?.wording?.text ?? '',
          ...(hint ? { hint: lawText(hint) } : {}),
        }),
      ),
      { intro: [t('form.paper_words.intro', { language })] },
    );
  },
  parse(situation, args, values) {
    const paper = paperIn(situation, args);
    const places = paper ? toldIn(situation.regime, paper) : [];
    const commands = places.flatMap(({ id }, n) => {
      const wording = single(values, `w${n}`);
      const isNew = wording !== '' && wording !== situation.state.fields[id]?.wording?.text;
      return isNew ? [{ type: 'confirm_wording', field: id, wording } as const] : [];
    });
    return commands.length > 0 || places.length === 0 ? { commands } : { errors: { w0: t('form.required') } };
  },
};
