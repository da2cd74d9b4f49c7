import { AWARENESS_SOURCES } from '../../incident/commands/answers.ts';
import type { OwedObligation } from '../../incident/facts/owed.ts';
import { adoptedReadings } from '../../incident/readings.ts';
import type { AwarenessCandidate } from '../../incident/state.ts';
import { inForce } from '../../law/dated.ts';
import { definitionOf } from '../../law/pack.ts';
import type { OpenQuestion } from '../../law/regime.ts';
import { factName as factLabel } from '../../report/values.ts';
import type { Block, Card, Param, Text } from '../cards/card.ts';
import { figureLabel } from '../cards/fact-text.ts';
import { cardOf } from '../cards/headline.ts';
import { actionBlock, noteBlock, rowBlock, strongBlock, textBlock } from '../cards/sentence.ts';
import {
  at,
  dueAt,
  joined,
  lawText,
  levelText,
  ofPart,
  openInitial,
  plain,
  quoteText,
  type Situation,
  show,
  t,
} from '../cards/situation.ts';
import { conditionOf } from './conditions.ts';
import { articleText, dueOf, dutyAndRecipient } from './duties.ts';
import { decideAction, escalationLine, factUsed, lines, openQuestionRow, verdictSummary } from './verdict.ts';

/** Card on the reasons of the verdict: rule and quotation, facts used, possible changes, open questions, duties. */
export function whyCard(situation: Situation): Card {
  const { ia, regime } = situation;
  const { floor, ceiling, ceilingByNumbers, level } = ia.assessment;
  const text = (of: string) => levelText(regime, of);
  const isOpen = level === 'undetermined';
  const title = isOpen ? t('why.title_undetermined') : t('why.title', { level: text(floor) });
  const range =
    ceiling === ceilingByNumbers
      ? t('why.floor_same', { floor: text(floor), ceiling: text(ceiling) })
      : t('why.floor', { floor: text(floor), ceiling: text(ceiling), numbers: text(ceilingByNumbers) });
  return cardOf(situation, title, isOpen ? range : verdictSummary(situation), [
    textBlock(range),
    ...lines(isOpen ? planLine(situation) : null),
    ...ia.assessment.matched.flatMap((match) => matchBlocks(situation, match)),
    ...changeBlocks(situation),
    ...questionBlocks(situation),
    ...owedBlocks(situation),
    ...startBlock(situation),
    actionBlock([show(situation, 'law')]),
  ]);
}

/** Line on what to do while the level is open: answer, and plan for the first deadline. */
function planLine(situation: Situation): Text | null {
  const [clock] = openInitial(situation);
  return clock ? t('why.plan', { due: dueAt(situation, clock.due) }) : null;
}

function matchBlocks(situation: Situation, match: Situation['ia']['assessment']['matched'][number]): readonly Block[] {
  const criterion = situation.regime.criteria.find(({ id }) => id === match.criterion);
  const source = t('why.source', {
    instrument: plain(match.source.instrument),
    article: plain(match.source.article),
  });
  const used = Object.keys(match.facts).flatMap(
    (fact) => factUsed(situation, fact) ?? joined([factLabel(situation.regime, fact), t('why.derived')], 'dot'),
  );
  return [
    { kind: 'quote', text: quoteText(match.source.quote), source, url: match.source.url },
    // The Chinese text is authoritative; the translation beside it is for readers of English.
    ...(criterion ? [noteBlock(lawText({ zh: '', en: criterion.translation }))] : []),
    textBlock(t('why.used', { facts: joined(used, 'semicolon') })),
  ];
}

const FACTS_SHOWN = 8;
function changeBlocks(situation: Situation): readonly Block[] {
  const next = escalationLine(situation);
  const open = situation.ia.assessment.undetermined.slice(0, FACTS_SHOWN).flatMap((fact) => {
    const definition = definitionOf(situation.regime, fact);
    return definition ? [figureLabel(situation.regime, fact)] : [];
  });
  if (!next && open.length === 0) return [];
  return [
    strongBlock(t('why.change')),
    ...(next ? [textBlock(next)] : []),
    ...(open.length > 0 ? [textBlock(t('why.open_facts', { facts: joined(open, 'semicolon') }))] : []),
  ];
}

/** Blocks of every open legal question the case touches, and of those that were settled. */
function questionBlocks(situation: Situation): readonly Block[] {
  const { ia, regime, state } = situation;
  const settled = Object.entries(state.readings).flatMap(([id, made]): readonly Block[] => {
    const question = regime.openQuestions.find((q) => q.id === id);
    const reading = question?.readings.find((r) => r.id === made.reading);
    if (!question || !reading) return [];
    const params = {
      question: lawText(question.text),
      reading: lawText(reading.name),
      reason: ofPart('texts', made.reason),
    };
    return [rowBlock('done', t('event.question_settled', params), [decideAction(situation, id)])];
  });
  const adopted = adoptedReadings(state).flatMap((made): readonly Block[] => {
    const question = regime.openQuestions.find(({ id }) => id === made.question);
    const reading = question?.readings.find(({ id }) => id === made.reading);
    if (!question || !reading || state.readings[made.question]) return [];
    return [rowBlock('done', adoptedText(made, question, reading), [decideAction(situation, question.id)])];
  });
  const open = ia.assessment.warnings.map((warning) => openQuestionRow(situation, warning));
  if (settled.length + adopted.length + open.length === 0) return [];
  return [strongBlock(t('why.questions')), ...open, ...adopted, ...settled];
}

/** Line on a reading of the law that the organisation adopted: the person who decided, the start and the end. */
function adoptedText(
  { by, from, until }: ReturnType<typeof adoptedReadings>[number],
  question: OpenQuestion,
  reading: OpenQuestion['readings'][number],
): Text {
  const date = (instant: string): Param => ({ instant, style: 'date' });
  const params = { question: lawText(question.text), reading: lawText(reading.name), by: plain(by), from: date(from) };
  return until === undefined ? t('why.adopted', params) : t('why.adopted_until', { ...params, until: date(until) });
}

function owedBlocks(situation: Situation): readonly Block[] {
  const { obligations } = situation.ia;
  if (obligations.length === 0) return [];
  // A sentence of the law that has several duties is quoted once.
  const byQuote = Map.groupBy(obligations, ({ source }) => source.quote);
  const quotes = [...byQuote].flatMap(([quote, duties]): readonly Block[] => {
    const [first] = duties;
    if (!first) return [];
    const [source, { url }] = [articleText(first.source), first.source];
    // An authority's request is quoted like a law, but has no address.
    const quoted: Block =
      url === ''
        ? { kind: 'quote', text: ofPart('texts', quote), source }
        : { kind: 'quote', text: quoteText(quote), source, url };
    const translation = situation.regime.obligations.find(({ id }) => id === first.id)?.translation;
    // The Chinese text is authoritative; the translation below it is for readers of English.
    const translated = translation === undefined ? [] : [noteBlock(lawText({ zh: '', en: translation }))];
    return [quoted, ...translated, ...duties.map((duty) => textBlock(owedText(situation, duty)))];
  });
  return [strongBlock(t('why.owed')), ...quotes];
}

/** Duty with its deadline, its recipient and its open conditions. */
function owedText(situation: Situation, duty: OwedObligation): Text {
  const row = t('why.owed_row', { what: dutyAndRecipient(situation, duty), due: dueOf(situation, duty) });
  const condition = conditionOf(situation, duty);
  return condition ? t('remind.on_condition', { what: row, condition }) : row;
}

/** Block on the candidate that starts the clock, and the other candidates. */
function startBlock(situation: Situation): readonly Block[] {
  const { ia, state } = situation;
  const start = ia.anchors.awareness;
  if (!start) return [];
  const chosen =
    state.candidates.find((c) => c.id === state.awareness?.candidate) ??
    state.candidates.find((c) => c.instant === start);
  const candidates = state.candidates.map((candidate) =>
    t('why.candidate', {
      at: at(situation, candidate.instant),
      source: sourceText(candidate.source),
      reached: candidate.reachedUs ? plain('') : t('why.not_reached'),
    }),
  );
  const source = sourceText(chosen?.source ?? 'declaration');
  const params = { at: at(situation, start), source };
  const from = state.awareness ? t('why.start_only', params) : t('why.start_working', params);
  const others = candidates.length > 1 ? [t('why.start_others', { candidates: joined(candidates) })] : [];
  return [noteBlock(joined([from, ...others], 'sentence'))];
}
export function sourceText(source: string): Text {
  return t(`source.${AWARENESS_SOURCES.find((one) => one === source) ?? 'other'}`);
}
/** Source with its description, e.g. "customer · mail to support"; the description alone for an unlisted source. */
export function describedSource({ source, description }: Pick<AwarenessCandidate, 'source' | 'description'>): Text {
  const named = ofPart('answers', sourceText(source));
  if (description === undefined || description === '') return named;
  const words = ofPart('texts', description);
  const isListed = AWARENESS_SOURCES.some((one) => one === source && one !== 'other');
  return isListed ? joined([named, words], 'dot') : words;
}

const TOPICS = ['supplier', 'authority_duty', 'neighbouring_duty', 'follow_up', 'penalty', 'leniency'] as const;

/** Notes of the law that concern this incident, and open legal questions on it that do not affect the verdict. */
export function lawCard(situation: Situation): Card {
  return cardOf(situation, t('law.title'), verdictSummary(situation), [
    ...TOPICS.flatMap((topic) => topicBlocks(situation, topic)),
    ...concernedBlocks(situation),
  ]);
}

function topicBlocks({ regime, ia }: Situation, topic: (typeof TOPICS)[number]): readonly Block[] {
  const notes = inForce(regime.notes, null).filter(
    ({ id, topic: of }) => of === topic && ia.assessment.notes.includes(id),
  );
  if (notes.length === 0) return [];
  const lines = notes.map(({ text, source }): Text => joined([lawText(text), articleText(source)], 'dot'));
  return [strongBlock(t(`law.topic.${topic}`)), ...lines.map(textBlock)];
}

/**
 * Open questions whose `concerns` name something in this incident: a listed duty, a stated or open fact, or a known
 * instant. Warnings, and questions with a decided reading, are shown with the reasons of the verdict instead.
 */
export function concernedQuestions({ regime, ia, state }: Situation): readonly OpenQuestion[] {
  const elsewhere = new Set([
    ...ia.assessment.warnings.map(({ question }) => question),
    ...adoptedReadings(state).map(({ question }) => question),
    ...Object.keys(state.readings),
  ]);
  const names = new Set([
    ...['operator', 'awareness', 'leniency'],
    ...ia.obligations.map(({ id }) => id),
    ...Object.keys(state.facts),
    ...ia.assessment.undetermined,
    ...Object.keys(ia.anchors),
    ...(state.filings.length > 0 ? ['previous_filing'] : []),
  ]);
  return regime.openQuestions.filter(
    ({ id, concerns, touchedBy }) =>
      !elsewhere.has(id) && touchedBy?.learntBefore === undefined && concerns.some((name) => names.has(name)),
  );
}

function concernedBlocks(situation: Situation): readonly Block[] {
  const rows = concernedQuestions(situation).map(({ id: question, readings: [used] }) =>
    openQuestionRow(situation, { question, reading: used?.id ?? '' }),
  );
  return rows.length === 0 ? [] : [strongBlock(t('why.questions')), ...rows];
}
