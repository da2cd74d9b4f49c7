import type { Command } from '../../incident/commands.ts';
import { definitionOf } from '../../law/pack.ts';
import type { FactDefinition } from '../../law/regime.ts';
import { factName as factLabel } from '../../report/values.ts';
import type { FormField, MultiChoice } from '../cards/card.ts';
import { optionText } from '../cards/fact-text.ts';
import { lawText, type Situation, t } from '../cards/situation.ts';
import {
  type FormArgs,
  type FormKind,
  type FormValues,
  form,
  manyField,
  oneField,
  type Parsed,
  parsed,
  several,
  single,
  textField,
  timeField,
} from '../forms/form-kind.ts';
import { askAffected, askOngoing, askOperator, askSystem, askType, flagQuestion } from './context-questions.ts';
import { factQuestion } from './level-questions.ts';
import { affectedAspects, openFacts } from './open-facts.ts';
import { answer, intentOfChoice, type Question } from './question.ts';
import { readAnswer, readInstant } from './read-answer.ts';

const basisField = textField('basis', t('form.basis'), { example: t('form.basis_example') });
const basisOf = (text: string) => (text === '' ? {} : { basis: text });
const UNIT_EXAMPLES = {
  people: 'form.number.example.people',
  cny: 'form.number.example.cny',
  percent: 'form.number.example.percent',
  count: 'form.number.example.count',
  minutes: 'form.number.example.minutes',
} as const;

/** Commands for the answer in a form field, with the certainty stated in the form; an error if it cannot be read. */
function fieldAnswer(situation: Situation, fact: string, values: FormValues, field: string, until = ''): Parsed {
  const question = questionOf(situation, fact);
  if (!question) return { errors: { [field]: t('refuse.unknown_fact') } };
  const reading = readAnswer(question, single(values, field), situation, until);
  if (reading?.kind === 'ask') return { errors: { [reading.field ?? field]: reading.error } };
  if (reading === null) return { errors: { [field]: t('form.choose') } };
  return { commands: withBasis(reading.commands, values) };
}

/** Adds the certainty stated in the form to the answers. */
function withBasis(commands: readonly Command[], values: FormValues): readonly Command[] {
  const basis = basisOf(single(values, 'basis'));
  return commands.map((one) => (one.type === 'answer' ? { ...one, ...basis } : one));
}

/** Form for an exact number or a range, with its certainty. */
export const numberForm: FormKind = {
  build(situation, args) {
    const fact = definitionOf(situation.regime, args['fact'] ?? '');
    if (!fact) return null;
    const value = figureField(fact, { id: 'value', label: t('form.number.value'), required: true });
    return form(lawText(fact.label), [value, basisField], { intro: [lawText(fact.question)] });
  },
  parse: (situation, args, values) => fieldAnswer(situation, args['fact'] ?? '', values, 'value'),
};

/** Field for an exact figure or a range. */
export function figureField(
  { unit = 'count' }: FactDefinition,
  field: Pick<FormField, 'id' | 'label' | 'required'>,
): Extract<FormField, { kind: 'number' }> {
  return { kind: 'number', ...field, example: t(UNIT_EXAMPLES[unit]), value: '', unit };
}

/** Form for the start and the end of a span of time; a span without an end is still running. */
export const spanForm: FormKind = {
  build(situation, args) {
    const fact = args['fact'] ?? 'ongoing';
    const several = fact === 'ongoing' ? {} : { hint: t('form.several_hint') };
    const title = fact === 'ongoing' ? t('form.ongoing.title') : factLabel(situation.regime, fact);
    return form(
      title,
      [
        timeField('since', t('form.ongoing.since'), { required: true, ...several }),
        timeField('until', t('form.ongoing.until'), { hint: t('form.ongoing.until_hint') }),
        basisField,
      ],
      { intro: [t('form.ongoing.intro')] },
    );
  },
  parse: (situation, args, values) =>
    fieldAnswer(situation, args['fact'] ?? 'ongoing', values, 'since', single(values, 'until')),
};

export const occurrenceForm: FormKind = {
  build(situation, args) {
    const anchor = anchorIn(situation, args);
    const intro = [anchor ? lawText(anchor.question) : t('ask.occurrence.why')];
    const title = anchor ? lawText(anchor.label) : t('form.occurrence.title');
    return form(title, [timeField('at', t('form.occurrence.at'), { required: true }), basisField], { intro });
  },
  parse(situation, args, values) {
    const fact = anchorIn(situation, args)?.id ?? 'occurrence';
    const reading = readInstant(single(values, 'at'), situation.ia.now, (value) => ({ type: 'answer', fact, value }));
    if (reading.kind === 'ask') return { errors: { at: reading.error } };
    return { commands: withBasis(reading.commands, values) };
  },
};

/** Anchor of a clock pack whose time a form asks for; undefined for the time of occurrence. */
function anchorIn({ regime }: Situation, { fact }: FormArgs) {
  return regime.packAnchors?.find(({ id }) => id === fact);
}

/** Form with all types of the standard, by category. */
export const typeForm: FormKind = {
  build(situation) {
    const options = situation.regime.types.flatMap((category) => [
      ...category.types.map((type) => ({
        value: type.id,
        label: t('form.type.option', { category: lawText(category.name), type: lawText(type.name) }),
      })),
      ...(category.types.length === 0
        ? [{ value: category.id, label: optionText(situation, 'incident_type', category.id) }]
        : []),
    ]);
    const stated = situation.state.facts['incident_type']?.value;
    const chosen = typeof stated === 'string' && options.some((o) => o.value === stated) ? stated : '';
    return form(t('form.type.title'), [oneField('value', t('form.choice.value'), options, chosen)]);
  },
  parse: (_, __, values) => parsed({ type: 'answer', fact: 'incident_type', value: single(values, 'value') }),
};

/** Form that corrects any answer; the kind of the fact decides its fields. */
export const correctionForm: FormKind = {
  build: (situation, args) => kindFor(situation, args['fact'] ?? '').build(situation, args),
  parse: (situation, args, values) => kindFor(situation, args['fact'] ?? '').parse(situation, args, values),
};

function kindFor({ regime }: Situation, fact: string): FormKind {
  if (fact === 'occurrence' || regime.packAnchors?.some(({ id }) => id === fact)) return occurrenceForm;
  if (fact === 'ongoing') return spanForm;
  if (fact === 'incident_type') return typeForm;
  const kind = definitionOf(regime, fact)?.kind;
  if (kind === 'number') return numberForm;
  return kind === 'duration' ? spanForm : choiceForm;
}

/** Form with the options of a question as a select or as ticks. */
const choiceForm: FormKind = {
  build(situation, args) {
    const fact = args['fact'] ?? '';
    const question = questionOf(situation, fact);
    if (!question) return null;
    const choice = choiceFor(situation, question);
    const options = question.options.map(({ label }, index) => ({ value: String(index), label }));
    const label = t('form.choice.value');
    const field = choice
      ? manyField('value', label, choice.options, choice.chosen, { required: true })
      : oneField('value', label, options);
    return form(t('form.choice.title'), [field, basisField], { intro: [question.text] });
  },
  parse(situation, args, values) {
    const fact = args['fact'] ?? '';
    const question = questionOf(situation, fact);
    const choice = question && choiceFor(situation, question);
    if (choice) {
      const chosen = several(values, 'value');
      const exclusive = choice.options.filter((o) => o.exclusive).map((o) => o.value);
      if (chosen.length > 1 && chosen.some((one) => exclusive.includes(one)))
        return { errors: { value: t('refuse.invalid_value') } };
      return { commands: withBasis([intentOfChoice(fact, chosen)], values) };
    }
    const option = question?.options[Number(single(values, 'value'))];
    if (!option) return { errors: { value: t('form.choose') } };
    return { commands: withBasis([option.intent], values) };
  },
};

/** Ticks for a question with several answers; null for any other. */
function choiceFor(situation: Situation, { id, choice }: Question): MultiChoice | null {
  const fact = definitionOf(situation.regime, id);
  if (choice || fact?.kind !== 'many') return choice;
  const stated = situation.ia.facts[id];
  const options = (fact.options ?? []).map((option) => ({
    value: option.id,
    label: lawText(option.name),
    ...(option.id === 'none' ? { exclusive: true } : {}),
  }));
  return {
    fact: id,
    options: [...options, { value: 'unknown', label: t('common.unknown'), exclusive: true }],
    chosen: Array.isArray(stated) ? stated.map(String) : [],
    submit: t('act.submit'),
  };
}

/** Question on a fact even if it was answered before; null if the fact has no question. */
export function questionOf(situation: Situation, fact: string): Question | null {
  const definition = definitionOf(situation.regime, fact);
  if (definition) return factQuestion(situation, definition);
  const { [fact]: _, ...facts } = situation.state.facts;
  // An answer that waits for a second person can be corrected like any other.
  const fresh = { ...situation, state: { ...situation.state, facts, proposals: [] } };
  const affected = affectedAspects(situation.state) ?? [];
  if (fact === 'affected') {
    const question = askAffected(fresh);
    return question?.choice ? { ...question, choice: { ...question.choice, chosen: affected } } : question;
  }
  if (fact === 'operator') return askKindOfOperator({ ...fresh, ia: { ...situation.ia, operator: 'unknown' } });
  if (fact === 'system') return askSystem(fresh);
  if (fact === 'incident_type') return askType(fresh);
  if (fact === 'ongoing') return askOngoing(fresh);
  return flagQuestion(fresh, fact);
}

/** Question on the kind of operator; its answers include the rare kind. */
function askKindOfOperator(situation: Situation): Question | null {
  const question = askOperator(situation);
  const rare = situation.regime.operatorQuestion?.rare;
  if (!question || !rare) return question;
  const central = answer('operator', rare, t('ask.operator.central'));
  return { ...question, options: [...question.options.slice(0, -1), central, ...question.options.slice(-1)] };
}

/** Form with all open judgements, for legal or the lead. */
export const judgementsForm: FormKind = {
  build(situation) {
    const judgements = judgementsOf(situation);
    if (judgements.length === 0) return null;
    const fields = judgements.map((fact) => {
      const stated = situation.state.facts[fact.id]?.value;
      const options = [
        ...(fact.options ?? []).map(({ id, name }) => ({ value: id, label: lawText(name) })),
        { value: 'unknown', label: t('value.unknown') },
      ];
      return oneField(fact.id, lawText(fact.question), options, typeof stated === 'string' ? stated : '', false);
    });
    return form(t('form.judgements.title'), [...fields, { ...basisField, label: t('form.reason') }], {
      intro: [t('form.judgements.intro')],
    });
  },
  parse(situation, _, values) {
    const basis = basisOf(single(values, 'basis'));
    return {
      commands: judgementsOf(situation).flatMap((fact) => {
        // A judgement without an entry stays open: an empty field does not mean "not known".
        const value = single(values, fact.id);
        const stated = situation.state.facts[fact.id]?.value;
        return value === '' || value === stated ? [] : [{ type: 'answer' as const, fact: fact.id, value, ...basis }];
      }),
    };
  },
};

/** Judgements for the form: open ones first, then those already made, which can be changed. */
function judgementsOf(situation: Situation): readonly FactDefinition[] {
  const open = openFacts(situation).judgements;
  const made = situation.regime.factDefinitions.filter(
    (fact) => fact.kind === 'judgement' && situation.state.facts[fact.id] !== undefined && !open.includes(fact),
  );
  return [...open, ...made];
}
