import { LANGUAGES } from '../../../incident/identity.ts';
import { definitionOf } from '../../../law/pack.ts';
import type { Question } from '../../asking/question.ts';
import { localise } from '../../cards/localise.ts';
import type { Situation } from '../../cards/situation.ts';
import { fold } from '../../text/characters.ts';
import type { TextCommand } from '../../text/commands/commands.ts';
import { type LineReading, readLine } from '../../text/line-reading.ts';
import { type Topic, topicsOf } from '../../text/topics/topic-model.ts';
import { questionFor } from '../answers.ts';
import { isPeopleAlone } from '../figure-findings.ts';
import type { Meaning, Reader } from '../meaning.ts';
import { choicesOf, commandChoice, oneOf } from './topic-choices.ts';
import { confirmed, handedOver, namedIn, namesOf, offeredBy, type Run, type Told } from './topic-offers.ts';

const FACT = /^(?:awareness|going|outage|count|loss|system|judge|field|data|type_.*)$/;
/** Least share of a topic whose offer is made, of small talk without a reply, and of a topic that replaces another offer. */
const [OFFERED, SILENT, INSTEAD] = [0.5, 0.3, 0.9];
/** Small talk is this much likelier than any other topic but a note. */
const FAR = 2.5;
/** Share of another topic from which a line is no small talk. */
const RIVAL = 0.2;
/** Least share of a topic that is one of several choices, alone and beside an offer of the rules; the most choices. */
const [LEAST, BESIDE, MOST] = [0.06, 0.15, 3];
/** Least share of the fact that a correction by a value is about. */
const CORRECTED = 0.03;
/** Share of topics without a fact from which the bot asks instead of recording, and of a note from which it opens no form. */
const [DOUBTED, NO_FORM] = [0.4, 0.6];
/** Share of a note from which only likely topics are asked about. */
const NOTED = 0.7;

/** Commands that only show something, or open a form, by topic. */
const SHOWN: Readonly<Record<string, TextCommand>> = {
  countdown: { type: 'countdown' },
  late: { type: 'law' },
  owed: { type: 'owed' },
  next: { type: 'next' },
  why: { type: 'why' },
  explain: { type: 'question' },
  people_view: { type: 'people' },
  catchup: { type: 'catchup' },
  read: { type: 'read' },
  items: { type: 'items' },
  script: { type: 'script' },
  undo: { type: 'undo' },
  first_report: { type: 'write_first_report' },
  approve: { type: 'approve', look: true },
  level: { type: 'another_level' },
  hold: { type: 'cancel' },
};

/**
 * Returns what is offered for a line by its topic, which a learned model finds. It records nothing: of what the rules
 * read, it leaves certain facts, asks about those that the line hardly states, and replaces an offer that misses the topic.
 *
 * @param read meaning by the rules; null if they find none.
 * @param run meaning of a command.
 * @param said the line with the mention in front of it.
 */
export function topicMeant(
  line: string,
  reader: Reader,
  run: (command: TextCommand) => Meaning,
  read: Meaning | null,
  said = line,
): Meaning | null {
  const { situation } = reader;
  const reading = readLine(line);
  if (reading.isRows) return read;
  const question = questionFor(situation, null);
  const topics = topicsOf(said, reading, askedOf(question, situation), peopleIn(situation), systemsIn(situation));
  const [first] = topics;
  if (!first) return read;
  if (TO_PERSON.test(toName(said, situation)) && (FACT.test(first.id) || NONE.has(first.id))) return { kind: 'silent' };
  if (read?.kind === 'commands') {
    const none = topics.reduce((sum, { id, share }) => sum + (FACT.test(id) ? 0 : share), 0);
    return none >= DOUBTED ? confirmed(read, line, situation) : read;
  }
  const told: Told = { line, reading, question, situation, topics };
  if (!read && !reading.asks && NONE.has(first.id) && question?.forWhom === 'legal' && namesDegree(reading, question))
    return offerOf('judge', told, run);
  // A figure of people alone needs no model: it is offered in every language.
  const people = read || !isPeopleAlone(reading) ? null : offeredBy('count', told, run);
  if (people) return people;
  // 我九点半重启了一下就好了 answers, whatever it sounds like.
  const condition = read || !NONE.has(first.id) || !tellsCondition(told) ? null : askedOf(question, situation);
  if (condition) return oneOf(choicesOf(offeredBy(TOPIC_OF[condition] ?? '', told, run), situation), line);
  const isSure = first.share >= (read?.kind === 'say' ? INSTEAD : OFFERED);
  if (first.id === 'quiet' && (isSure || !read) && isSmallTalk(topics, isSure)) return { kind: 'silent' };
  if (first.id === 'note' && first.share >= NO_FORM && read?.kind === 'form') return null;
  const isDirect = isSure && (!read || !FACT.test(first.id)) && !NONE.has(first.id);
  const offer = isDirect ? (offerOf(first.id, told, run) ?? read) : asked(told, read, run);
  // "Are they still in?" asks the others: no form is opened for it.
  return reading.asks && TIMED.has(first.id) && offer?.kind === 'form' ? null : offer;
}

const TOPIC_OF: Readonly<Record<string, string>> = { ongoing: 'going', outage: 'outage' };
/** Returns true for a time beside words of a condition, where that is asked about: 我九点半重启了一下就好了. */
const tellsCondition = ({ reading: { clauses, asks }, question }: Told): boolean =>
  !asks &&
  (question?.id === 'ongoing' || question?.id === 'site_outage_minutes') &&
  clauses.some(
    ({ marks, times }) =>
      times.length > 0 &&
      (['ended', 'contained', 'going', 'down'] as const).some((mark) => marks.has(mark)) &&
      !(['planned', 'earlier', 'elsewhere', 'outgoing'] as const).some((mark) => marks.has(mark)),
  );

/** Returns true for small talk that is likely enough, or far likelier than anything that could be offered. */
function isSmallTalk(topics: readonly Topic[], isSure: boolean): boolean {
  const [first, second] = topics.filter(({ id }) => id !== 'note');
  return (
    (isSure && (second?.share ?? 0) < RIVAL) || (first?.share ?? 0) >= Math.max(SILENT, FAR * (second?.share ?? 0))
  );
}

function offerOf(topic: string, told: Told, run: Run): Meaning | null {
  const shown = SHOWN[topic];
  const offer = shown ? run(shown) : offeredBy(topic, told, run);
  const { line, situation } = told;
  // 人数写错了，改成3万2千人 and "change system, it's the stock one" correct by a value, which needs no undoing.
  const about = topic === 'undo' ? told.topics.find(({ id, share }) => FACT.test(id) && share >= CORRECTED) : undefined;
  const isFigure = topic === 'undo' && !about && CHANGED.test(fold(line)) && namesValue('count', told);
  const value = (about && namesValue(about.id, told)) || isFigure ? offeredBy(about?.id ?? 'count', told, run) : null;
  if (value) return value;
  // "I can't judge that, Li Wei has to" hands over, "serious, says Li Wei" judges.
  if (topic !== 'judge' || namedIn(line, situation) === undefined) return offer;
  return oneOf([...choicesOf(offer, situation), ...choicesOf(handedOver(line, situation), situation)], line);
}

/** Pattern of a new value for something: 改成130万, "make it 700,000". */
const CHANGED = /改[成为]|应该?是|(?<![a-z])(?:make (?:it|that)|change (?:it|that)|should be)(?![a-z])/;

/** Topics of facts with a time, of which a question states none. */
const TIMED: ReadonlySet<string> = new Set(['awareness', 'going', 'outage']);
/** Returns true if a line names a value of a topic's fact: a number, a time, or words for a type or system. */
function namesValue(topic: string, { reading: { clauses, text }, situation }: Told): boolean {
  if (topic === 'system') return fold(text).search(systemsIn(situation) ?? /$^/) >= 0;
  if (TIMED.has(topic)) return clauses.some(({ times }) => times.length > 0);
  return topic.startsWith('type_') || clauses.some(({ figures }) => figures.length > 0);
}

/** Asks which of the likely topics is meant, in addition to what the rules ask about. */
function asked(told: Told, read: Meaning | null, run: Run): Meaning | null {
  const { topics, line, situation } = told;
  if (read && read.kind !== 'say' && read.kind !== 'form') return read;
  // The reply to a note has room for choices: below a near certain share, one of them is meant more often than not.
  const isNote = NONE.has(topics[0]?.id ?? '') && (topics[0]?.share ?? 0) >= NOTED;
  const likely = topics.filter(
    ({ id, share }) =>
      share >= (read || isNote ? BESIDE : LEAST) &&
      !NO_CHOICE.has(id) &&
      !(read && FACT.test(id) && !(id.startsWith('type_') && share >= OFFERED)),
  );
  const choices = likely.slice(0, MOST).flatMap(({ id, share }) => {
    const offer = SHOWN[id] ? null : offerOf(id, told, run);
    // A form for a fact that the line does not state.
    if (offer?.kind === 'form' && FACT.test(id) && (share < BESIDE || (told.reading.asks && TIMED.has(id)))) return [];
    if (offer && offer.kind !== 'view') return choicesOf(offer, situation);
    return commandChoice(SHOWN[id]?.type ?? offer?.ref.view ?? id, line);
  });
  if (choices.length === 0) return read;
  return oneOf([...choices, ...choicesOf(read, situation)], line);
}

/** Returns true if a line names a degree that is to be judged: "fairly serious", 特别严重. */
function namesDegree({ text, clauses }: LineReading, { options }: Question): boolean {
  const words = fold(text);
  const degrees = options.flatMap(({ label }) =>
    LANGUAGES.map((language) => fold(localise(label, language)).split(/[(:,]/)[0]?.trim() ?? ''),
  );
  // "Serious" alone is said of anything.
  const named = degrees.filter((one) => /[a-z] [a-z]|[一-龥]{4}/.test(one)).some((one) => words.includes(one));
  return named && !clauses.some(({ marks }) => marks.has('earlier') || marks.has('supposed'));
}

/** Returns a line without the sign of a mention of a known person. */
function toName(line: string, situation: Situation): string {
  const name = line.trim().replace(/^[@＠]/, '');
  return namesOf(situation).some((one) => fold(name).startsWith(fold(one))) ? name : line.trim();
}

/** Pattern of a question to a colleague: 陈洁你那边能登吗, "Wang Lei can you check". */
const TO_PERSON =
  /^[@＠]?(?!机器人|所以|那么?|但是|不过|如果|要是|还是)[一-龥]{2,3}[,， ]?你(?:们|那|这|先|去|看|帮|能|来|再)?.*(?:[吗呢没?？]|(?:在不在|是不是|有没有|能不能|会不会|要不要|好没好).*|[几谁哪]|多少|什么.*|怎么.*)[啊呀了]?$|^(?!what|when|where|how|why|who|which|so |and |but |ok |hey |well |please |pls |bot)[a-z]+(?: [a-z]+)?,? (?:can|could|would|will|did|do|have|are|r) (?:you|u)(?![a-z])/i;

const NONE: ReadonlySet<string> = new Set(['note', 'quiet']);
const NO_CHOICE: ReadonlySet<string> = new Set([...NONE, 'hold']);

const KINDS: Readonly<Record<string, string>> = {
  system: 'system',
  first_notice: 'awareness',
  incident_type: 'type',
  ongoing: 'ongoing',
};

/** Returns the kind of the open question, as the examples of the model name it. */
function askedOf(question: Question | null, { regime }: Situation): string {
  const known = question ? KINDS[question.id] : undefined;
  if (known !== undefined) return known;
  if (question?.forWhom === 'legal') return 'judgement';
  const kind = definitionOf(regime, question?.id ?? '')?.kind;
  return kind === 'duration' ? 'outage' : kind === 'number' ? 'people' : 'verdict';
}

const patterns = new WeakMap<object, RegExp | null>();

/** Returns the pattern of names, made once for each list of them. */
function patternOf(of: object, names: () => readonly string[]): RegExp | null {
  const before = patterns.get(of);
  if (before !== undefined) return before;
  const all = [...new Set(names().map(fold))].filter((one) => one.length > 1);
  const words = all
    .toSorted((one, other) => other.length - one.length)
    .map((one) => {
      const word = one.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
      return /^[a-z]/.test(one) ? `(?<![a-z])${word}(?![a-z])` : word;
    });
  const pattern = words.length > 0 ? new RegExp(words.join('|'), 'g') : null;
  patterns.set(of, pattern);
  return pattern;
}

const peopleIn = (situation: Situation): RegExp | null => patternOf(situation.state.people, () => namesOf(situation));

function systemsIn({ state: { organisation } }: Situation): RegExp | null {
  if (!organisation) return null;
  return patternOf(organisation, () =>
    organisation.systems.flatMap(({ id, name, aliases = [] }) => {
      const parts = [name, ...aliases].flatMap((one) => one.split(' ')).filter((one) => !GENERAL.test(one));
      return [id, name, name.replace(/系统|平台|网上/g, ''), ...aliases, ...parts];
    }),
  );
}
const GENERAL = /^(?:system|web|platform|service|the)$/i;

/** Returns true for the reply to words that answer nothing, if it offers only a note and the question. */
export const isUnanswered = (meaning: Meaning): boolean =>
  meaning.kind === 'say' &&
  'key' in meaning.text &&
  meaning.text.key === 'text.not_recorded' &&
  meaning.actions?.length === 2;
