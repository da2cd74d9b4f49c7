import { decisionsInForce } from '../../incident/commands/decisions.ts';
import type { ActorId } from '../../incident/identity.ts';
import { openProposals } from '../../incident/proposals.ts';
import type { IncidentState } from '../../incident/state.ts';
import { fieldOf } from '../../report/items.ts';
import type { Action, Text } from '../cards/card.ts';
import { factLabel, valueText } from '../cards/fact-text.ts';
import {
  at,
  fill,
  form,
  intent,
  lawText,
  levelText,
  ofPart,
  primary,
  type Situation,
  t,
  view,
} from '../cards/situation.ts';
import { decisionText, withdrawAction } from '../proposals.ts';
import { type Meaning, openView, type Reader, say } from './meaning.ts';

/** One act of a person that still stands: its name, and the buttons that take it back or lead there. */
interface Act {
  readonly version: number;
  readonly what: Text;
  readonly actions: readonly Action[];
}

/** 撤销, "undo": the last act of the writer, of any kind, is named, and taken back by a button; nothing happens before. */
export function undone({ situation, me }: Reader): Meaning {
  const last = lastAct(situation, me === null ? [] : [me]);
  if (!last) return openView(situation, 'answers');
  const others = view('not_this', t('text.not_this'), 'answers', { incident: situation.state.id });
  return say(t('text.undo', { what: last.what }), [...last.actions, others]);
}

/** 撤回决定, "withdraw decision": the decision in force is named, or chosen among several; a button takes it back. */
export function decisionWithdrawn(situation: Situation): Meaning {
  const [only, ...others] = decisionsInForce(situation.state);
  if (only === undefined) return say(t('refuse.no_decision'));
  if (others.length === 0) {
    return say(t('text.undo', { what: decisionText(situation, only) }), [primary(withdrawAction(only))]);
  }
  const named = (about: string): Action => ({ ...withdrawAction(about), label: decisionText(situation, about) });
  return say(t('text.which_decision'), [only, ...others].map(named));
}

/** The last act of a person, by any of their accounts; null if none of theirs stands. */
export function lastAct(situation: Situation, actors: readonly ActorId[]): Act | null {
  const acts = actors.flatMap((me) => actsOf(situation, me));
  return acts.toSorted((one, other) => other.version - one.version)[0] ?? null;
}

function actsOf(situation: Situation, me: ActorId): readonly Act[] {
  return [...statements(situation, me), ...decisions(situation, me)];
}

const undoing = (command: Parameters<typeof intent>[2]): Action => primary(intent('undo', t('act.undo'), command));

/** Statements of a person: answers, fields of the report, times of awareness. */
function statements(situation: Situation, me: ActorId): readonly Act[] {
  const { state, regime } = situation;
  const args = { incident: state.id };
  return statedBy(state, me).map(({ kind, id, version }): Act => {
    if (kind === 'start') {
      const instant = state.candidates.find((one) => one.id === id)?.instant ?? state.declared.at;
      const what = t('text.finding_awareness', { at: at(situation, instant) });
      return { version, what, actions: [form('undo', t('act.correct'), 'confirm_awareness', args)] };
    }
    if (kind === 'field') {
      const found = fieldOf(situation, id);
      const before = state.fields[id]?.versions.at(-2);
      const back = before
        ? undoing({ type: 'choose_version', field: id, version: before.version })
        : undoing({ type: 'fill_field', field: id, value: { state: 'unknown' } });
      const correct = form('undo_fill', t('act.correct'), 'item', { ...args, item: found?.item.id ?? '' });
      return { version, what: found ? lawText(found.field.label) : { raw: id }, actions: [back, correct] };
    }
    const entry = state.facts[id];
    const value = ofPart('answers', entry ? valueText(situation, id, entry.value) : { raw: '' });
    const correct = form('undo_correct', t('act.correct'), id === 'first_notice' ? 'awareness' : 'correct', {
      ...args,
      fact: id,
    });
    const actions =
      entry?.previous === undefined
        ? [correct, intent('undo_unknown', t('common.unknown'), { type: 'answer', fact: id, value: 'unknown' })]
        : [undoing({ type: 'answer', fact: id, value: entry.previous }), correct];
    return { version, what: t('text.finding', { label: factLabel(regime, id), value }), actions };
  });
}

/** Decisions of a person: the only way back is a new decision, whose form the button opens. */
function decisions(situation: Situation, me: ActorId): readonly Act[] {
  const { state, regime } = situation;
  const { handlingEnded, notReportable, levelDecision, closed, hold, chatLeft } = state;
  const filing = state.filings.at(-1);
  const own = (
    stamp: { readonly by: ActorId; readonly version: number } | null | undefined,
    what: () => Text,
    ...actions: Action[]
  ) => (stamp?.by === me ? [{ version: stamp.version, what: what(), actions }] : []);
  return [
    ...own(
      handlingEnded,
      () => t('proposal.ended', { at: at(situation, handlingEnded?.instant ?? state.declared.at) }),
      form('undo', t('act.correct'), 'end_handling', { incident: state.id }),
    ),
    ...own(
      notReportable,
      () => t('proposal.not_reportable', { at: at(situation, notReportable?.reviewAt ?? state.declared.at) }),
      fill(situation, 'another_level'),
    ),
    ...own(
      levelDecision,
      () => t('proposal.level', { level: levelText(regime, levelDecision?.level ?? regime.levels[0]?.id ?? '') }),
      fill(situation, 'another_level'),
    ),
    ...own(closed, () => t('form.close.title'), fill(situation, 'reopen')),
    ...own(hold, () => t('form.hold.title'), fill(situation, 'release_hold')),
    ...own(chatLeft, () => t('act.leave_chat'), fill(situation, 'return_to_chat')),
    ...own(filing, () => t('form.filing.title'), view('undo', t('act.correct'), 'draft', { incident: state.id })),
    ...openProposals(state).flatMap((proposal) =>
      own(
        proposal,
        () => t('text.own_proposal'),
        intent('undo', t('act.undo'), { type: 'second', proposal: proposal.id, agree: false }),
      ),
    ),
  ];
}

export interface Stated {
  readonly kind: 'fact' | 'field' | 'start';
  readonly id: string;
  readonly version: number;
}

/** Answers, fields and candidates for awareness that a person stated and that still stand, the last first. */
export function statedBy({ facts, fields, candidates }: IncidentState, me: ActorId | null): readonly Stated[] {
  if (me === null) return [];
  const own = [
    ...Object.entries(facts).flatMap(([id, { by, version }]) =>
      by === me ? { kind: 'fact' as const, id, version } : [],
    ),
    ...Object.entries(fields).flatMap(([id, { current }]) =>
      current?.by === me ? { kind: 'field' as const, id, version: current.version } : [],
    ),
    ...candidates.flatMap(({ by, source, id, version }) =>
      by === me && source !== 'declaration' ? { kind: 'start' as const, id, version } : [],
    ),
  ];
  return own.toSorted((a, b) => b.version - a.version);
}
