import type { Command, CommandOf } from '../../incident/commands.ts';
import { awarenessOf } from '../../incident/facts/assessment.ts';
import type { ActorId } from '../../incident/identity.ts';
import type { IncidentState } from '../../incident/state.ts';
import { fieldOf, fieldPart, itemsNow } from '../../report/items.ts';
import { factName as factLabel } from '../../report/values.ts';
import type { Block, Card, Text } from '../cards/card.ts';
import { valueText } from '../cards/fact-text.ts';
import { cardOf, headline, namedTitle } from '../cards/headline.ts';
import { actionBlock, rowBlock, textBlock } from '../cards/sentence.ts';
import {
  at,
  intent,
  joined,
  lawText,
  levelText,
  ofPart,
  personText,
  plain,
  primary,
  type Situation,
  t,
  titleText,
} from '../cards/situation.ts';
import { wordingRow } from '../collecting/checklist-card.ts';
import { unworded } from '../collecting/item-forms.ts';
import { filedText } from '../filing/changes-since-filing.ts';
import { nextStep } from '../next-step/next-step.ts';

/** Maximum number of answers, filings and announcements that a summary names; the cards have the rest. */
const NAMED = 3;

/**
 * Summary in at most ten lines, from the record alone, for a person who joins late or takes over: what happened since
 * when, clocks, facts, who was informed of what, announcements, the report, the lead, the next step.
 */
function recapLines(situation: Situation, from: ActorId | null): readonly Text[] {
  const { state, regime, ia } = situation;
  const known = awarenessOf(state);
  const answers = Object.entries(state.facts)
    .filter(([, { value }]) => value !== 'unknown')
    .toSorted(([, one], [, other]) => other.version - one.version)
    .slice(0, NAMED)
    .map(([fact, { value }]) =>
      t('text.finding', {
        label: factLabel(regime, fact),
        value: ofPart('answers', valueText(situation, fact, value)),
      }),
    );
  const promised = [
    ...state.requests.filter(({ dropped }) => dropped === null).map(({ what }) => what),
    ...state.tasks.filter(({ finished }) => finished === null).map(({ text }) => text),
  ].flatMap((text) => (text === null ? [] : [ofPart('texts', text)]));
  const items = itemsNow(situation);
  const next = nextStep(situation, null);
  const owned = Object.values(state.owners).filter(({ owner }) => owner !== null && owner === from).length;
  const { declared } = state;
  return [
    t('recap.what', {
      title: titleText(situation),
      at: at(situation, declared.at),
      by: personText(state, declared.by),
    }),
    known === null
      ? t('recap.unknown_since')
      : t(state.awareness ? 'recap.since' : 'recap.since_open', { at: at(situation, known) }),
    t(ia.levelDecided ? 'recap.level' : 'recap.level_open', { level: levelText(regime, ia.assessment.floor) }),
    headline(situation),
    ...(answers.length > 0 ? [t('recap.facts', { list: joined(answers, 'semicolon') })] : []),
    state.filings.length > 0
      ? joined(
          ia.filings.slice(-NAMED).map((filing) => filedText(situation, filing)),
          'sentence',
        )
      : t('recap.told_nobody'),
    promised.length > 0
      ? t('recap.promised', { n: promised.length, list: joined(promised.slice(0, NAMED), 'semicolon') })
      : t('recap.promised_nothing'),
    t('recap.report', { done: items.filter((item) => item.state === 'done').length, all: items.length }),
    t(from === null ? 'recap.lead' : 'recap.lead_and_items', { lead: personText(state, state.lead), n: owned }),
    ...(next ? [t('recap.next', { text: next.text })] : []),
  ];
}

/** Card of the summary for the person who asks for it. */
export function recapCard(situation: Situation): Card {
  const next = nextStep(situation, null);
  const actions = next?.actions.slice(0, NAMED) ?? [];
  const lines = recapLines(situation, null).map((text) => textBlock(text));
  const blocks = actions.length > 0 ? [...lines, actionBlock(actions)] : lines;
  return cardOf(situation, namedTitle(situation, t('recap.title')), headline(situation), blocks);
}

/** Card for the person who is asked to take over; [Take over] accepts. */
export function handoverCard(situation: Situation): Card | null {
  const { state } = situation;
  const { handover } = state;
  if (!handover) return null;
  const title = t('handover.asked', { by: personText(state, handover.by) });
  const take = primary(intent('take_over', t('act.take_over'), { type: 'take_over' }));
  const lines = recapLines(situation, handover.by).map((text) => textBlock(text));
  return cardOf(situation, namedTitle(situation, title), title, [...lines, actionBlock([take])]);
}

/** Card for the person whose hand-over was accepted. */
export function handedOverCard(situation: Situation, to: ActorId): Card {
  const text = t('handover.taken', { name: personText(situation.state, to), id: plain(situation.state.id) });
  return cardOf(situation, namedTitle(situation, text), text, []);
}

/** Returns false for a command that changed nothing, such as an unchanged field of a form. */
export function isChanged(command: Command, before: IncidentState, { state }: Situation): boolean {
  if (command.type === 'fill_field' || command.type === 'confirm_wording') {
    const written = ({ fields }: IncidentState) => JSON.stringify(fields[command.field]);
    return written(before) !== written(state);
  }
  if (command.type === 'answer' && state.facts[command.fact] !== undefined)
    return state.facts[command.fact]?.version !== before.facts[command.fact]?.version;
  return true;
}

/** Confirmation of several fields at once, each with its new content. */
export function fieldsLine(situation: Situation, fills: readonly CommandOf<'fill_field'>[]): Text {
  const fields = fills.flatMap(({ field, value }) => {
    const found = fieldOf(situation, field);
    if (!found) return [];
    const text = value.state === 'unknown' ? t('value.unknown') : { raw: writtenText(situation, field, value.text) };
    const params = {
      n: found.item.n,
      field: lawText(found.field.label),
      text: ofPart(fieldPart(situation, field), text),
    };
    return [t('said.field_entry', params)];
  });
  return t('said.fields', { fields: joined(fields, 'semicolon') });
}

/** Rows for another person's text that was replaced in a field, with a button to restore it. */
export function replacedBlocks(
  situation: Situation,
  before: IncidentState,
  made: readonly Command[],
): readonly Block[] {
  return made.flatMap((command): readonly Block[] => {
    if (command.type === 'answer') return replacedAnswer(situation, before, command.fact);
    if (command.type !== 'fill_field') return [];
    const { field } = command;
    const old = before.fields[field]?.current;
    const now = situation.state.fields[field]?.current;
    const found = fieldOf(situation, field);
    if (!found || !old || !now || old.by === now.by || old.text === null || old.text === now.text) return [];
    const params = {
      by: personText(before, old.by),
      at: at(situation, old.at),
      field: lawText(found.field.label),
      text: ofPart(fieldPart(situation, field), shortened(old.text)),
    };
    const restore = intent(`restore_${field}`, t('act.restore'), {
      type: 'choose_version',
      field,
      version: old.version,
    });
    return [rowBlock('partly', t('said.replaced', params), [restore])];
  });
}

/** Row for another person's answer that was replaced, with a button to restore it; none if that was "not known". */
function replacedAnswer(situation: Situation, before: IncidentState, fact: string): readonly Block[] {
  const old = before.facts[fact];
  const now = situation.state.facts[fact];
  if (!old || !now || old.by === now.by || old.value === 'unknown') return [];
  if (JSON.stringify(old.value) === JSON.stringify(now.value)) return [];
  const params = {
    by: personText(before, old.by),
    at: at(situation, old.at),
    field: factLabel(situation.regime, fact),
    text: ofPart('answers', valueText(situation, fact, old.value)),
  };
  const restore = intent(`restore_${fact}`, t('act.restore'), { type: 'answer', fact, value: old.value });
  return [rowBlock('partly', t('said.replaced', params), [restore])];
}

/** Row on fields just written whose wording a person must confirm: until then the report leaves them open. */
export function wordingBlocks(situation: Situation, made: readonly Command[]): readonly Block[] {
  const filled = new Set(made.flatMap((command) => (command.type === 'fill_field' ? [command.field] : [])));
  if (filled.size === 0) return [];
  return wordingRow(
    situation,
    unworded(situation).filter(({ definition }) => filled.has(definition.id)),
    [],
  );
}

/** Text of a field as recorded, e.g. with the instant that was read from a time. */
export function writtenText({ state }: Situation, field: string, words: string): string {
  return shortened(state.fields[field]?.current?.text ?? words);
}
const SHOWN = 120;
function shortened(text: string): string {
  const characters = [...text];
  return characters.length > SHOWN ? `${characters.slice(0, SHOWN).join('')}…` : text;
}
