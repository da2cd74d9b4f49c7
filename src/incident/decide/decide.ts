import { rankOf } from '../../law/levels.ts';
import { isReport } from '../approvals.ts';
import { type ByCommand, forCommand } from '../by-type.ts';
import { declare, joined } from '../commands/declaring.ts';
import { type Command, type Commands, deciders } from '../commands.ts';
import { levelReached } from '../facts/assessment.ts';
import { CIRCUMSTANCES, factsOfTicks } from '../facts/circumstances.ts';
import { CLOCK_ACTOR } from '../identity.ts';
import { asOf, peopleNow } from '../people/people.ts';
import { actingOf, isActing } from '../people/rights.ts';
import { agreementBy, isSameCommand, proposedLevel, wordsOf } from '../proposals.ts';
import type { IncidentEvent } from '../record/events.ts';
import { folded } from '../record/evolve.ts';
import type { DraftText } from '../report-document.ts';
import type { IncidentState, Stamp } from '../state.ts';
import { admission } from './admission.ts';
import { type Decision, type DecisionContext, nothing, type RefusedCommand, refused } from './context.ts';
import { guarded, second } from './guard.ts';

/**
 * Decides a command: returns events (none if nothing changes) or a refusal. Pure and synchronous. Rights, staleness and
 * closed or stopped incidents are checked here for every platform and the API.
 */
export function decide(before: IncidentState | null, command: Command, context: DecisionContext): Decision {
  if (context.caller.readsOnly) return refused('auditor_reads');
  if (command.type === 'declare') return before ? refused('already_declared') : declare(command, context);
  if (!before) return refused('unknown_incident', { params: { id: context.id } });
  const state = asOf(before, context.organisation);
  const acting = actingOf(state, { actor: context.actor, ...context.caller });
  const refusal = admission(state, command, acting, context.sees(state), context);
  if (refusal) return { ok: false, refusal };
  if (isOfAnotherLaw(state, command, context)) return refused('invalid', { field: 'regime' });

  const given = agreementBy(state, command, context.actor);
  const decision = given
    ? agreed(state, command, given, context)
    : guarded(decisionOf(state, command, context), state, command, context);
  if (!decision.ok) return decision;
  if (decision.events.length === 0)
    return wordsLost(state, command, forCommand(earlier, command.type, command, state)) ?? nothing;
  const stale = staleAgainst(state, command, context.revision);
  if (stale) return { ok: false, refusal: stale };
  const introduced = command.type === 'ask_to_join' ? [] : introduction(state, context);
  const events = [...introduced, ...decision.events];
  // No event may follow `erased`.
  if (events.at(-1)?.type === 'erased') return { ok: true, events };
  return { ok: true, events: [...events, ...voidedBy(state, events, context)] };
}

/**
 * Decision on a command that repeats an open proposal: agreement, if its actor may agree. The proposer's own repetition
 * changes nothing, nor does that of a statement which is on the record already.
 */
function agreed(
  state: IncidentState,
  command: Command,
  { open, agreement }: NonNullable<ReturnType<typeof agreementBy>>,
  context: DecisionContext,
): Decision {
  const acting = actingOf(state, { actor: context.actor, ...context.caller });
  if (isActing(state, acting, open.by)) {
    const words = wordsOf(command);
    const isSaid = words === undefined || words === wordsOf(open.command);
    return isSaid ? nothing : refused('proposed_already', { params: { at: open.at } });
  }
  const refusal = admission(state, agreement, acting, context.sees(state), context);
  if (!refusal) return decisionOf(state, agreement, context);
  return open.recorded && isSameCommand(open.command, command) ? nothing : { ok: false, refusal };
}

/** Refusal of a command that changes nothing although its words are not on the record; null if none would be lost. */
function wordsLost(state: IncidentState, command: Command, before: Earlier | null | undefined): Decision | null {
  const words = wordsOf(command);
  if (!before || words === undefined || words === before.reason) return null;
  return refused('decided_already', { params: { by: state.people[before.by]?.name ?? before.by, at: before.at } });
}

const droppedIn = ({ requests }: IncidentState, id: string): Earlier | null =>
  requests.find((one) => one.id === id)?.dropped ?? null;
type Earlier = Stamp & { readonly reason?: string | undefined };
/** Entry of the record after which a command changes nothing. */
const earlier: ByCommand<Earlier | null, [state: IncidentState]> = {
  relate: ({ incident }, { relations }) => relations[incident] ?? null,
  take_law: ({ law }, { taken }) => taken[law] ?? null,
  leave_chat: (_, { chatLeft }) => chatLeft,
  release_abroad: ({ room, what: [part] }, { releases }) => (part && releases[room]?.[part]) ?? null,
  close: (_, { closed }) => closed,
  hold: (_, { hold }) => hold,
  drop_request: ({ request }, state) => droppedIn(state, request),
  not_owed: ({ obligation }, state) => droppedIn(state, obligation),
  finish_task: ({ task }, { tasks }) => {
    const finished = tasks.find(({ id }) => id === task)?.finished;
    return finished ? { ...finished, reason: finished.note ?? undefined } : null;
  },
};

/** Returns true if the command names a law that does not grade; `settle_question` is exempt, as it may name a pack. */
function isOfAnotherLaw(state: IncidentState, command: Command, context: DecisionContext): boolean {
  if (command.type === 'settle_question' || !('regime' in command) || command.regime === undefined) return false;
  return command.regime !== context.assess(state).regime.id;
}

/** Decision on a command; a command that a second person agrees to is decided under the proposer's name. */
function decisionOf(
  state: IncidentState,
  command: Exclude<Command, { type: 'declare' }>,
  context: DecisionContext,
): Decision {
  return command.type === 'second' || command.type === 'second_level'
    ? second(state, command, context, (proposed, onBehalf) =>
        run(proposed.type, state, proposed, { ...context, onBehalf }),
      )
    : run(command.type, state, command, context);
}

function run<T extends keyof typeof deciders>(
  type: T,
  state: IncidentState,
  command: Commands[T],
  context: DecisionContext,
): Decision {
  return deciders[type](state, command, context);
}

function introduction(state: IncidentState, context: DecisionContext): IncidentEvent[] {
  if (context.actor === CLOCK_ACTOR || state.people[context.actor]) return [];
  return [joined({ ...context, organisation: peopleNow(state) })];
}

/** Approvals that a change of the record voids. */

/**
 * Events that void the approval if, after `events`, the text would differ from the approved one. Two differences do not
 * void it: a level that only rose, and points that the approved text left open for the supplement; a person then
 * chooses between filing as approved, with a report to follow, and a new draft.
 */
function voidedBy(
  state: IncidentState,
  events: readonly IncidentEvent[],
  context: DecisionContext,
): readonly IncidentEvent[] {
  const latest = state.approvals.at(-1);
  const draft = state.drafts.find((one) => one.draft === latest?.draft);
  if (!latest || !draft?.text || latest.voided || latest.sentBack) return [];
  if (state.filings.some((filing) => filing.draft === latest.draft && isReport(filing))) return [];
  const after = folded(state, events, context);
  if (after.drafts.length > state.drafts.length || after.approvals !== state.approvals) return [];
  if (after.filings.length > state.filings.length) return [];
  const changes = context.changes(after, draft);
  const now = context.assess(after);
  const levelRose = rankOf(now.regime, levelReached(now)) > rankOf(now.regime, draft.text.level);
  const onlyLevel = levelRose && changes.every((id) => id === context.catalogue.levelField);
  if (changes.length === 0 || onlyLevel) return [];
  if (latest.approved && changes.every((id) => wasLeftOpen(draft.text, id, context))) return [];
  const { hash, form } = latest;
  return [{ type: 'approval_voided', payload: { draft: latest.draft, hash, form, changes, levelRose } }];
}

/** Returns true for a field that may follow later and is empty in the text, and for the text's note on such fields. */
function wasLeftOpen(text: DraftText | undefined, id: string, { catalogue }: DecisionContext): boolean {
  if (text?.document.notes.some((note) => note.id === id)) return true;
  const blocks = text?.document.sections.flatMap((section) => section.blocks) ?? [];
  const states = ({ kind }: { readonly kind: string }) => kind !== 'phrase' && kind !== 'to_supplement';
  return (
    catalogue.mayFollow(id) &&
    blocks.some(
      (block) =>
        block.kind === 'paragraph' &&
        !block.runs.some(states) &&
        block.runs.some((run) => run.kind === 'to_supplement' && run.of === id),
    )
  );
}

/**
 * Refusal of a stale intent: its object changed after the revision it was made for. Other changes do not matter, so two
 * people answering different questions never block each other. Null if it is not stale.
 */
export function staleAgainst(state: IncidentState, command: Command, revision: number | null): RefusedCommand | null {
  if (revision === null) return null;
  if (revision > state.version) return { code: 'stale_revision', params: { revision, current: state.version } };
  const touched = forCommand(subjects, command.type, command, state);
  if (!touched || touched.version <= revision) return null;
  const by = state.people[touched.by]?.name ?? touched.by;
  return {
    code: 'stale_revision',
    params: { revision, current: state.version, by, at: touched.at, ...aboutOf(command) },
  };
}

function aboutOf(command: Command): { readonly fact?: string; readonly filing?: string } {
  if (command.type === 'answer' && command.fact !== CIRCUMSTANCES) return { fact: command.fact };
  return command.type === 'record_filing' ? { filing: command.obligation } : {};
}

/** Entry of the record that a command was made for, or may contradict. */
const subjects: ByCommand<Stamp | null, [state: IncidentState]> = {
  answer: ({ fact, value }, { facts }) => {
    const told = fact === CIRCUMSTANCES ? Object.keys(factsOfTicks(value) ?? {}) : [fact];
    return latest(...told.map((one) => facts[one] ?? null));
  },
  confirm_awareness: (_, { awareness }) => awareness,
  settle_question: ({ question }, { readings }) => readings[question] ?? null,
  decide_level: (_, state) => latestLevel(state),
  not_reportable: (_, state) => latestLevel(state),
  second_level: (_, state) => proposedLevel(state),
  second: ({ proposal }, { proposals }) => proposals.find(({ id }) => id === proposal)?.settled ?? null,
  assign_item: ({ item }, { owners }) => owners[item] ?? null,
  take_item: ({ item }, { owners }) => owners[item] ?? null,
  confirm_wording: ({ field }, { fields }) => latest(fields[field]?.current ?? null, fields[field]?.wording ?? null),
  rename: (_, { renamed }) => renamed,
  relate: ({ incident }, { relations }) => relations[incident] ?? null,
  change_task: ({ task }, { tasks }) => tasks.find(({ id }) => id === task)?.changed ?? null,
  not_owed: ({ obligation }, { notOwed }) => notOwed[obligation] ?? null,
  explain_delay: ({ obligation }, { delays }) => delays[obligation] ?? null,
  correct_filing: ({ filing }, { filings }) => filings.find(({ version }) => version === filing)?.corrected ?? null,
  withdraw_decision: ({ about }, state) => {
    const { awareness, handlingEnded, readings, notOwed } = state;
    if (about === 'level') return latestLevel(state);
    if (about === 'awareness') return awareness;
    return about === 'handling' ? handlingEnded : (readings[about] ?? notOwed[about] ?? null);
  },
  end_handling: (_, { handlingEnded }) => handlingEnded,
  // A filing shown for confirmation is stale once another filing of the same report was recorded after it.
  record_filing: (command, { filings }) =>
    latest(...filings.filter(({ obligation }) => obligation === command.obligation)),
  assess_point: ({ point }, { points }) => points[point] ?? null,
};

function latestLevel(state: IncidentState): Stamp | null {
  return latest(state.levelDecision, proposedLevel(state), state.notReportable);
}

function latest(...stamps: readonly (Stamp | null)[]): Stamp | null {
  return stamps.reduce((a, b) => (a && b ? (a.version > b.version ? a : b) : (a ?? b)), null);
}
