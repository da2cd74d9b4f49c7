import { namesApprover } from '../../incident/approvals.ts';
import type { StatedValue } from '../../incident/commands/parts.ts';
import type { Command } from '../../incident/commands.ts';
import { HEAD_FACTS, type HeadFact, isHeadFact, statedText } from '../../incident/facts/context-facts.ts';
import { entityOf } from '../../incident/facts/law-facts.ts';
import { reportedFrom } from '../../law/levels.ts';
import { type FactDefinition, reportWith } from '../../law/regime.ts';
import type { FieldReading } from '../../report/fields.ts';
import { fieldOf, itemStatuses } from '../../report/items.ts';
import { sheetNow } from '../../report/sheet.ts';
import { askOperator, askType } from '../asking/context-questions.ts';
import { figureField, typeForm } from '../asking/fact-forms.ts';
import { likelyAffected, likelyTypes, typeInTitle } from '../asking/incident-type-hints.ts';
import { affectedAspects } from '../asking/open-facts.ts';
import { readFigure } from '../asking/read-answer.ts';
import type { FormField } from '../cards/card.ts';
import { lawText, levelText, type Situation, t } from '../cards/situation.ts';
import { fieldCommands, fieldErrors, fieldInputs, wordsField } from '../collecting/field-inputs.ts';
import {
  type FormErrors,
  type FormKind,
  type FormValues,
  form,
  manyField,
  oneField,
  several,
  single,
  textField,
} from '../forms/form-kind.ts';
import { offeredLevel } from '../level-offer.ts';
import { cannotText } from './draft-card.ts';

/**
 * Form for the whole first report: the fields the law needs now, and the paper's head. Fields filled from the record or
 * the profile are not asked; any field may stay empty, and the report then says that its content follows.
 */
export const firstReportForm: FormKind = {
  build(situation) {
    const conditions = situation.regime.later.conditions.map((value) => ({ value, label: cannotText(value) }));
    return form(
      t('form.first_report.title'),
      [
        wordsField,
        ...operatorField(situation),
        ...gradingFields(situation),
        ...fieldsNow(situation).flatMap((field) => inputsOf(situation, field)),
        ...levelField(situation),
        ...headFields(situation),
        manyField('cannot', t('form.first_report.cannot'), conditions, [
          ...(lastInitial(situation)?.cannotDetermine ?? []),
        ]),
      ],
      { intro: [t('form.first_report.intro')], submit: t('form.first_report.submit'), preview: 'paper' },
    );
  },
  parse(situation, _, values) {
    const fields = fieldsNow(situation);
    const figure = figureOf(situation, values);
    const errors = { ...fieldErrors(situation, fields, values), ...figure.errors };
    if (Object.keys(errors).length > 0) return { errors };
    const ticked = several(values, 'cannot');
    const cannotDetermine = situation.regime.later.conditions.filter((condition) => ticked.includes(condition));
    return {
      commands: [
        ...stated(situation, 'operator', single(values, 'operator')),
        ...figure.commands,
        ...fields.flatMap((field) => commandsOf(situation, field, values)),
        ...levelCommands(situation, values),
        ...headCommands(situation, values),
        { type: 'compile_draft', report: reportWith(situation.regime, 'first'), cannotDetermine: [...cannotDetermine] },
      ],
    };
  },
};

/** Form for province, signatory and 24-hour phone of the paper's head, if the profile does not give them. */
export const headForm: FormKind = {
  build(situation) {
    const fields = headFields(situation);
    return fields.length === 0 ? null : form(t('form.head.title'), fields);
  },
  parse: (situation, _, values) => ({ commands: headCommands(situation, values) }),
};

const lastInitial = ({ state }: Situation) => state.drafts.findLast(({ role }) => role === 'first');

/**
 * Fields that the first report needs and a person writes. Times and the level are decided elsewhere; derived fields are
 * in the paper already, except that people may add to the impact.
 */
function fieldsNow(situation: Situation): readonly FieldReading[] {
  return itemStatuses(sheetNow(situation, 'zh', 'first'))
    .flatMap(({ fields }) => fields)
    .filter(({ definition: { required, from }, state }) => {
      if (required !== 'now' || from === 'awareness' || from === 'level') return false;
      return from === undefined || state !== 'derived';
    });
}

/** Returns true for the type, which is chosen from a list and not written. */
const isChosen = ({ definition, entry }: FieldReading): boolean => definition.from === 'incident_type' && !entry;

function inputsOf(situation: Situation, field: FieldReading): readonly FormField[] {
  if (!isChosen(field)) {
    const { id, multiline } = field.definition;
    const isImpact = multiline && field.definition.id.endsWith('.impact');
    const remembered = field.entry ? undefined : situation.remembered?.[id];
    return fieldInputs(situation, field, isImpact ? ['estimate'] : []).map((input) =>
      input.kind === 'text' && remembered !== undefined ? { ...input, value: remembered } : input,
    );
  }
  const [choice] = typeForm.build(situation, {})?.fields ?? [];
  if (choice?.kind !== 'one' || askType(situation) === null) return [];
  const likely = typeInTitle(situation.state) === null ? [] : likelyTypes(situation.state, situation.regime, 1);
  const { id, label } = field.definition;
  return [{ ...oneField(id, lawText(label), choice.options, likely[0]?.id ?? choice.value, false), reported: true }];
}

function commandsOf(situation: Situation, field: FieldReading, values: FormValues): readonly Command[] {
  if (isChosen(field)) return stated(situation, 'incident_type', single(values, field.definition.id));
  return fieldCommands(field, values, situation.ia.now);
}

function operatorField(situation: Situation): readonly FormField[] {
  const question = askOperator(situation);
  if (!question) return [];
  const options = question.options.flatMap(({ label, intent }) =>
    intent.type === 'answer' && typeof intent.value === 'string' ? [{ value: intent.value, label }] : [],
  );
  return [oneField('operator', question.text, options, '', false)];
}

/** Figure that grades the kind of incident in the title, e.g. the people of a leak; null once it is stated. */
function gradingFact(situation: Situation): FactDefinition | null {
  const { state, regime } = situation;
  const type = typeInTitle(state);
  if (type === null) return null;
  const affected = affectedAspects(state) ?? likelyAffected(type, state.title);
  const isMeant = ({ id, kind, aspects, relevance }: FactDefinition): boolean =>
    kind === 'number' && !relevance && aspects.some((one) => affected.includes(one)) && !state.facts[id];
  return regime.factDefinitions.find(isMeant) ?? null;
}

function gradingFields(situation: Situation): readonly FormField[] {
  const fact = gradingFact(situation);
  return fact ? [figureField(fact, { id: fact.id, label: lawText(fact.label), required: false })] : [];
}

/** Command for the entered figure, or the error of the entry. */
function figureOf(
  situation: Situation,
  values: FormValues,
): { readonly commands: readonly Command[]; readonly errors: FormErrors } {
  const fact = gradingFact(situation);
  const entered = single(values, fact?.id ?? '');
  if (!fact || entered === '') return { commands: [], errors: {} };
  const reading = readFigure(fact, entered);
  if (!reading.ok) return { commands: [], errors: { [fact.id]: reading.error } };
  return { commands: [{ type: 'answer', fact: fact.id, value: reading.value }], errors: {} };
}

const LEVEL = 'cautious';
const levelId = ({ regime }: Situation): string =>
  regime.items.flatMap(({ fields }) => fields).find(({ from }) => from === 'level')?.id ?? '';

/** Tick to report at the lowest reported level (strict reading), shown while the level is open. */
function levelField(situation: Situation): readonly FormField[] {
  const id = levelId(situation);
  const field = fieldOf(situation, id)?.field;
  if (!field || offeredLevel(situation, id) === null) return [];
  const level = levelText(situation.regime, reportedFrom(situation.regime));
  return [
    manyField(id, lawText(field.label), [{ value: LEVEL, label: t('form.first_report.cautious', { level }) }], []),
  ];
}
function levelCommands(situation: Situation, values: FormValues): readonly Command[] {
  const field = levelId(situation);
  const wording = several(values, field).includes(LEVEL) ? offeredLevel(situation, field) : null;
  return wording === null ? [] : [{ type: 'confirm_wording', field, wording }];
}

/** Facts of the head; each function returns true if the profile gives the fact. */
const HEAD = {
  province: ({ state }: Situation) => entityOf(state) !== null,
  // The approver signs unless another person is named.
  signatory: ({ state }: Situation) => namesApprover(state.organisation),
  contact_phone: ({ state }: Situation) => entityOf(state)?.contact24h !== undefined,
} as const satisfies Record<HeadFact, (situation: Situation) => boolean>;

function openHead(situation: Situation): readonly HeadFact[] {
  return HEAD_FACTS.filter((fact) => !HEAD[fact](situation));
}

function headFields(situation: Situation): readonly FormField[] {
  return openHead(situation).map((fact) => {
    const value = statedText(situation.state, fact) ?? situation.remembered?.[fact] ?? '';
    if (fact === 'signatory') return textField(fact, t('report.head.signatory'), { maxLength: HEAD_LENGTH, value });
    if (fact === 'contact_phone') return textField(fact, t('report.head.phone'), { maxLength: HEAD_LENGTH, value });
    const provinces = situation.regime.provinces.list.map(({ id, name }) => ({ value: id, label: lawText(name) }));
    return oneField(fact, t('fact.province'), provinces, value, false);
  });
}
const HEAD_LENGTH = 200;

function headCommands(situation: Situation, values: FormValues): readonly Command[] {
  return openHead(situation).flatMap((fact) => stated(situation, fact, single(values, fact)));
}

/** Commands for an entry that differs from the stated value; an emptied field of the head is recorded as unknown. */
function stated({ state }: Situation, fact: string, entered: string): readonly Command[] {
  const before = statedText(state, fact) ?? '';
  const value: StatedValue = entered === '' ? 'unknown' : entered;
  return entered === before || (entered === '' && !isHeadFact(fact)) ? [] : [{ type: 'answer', fact, value }];
}

/** Entries for the head of a report, by fact or field, which the next incident's form offers again. */
export function headEntered(state: Situation['state'], regime: Situation['regime']): Readonly<Record<string, string>> {
  if (state.stopped) return {};
  const unit = regime.items.flatMap(({ fields }) => fields).find(({ from }) => from === 'entity')?.id ?? '';
  const wording = state.fields[unit]?.wording?.text;
  const facts = HEAD_FACTS.flatMap((fact) => {
    const text = statedText(state, fact);
    return text === null ? [] : [[fact, text] as const];
  });
  return { ...Object.fromEntries(facts), ...(wording === undefined ? {} : { [unit]: wording }) };
}
