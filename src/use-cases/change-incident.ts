import { shownChange } from '../conversation/cards/shown-change.ts';
import { saidAfter } from '../conversation/record/command-confirmations.ts';
import { AWARENESS_SOURCES } from '../incident/commands/answers.ts';
import type { Command } from '../incident/commands.ts';
import { mayBeBoth, rightOf } from '../incident/decide/admission.ts';
import { workingStart } from '../incident/facts/assessment.ts';
import { accountKey, roomId } from '../incident/identity.ts';
import { lacks } from '../incident/people/rights.ts';
import type { IncidentState } from '../incident/state.ts';
import { isInsider, reveals, showsAll, visibility } from '../incident/visibility.ts';
import { onFirstUse } from '../law/kept-for.ts';
import { refusalOf } from './abroad.ts';
import type { Caller, Submitted } from './app.ts';
import { catalogueOf } from './classify/catalogue.ts';
import { lookerOf, readsAssessment, viewerOf } from './directory/access.ts';
import { actorsOf } from './directory/accounts.ts';
import { DUPLICATE_WINDOW, type RunOutcome, type RunRequest } from './engine.ts';
import type { Refusal } from './ports.ts';
import { type AppDependencies, type UseCaseContext, WHOLE } from './use-case-context.ts';

/** Entry points shared by all use cases: declare an incident, and run commands on a visible one. */
export function createUseCaseContext(deps: AppDependencies): UseCaseContext {
  const { engine } = deps;

  const shownTo: UseCaseContext['visibility'] = (state, caller) => visibility(state, viewerOf(caller, engine.deps));
  const seenOf: UseCaseContext['seenOf'] = (state, caller) => {
    const shown = shownTo(state, caller);
    return shown.show === 'nothing' && shown.why === 'stranger' ? null : { state, shown };
  };
  const seen: UseCaseContext['seen'] = async (id, caller) => {
    const state = id ? await engine.deps.store.incident(id) : null;
    return state && seenOf(state, caller);
  };
  const opened: UseCaseContext['opened'] = async (id, caller, part = WHOLE) => {
    const found = await seen(id, caller);
    if (found && !reveals(found.shown, part)) return refusalOf(found);
    return (await visible(id, caller)) ?? { code: 'unknown_incident', params: { id } };
  };
  const compiled: UseCaseContext['compiled'] = async (id, caller) => {
    const state = await opened(id, caller);
    return 'code' in state || !state.erased ? state : { code: 'erased', params: { id } };
  };
  const visible = async (id: string, caller: Caller | 'api'): Promise<IncidentState | null> => {
    const state = await engine.deps.store.incident(id);
    return state && isInsider(state, viewerOf(caller, engine.deps)) ? state : null;
  };
  const counsel: UseCaseContext['counsel'] = (state, caller) => {
    // The answer would be read by every member of the group, also by those who are neither lead nor legal.
    if (caller !== 'api' && caller.aloud) return { code: 'ask_directly', params: { id: state.id } };
    return readsAssessment(state, caller, engine.deps)
      ? null
      : { code: 'forbidden', params: { roles: ['lead', 'approver', 'legal'] } };
  };
  const finish = async (request: RunRequest, before: IncidentState | null): Promise<Submitted> => {
    const relation = before && (await related(request, before, visible));
    if (relation && 'code' in relation) return { kind: 'refused', incident: before.id, refusal: relation, state: null };
    const outcome = await engine.run(request);
    // The other record is written second; a repeated request adds it if a crash prevented that.
    if (relation && outcome.kind !== 'refused') await engine.run(relation);
    if (outcome.kind !== 'refused') return done(outcome, before, request, deps);
    const state = before && maySayWhy(before, request, deps) ? before : null;
    const refusal = before ? await afterAsking(outcome.refusal, request, before) : outcome.refusal;
    return { kind: 'refused', incident: outcome.id, refusal, state };
  };
  const askedFor: UseCaseContext['askedFor'] = async (refusal, { state, right, caller, room }) => {
    const people = refusal.params?.['people'];
    if (refusal.code !== 'forbidden' || caller === 'api' || !Array.isArray(people) || people.length === 0)
      return refusal;
    const window = Math.floor(engine.deps.clock.now() / ASKED_AGAIN);
    const outcome = await engine.run({
      ...{ target: { incident: state.id }, commands: [{ type: 'ask_for', right }], who: caller, revision: null, room },
      delivery: { platform: 'asked', key: `${state.id}:${right}:${accountKey(caller.account)}:${window}`, body: right },
    });
    return outcome.kind === 'refused' ? refusal : { ...refusal, params: { ...refusal.params, asked: 'yes' } };
  };
  /** Asks for the right that the first refused command needs. */
  const afterAsking = async (refusal: Refusal, { commands, who, room }: RunRequest, state: IncidentState) => {
    const acting = who === 'clock' ? null : lookerOf(state, who, engine.deps);
    const catalogue = catalogueOf(engine.situation(state).regime);
    const right = commands
      .flatMap((one) => (acting && one.type !== 'declare' ? [rightOf(state, one, acting, catalogue)] : []))
      .find((one) => acting && lacks(one, acting.actors[0] ?? '', acting.roles, state.organisation) !== null);
    return who === 'clock' || right === undefined ? refusal : askedFor(refusal, { state, right, caller: who, room });
  };

  const declare: UseCaseContext['declare'] = async (input) => {
    const withVisibilityChecked = input.caller !== 'api' && input.anyway !== true;
    const refusal = withVisibilityChecked ? await declaredByAnother(input, deps) : null;
    if (refusal) return { kind: 'refused', incident: null, refusal, state: null };
    const { title, awareness, drill, speed, scenario } = input;
    const request: RunRequest = {
      target: { series: drill ? 'DRILL' : 'INC' },
      commands: [{ type: 'declare', title, awareness, drill, speed, scenario }],
      who: input.caller,
      revision: null,
      delivery: input.delivery,
      room: input.room,
      ...(withVisibilityChecked ? { recentSince: engine.deps.clock.now() - DUPLICATE_WINDOW } : {}),
    };
    return finish(request, null);
  };

  const submit: UseCaseContext['submit'] = async (input, uploaded) => {
    // A person who may not see an incident may only ask to join it.
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
      ...(input.proposes ? { proposes: true } : {}),
      ...(uploaded === undefined ? {} : { uploaded }),
    };
    return finish(request, before);
  };
  return {
    ...deps,
    askedFor,
    visible,
    seen,
    seenOf,
    opened,
    compiled,
    visibility: shownTo,
    counsel,
    finish,
    submit,
    declare,
  };
}

/** Time (ms) after which a person may ask the same people again. */
const ASKED_AGAIN = 30 * 60_000;

const OTHER_WAY = {
  related: 'related',
  duplicate_of: 'has_duplicate',
  has_duplicate: 'duplicate_of',
  none: 'none',
} as const;

/**
 * Request that also records a relation in the other incident, or its refusal; null without a relation. A duplicate
 * passes its working start on as a candidate, so that the remaining incident has no later start.
 */
async function related(
  { commands, who, delivery }: RunRequest,
  { id, drill, candidates }: IncidentState,
  visible: UseCaseContext['visible'],
): Promise<RunRequest | Refusal | null> {
  const relation = commands.find((one) => one.type === 'relate');
  if (!relation || who === 'clock') return null;
  const { incident, how, reason } = relation;
  const other = incident === id ? null : await visible(incident, who);
  if (!other || other.erased) return { code: 'unknown_relation', params: { id: incident } };
  if (other.stopped) return { code: 'stopped' };
  if (other.drill !== drill) return { code: 'relation_to_drill' };
  const start = workingStart({ candidates });
  const isNew = other.relations[id]?.how !== 'has_duplicate' && how === 'duplicate_of' && !other.closed;
  const awareness = candidates.find((one) => one.id === start?.candidate);
  const brought: readonly Command[] =
    isNew && awareness
      ? [
          {
            type: 'add_awareness',
            at: awareness.instant,
            source: AWARENESS_SOURCES.find((one) => one === awareness.source) ?? 'other',
            description: id,
            reachedUs: true,
          },
        ]
      : [];
  return {
    target: { incident },
    commands: [
      { type: 'relate', incident: id, how: OTHER_WAY[how], ...(reason === undefined ? {} : { reason }) },
      ...brought,
    ],
    who,
    revision: null,
    delivery: { platform: 'relation', key: `${delivery.platform}:${delivery.key}`, body: `${id} ${how}` },
    room: null,
  };
}

/** Returns true if a refusal may quote other people's answers: the person and the place must see the whole incident. */
function maySayWhy(state: IncidentState, { who, room }: RunRequest, deps: AppDependencies): boolean {
  if (who === 'clock') return false;
  return visibility(state, viewerOf(who, deps.engine.deps)).show === 'all' && (room === null || showsAll(state, room));
}

/** Number of newest incidents that are searched for the same title. */
const LATEST = 10;

/** Refusal if another person just declared the same title in the same room; null otherwise. */
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
  // The person's own declaration is found by the change itself, so that a redelivery gets the same answer.
  if (same.participants.some((actor) => own.includes(actor))) return null;
  return { code: 'duplicate', params: { id: same.id, title } };
}

function done(
  outcome: Exclude<RunOutcome, { kind: 'refused' }>,
  before: IncidentState | null,
  { commands, who }: RunRequest,
  { engine }: AppDependencies,
): Submitted {
  const { id, state, replayed, at } = outcome;
  // The sentence is worded when it is read: a platform that shows the change on a card reads none.
  const said = onFirstUse(() => {
    if (replayed || commands.length === 0) return null;
    const looker = who === 'clock' ? null : lookerOf(state, who, engine.deps);
    const own = looker ? { byOne: mayBeBoth(state, looker) } : {};
    const after = { ...engine.situation(state, at), ...own, reaches: engine.reaches(state) };
    return saidAfter({ commands, before, after });
  });
  const shown = shownChange(before && (() => engine.situation(before, at)), () => engine.situation(state, at), said);
  return { kind: 'done', incident: id, state, replayed, said, shown };
}
