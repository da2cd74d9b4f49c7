import { definitionOf } from '../../law/pack.ts';
import { factName as factLabel } from '../../report/values.ts';
import { questionOf } from '../asking/fact-forms.ts';
import type { Action } from '../cards/card.ts';
import { localise } from '../cards/localise.ts';
import { form, type Situation, t } from '../cards/situation.ts';
import { fold } from '../text/characters.ts';
import { levelNamed } from '../text/commands/command-arguments.ts';
import type { TextCommand } from '../text/commands/commands.ts';
import { byName } from '../text/commands/field-rows.ts';
import { isFigure } from '../text/commands/item-lines.ts';
import { readLine } from '../text/line-reading.ts';
import { figuresIn } from '../text/numbers/figures-in.ts';
import { otherFigure, questionFor, unanswered, worded, wordsMeant } from './answers.ts';
import { fieldMeant } from './fields.ts';
import { choose } from './level.ts';
import { commands, type Meaning, openForm, openView, type Reader, say } from './meaning.ts';
import { correctClock, meansAwareness } from './times.ts';
import { statedBy } from './undo.ts';

type Of<T extends TextCommand['type']> = Extract<TextCommand, { type: T }>;
const MOST_OFFERED = 6;

/**
 * Returns the meaning of a correction: "更正", "修改 人数：120万", "修改 2 措施：…". It changes a field of the report or an answer;
 * if nothing is named, all answers are shown with a button each.
 */
export function corrected(command: Of<'correct'>, reader: Reader): Meaning {
  const { situation } = reader;
  if (command.n !== undefined || command.field !== undefined) return fieldMeant(command, situation);
  const [name = '', value = ''] = partsOf(command.text ?? '');
  if (name === '') return openView(situation, 'answers');
  // 更正：是9:35 names no fact: its colon belongs to the time.
  if (/^(?:是|为|应该是|应为|it was )?\d{1,2}$/.test(name))
    return amended({ type: 'amend', text: command.text ?? '' }, reader);
  const facts = factsCalled(name, situation);
  if (facts.length === 0 && meansAwareness(name)) return correctClock(value || undefined, situation);
  if (facts.length === 0) {
    const meaning = value === '' ? amendedLast(name, reader) : null;
    return meaning?.kind === 'commands' ? meaning : openView(situation, 'answers');
  }
  return newValue(facts, value, situation);
}

/** Reads 改成120万 or "make it 1.2 million": changes the named value, otherwise the writer's last statement. */
export function amended({ name, text }: Of<'amend'>, reader: Reader): Meaning {
  const { situation } = reader;
  const level = levelNamed(text, situation.regime);
  // The level is a decision, not a text of the report.
  if (level !== undefined || (name !== undefined && /^(?:级别|定级|level)$/i.test(name)))
    return choose(situation, level);
  if (name === undefined) {
    const question = isFigure(text) ? null : questionFor(situation, null);
    return amendedLast(text, reader) ?? (question ? unanswered(text, question) : openView(situation, 'answers'));
  }
  const facts = factsCalled(name, situation);
  if (facts.length > 0) return newValue(facts, text, situation);
  if (meansAwareness(name)) return correctClock(text, situation);
  // 停机时长改成52分钟 is a length of the outage; a time is an end or a start: 结束时间记错了，改成9点13.
  if (OF_OUTAGE.test(fold(name)) && isLength(text) && definitionOf(situation.regime, OUTAGE))
    return newValue([OUTAGE], text, situation);
  if (CONDITION.test(name)) return openForm(situation, 'ongoing', { fact: 'ongoing' });
  // A figure never becomes the text of a field whose name only resembles the writer's words.
  if (isFigure(text)) return amendedLast(text, reader) ?? openView(situation, 'answers');
  const field = fieldMeant({ type: 'correct', field: name, text }, situation);
  return field.kind === 'commands' ? field : openView(situation, 'answers');
}

const OUTAGE = 'site_outage_minutes';
/** Pattern of the length of an outage by its name; 停机维护时长 and 停车时长 are of something else. */
const OF_OUTAGE =
  /^(?!.*(?:维护|演练|计划|会|planned|mainten)).*(?:停机|中断|宕机|停服|outage|downtime)(?:的|持续|一共)*(?:时长|时间|length|duration|time)?$/;
const isLength = (text: string): boolean => figuresIn(text).some(({ counted }) => counted === 'minutes');
const CONDITION = /结束|恢复|停|开始|起止|持续|(?<![a-z])(?:end|stop|start|outage|ongoing)/;

/** Returns the meaning of [Restore] in words: the field that was replaced last gets its earlier text back. */
export function restored({ state, ...situation }: Situation): Meaning {
  const replaced = Object.entries(state.fields).flatMap(([field, { current, versions }]) => {
    const before = versions.at(-2);
    return current && before && current === versions.at(-1) ? [{ field, before, version: current.version }] : [];
  });
  const last = replaced.toSorted((a, b) => b.version - a.version)[0];
  if (!last) return openView({ state, ...situation }, 'checklist');
  return commands({ type: 'choose_version', field: last.field, version: last.before.version });
}

/**
 * Corrects the writer's last statement that can take the new value: a figure or a time replaces the last of its kind,
 * never a text of the report. Other words are read like any line.
 */
function amendedLast(text: string, { situation, me }: Reader): Meaning | null {
  const stated = statedBy(situation.state, me);
  const { clauses } = readLine(text);
  const isValue = clauses.some(({ times, figures }) => times.length + figures.length > 0);
  for (const { kind, id } of stated) {
    if (kind === 'field' && isValue) continue;
    if (kind === 'field') return commands({ type: 'fill_field', field: id, value: { state: 'known', text } });
    const meaning = kind === 'start' ? correctClock(text, situation) : newValue([id], text, situation);
    if (meaning.kind === 'commands' && meaning.commands.every((one) => one.type !== 'answer' || one.fact === id))
      return withoutRest(meaning);
  }
  const other = otherFigure(text, '', situation);
  return withoutRest(wordsMeant(text, situation)) ?? (other.length > 0 ? say(t('text.which_meant'), other) : null);
}

/** Removes the description of an unnamed source: the rest of a corrected sentence names no source. */
function withoutRest<M extends Meaning | null>(meaning: M): M | Meaning {
  if (meaning?.kind !== 'commands') return meaning;
  const list = meaning.commands.map((one) => {
    if (one.type !== 'add_awareness' || one.source !== 'other') return one;
    const { description: _, ...bare } = one;
    return bare;
  });
  return { ...meaning, commands: list };
}

/** Returns the correction of a fact to a new value; if several facts match, a choice between them. */
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

/** Returns the name and value of a correction: 人数：120万, 人数 120万, 人数. */
function partsOf(text: string): readonly string[] {
  const parts = /^([^:：=＝]{1,40}?)\s*[:：=＝]\s*(.*)$/s.exec(text) ?? /^(\S{1,40})\s+(.*)$/s.exec(text);
  return parts ? [parts[1] ?? '', (parts[2] ?? '').trim()] : [text.slice(0, 40)];
}

/** Returns the facts by their label; answered facts come before unanswered ones. */
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
