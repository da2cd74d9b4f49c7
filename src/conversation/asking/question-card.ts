import { factName as factLabel } from '../../report/values.ts';
import type { Action, Block, Card, Text } from '../cards/card.ts';
import { cardOf, headline, standing } from '../cards/headline.ts';
import { actionBlock, buttons, noteBlock } from '../cards/sentence.ts';
import { at, form, joined, plain, quoteText, type Situation, t, titleText, view } from '../cards/situation.ts';
import { hasVerdict, verdictBlocks, verdictButtons, verdictTitle } from '../level/verdict.ts';
import { nextStep } from '../next-step/next-step.ts';
import { latestAnswerLine, latestStartLine } from './answer-confirmations.ts';
import { openStarts } from './level-questions.ts';
import { nextQuestion } from './next-question.ts';
import { affectedAspects, notKnownYet, openFacts } from './open-facts.ts';
import { isBareLabel, optionActions, type Question } from './question.ts';

/** Card that is edited as questions are answered: effect of the last answer, the verdict if `joint`, the next question. */
export function questionCard(situation: Situation, joint = true): Card {
  const { state, regime } = situation;
  // The status card asks about CII at the same time, so that two people can answer at once.
  const question = nextQuestion(situation, 'operator');
  const verdict = joint && hasVerdict(situation);
  const said = latestAnswerLine(situation, !verdict);
  const start = latestStartLine(situation);
  const open = notKnownYet(situation).map((fact) => factLabel(regime, fact));
  return cardOf(
    situation,
    titleOf(situation, question, verdict),
    joined([plain(state.id), standing(situation)], 'dot'),
    [
      ...(said
        ? [{ kind: 'note' as const, text: said, ...(start ? { split: { sentence: start, pairs: [] } } : {}) }]
        : []),
      ...(verdict ? verdictBlocks(situation) : []),
      ...(question
        ? questionBlocks(situation, question, !verdict)
        : [noteBlock(doneText(situation)), ...startBlocks(situation), ...nextBlocks(situation)]),
      ...(open.length > 0 ? [noteBlock(t('ask.not_known_yet', { facts: joined(open) }))] : []),
      ...(open.length > 0 ? [openAction(situation)] : []),
    ],
  );
}

/** Question card with the verdict, limited to the parts that `newsOf` compares: what it asks, and its buttons. */
export function askedCard(situation: Situation): Card {
  const question = nextQuestion(situation, 'operator');
  const verdict = hasVerdict(situation);
  const asked = question && [...(verdict ? [askedBlock(question)] : []), ...answerBlocks(situation, question)];
  return cardOf(situation, titleOf(situation, question, verdict), plain(situation.state.id), [
    ...(verdict ? verdictButtons(situation) : []),
    ...(asked ?? startBlocks(situation)),
    ...(notKnownYet(situation).length > 0 ? [openAction(situation)] : []),
  ]);
}

/** Card in place of the question once the incident is closed. */
export function closedCard(situation: Situation): Card {
  const { id } = situation.state;
  return cardOf(situation, headline(situation), joined([plain(id), standing(situation)], 'dot'), [
    noteBlock(titleText(situation)),
  ]);
}

function titleOf(situation: Situation, question: Question | null, verdict: boolean): Text {
  return verdict ? verdictTitle(situation) : question ? question.text : doneTitle(situation);
}

/** Blocks of the next step if no question is left, unless another card shows it. */
function nextBlocks(situation: Situation): readonly Block[] {
  const next = nextStep(situation, null);
  if (!next || next.about === 'question' || next.about === 'proposals') return [];
  return [
    { kind: 'text', text: next.text, strong: true, next: true },
    ...buttons(next.actions).map((block) => ({ ...block, next: true as const })),
  ];
}

function openAction({ state }: Situation): Block {
  return actionBlock([view('open', t('act.open_questions'), 'answers', { incident: state.id })]);
}

/** Title after the last question; while a start is unknown, the title does not claim that everything was answered. */
export function doneTitle(situation: Situation): Text {
  return t(openStarts(situation).length > 0 ? 'ask.title_start' : 'ask.title_done');
}

/** Blocks on unknown instants from which deadlines of non-provisional duties run, with the form for the first one. */
function startBlocks(situation: Situation): readonly Block[] {
  const { state, regime } = situation;
  const starts = openStarts(situation);
  const [first] = starts;
  if (first === undefined) return [];
  const labels = starts.map((id) => factLabel(regime, id));
  return [
    { kind: 'text', text: t('ask.start_open', { starts: joined(labels) }), strong: true },
    actionBlock([form('state_start', t('act.state_start'), 'correct', { incident: state.id, fact: first })]),
  ];
}

function doneText(situation: Situation): Text {
  const judgements = affectedAspects(situation.state) !== null && openFacts(situation).judgements.length > 0;
  return judgements ? t('ask.judgements_left') : t('ask.done');
}

function askedBlock({ text, brief }: Question): Block {
  return { kind: 'text', text, strong: true, ...(brief ? { split: { sentence: brief, pairs: [] } } : {}) };
}

/** Blocks of a whole question: its text unless that is the card's title, its answers, and the reason. */
export function questionBlocks(situation: Situation, question: Question, titled: boolean): readonly Block[] {
  return [
    ...(titled ? [] : [askedBlock(question)]),
    ...(question.choice ? [noteBlock(t('ask.multi'))] : []),
    ...answerBlocks(situation, question),
    ...reasonBlocks(question),
  ];
}

/** Blocks with the reason for a question and the law's words, if any; `isSaid`: the reason is printed elsewhere. */
export function reasonBlocks({ why, quote }: Question, isSaid = false): readonly Block[] {
  if (!why) return [];
  if (!quote) return [noteBlock(why)];
  const source = isSaid ? plain(quote.article) : joined([why, plain(quote.article)], 'dot');
  return [{ kind: 'quote', text: quoteText(quote.quote), source }];
}

/** Blocks of answers: options as buttons, several ticks as a choice, a judgement only through its form. */
export function answerBlocks(situation: Situation, question: Question): readonly Block[] {
  const { choice, form } = question;
  const legal = question.forWhom === 'legal';
  const open: Action[] = form
    ? [
        {
          id: `${question.id}_form`,
          label: form.label,
          answers: { fact: question.id, ...(isBareLabel(form.label) ? { name: question.name } : {}) },
          does: { kind: 'form', form: form.ref },
        },
      ]
    : [];
  const options = optionActions(question);
  // "Don't know" is the last option; a form for the exact value comes just before it.
  const actions = legal ? open : [...options.slice(0, -1), ...open, ...options.slice(-1)];
  return [
    ...(question.askedBefore ? [noteBlock(t('ask.again', { at: at(situation, question.askedBefore) }))] : []),
    ...(choice ? [{ kind: 'choices' as const, choice }] : []),
    ...(!choice || open.length > 0 ? [actionBlock(choice ? open : actions)] : []),
  ];
}
