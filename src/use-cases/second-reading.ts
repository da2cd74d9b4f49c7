import { createHash } from 'node:crypto';
import { questionOf } from '../conversation/asking/fact-forms.ts';
import { readAnswer, readInstant } from '../conversation/asking/read-answer.ts';
import { rowBlock } from '../conversation/cards/blocks.ts';
import type { Block, Card } from '../conversation/cards/card.ts';
import { factLabel } from '../conversation/cards/fact-text.ts';
import { localise } from '../conversation/cards/localise.ts';
import { sentenceCard } from '../conversation/cards/sentence.ts';
import { intent, plain, primary, type Situation, t } from '../conversation/cards/situation.ts';
import { statedText } from '../conversation/meaning/findings.ts';
import { awarenessOf } from '../conversation/meaning/times.ts';
import { languageIn } from '../conversation/text/characters.ts';
import { fearsSecret } from '../conversation/text/commands/corrections-in-text.ts';
import type { Command } from '../incident/commands.ts';
import type { IncidentState } from '../incident/state.ts';
import type { App } from './app.ts';
import type { Marked, OpenFact, SecondReader } from './ports.ts';
import type { UseCaseContext } from './use-case-context.ts';

/** Longest text that is given away, and the most proposals of one card. */
const LONGEST = 4_000;
const MOST = 6;
const LONGEST_QUOTE = 200;
const START = 'first_notice';

/** Use case of the second reader: marks in a text that ours could not read become proposals with a press each. */
export function createSecondReading(context: UseCaseContext): Pick<App, 'secondReading'> {
  const { engine, reader } = context;
  const situationOf = async (incident: string, caller: Parameters<App['secondReading']>[0]['caller']) => {
    const state = await context.visible(incident, caller);
    const isAll = state !== null && context.visibility(state, caller).show === 'all';
    return isAll && !state.stopped && !state.closed ? engine.situation(state, engine.deps.clock.now()) : null;
  };
  return {
    secondReading: async ({ line, incident, caller, room }) => {
      const text = line.slice(0, LONGEST);
      const before = reader && room?.location !== 'abroad' ? await situationOf(incident, caller) : null;
      if (!reader || !before || fearsSecret(text) || (reader.isAbroad && mayHoldData(before.state))) return null;
      const facts = openFacts(before);
      const marked = facts.length === 0 ? [] : await reader.mark(text, facts);
      // During the reading the record may have changed, and a stop may have happened.
      const now = await situationOf(incident, caller);
      return now && proposals(marked, { text, facts, reader, situation: now });
    },
  };
}

/** Returns true unless it is known that neither personal nor other important data is affected. */
function mayHoldData({ facts }: IncidentState): boolean {
  const affected = facts['affected']?.value;
  const classes = facts['data_class']?.value;
  const isKnown = Array.isArray(affected) && !affected.some((one) => one === 'personal_info' || one === 'data');
  return !isKnown || (Array.isArray(classes) && classes.some((one) => one !== 'none'));
}

/** Unanswered facts that are not judgements, and the time of awareness. */
function openFacts(situation: Situation): readonly OpenFact[] {
  const { state, regime } = situation;
  const ids = ['system', 'incident_type', 'ongoing', ...regime.factDefinitions.map(({ id }) => id)];
  const open = ids.filter((id) => {
    const question = state.facts[id] === undefined ? questionOf(situation, id) : null;
    return question !== null && question.forWhom !== 'legal';
  });
  return [START, ...open].map((id) => ({ id, about: localise(factLabel(regime, id), 'en') }));
}

interface Read {
  readonly text: string;
  readonly facts: readonly OpenFact[];
  readonly reader: SecondReader;
  readonly situation: Situation;
}

/**
 * Card with a row and a button for each fact whose marked words are in the text and readable; null if there is none.
 */
function proposals(marked: readonly Marked[], read: Read): Card | null {
  const seen = new Set<string>();
  const rows = marked.flatMap((one): readonly Block[] => {
    const from = placeOf(one, read.text);
    const command = from === null || seen.has(one.fact) || seen.size >= MOST ? null : readMark(one, read);
    const what = command && statedText(command, read.situation);
    if (!command || !what || from === null) return [];
    seen.add(one.fact);
    const proposed = withBasis(command, basisOf(one, from, read));
    const row = t('reader.row', { what, quote: plain(one.quote) });
    return [rowBlock('open', row, [primary(intent(`marked_${one.fact}`, t('common.yes'), proposed))])];
  });
  return rows.length === 0 ? null : sentenceCard(t('reader.title'), rows);
}

/**
 * Index of the marked words in the text; null if they are absent from it, belong to an unknown fact, or are too long.
 */
function placeOf({ quote, from }: Marked, text: string): number | null {
  if (quote.trim() === '' || quote.length > LONGEST_QUOTE) return null;
  if (text.startsWith(quote, from)) return from;
  const found = text.indexOf(quote);
  return found < 0 ? null : found;
}

/** Command that states the marked words, as our own reader reads them; null if it cannot, or the fact is not open. */
function readMark({ fact, quote }: Marked, { facts, situation }: Read): Command | null {
  if (facts.every(({ id }) => id !== fact)) return null;
  if (fact === START) {
    const at = readInstant(quote, situation.ia.now, (instant) => awarenessOf(instant, ''));
    const [start] = at.kind === 'commands' ? at.commands : at.offers.map(({ command }) => command);
    return start?.type === 'add_awareness' && start.at !== 'unknown' ? start : null;
  }
  const question = situation.state.facts[fact] === undefined ? questionOf(situation, fact) : null;
  const answer = question && readAnswer(question, quote, situation);
  const all = answer?.kind === 'commands' ? answer.commands : (answer?.offers ?? []).map(({ command }) => command);
  const [command] = all;
  return command?.type === 'answer' && command.fact === fact && command.value !== 'unknown' ? command : null;
}

/** Basis recorded with a confirmed fact: model, words, place, hash of the whole text. */
function basisOf({ quote }: Marked, from: number, { text, reader }: Read): string {
  const hash = createHash('sha256').update(text).digest('hex');
  const place = `${from}–${from + quote.length}`;
  const params = { model: plain(reader.model), quote: plain(quote), place: plain(place), hash: plain(hash) };
  return localise(t('reader.basis', params), languageIn(text));
}

function withBasis(command: Command, basis: string): Command {
  if (command.type === 'answer') return { ...command, basis };
  return command.type === 'add_awareness' ? { ...command, description: basis } : command;
}
