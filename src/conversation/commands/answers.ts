import { AWARENESS_SOURCES, type Events, type schemas } from '../../incident/commands/answers.ts';
import { assessIncident, type IncidentAssessment } from '../../incident/facts/assessment.ts';
import { CIRCUMSTANCES } from '../../incident/facts/circumstances.ts';
import type { AwarenessCandidate } from '../../incident/state.ts';
import { factName as factLabel } from '../../report/values.ts';
import { answerLine, awarenessLine, latestAnswerLine } from '../asking/answer-confirmations.ts';
import { awarenessOfPacks } from '../asking/context-questions.ts';
import {
  correctionForm,
  judgementsForm,
  numberForm,
  occurrenceForm,
  spanForm,
  typeForm,
} from '../asking/fact-forms.ts';
import { readPast } from '../asking/value-readings.ts';
import type { Text } from '../cards/card.ts';
import { valueText } from '../cards/fact-text.ts';
import { at, lawText, ofPart, personText, type Situation, t } from '../cards/situation.ts';
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
import { openQuestionText } from '../level/verdict.ts';
import { describedSource } from '../level/why-card.ts';
import { type Forms, raw, type Sayers, type Tellers } from './lines.ts';

const SOURCES = AWARENESS_SOURCES.filter((source) => source !== 'declaration');

/** Form for a candidate for the start of the clock: when, how, from whom, and whether it reached the company. */
const awarenessForm: FormKind = {
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

/** Text of a candidate, e.g. "09:20 · own alert · on-call engineer". */
function candidateText(situation: Situation, candidate: AwarenessCandidate): Text {
  const params = { at: at(situation, candidate.instant), told: describedSource(candidate) };
  return t('form.confirm_awareness.option', params);
}

/** Form in which a named person confirms, with a reason, which candidate starts the clock. */
const confirmAwarenessForm: FormKind = {
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

export const sayers: Sayers<keyof typeof schemas> = {
  answer: (situation, { fact }) =>
    fact === CIRCUMSTANCES ? latestAnswerLine(situation, true) : answerLine(situation, fact),
  add_awareness: awarenessLine,
  confirm_awareness: (situation) => {
    const confirmed = situation.state.awareness;
    if (!confirmed) return null;
    const params = { at: at(situation, confirmed.instant), by: personText(situation.state, confirmed.by) };
    return t('said.awareness_confirmed', params);
  },
  withdraw_awareness: (situation, { candidate }) => {
    const found = situation.state.withdrawnCandidates.find(({ id }) => id === candidate);
    return found ? t('said.awareness_withdrawn', { at: at(situation, found.instant) }) : null;
  },
  settle_question: (situation, { question, reading }) => {
    const { regime } = situation;
    const chosen = regime.openQuestions.find(({ id }) => id === question)?.readings.find(({ id }) => id === reading);
    const params = { reading: chosen ? lawText(chosen.name) : { raw: reading } };
    return t(changesNothing(situation, question) ? 'said.settled_same' : 'said.settled', params);
  },
};

export const tellers: Tellers<keyof Events> = {
  fact_stated: (situation, p) => {
    const params = { label: factLabel(situation.regime, p.fact), value: valueText(situation, p.fact, p.value) };
    const stated = p.basis
      ? t('event.fact_stated_basis', { ...params, basis: raw(p.basis) })
      : t('event.fact_stated', params);
    return ofPart('answers', p.unconfirmed === undefined ? stated : t('event.unconfirmed', { what: stated }));
  },
  awareness_candidate_added: (situation, p) =>
    t('event.awareness_candidate', { at: at(situation, p.at), source: describedSource(p) }),
  awareness_confirmed: (situation, p) =>
    t('event.awareness_confirmed', { at: at(situation, p.at), reason: raw(p.reason) }),
  awareness_withdrawn: (situation, p) => t('event.awareness_withdrawn', { at: at(situation, p.at) }),
  question_settled: ({ regime }, p) => {
    const question = regime.openQuestions.find(({ id }) => id === p.question);
    const reading = question?.readings.find(({ id }) => id === p.reading);
    const settled = t('event.question_settled', {
      question: question ? lawText(question.text) : raw(p.question),
      reading: reading ? lawText(reading.name) : raw(p.reading),
      reason: raw(p.reason),
    });
    return ofPart('answers', settled);
  },
};

export const forms: Forms = {
  number: { gives: 'answer', part: 'answers', ...numberForm },
  ongoing: { gives: 'answer', part: 'answers', ...spanForm },
  occurrence: { gives: 'answer', part: 'answers', ...occurrenceForm },
  type: { gives: 'answer', part: 'answers', ...typeForm },
  correct: { gives: 'answer', part: 'answers', ...correctionForm },
  judgements: { gives: 'judge', part: 'answers', ...judgementsForm },
  awareness: { gives: 'add_awareness', part: 'answers', ...awarenessForm },
  confirm_awareness: confirmAwarenessForm,
  /** Form that puts an open legal question to a person; the cautious reading is marked. */
  settle_question: {
    build(situation, args) {
      const question = situation.regime.openQuestions.find(({ id }) => id === args['question']);
      if (!question) return null;
      const warning = situation.ia.assessment.warnings.find((w) => w.question === question.id);
      const options = question.readings.map(({ id, name }, index) => ({
        value: id,
        label: index === 0 ? t('form.settle.until', { reading: lawText(name) }) : lawText(name),
      }));
      const used = situation.state.readings[question.id]?.reading ?? options[0]?.value ?? '';
      return form(
        t('form.settle.title'),
        [oneField('reading', t('form.settle.reading'), options, used), reasonField()],
        { intro: [warning ? openQuestionText(situation, warning) : lawText(question.text)] },
      );
    },
    parse: parseAs('settle_question'),
  },
};

/** Returns true if level and duties would be the same without the settled reading. */
function changesNothing({ state, regime, ia }: Situation, question: string): boolean {
  const { [question]: _settled, ...readings } = state.readings;
  const shown = ({ assessment: { floor, ceiling }, obligations }: IncidentAssessment) =>
    JSON.stringify([floor, ceiling, obligations.map(({ id, due, provisional }) => [id, due, provisional])]);
  return shown(assessIncident({ ...state, readings }, regime, ia.now)) === shown(ia);
}
