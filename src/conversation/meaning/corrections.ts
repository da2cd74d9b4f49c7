import type { IncidentState } from '../../incident/state.ts';
import { fieldOf } from '../../report/items.ts';
import { questionOf } from '../asking/fact-forms.ts';
import type { Action } from '../cards/card.ts';
import { definitionOf, factLabel, valueText } from '../cards/fact-text.ts';
import { localise } from '../cards/localise.ts';
import { form, intent, lawText, ofPart, type Situation, t } from '../cards/situation.ts';
import type { TextCommand } from '../text/commands/commands.ts';
import { byName } from '../text/commands/field-rows.ts';
import { worded } from './answers.ts';
import { fieldMeant } from './fields.ts';
import { commands, type Meaning, openForm, openView, type Reader, say } from './meaning.ts';
import { correctClock, meansAwareness } from './times.ts';

type Of<T extends TextCommand['type']> = Extract<TextCommand, { type: T }>;
const MOST_OFFERED = 6;

/**
 * "更正", "修改 人数：120万", "修改 2 措施：…": a field of the report, the answer to a question, or, where nothing is named,
 * all answers with a button each.
 */
export function corrected(command: Of<'correct'>, reader: Reader): Meaning {
  const { situation } = reader;
  if (command.n !== undefined || command.field !== undefined) return fieldMeant(command, situation);
  const [name = '', value = ''] = partsOf(command.text ?? '');
  if (name === '') return openView(situation, 'answers');
  const facts = factsCalled(name, situation);
  if (facts.length === 0 && meansAwareness(name)) return correctClock(value || undefined, situation);
  if (facts.length === 0) {
    const meaning = value === '' ? amendedLast(name, reader) : null;
    return meaning?.kind === 'commands' ? meaning : openView(situation, 'answers');
  }
  return newValue(facts, value, situation);
}

/** 改成120万, "make it 1.2 million": of what the writer said last, or of what is named. */
export function amended({ name, text }: Of<'amend'>, reader: Reader): Meaning {
  const { situation } = reader;
  if (name === undefined) return amendedLast(text, reader) ?? openView(situation, 'answers');
  const facts = factsCalled(name, situation);
  if (facts.length > 0) return newValue(facts, text, situation);
  if (meansAwareness(name)) return correctClock(text, situation);
  const field = fieldMeant({ type: 'correct', field: name, text }, situation);
  return field.kind === 'commands' ? field : openView(situation, 'answers');
}

/** 撤销, "undo": what the writer said last is as it was before; without anything before it, they are asked. */
export function undone({ situation, me }: Reader): Meaning {
  const [last] = statedBy(situation.state, me);
  if (last === undefined) return openView(situation, 'answers');
  const { state, regime } = situation;
  const args = { incident: state.id };
  if (last.kind === 'start') return openForm(situation, 'confirm_awareness');
  if (last.kind === 'field') {
    const before = state.fields[last.id]?.versions.at(-2);
    if (before) return commands({ type: 'choose_version', field: last.id, version: before.version });
    const found = fieldOf(situation, last.id);
    const label = found ? lawText(found.field.label) : { raw: last.id };
    const empty = { type: 'fill_field', field: last.id, value: { state: 'unknown' } } as const;
    return say(t('text.undo_field', { field: label }), [
      form('undo_fill', t('act.correct'), 'item', { ...args, item: found?.item.id ?? '' }),
      intent('undo_unknown', t('common.unknown'), empty),
    ]);
  }
  const previous = state.facts[last.id]?.previous;
  if (previous !== undefined) return commands({ type: 'answer', fact: last.id, value: previous });
  const entry = state.facts[last.id];
  const value = ofPart('answers', entry ? valueText(situation, last.id, entry.value) : { raw: '' });
  return say(t('text.undo_answer', { label: factLabel(regime, last.id), value }), [
    form('undo_correct', t('act.correct'), formOfFact(last.id), { ...args, fact: last.id }),
    intent('undo_unknown', t('common.unknown'), { type: 'answer', fact: last.id, value: 'unknown' }),
  ]);
}

/** [Restore] in words: the field that was replaced last is as it was before. */
export function restored({ state, ...situation }: Situation): Meaning {
  const replaced = Object.entries(state.fields).flatMap(([field, { current, versions }]) => {
    const before = versions.at(-2);
    return current && before && current === versions.at(-1) ? [{ field, before, version: current.version }] : [];
  });
  const last = replaced.toSorted((a, b) => b.version - a.version)[0];
  if (!last) return openView({ state, ...situation }, 'checklist');
  return commands({ type: 'choose_version', field: last.field, version: last.before.version });
}

/** Gives the new value to the last statement of the writer; a figure goes to the last answer that is one. */
function amendedLast(text: string, { situation, me }: Reader): Meaning | null {
  const [last, ...earlier] = statedBy(situation.state, me);
  if (last === undefined) return null;
  if (last.kind === 'field') return commands({ type: 'fill_field', field: last.id, value: { state: 'known', text } });
  const meaning = last.kind === 'start' ? correctClock(text, situation) : newValue([last.id], text, situation);
  if (meaning.kind === 'commands') return meaning;
  for (const { kind, id } of earlier) {
    const isFigure = kind === 'fact' && definitionOf(situation.regime, id)?.kind === 'number';
    const other = isFigure ? newValue([id], text, situation) : null;
    if (other?.kind === 'commands') return other;
  }
  return meaning;
}

interface Last {
  readonly kind: 'fact' | 'field' | 'start';
  readonly id: string;
  readonly version: number;
}

/** Answers, fields and candidates for awareness that a person stated and that still stand, the last first. */
function statedBy({ facts, fields, candidates }: IncidentState, me: Reader['me']): readonly Last[] {
  if (me === null) return [];
  const own = [
    ...Object.entries(facts).flatMap(([id, { by, version }]) =>
      by === me ? { kind: 'fact' as const, id, version } : [],
    ),
    ...Object.entries(fields).flatMap(([id, { current }]) =>
      current?.by === me ? { kind: 'field' as const, id, version: current.version } : [],
    ),
    ...candidates.flatMap(({ by, source, id, version }) =>
      by === me && source !== 'declaration' ? { kind: 'start' as const, id, version } : [],
    ),
  ];
  return own.toSorted((a, b) => b.version - a.version);
}

/** A new value for the one fact that is meant; of several each can be chosen. */
export function newValue(facts: readonly string[], text: string, situation: Situation): Meaning {
  const [fact, other] = facts;
  if (fact === undefined || other !== undefined) return which(facts.slice(0, MOST_OFFERED), situation);
  const isFigure = definitionOf(situation.regime, fact)?.kind === 'number';
  const question = text === '' ? null : questionOf(situation, fact);
  const meaning = question ? worded(text, situation, question) : null;
  return meaning && (meaning.kind === 'commands' || isFigure)
    ? meaning
    : openForm(situation, formOfFact(fact), { fact });
}

/** 人数：120万, 人数 120万, 人数. */
function partsOf(text: string): readonly string[] {
  const parts = /^([^:：=＝]{1,40}?)\s*[:：=＝]\s*(.*)$/s.exec(text) ?? /^(\S{1,40})\s+(.*)$/s.exec(text);
  return parts ? [parts[1] ?? '', (parts[2] ?? '').trim()] : [text.slice(0, 40)];
}

/** Facts by their label; what was answered comes before what could be. */
function factsCalled(name: string, { state, regime }: Situation): readonly string[] {
  const stated = Object.keys(state.facts);
  const others = regime.factDefinitions.map(({ id }) => id).filter((id) => !stated.includes(id));
  const labels = (fact: string): readonly string[] => {
    const label = factLabel(regime, fact);
    return [localise(label, 'zh-CN'), localise(label, 'en')];
  };
  const found = byName(stated, name, labels);
  return found.length > 0 ? found : byName(others, name, labels);
}

const formOfFact = (fact: string): string => (fact === 'first_notice' ? 'awareness' : 'correct');

function which(facts: readonly string[], { state, regime }: Situation): Meaning {
  const actions = facts.map(
    (fact): Action => form(`correct_${fact}`, factLabel(regime, fact), formOfFact(fact), { incident: state.id, fact }),
  );
  return say(t('text.which_answer'), actions);
}
