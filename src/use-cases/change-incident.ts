import { surfaceSaying } from '../conversation/cards/sentence.ts';
import { hasDraftCard } from '../conversation/filing/draft-card.ts';
import { saidAfter } from '../conversation/record/command-confirmations.ts';
import type { Command } from '../incident/commands.ts';
import { roomId } from '../incident/identity.ts';
import type { IncidentState } from '../incident/state.ts';
import { isInsider, showsAll, visibility } from '../incident/visibility.ts';
import type { Caller, Submitted } from './app.ts';
import { readsAssessment, viewerOf } from './directory/access.ts';
import { actorsOf } from './directory/accounts.ts';
import { DUPLICATE_WINDOW, type Engine, type RunRequest } from './engine.ts';
import type { ChangeOutcome, Refusal } from './ports.ts';
import type { AppDependencies, UseCaseContext } from './use-case-context.ts';

/** Two entry points used by all others: declaring an incident, and giving a command to one that may be seen. */
export function createUseCaseContext(deps: AppDependencies): UseCaseContext {
  const { engine } = deps;

  const shownTo: UseCaseContext['visibility'] = (state, caller) => visibility(state, viewerOf(caller, deps));
  const seen: UseCaseContext['seen'] = async (id, caller) => {
    const state = id ? await engine.deps.store.incident(id) : null;
    const shown = state && shownTo(state, caller);
    return !shown || (shown.show === 'nothing' && shown.why === 'stranger') ? null : { state, shown };
  };
  const visible = async (id: string, caller: Caller | 'api'): Promise<IncidentState | null> => {
    const state = await engine.deps.store.incident(id);
    return state && isInsider(state, viewerOf(caller, deps)) ? state : null;
  };
  const counsel: UseCaseContext['counsel'] = (state, caller) => {
    // Everybody in a group reads what is answered there, also people who are neither lead nor legal.
    if (caller !== 'api' && caller.aloud) return { code: 'ask_directly', params: { id: state.id } };
    return readsAssessment(state, caller, deps.links)
      ? null
      : { code: 'forbidden', params: { roles: ['lead', 'approver', 'legal'] } };
  };
  const finish = async (request: RunRequest, before: IncidentState | null): Promise<Submitted> => {
    const outcome = await engine.run(request);
    if (outcome.kind !== 'refused') return done(outcome, before, request.commands, engine);
    const state = before && maySayWhy(before, request, deps) ? before : null;
    return { kind: 'refused', incident: outcome.id, refusal: outcome.refusal, state };
  };

  const declare: UseCaseContext['declare'] = async (input) => {
    const withVisibilityChecked = input.caller !== 'api' && input.anyway !== true;
    const refusal = withVisibilityChecked ? await declaredByAnother(input, deps) : null;
    if (refusal) return { kind: 'refused', incident: null, refusal, state: null };
    const request: RunRequest = {
      target: { series: input.drill ? 'DRILL' : 'INC' },
      commands: [declaration(input)],
      who: input.caller,
      revision: null,
      delivery: input.delivery,
      room: input.room,
      ...(withVisibilityChecked ? { recentSince: engine.deps.clock.now() - DUPLICATE_WINDOW } : {}),
    };
    return finish(request, null);
  };

  const submit: UseCaseContext['submit'] = async (input, uploaded) => {
    // The one thing for whoever may not see an incident: to ask.
    const asks = input.intent.type === 'ask_to_join';
    const known = await visible(input.incident, input.caller);
    const found = asks ? await seen(input.incident, input.caller) : null;
    const before = known ?? (found?.shown.show === 'head' ? found.state : null);
    if (!before) {
      const refusal = { code: 'unknown_incident', params: { id: input.incident } };
      return { kind: 'refused', incident: null, state: null, refusal };
    }
    const request: RunRequest = {
      target: { incident: input.incident },
      commands: [input.intent],
      who: input.caller,
      revision: input.revision,
      delivery: input.delivery,
      room: input.room ?? null,
      ...(uploaded === undefined ? {} : { uploaded }),
    };
    return finish(request, before);
  };
  return { ...deps, visible, seen, visibility: shownTo, counsel, finish, submit, declare };
}

/**
 * Returns true if a refusal may name what others answered: only to a person who sees all of it, and where all of it is
 * shown.
 */
function maySayWhy(state: IncidentState, { who, room }: RunRequest, deps: AppDependencies): boolean {
  if (who === 'clock') return false;
  return visibility(state, viewerOf(who, deps)).show === 'all' && (room === null || showsAll(state, room));
}

/** Newest incidents among which one with the same title is looked for. */
const LATEST = 10;

/** Refusal if somebody else has just declared the same title in the same room; null if nobody has. */
async function declaredByAnother(
  { title, drill = false, room, caller }: Parameters<UseCaseContext['declare']>[0],
  { engine, links }: AppDependencies,
): Promise<Refusal | null> {
  if (room === null || caller === 'api') return null;
  const { store, clock } = engine.deps;
  const since = clock.now() - DUPLICATE_WINDOW;
  const same = (await store.incidents({ open: true, limit: LATEST })).find(
    (row) =>
      row.title.trim() === title.trim() &&
      row.drill === drill &&
      row.rooms.includes(roomId(room)) &&
      Date.parse(row.declaredAt) >= since,
  );
  if (!same) return null;
  const own = await actorsOf(store, caller.account, links);
  // A declaration of their own is found in the change itself: delivered twice, it gets the same answer.
  if (same.participants.some((actor) => own.includes(actor))) return null;
  return { code: 'duplicate', params: { id: same.id, title } };
}

function declaration(input: Parameters<UseCaseContext['declare']>[0]): Command {
  const { title, awareness, drill, speed, scenario } = input;
  return { type: 'declare', title, awareness, drill, speed, scenario };
}

function done(
  outcome: Exclude<ChangeOutcome, { kind: 'refused' }>,
  before: IncidentState | null,
  commands: readonly Command[],
  engine: Engine,
): Submitted {
  const { id, state, replayed } = outcome;
  const said =
    replayed || commands.length === 0
      ? null
      : saidAfter({
          commands,
          before: before && { state: before, assessment: engine.assess(before) },
          after: { state, assessment: engine.assess(state) },
          regime: engine.assess(state).regime,
          reaches: engine.reaches(state),
        });
  const key = said && surfaceSaying(said);
  const onCard = key && { key, new: key === 'draft' && before !== null && !hasDraftCard(before) };
  return { kind: 'done', incident: id, state, replayed, said, onCard };
}
