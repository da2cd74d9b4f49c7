import { AWARENESS_SOURCES } from '../../incident/commands/answers.ts';
import type { AwarenessCandidate } from '../../incident/state.ts';
import type { Text } from '../cards/card.ts';
import { at, type Situation, t } from '../cards/situation.ts';
import { proofFields, proofOf } from '../filing/filing-fields.ts';
import {
  type FormKind,
  form,
  oneField,
  parseAs,
  parsed,
  reasonField,
  single,
  textField,
  timeField,
} from '../forms/form-kind.ts';
import { describedSource } from '../level/why-card.ts';
import { awarenessOfPacks } from './context-questions.ts';
import { readPast } from './value-readings.ts';

const SOURCES = AWARENESS_SOURCES.filter((source) => source !== 'declaration');

/** A candidate for the start of the clock: when, how, from whom, and whether it reached the company. */
export const awarenessForm: FormKind = {
  build: (situation) =>
    form(
      t('form.awareness.title'),
      [
        timeField('at', t('form.awareness.at'), { required: true }),
        oneField(
          'source',
          t('form.awareness.source'),
          SOURCES.map((source) => ({ value: source, label: t(`source.${source}`) })),
          'alert',
        ),
        textField('description', t('form.awareness.description'), { example: t('form.awareness.description_example') }),
        oneField(
          'reached',
          t('form.awareness.reached'),
          [
            { value: 'yes', label: t('form.awareness.reached_yes') },
            { value: 'no', label: t('form.awareness.reached_no') },
          ],
          'yes',
        ),
        ...proofFields(situation),
      ],
      { intro: [t('form.awareness.intro'), ...awarenessOfPacks(situation)] },
    ),
  parse(situation, _, values) {
    const reading = readPast(single(values, 'at'), situation.ia.now);
    if (!reading.ok) return { errors: { at: reading.error } };
    if (reading.value === 'unknown') {
      return parsed({ type: 'answer', fact: 'first_notice', value: 'unknown' });
    }
    const description = single(values, 'description');
    const { proof } = proofOf(situation, values);
    return parsed({
      type: 'add_awareness',
      at: reading.value,
      source: SOURCES.find((source) => source === single(values, 'source')) ?? 'other',
      reachedUs: single(values, 'reached') !== 'no',
      ...(description === '' ? {} : { description }),
      ...(proof === undefined ? {} : { proofs: [proof] }),
    });
  },
};

/** "09:20 · own alert · on-call engineer". */
function candidateText(situation: Situation, candidate: AwarenessCandidate): Text {
  const params = { at: at(situation, candidate.instant), told: describedSource(candidate) };
  return t('form.confirm_awareness.option', params);
}

/** A named person confirms which candidate starts the clock, with a reason. */
export const confirmAwarenessForm: FormKind = {
  build(situation) {
    const candidates = situation.state.candidates.filter((candidate) => candidate.reachedUs);
    const options = candidates.map((candidate) => ({
      value: candidate.id,
      label: candidateText(situation, candidate),
    }));
    if (options.length === 0) return null;
    const earliest = candidates.toSorted((a, b) => Date.parse(a.instant) - Date.parse(b.instant))[0];
    const chosen = situation.state.awareness?.candidate ?? earliest?.id ?? '';
    return form(t('form.confirm_awareness.title'), [
      oneField('candidate', t('form.confirm_awareness.candidate'), options, chosen),
      reasonField(),
    ]);
  },
  parse: parseAs('confirm_awareness'),
};
