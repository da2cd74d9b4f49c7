import { readNumber } from '../asking/value-readings.ts';
import type { Action } from '../cards/card.ts';
import { definitionOf, factLabel } from '../cards/fact-text.ts';
import { localise } from '../cards/localise.ts';
import { form, type Situation, t } from '../cards/situation.ts';
import type { TextCommand } from '../text/commands/commands.ts';
import { fieldMeant } from './fields.ts';
import type { Meaning } from './meaning.ts';
import { openForm, openView } from './openers.ts';

type Correction = Extract<TextCommand, { type: 'correct' }>;
const MOST_OFFERED = 6;

/**
 * "更正", "修改 人数：120万", "修改 2 措施：…": a field of the report, the answer to a question, or, where nothing is named,
 * all answers with a button each.
 */
export function corrected(command: Correction, situation: Situation): Meaning {
  if (command.n !== undefined || command.field !== undefined) return fieldMeant(command, situation);
  const [name = '', value = ''] = partsOf(command.text ?? '');
  const facts = name === '' ? [] : factsCalled(name, situation);
  const [fact, other] = facts;
  if (fact === undefined) return openView(situation, 'answers');
  if (other !== undefined) return which(facts.slice(0, MOST_OFFERED), situation);
  const definition = definitionOf(situation.regime, fact);
  if (value === '' || definition?.kind !== 'number') return openForm(situation, formOfFact(fact), { fact });
  const reading = readNumber(value, definition.unit);
  return reading.ok
    ? { kind: 'commands', commands: [{ type: 'answer', fact, value: reading.value }] }
    : { kind: 'say', text: reading.error };
}

/** 人数：120万, 人数 120万, 人数. */
function partsOf(text: string): readonly string[] {
  const parts = /^([^:：=＝]{1,40}?)\s*[:：=＝]\s*(.*)$/s.exec(text) ?? /^(\S{1,40})\s+(.*)$/s.exec(text);
  return parts ? [parts[1] ?? '', (parts[2] ?? '').trim()] : [text.slice(0, 40)];
}

/** By the whole name, else by part of it; what was answered comes before what could be. */
function factsCalled(name: string, { state, regime }: Situation): readonly string[] {
  const word = name.trim().toLowerCase();
  const stated = Object.keys(state.facts);
  const others = regime.factDefinitions.map(({ id }) => id).filter((id) => !stated.includes(id));
  const labels = (fact: string): readonly string[] => {
    const label = factLabel(regime, fact);
    return [localise(label, 'zh-CN'), localise(label, 'en').toLowerCase()];
  };
  for (const facts of [stated, others]) {
    const exact = facts.filter((fact) => labels(fact).includes(word));
    if (exact.length > 0) return exact;
    const part = facts.filter((fact) => labels(fact).some((label) => label.includes(word)));
    if (part.length > 0) return part;
  }
  return [];
}

const formOfFact = (fact: string): string => (fact === 'first_notice' ? 'awareness' : 'correct');

function which(facts: readonly string[], { state, regime }: Situation): Meaning {
  const actions = facts.map(
    (fact): Action => form(`correct_${fact}`, factLabel(regime, fact), formOfFact(fact), { incident: state.id, fact }),
  );
  return { kind: 'say', text: t('text.which_answer'), actions };
}
