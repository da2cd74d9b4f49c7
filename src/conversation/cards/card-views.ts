import { endOf } from '../../incident/closing.ts';
import { isHeadFact } from '../../incident/facts/context-facts.ts';
import type { AbroadPart, ActorId } from '../../incident/identity.ts';
import { isReleased } from '../../incident/rooms.ts';
import type { IncidentState } from '../../incident/state.ts';
import { entryOf } from '../../law/lookup.ts';
import type { Regime } from '../../law/regime.ts';
import { factName as factLabel } from '../../report/values.ts';
import { questionCard } from '../asking/question-card.ts';
import { checklistCard } from '../collecting/checklist-card.ts';
import { tasksCard } from '../collecting/tasks.ts';
import { textCard } from '../filing/approval-status.ts';
import { assessmentCard } from '../filing/assessment-points.ts';
import { draftCard, readingCard } from '../filing/draft-card.ts';
import { owedCard } from '../filing/obligations.ts';
import { scriptCard, sendCard } from '../filing/send-cards.ts';
import { verdictCard } from '../level/verdict-card.ts';
import { lawCard, whyCard } from '../level/why-card.ts';
import { proposalsCard } from '../proposal-cards.ts';
import { recapCard } from '../record/recap.ts';
import { peopleCard } from '../rooms/people-card.ts';
import type { Action, Block, Card, Param, Text, ViewRef } from './card.ts';
import { statedValueText } from './fact-text.ts';
import { cardOf } from './headline.ts';
import { actionBlock, noteBlock, present, rowBlock, textBlock } from './sentence.ts';
import {
  at,
  fill,
  firstFiling,
  form,
  intent,
  joined,
  levelText,
  ofPart,
  personText,
  plain,
  type Situation,
  show,
  t,
  view,
} from './situation.ts';
import { leftOut, statusCard } from './status-card.ts';

/** View of an incident for the actors `asking` (empty: others read it too); null if no card for it is made here. */
export function viewOf(ref: ViewRef, situation: Situation, asking: readonly ActorId[] = []): Card | null {
  const { byOne = situation.state.drill } = situation;
  return entryOf(VIEWS, ref.view)?.card?.({ ...situation, byOne }, ref.args, asking) ?? null;
}

/** Part of an incident that a view shows; undefined if rooms abroad must not show it. */
export function partOfView(view: string): AbroadPart | undefined {
  return entryOf(VIEWS, view)?.part;
}

type View = (situation: Situation, args: ViewRef['args'], asking: readonly ActorId[]) => Card | null;
/**
 * Views of an incident. `part`: part of the incident it shows; a view without one is not shown in a room abroad. `card`
 * is absent if a use case makes the card.
 */
const VIEWS: Readonly<Record<string, { readonly part?: AbroadPart; readonly card?: View }>> = {
  status: { part: 'overview', card: (situation) => statusCard(situation) },
  proposals: { part: 'answers', card: proposalsCard },
  verdict: { part: 'answers', card: verdictCard },
  question: { part: 'answers', card: (situation) => questionCard(situation, !situation.edited) },
  checklist: { part: 'overview', card: (situation) => checklistCard(situation, false, true) },
  draft: { part: 'drafts', card: draftCard },
  text: { part: 'drafts', card: textCard },
  reading: { part: 'drafts', card: readingCard },
  tasks: { part: 'texts', card: tasksCard },
  owed: { part: 'overview', card: owedCard },
  assessment: { card: assessmentCard },
  why: { part: 'answers', card: whyCard },
  law: { card: lawCard },
  people: { part: 'overview', card: (situation, _, asking) => peopleCard(situation, asking) },
  answers: { part: 'answers', card: answersCard },
  more: { card: moreCard },
  private: { card: roomsCard },
  script: { part: 'drafts', card: scriptCard },
  send: { part: 'drafts', card: sendCard },
  help: { card: () => helpCard() },
  timeline: { part: 'overview' },
  catchup: { part: 'texts', card: recapCard },
  download: { part: 'drafts' },
};

/** Facts whose answer is a time. */
const TIMES: ReadonlySet<string> = new Set(['first_notice', 'occurrence']);

/** Card with every answer, its author and time; each can be corrected. */
function answersCard(situation: Situation): Card {
  const { state, regime } = situation;
  const entries = Object.entries(state.facts).toSorted(([, a], [, b]) => a.version - b.version);
  const rows = entries.map(([fact, entry]): Block => {
    const label = factLabel(regime, fact);
    const params = {
      label,
      value: statedValueText(situation, fact, entry),
      by: personText(state, entry.by),
      at: at(situation, entry.at),
    };
    const name = fact === 'first_notice' ? 'awareness' : isHeadFact(fact) ? 'head' : 'correct';
    const act = t(TIMES.has(fact) ? 'act.change_time' : 'act.correct');
    const correct = form(`correct_${fact}`, act, name, { incident: state.id, fact });
    return rowBlock(
      entry.value === 'unknown' ? 'open' : 'done',
      t('answers.row', params),
      state.closed ? [] : [correct],
    );
  });
  const unknown = entries.filter(([, entry]) => entry.value === 'unknown').length;
  return cardOf(
    situation,
    t('answers.title'),
    t('answers.summary', { n: entries.length, unknown }),
    rows.length > 0 ? rows : [textBlock(t('answers.none'))],
  );
}

/** Card on ways to hide the content from readers of an open room if the platform cannot create a private room. */
function roomsCard(situation: Situation): Card {
  return cardOf(situation, t('private.cannot'), t('private.cannot'), [
    textBlock(t('private.instead_alone')),
    textBlock(t('private.instead_bind', { id: plain(situation.state.id) })),
    actionBlock([fill(situation, 'rooms')]),
  ]);
}

/** Button for the rare kind of operator, which the question does not offer. */
function rareKind({ regime }: Situation): readonly Action[] {
  const value = regime.operatorQuestion?.rare;
  return value === undefined
    ? []
    : [{ ...CENTRAL, does: { kind: 'intent', intent: { type: 'answer', fact: 'operator', value } } }];
}
const CENTRAL = {
  id: 'central',
  label: t('ask.operator.central'),
  confirm: t('ask.operator.central_confirm'),
};

function stopAction(): Action {
  const does = { kind: 'intent', intent: { type: 'stop_state_secret' } } as const;
  return { id: 'stop', label: t('act.stop_secret'), style: 'danger', does };
}
/** Question before a state-secret stop; it names the incident. */
function stopQuestion({ id }: IncidentState): Text {
  return t('act.stop_secret_confirm', { id: plain(id) });
}

/** Question to a person who typed that state secrets are involved, with the button that stops the incident. */
export function askToStop(state: IncidentState): { readonly text: Text; readonly actions: readonly Action[] } {
  return { text: stopQuestion(state), actions: [stopAction()] };
}

/** Views with a button on [More] that has the name of the view. */
const SHOWN = ['people', 'timeline', 'script', 'send', 'assessment', 'tasks'] as const;

function moreCard(situation: Situation): Card {
  const { look, change, rooms, end } = moreGroups(situation);
  return cardOf(
    situation,
    t('more.title'),
    t('more.summary', { id: plain(situation.state.id) }),
    [look, [...change, ...rooms], end].filter((group) => group.length > 0).map(actionBlock),
  );
}

/** Actions beside the next step, grouped by purpose; actions that end something come last. */
export function moreGroups(
  situation: Situation,
): Readonly<Record<'look' | 'change' | 'rooms' | 'end', readonly Action[]>> {
  const { state } = situation;
  const args = { incident: state.id };
  // After the first filing, the form for a correction replaces the button for the rare kind of operator.
  const filed = firstFiling(situation) !== null;
  const isAtEnd = endOf(state) !== null;
  const isEnding = filed || state.drill || state.notReportable || state.levelDecision;
  return {
    look: present(
      show(situation, 'why'),
      show(situation, 'answers'),
      view('checklist', t('items.title_plain'), 'checklist', args),
      ...SHOWN.map((name) => show(situation, name)),
      ...leftOut(situation),
      state.drill && show(situation, 'score'),
    ),
    change: !isAtEnd
      ? present(
          form('occurrence', t('form.occurrence.title'), 'occurrence', args),
          fill(situation, 'request'),
          ...(filed ? [fill(situation, 'statement')] : rareKind(situation)),
          fill(situation, 'rename'),
          state.drill && form('speed', t('act.speed'), 'drill_speed', args),
        )
      : [],
    rooms: !isAtEnd ? [fill(situation, 'rooms'), ...roomActions(situation)] : [],
    end: present(
      state.closed && fill(situation, 'reopen'),
      !state.closed && isEnding && fill(situation, 'end_handling'),
      !state.closed && fill(situation, 'close'),
      !isAtEnd && !state.drill && state.filings.length === 0 && withdrawAction(state),
      !isAtEnd && { ...stopAction(), confirm: stopQuestion(state) },
      isAtEnd && fill(situation, state.hold ? 'release_hold' : 'hold'),
      isAtEnd && !state.hold && fill(situation, 'erase'),
    ),
  };
}

/** Button for an incident declared by mistake. A second person has to agree; until then the clock runs. */
export function withdrawAction({ id }: Situation['state']): Action {
  const action = intent('withdraw_declaration', t('act.withdraw_declaration'), { type: 'withdraw_declaration' });
  return { ...action, confirm: t('act.withdraw_declaration_sure', { id: plain(id) }) };
}

/** Actions on rooms: leaving chat and returning, releasing to a room abroad and withdrawing the release. */
function roomActions(situation: Situation): readonly Action[] {
  const { state } = situation;
  const rooms = Object.values(state.rooms);
  const leave: Action = {
    ...intent('leave_chat', t('act.leave_chat'), { type: 'leave_chat' }),
    style: 'danger',
    confirm: t('act.leave_chat_confirm'),
  };
  const quiet: Action = {
    ...intent('quiet_chat', t('act.quiet_chat'), { type: 'leave_chat', quiet: true }),
    confirm: t('act.quiet_chat_confirm'),
  };
  return present(
    // An incident that left chat shows nothing in its rooms there, so there is nothing to release.
    state.organisation &&
      !state.chatLeft &&
      rooms.some(({ location }) => location === 'abroad') &&
      fill(situation, 'release_abroad'),
    rooms.some((room) => isReleased(state, room)) && fill(situation, 'withdraw_release'),
    state.chatLeft ? fill(situation, 'return_to_chat') : leave,
    state.chatLeft && !state.chatLeft.quiet && quiet,
  );
}

const HELP = ['new', 'status', 'answer', 'item', 'note', 'report', 'left', 'decide', 'drill', 'more'] as const;
/** Help on the text commands; needs no incident. */
export function helpCard(): Card {
  return {
    tone: 'calm',
    drill: false,
    title: t('help.title'),
    summary: t('help.summary'),
    blocks: HELP.map((line): Block => textBlock(t(`help.${line}`))),
  };
}

export interface ListedIncident {
  readonly id: string;
  readonly title: string;
  readonly drill: boolean;
  readonly level: string;
  readonly nextDue: string | null;
}
/** Rows of the list. `more`: number of further open incidents; `elsewhere`: number that this group does not show. */
interface Listed {
  readonly rows: readonly ListedIncident[];
  readonly more: number;
  readonly elsewhere: number;
}
/** List of incidents that a person can see at wall time `now` (epoch ms); an empty list explains how to try a drill. */
export function listCard({ rows, more, elsewhere }: Listed, regime: Regime, now: number): Card {
  // Deadlines of a drill run in its own time, so `now` cannot judge them.
  const isOverdue = ({ drill, nextDue }: ListedIncident): boolean =>
    !drill && nextDue !== null && Date.parse(nextDue) < now;
  const lines = rows.map((row): Block => {
    const actions = [view(`status_${row.id}`, t('act.status'), 'status', { incident: row.id })];
    const text = listedText(row, regime, isOverdue(row));
    return rowBlock(isOverdue(row) ? 'urgent' : row.nextDue ? 'partly' : 'done', text, actions);
  });
  const note = elsewhere > 0 ? [noteBlock(t('list.elsewhere', { n: elsewhere }))] : [];
  const none = elsewhere > 0 ? [] : [textBlock(t('list.none'))];
  return {
    tone: rows.some(isOverdue) ? 'urgent' : rows.some((row) => row.nextDue) ? 'running' : 'calm',
    drill: false,
    title: t('list.title'),
    summary: t('list.summary', { n: rows.length + more }),
    blocks: [...(lines.length > 0 ? lines : none), ...moreListed(more), ...note],
  };
}

/** Text of an incident in a list. An empty title means that the reader may see no content. */
function listedText({ id, title, level, nextDue }: ListedIncident, regime: Regime, isOverdue: boolean): Text {
  const name = title === '' ? plain(id) : t('list.row', { id: plain(id), title: ofPart('title', title) });
  if (nextDue === null) return name;
  const known = title === '' ? [] : [levelText(regime, level)];
  const due: Param = { instant: nextDue, style: 'deadline' };
  return joined([name, ...known, t(isOverdue ? 'list.overdue' : 'list.due', { due })], 'dot');
}

/** Note that `more` further entries exist; empty if none. */
export function moreListed(more: number): readonly Block[] {
  return more > 0 ? [noteBlock(t('list.more', { n: more }))] : [];
}
