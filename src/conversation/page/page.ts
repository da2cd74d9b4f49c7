import { approvalOf, draftInForce } from '../../incident/approvals.ts';
import { assessIncident } from '../../incident/facts/assessment.ts';
import type { Clock } from '../../incident/facts/owed.ts';
import { isReported } from '../../law/levels.ts';
import { itemsNow } from '../../report/items.ts';
import type { Question } from '../asking/question.ts';
import { answerBlocks, questionCard, reasonBlocks } from '../asking/question-card.ts';
import type { Action, Block, Card, SurfaceKey, Text } from '../cards/card.ts';
import { cardOf, standing } from '../cards/headline.ts';
import { actionBlock, noteBlock, present } from '../cards/sentence.ts';
import {
  dueAt,
  dutyRecipient,
  firstFiling,
  form,
  fromText,
  joined,
  lawText,
  openClocks,
  plain,
  type Situation,
  t,
} from '../cards/situation.ts';
import { startBlocks, statusCard } from '../cards/status-card.ts';
import { checklistCard, evidenceAtRisk } from '../collecting/checklist-card.ts';
import { draftCard } from '../filing/draft-card.ts';
import { dutyWords } from '../filing/obligations.ts';
import { conditionOf, provisoOf } from '../level/conditions.ts';
import { hasVerdict, verdictBlocks } from '../level/verdict.ts';
import { type NextStep, nextStep } from '../next-step/next-step.ts';
import type { Looker } from '../next-step/step.ts';
import { hasProposals, proposalBlocks, proposalsCard } from '../proposal-cards.ts';
import { isOffered, offeredTo, type Readers } from '../rooms/abroad.ts';

/** Content of an incident's page for one person. */
export interface IncidentPage {
  /** Panel with the next step: a question with its options, a decision, or a step with its button. */
  readonly panel: Card;
  /** Reasons of the question with the law's words, which a page shows collapsed. */
  readonly why: readonly Block[];
  /** Lines at the panel's foot: evidence at risk (on a brief page); the start of the clocks until it is confirmed. */
  readonly foot: readonly Block[];
  /** Button that skips the questions and opens the first report; null after its first draft, or if the step has it. */
  readonly skip: Action | null;
  readonly cards: readonly PageCard[];
  readonly stage: Stage;
  /**
   * True in the stage `assess`, and while a drill guides a newcomer: the page then shows the panel, and one line for
   * each other card.
   */
  readonly brief: boolean;
}

/** Stage of an incident: level, first report, approval, filing, and the work until it is closed. */
export type Stage = 'assess' | 'report' | 'approve' | 'file' | 'after' | 'closed';

function stageOf(situation: Situation): Stage {
  const { state, ia } = situation;
  if (state.closed) return 'closed';
  if (firstFiling(situation) || state.filings.length > 0 || state.handlingEnded || ia.phase === 'handling')
    return 'after';
  const draft = draftInForce(state);
  if (draft) return approvalOf(state, draft.draft).status === 'approved' ? 'file' : 'approve';
  return state.levelDecision || state.notReportable ? 'report' : 'assess';
}

/** Card below the panel; `folded`: shown as one line, because it needs no act or the page is brief. */
export interface PageCard {
  readonly surface: SurfaceKey;
  readonly card: Card;
  readonly folded: boolean;
}

/**
 * Page of an incident in display order, each button once and at most one primary. Acts that the person may not do have
 * no button; the panel's sentence names the people who may.
 */
export function pageOf(situation: Situation, looker: Looker | null, readers: Readers | null): IncidentPage {
  const next = nextStep(situation, looker);
  const offered = (card: Card): Card => (readers ? offeredTo(card, situation, readers) : card);
  const panel = offered(panelCard(situation, next));
  const early = earlyReport(situation, next);
  const skip = early && (!readers || isOffered(early.does, situation, readers)) ? early : null;
  const stage = stageOf(situation);
  const isGuided = situation.state.scenario?.coach !== undefined && !situation.state.closed;
  const isAssessed = stage === 'assess' && !situation.state.stopped && !situation.state.imported;
  const brief = isGuided || isAssessed;
  // The list with this warning is folded, but evidence is lost in the first minutes.
  const warns = isAssessed && !isGuided && evidenceAtRisk(situation, itemsNow(situation));
  // A guided drill asks for the start of the clocks in a step of its own.
  const start = situation.state.stopped || isGuided ? [] : startBlocks(situation);
  const above = new Set([...actionsOf(panel), ...present(skip)].map(({ does }) => JSON.stringify(does)));
  const cards = cardsOf(situation, next).map(({ surface, card }): PageCard => {
    const isAbout = next?.about === surface && surface !== 'question';
    const folded = brief || (!isAbout && isFinished(surface, card));
    return { surface, card: withoutRepeats(offered(card), above), folded };
  });
  const rank = ({ surface, folded }: PageCard): number => (surface === next?.about ? -1 : folded ? 1 : 0);
  return {
    panel,
    why: next?.question ? reasonBlocks(next.question, true) : [],
    foot: offered(footOf({ ...panel, blocks: [...present(warns && noteBlock(t('panel.preserve'))), ...start] }, above))
      .blocks,
    skip,
    stage,
    brief,
    cards: cards.toSorted((a, b) => rank(a) - rank(b)),
  };
}

/**
 * Cards below the panel: the verdict if there is one, a draft or what was filed, and the items of the report; for an
 * incident recorded afterwards the data of its list.
 */
function cardsOf(situation: Situation, next: NextStep | null): readonly Omit<PageCard, 'folded'>[] {
  if (situation.state.stopped || situation.state.imported) return [{ surface: 'status', card: statusCard(situation) }];
  const draft = draftCard(situation);
  const proposals = hasProposals(situation.state) && next?.about !== 'proposals' ? proposalsCard(situation) : null;
  return present(
    proposals && { surface: 'proposals' as const, card: proposals },
    hasVerdict(situation) && { surface: 'question' as const, card: verdictCard(situation) },
    draft && { surface: 'draft' as const, card: draft },
    { surface: 'checklist' as const, card: checklistCard(situation) },
  );
}

/** Verdict card without its summary, which the page's head has, and without a level to confirm, which the panel has. */
function verdictCard(situation: Situation): Card {
  const card = { ...questionCard(situation), summary: plain('') };
  return situation.state.levelDecision ? card : { ...card, title: t('verdict.title') };
}

/** Foot of the panel, without buttons that the panel has. */
function footOf(card: Card, above: ReadonlySet<string>): Card {
  const blocks = card.blocks.map((block) =>
    block.kind === 'row'
      ? { ...block, actions: block.actions.filter(({ does }) => !above.has(JSON.stringify(does))) }
      : block,
  );
  return { ...card, blocks };
}

/** Panel card. Its title has no drill mark, because the page has one. */
function panelCard(situation: Situation, next: NextStep | null): Card {
  const { state } = situation;
  const summary = joined([plain(state.id), standing(situation)], 'dot');
  const notes = present(next?.why, next?.meanwhile).map(noteBlock);
  if (next?.question) {
    const { question } = next;
    // For a question with a quotation, the reason says what an answer does to the level.
    const effects = [...clockEffects(situation, question), ...present(question.quote && question.why)];
    const blocks = [
      ...(effects.length > 0 ? [noteBlock(joined(effects, 'sentence'))] : []),
      ...answerBlocks(situation, question),
      ...notes,
    ];
    return { ...cardOf(situation, question.text, summary, blocks), title: question.text };
  }
  const title = next?.text ?? t('panel.closed');
  return { ...cardOf(situation, title, summary, [...notes, ...bodyOf(situation, next)]), title };
}

/** Blocks below the sentence of a step: a proposal to agree to, the level with its decisions, or the step's buttons. */
function bodyOf(situation: Situation, next: NextStep | null): readonly Block[] {
  const actions = next?.actions ?? [];
  if (next?.about === 'proposals') return proposalBlocks(situation);
  if (next?.about !== 'question') return actions.length > 0 ? [actionBlock(actions)] : [];
  const verdict = verdictBlocks(situation);
  // The clock above shows deadline and recipient of a level that is reached.
  const isShown = isReported(situation.regime, situation.ia.assessment.floor);
  const line = isShown ? undefined : verdict.find((block) => block.kind === 'text' && block.strong === true);
  const decisions = verdict.flatMap((block) => (block.kind === 'actions' ? block.actions : []));
  const others = decisions.filter(({ style, id }) => style !== 'primary' && actions.every((one) => one.id !== id));
  return [
    ...present(line),
    actionBlock([...actions, ...others.filter(({ id }) => id !== 'owed' && id !== 'checklist')]),
  ];
}

/** Button for the first report before all questions are answered: a one-hour deadline leaves no time for them. */
function earlyReport(situation: Situation, next: NextStep | null): Action | null {
  const { state, ia } = situation;
  const isOpen = (ia.phase === 'classifying' || ia.phase === 'reporting') && !state.stopped && !state.closed;
  if (!isOpen || state.drafts.length > 0 || state.filings.length > 0) return null;
  const write = form('early_report', t('act.first_report_now'), 'first_report', { incident: state.id });
  return next?.actions.some(({ does }) => does.kind === 'form' && does.form.form === 'first_report') ? null : write;
}

function isFinished(surface: SurfaceKey, card: Card): boolean {
  if (surface === 'question' || surface === 'proposals') return surface === 'question';
  // A primary button means that another report is needed.
  if (card.blocks.some((block) => block.kind === 'actions' && block.actions.some(({ style }) => style === 'primary')))
    return false;
  return surface === 'draft'
    ? card.tone === 'done'
    : card.blocks.every((block) => block.kind !== 'row' || block.mark === 'done');
}

function actionsOf({ blocks }: Card): readonly Action[] {
  return blocks.flatMap((block) => (block.kind === 'actions' ? block.actions : []));
}

/** Card without the panel's buttons and without primary buttons. */
function withoutRepeats(card: Card, above: ReadonlySet<string>): Card {
  const unfilled = ({ style, ...action }: Action): Action => (style === 'danger' ? { ...action, style } : action);
  const blocks = card.blocks.flatMap((block): readonly Block[] => {
    if (block.kind !== 'row' && block.kind !== 'actions') return [block];
    const actions = block.actions
      .filter(({ does }) => block.kind === 'row' || !above.has(JSON.stringify(does)))
      .map(unfilled);
    return block.kind === 'actions' && actions.length === 0 ? [] : [{ ...block, actions }];
  });
  return { ...card, blocks };
}

/** Maximum number of options for which a question's effects are listed. */
const MOST = 6;

/**
 * Effects of a question's options on the first deadline, equal ones in one sentence, shown before a person chooses.
 * Empty if no option moves it. Assumes that the question was not answered before, so that no second person is needed.
 */
function clockEffects(situation: Situation, { options }: Question): readonly Text[] {
  const now = openClocks(situation)[0]?.due ?? null;
  if (now === null || options.length > MOST) return [];
  const dues = options.flatMap(({ label, intent }) => {
    if (intent.type !== 'answer' || intent.value === 'unknown') return [];
    const { state, ia, regime } = situation;
    const stamp = { value: intent.value, by: state.lead, at: ia.now, version: state.version + 1 };
    const after = { ...state, facts: { ...state.facts, [intent.fact]: stamp } };
    return [{ label, due: openClocks({ ia: assessIncident(after, regime, ia.now) })[0]?.due ?? null }];
  });
  const moved = Map.groupBy(
    dues.filter(({ due }) => due !== now),
    ({ due }) => due,
  );
  return [...moved].map(([due, all]) => {
    const answers = joined(
      all.map(({ label }) => t('panel.answer', { label })),
      'or',
    );
    return due === null ? t('panel.ends', { answers }) : t('panel.moves', { answers, due: dueAt(situation, due) });
  });
}

/** Clock as a page shows it; recipients with the same deadline share one. */
export interface Face {
  readonly id: string;
  readonly what: Text;
  /** Conditions of the duty, e.g. "if CII is involved"; empty: owed in any case. */
  readonly conditions: readonly Text[];
  readonly to: Text;
  readonly due: string;
  readonly dueMinutes: number | null;
  readonly anchor: string;
  readonly rank: string | null;
  readonly state: 'running' | 'met' | 'void';
  readonly filedAt: string | null;
  readonly unconfirmed: boolean;
}

const STATES = ['running', 'met', 'void'] as const;

/** Clocks of an incident: running ones by deadline, then those met, then those no longer owed. */
export function facesOf(situation: Situation): readonly Face[] {
  const faces = situation.ia.clocks.map((clock) => faceOf(situation, clock));
  const groups = Map.groupBy(faces, ({ due, state, filedAt, unconfirmed, ...face }) =>
    JSON.stringify([Date.parse(due), state, filedAt, unconfirmed, face.what, face.conditions, face.law]),
  );
  return [...groups.values()]
    .flatMap(([first, ...others]) => {
      if (!first) return [];
      const { law, ...face } = first;
      const to = new Map([first, ...others].map((one) => [JSON.stringify(one.to), one.to]));
      return [{ ...face, to: joined([joined([...to.values()]), ...(law ? [law] : [])], 'dot') }];
    })
    .toSorted((a, b) => STATES.indexOf(a.state) - STATES.indexOf(b.state) || Date.parse(a.due) - Date.parse(b.due));
}

/** Conditions of a clock; that for the usual kind of operator says "otherwise", as the other clock names its kind. */
function conditionsOf(situation: Situation, clock: Clock): readonly Text[] {
  if (clock.form !== 'first') return present(conditionOf(situation, clock));
  const { operator, isUsual, level } = provisoOf(situation, clock);
  return present(
    operator && (isUsual ? t('face.otherwise') : t('remind.if_operator', { operator })),
    level && t('face.from', { from: fromText(situation.regime) }),
  );
}

function faceOf(situation: Situation, clock: Clock): Face & { readonly law: Text | null } {
  const { id, due, dueMinutes, anchor, rank, status, filing, regime } = clock;
  const state = status === 'void' ? 'void' : filing || status === 'met' ? 'met' : 'running';
  // A pack's law is named, but not the base law, which grades every incident.
  const pack = rank === 'contract' ? undefined : situation.regime.packs?.find((one) => one.id === regime);
  return {
    ...{ id, due, dueMinutes, anchor, rank, state },
    filedAt: filing?.filedAt ?? null,
    unconfirmed: filing?.unconfirmed !== undefined,
    what: dutyWords(situation, clock),
    conditions: state === 'running' ? conditionsOf(situation, clock) : [],
    to: dutyRecipient(situation, clock),
    law: pack ? lawText(pack.title) : null,
  };
}
