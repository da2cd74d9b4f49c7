import { questionOf } from '../conversation/asking/fact-forms.ts';
import { readAnswer, readInstant } from '../conversation/asking/read-answer.ts';
import type { Block, Card, Text } from '../conversation/cards/card.ts';
import { askToStop } from '../conversation/cards/card-views.ts';
import { localise } from '../conversation/cards/localise.ts';
import { buttons, rowBlock, sentenceCard } from '../conversation/cards/sentence.ts';
import { intent, plain, primary, type Situation, t } from '../conversation/cards/situation.ts';
import type { Finding } from '../conversation/meaning/finding.ts';
import { findingsIn, statedText } from '../conversation/meaning/findings.ts';
import { awarenessOf } from '../conversation/meaning/times.ts';
import { languageIn } from '../conversation/text/characters.ts';
import { fearsSecret } from '../conversation/text/commands/corrections-in-text.ts';
import { readLine } from '../conversation/text/line-reading.ts';
import type { Command } from '../incident/commands.ts';
import { sha256 } from '../incident/record/chain.ts';
import type { IncidentState } from '../incident/state.ts';
import { factName as factLabel } from '../report/values.ts';
import type { App, Caller } from './app.ts';
import type { Marked, OpenFact, SecondReader } from './ports.ts';
import type { UseCaseContext } from './use-case-context.ts';

/** Maximum length of a text that is read, and the maximum number of proposals on one card. */
const LONGEST = 4_000;
const MOST = 6;
const LONGEST_QUOTE = 200;
const START = 'first_notice';
const SHORTEST_NOTE = 8;

/** Situation of an open, not stopped incident that the caller may see completely; null for any other. */
async function openSituation(context: UseCaseContext, incident: string, caller: Caller): Promise<Situation | null> {
  const { engine } = context;
  const state = await context.visible(incident, caller);
  const isAll = state !== null && context.visibility(state, caller).show === 'all';
  return isAll && !state.stopped && !state.closed ? engine.situation(state, engine.deps.clock.now()) : null;
}

function proposal(id: string, what: Text, quote: string, command: Command): Block {
  const row = t('reader.row', { what, quote: plain(quote) });
  return rowBlock('open', row, [primary(intent(id, t('reader.record'), command))]);
}

function withBasis(command: Command, basis: string): Command {
  if (command.type === 'answer') return { ...command, basis };
  return command.type === 'add_awareness' ? { ...command, description: basis } : command;
}

/** Use case of the second reader: marks in a text that the parser could not read become proposals. */
export function createSecondReading(context: UseCaseContext): Pick<App, 'secondReading'> {
  const { reader } = context;
  return {
    secondReading: async ({ line, incident, caller, room }) => {
      const text = line.slice(0, LONGEST);
      const before = reader && room?.location !== 'abroad' ? await openSituation(context, incident, caller) : null;
      if (!reader || !before || fearsSecret(text) || (reader.isAbroad && mayHoldData(before.state))) return null;
      const facts = openFacts(before);
      const marked = facts.length === 0 ? [] : await reader.mark(text, facts);
      // The record may have changed, or been stopped, during the reading.
      const now = await openSituation(context, incident, caller);
      return now && marksProposed(marked, { text, facts, reader, situation: now });
    },
  };
}

/** Returns false if it is known that neither personal nor other important data is affected. */
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

interface MarkedText {
  readonly text: string;
  readonly facts: readonly OpenFact[];
  readonly reader: SecondReader;
  readonly situation: Situation;
}

/** Card with a proposal for each fact whose marked words are in the text and readable; null if there is none. */
function marksProposed(marked: readonly Marked[], read: MarkedText): Card | null {
  const seen = new Set<string>();
  const rows = marked.flatMap((one): readonly Block[] => {
    const from = placeOf(one, read.text);
    const command = from === null || seen.has(one.fact) || seen.size >= MOST ? null : readMark(one, from, read);
    const what = command && statedText(command, read.situation, one.quote);
    if (!command || !what || from === null) return [];
    seen.add(one.fact);
    const proposed = withBasis(command, basisOfMark(one, from, read));
    return [proposal(`marked_${one.fact}`, what, inText(one.quote, from, read.text), proposed)];
  });
  return rows.length === 0 ? null : sentenceCard(t('reader.title'), rows);
}

/** Index of the marked words in the text; null if they are missing, empty, too long, or cut out of a number or time. */
function placeOf({ quote, from }: Marked, text: string): number | null {
  if (quote.trim() === '' || quote.length > LONGEST_QUOTE) return null;
  const found = text.startsWith(quote, from) ? from : text.indexOf(quote);
  return found < 0 || isCut(text.slice(0, found), quote, text.slice(found + quote.length)) ? null : found;
}

const NUMERAL = '[\\d零〇一二三四五六七八九十百千万亿两几半数]';
const ENDS = new RegExp(`(?:${NUMERAL}\\s*[.,:：/–~-]?|[年月日号点时])\\s*$`, 'u');
const BEGINS = new RegExp(`^\\s*[.,:：/–~-]?\\s*${NUMERAL}`, 'u');
const UNIT_BEGINS = /^\s*[年月日号点时]/u;

/** Returns true for words that are part of a longer number or time, e.g. “20万人” of “120万人”, “08:41” of “3月31日 08:41”. */
function isCut(before: string, quote: string, after: string): boolean {
  if (/[\p{Script=Latin}]$/u.test(before) && /^[\p{Script=Latin}\d]/u.test(quote)) return true;
  if (ENDS.test(before) && BEGINS.test(quote)) return true;
  return ENDS.test(quote) && (BEGINS.test(after) || (/\d\s*$/.test(quote) && UNIT_BEGINS.test(after)));
}

/** Words of a date or a time of day, which state no figure. */
const TIME_WORDS = /\d\s*(?:[年月日号点:：]|时|分(?!钟))/u;

/** Command that states the marked words as the parser reads them; null if unreadable, or if the fact is not open. */
function readMark({ fact, quote }: Marked, from: number, { text, facts, situation }: MarkedText): Command | null {
  if (facts.every(({ id }) => id !== fact)) return null;
  if (fact === START) {
    const start = startIn(quote, situation);
    // Words before it in its clause may name another day.
    const before =
      text
        .slice(0, from)
        .split(/[，。；！？,;!?\n]/u)
        .at(-1) ?? '';
    const whole = startIn(`${before}${quote}`, situation);
    return start && (whole === null || whole.at === start.at) ? start : null;
  }
  const question = situation.state.facts[fact] === undefined ? questionOf(situation, fact) : null;
  const answer = question && readAnswer(question, quote, situation);
  const all = answer?.kind === 'commands' ? answer.commands : (answer?.offers ?? []).map(({ command }) => command);
  const [command] = all;
  if (question?.kind === 'number' && TIME_WORDS.test(quote)) return null;
  return command?.type === 'answer' && command.fact === fact && command.value !== 'unknown' ? command : null;
}

/** Time of awareness that words state; null if they state none. */
function startIn(words: string, { ia }: Situation) {
  const at = readInstant(words, ia.now, (instant) => awarenessOf(instant, ''));
  const [start] = at.kind === 'commands' ? at.commands : at.offers.map(({ command }) => command);
  return start?.type === 'add_awareness' && start.at !== 'unknown' ? start : null;
}

/** Number of characters shown on each side of marked words: a denial beside them would change what they mean. */
const BESIDE = 12;

/** Marked words among their neighbours, e.g. “并非泄露【120万人】，”. */
function inText(quote: string, from: number, text: string): string {
  const to = from + quote.length;
  const line = `${text.slice(Math.max(0, from - BESIDE), from)}【${quote}】${text.slice(to, to + BESIDE)}`;
  return line.replace(/\s+/g, ' ').trim();
}

/** Basis of a confirmed fact: model, words, position, hash of the whole text. */
function basisOfMark({ quote }: Marked, from: number, { text, reader }: MarkedText): string {
  const place = `${from}–${from + quote.length}`;
  const params = { model: plain(reader.model), quote: plain(quote), place: plain(place), hash: plain(sha256(text)) };
  return localise(t('reader.basis', params), languageIn(text));
}

/** Use case for pictures: facts in the text of a picture become proposals; nothing is recorded without a press. */
export function createPictureReading(context: UseCaseContext): Pick<App, 'pictureReading'> {
  const { pictures } = context;
  return {
    pictureReading: async ({ picture, incident, caller, room }) => {
      if (!pictures || room?.location === 'abroad' || (await openSituation(context, incident, caller)) === null)
        return null;
      const content = await picture.content();
      const text = (content && (await pictures.read(content)))?.slice(0, LONGEST) ?? '';
      // The record may have been stopped during the reading.
      const now = text === '' ? null : await openSituation(context, incident, caller);
      if (!now) return null;
      if (fearsSecret(text)) {
        const { text: asked, actions } = askToStop(now.state);
        return sentenceCard(asked, buttons(actions));
      }
      return factsProposed({ text, name: picture.name, by: pictures.name, hash: picture.sha256 }, now);
    },
  };
}

interface ReadPicture {
  readonly text: string;
  readonly name: string;
  readonly by: string;
  /** SHA-256 of the file. */
  readonly hash: string;
}

/** Card with a proposal for each fact the parser finds in the lines, and the text as a note. */
function factsProposed(read: ReadPicture, situation: Situation): Card | null {
  const { text, name } = read;
  const found = text
    .split('\n')
    .flatMap((line) => findingsIn({ reading: readLine(line), situation, question: null }))
    .filter(({ command }) => isNews(command, situation));
  const single = found.filter((one, index) => found.findIndex((other) => isSame(one, other)) === index);
  const rows = single.slice(0, MOST).map(({ label, words, command }, index) => {
    return proposal(`read_${index}`, label, words, withBasis(command, basisOfPicture(words, read)));
  });
  const note = localise(t('picture.note', { name: plain(name), text: plain(text) }), languageIn(text));
  const keep =
    text.length < SHORTEST_NOTE ? [] : [intent('keep_text', t('picture.keep'), { type: 'add_note', text: note })];
  if (rows.length === 0 && keep.length === 0) return null;
  const title = t(rows.length > 0 ? 'picture.found' : 'picture.read', { name: plain(name) });
  return sentenceCard(title, [...rows, ...buttons(keep)]);
}

const isSame = (one: Finding, other: Finding): boolean => JSON.stringify(one.command) === JSON.stringify(other.command);

/** Returns true for a fact that is not stated yet, or a time of awareness that is no candidate yet. */
function isNews(command: Command, { state }: Situation): boolean {
  if (command.type === 'answer') return state.facts[command.fact] === undefined && command.value !== 'unknown';
  return command.type === 'add_awareness' && state.candidates.every(({ instant }) => instant !== command.at);
}

function basisOfPicture(words: string, { name, by, hash }: ReadPicture): string {
  const params = { by: plain(by), name: plain(name), quote: plain(words), hash: plain(hash) };
  return localise(t('picture.basis', params), languageIn(words));
}
