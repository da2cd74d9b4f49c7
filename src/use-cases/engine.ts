import { surfacesOf } from '../conversation/cards/surfaces.ts';
import { timeWords } from '../conversation/collecting/time-words.ts';
import { effectOn } from '../conversation/reminding/countdown.ts';
import { toSettleNow } from '../conversation/words-against-record.ts';
import { roomsOfEntity } from '../incident/commands/rooms.ts';
import type { Command } from '../incident/commands.ts';
import type { DecisionContext } from '../incident/decide/context.ts';
import { decide } from '../incident/decide/decide.ts';
import { isoOf, toIncidentTime } from '../incident/drill-clock.ts';
import { assessIncident, holdsUntil, type IncidentAssessment } from '../incident/facts/assessment.ts';
import { lawOf } from '../incident/facts/law-set.ts';
import { type Account, type ActorId, type Room, type RoomId, roomId } from '../incident/identity.ts';
import { asOf, isPerson } from '../incident/people/people.ts';
import type { CurrentProfile } from '../incident/people/profile.ts';
import { sha256 } from '../incident/record/chain.ts';
import type { IncidentEvent } from '../incident/record/events.ts';
import { folded } from '../incident/record/evolve.ts';
import { formerRooms, refugeOf } from '../incident/rooms.ts';
import type { Scenario } from '../incident/scenario.ts';
import type { IncidentState, Participant } from '../incident/state.ts';
import { sight } from '../incident/visibility.ts';
import { yearIn } from '../law/calendar.ts';
import type { Pack } from '../law/pack.ts';
import type { Regime } from '../law/regime.ts';
import { rememberTrace, traced } from '../ops/tracing.ts';
import { officerOf } from '../report/channels/call.ts';
import { changesFrom, compileText, sinceFiled } from '../report/compile.ts';
import type { Written } from '../report/sheet.ts';
import { owedReports } from '../report/updates.ts';
import type { Caller } from './app.ts';
import { catalogueOf } from './classify/catalogue.ts';
import { viewerOf } from './directory/access.ts';
import { accountsOf } from './directory/accounts.ts';
import type { Links } from './directory/links.ts';
import { rowOf } from './list-row.ts';
import { noticesFor } from './notices/notices.ts';
import { type Platforms, platformsOf } from './notices/routes.ts';
import { dueSteps, wantedTimers } from './notices/timer-plan.ts';
import type { Change, ChangeOutcome, Clock, Current, Refusal, Store, Verdict } from './ports.ts';
import { eraseContent } from './upkeep/retention.ts';

export interface EngineDependencies {
  readonly store: Store;
  /** Called after each request with its result, for metrics, log and audit. */
  readonly ran?: (run: Ran) => void;
  /** Platforms for fallback routes of a refused notice; absent: no fallback. */
  readonly platforms?: Platforms;
  readonly clock: Clock;
  /** Regime that grades incidents, under the id that is recorded. */
  readonly regime: Regime;
  /** Clock packs available to a new incident. */
  readonly packs?: readonly Pack[];
  readonly profile: CurrentProfile;
  /** Commit of the program; absent if it is not certain. */
  readonly program?: string;
  /** Returns the scenarios that drills can play, by id, read on first use. */
  readonly scenarios?: () => ReadonlyMap<string, Scenario>;
  /** Accounts that people confirmed as their own. */
  readonly links?: Pick<Links, 'personOf' | 'accountsOf'>;
  /** Returns true if a caller is a member of a room, as its platform reports it. */
  readonly readsRoom: (room: RoomId, caller: Caller) => boolean;
  /** Returns true if one of these accounts can be reached now; null if unknown. */
  readonly reach?: (accounts: readonly Account[]) => boolean | null;
  /** Rooms of an incident declared outside a room (API, command line). */
  readonly defaultRooms: readonly Room[];
  /** Queue of what is sent; it yields to every request except the clock's. */
  readonly outgoing?: { served(): void };
  /** Called after each commit to wake delivery and scheduler; `withNotices`: false if only cards have to change. */
  wake(withNotices?: boolean): void;
  /** Called after each commit with the changed incident, for open pages. */
  changed?(incident: string): void;
}

export interface RunRequest {
  readonly target: { readonly incident: string } | { readonly series: 'INC' | 'DRILL' };
  /** Commands in order; either all take effect or none. */
  readonly commands: readonly Command[];
  readonly who: Caller | 'clock' | 'api';
  readonly revision: number | null;
  readonly delivery: { readonly platform: string; readonly key: string; readonly body: string };
  readonly room: Room | null;
  /** SHA-256 of the file stored for this request. */
  readonly uploaded?: string;
  readonly timer?: string;
  readonly recentSince?: number;
  /** True if the commands are only proposals to people. */
  readonly proposes?: boolean;
}

/** Outcome of a request, with the instant (epoch ms) of its decision, for which an assessment is cached. */
export type RunOutcome = ChangeOutcome & { readonly at: number };

/** Completed request: its outcome, and its actor. */
export interface Ran {
  readonly request: RunRequest;
  readonly outcome: ChangeOutcome;
  readonly actor: ActorId | null;
  /** Id of the actor in the profile. */
  readonly person: string | null;
}

/** Time (ms) within which a repeated declaration counts as the same one. */
export const DUPLICATE_WINDOW = 5 * 60_000;
/** Maximum age (ms) of a cached assessment that counts as current. */
const STILL_NOW = 50;

/**
 * Path of every change: command → events, timers, notices and surfaces in one change → commit → wake delivery.
 * Platforms, the API and the clock all use it.
 */
export class Engine {
  readonly deps: EngineDependencies;
  readonly platforms: Platforms;
  /** Cache of the last assessment per state: a command needs it several times, and nothing else in it costs as much. */
  readonly #assessed = new WeakMap<IncidentState, { readonly at: number; readonly assessment: IncidentAssessment }>();

  constructor(deps: EngineDependencies) {
    this.deps = deps;
    this.platforms = deps.platforms ?? platformsOf(new Map());
  }

  /** Runs a request. Rejects only if the store cannot commit. */
  run(request: RunRequest): Promise<RunOutcome> {
    const attributes = {
      'jishi.commands': request.commands.map(({ type }) => type),
      'jishi.platform': request.delivery.platform,
    };
    return traced('change', { attributes }, async (note) => {
      const outcome = await this.#run(request);
      note({ 'jishi.outcome': outcome.kind, ...(outcome.id === null ? {} : { 'jishi.incident': outcome.id }) });
      return outcome;
    });
  }

  async #run(request: RunRequest): Promise<RunOutcome> {
    if (request.who !== 'clock') this.deps.outgoing?.served();
    const at = this.deps.clock.now();
    const { platform, key, body } = request.delivery;
    const decided: { assessment?: IncidentAssessment; actor?: ActorId; change?: Change } = {};
    const profile = this.deps.profile();
    const stored = await this.deps.store.change({
      target:
        'series' in request.target ? { ...request.target, year: yearIn(this.deps.regime.zone, at) } : request.target,
      delivery: { platform, key, bodyHash: sha256(body) },
      actor: typeof request.who === 'string' ? request.who : request.who.account,
      at,
      ...(request.timer === undefined ? {} : { timer: request.timer }),
      ...(request.recentSince === undefined ? {} : { recentSince: request.recentSince }),
      decide: (current) => {
        decided.actor = current.actor;
        const state = current.state && asOf(current.state, profile);
        const { verdict, assessment } = this.#verdict({ ...current, state }, request, at);
        if (assessment) decided.assessment = assessment;
        if (verdict.kind === 'commit') decided.change = verdict.change;
        return verdict;
      },
    });
    const outcome = stored.kind === 'refused' ? stored : { ...stored, state: asOf(stored.state, profile) };
    this.deps.ran?.({ request, outcome, actor: decided.actor ?? null, person: this.#person(request.who) });
    // Content is erased after a repeated request too: the process may have ended between the commit and the erasing.
    if (outcome.kind !== 'refused' && outcome.state.erased) await eraseContent(this.deps.store, outcome.id);
    if (outcome.kind === 'committed') {
      if (decided.assessment) this.#assessed.set(outcome.state, { at, assessment: decided.assessment });
      const { notices = [], surfaces = [] } = decided.change ?? {};
      rememberTrace(() => [
        ...notices.map(({ key }) => key),
        ...surfaces.map(({ room, key }) => `${outcome.id} ${room} ${key}`),
      ]);
      this.deps.wake(notices.length > 0);
      this.deps.changed?.(outcome.id);
    }
    return { ...outcome, at };
  }

  /**
   * Legal assessment of an incident at exactly wall time `at` (epoch ms); without `at` the current one, up to
   * `STILL_NOW` ms old.
   */
  assess(state: IncidentState, at?: number): IncidentAssessment {
    const known = this.#assessed.get(state);
    const now = at ?? this.deps.clock.now();
    const age = known ? now - known.at : Number.NaN;
    if (known && (at === undefined ? age >= 0 && age < STILL_NOW : age === 0)) return known.assessment;
    const assessment = assessIncident(state, this.deps.regime, isoOf(toIncidentTime(state.segments, now)));
    this.#assessed.set(state, { at: now, assessment });
    return assessment;
  }

  /** Record, assessment and law set of an incident, as texts and documents take them. */
  situation(state: IncidentState, at?: number): Written {
    const ia = this.assess(state, at);
    return { state, ia, regime: ia.regime };
  }

  /** Situation for a row of a list: its assessment may be an earlier one, if it would differ in nothing but `now`. */
  situationHeld(state: IncidentState): Written {
    const known = this.#assessed.get(state)?.assessment;
    const now = toIncidentTime(state.segments, this.deps.clock.now());
    const holds = known && Date.parse(known.now) <= now && now <= holdsUntil(state, known);
    return holds ? { state, ia: known, regime: known.regime } : this.situation(state);
  }

  /** Refusal of an actor's request now; null if it would be accepted. Changes nothing. */
  check(state: IncidentState, request: RunRequest, actor: ActorId | null): Refusal | null {
    const current = { id: state.id, state, actor: actor ?? '', recent: null };
    const { verdict } = this.#verdict(current, request, this.deps.clock.now());
    return verdict.kind === 'refuse' ? verdict.refusal : null;
  }

  /** State to which an actor's request would lead now, or its refusal. Changes nothing. */
  preview(state: IncidentState, request: RunRequest, actor: ActorId | null): IncidentState | Refusal {
    const at = this.deps.clock.now();
    const current = { id: state.id, state, actor: actor ?? '', recent: null };
    const { verdict } = this.#verdict(current, request, at);
    if (verdict.kind === 'refuse') return verdict.refusal;
    return folded(state, verdict.change.events, { ...current, at });
  }

  /** Returns a function that tells if a participant can be reached now; its result is null if unknown. */
  reaches(state: IncidentState): (person: Participant) => boolean | null {
    const { reach } = this.deps;
    return (person) => (isPerson(person) && reach ? reach(accountsOf(state, person, this.deps)) : null);
  }

  /** Id in the profile of the owner of a listed or linked account; null for others. */
  #person(who: RunRequest['who']): string | null {
    return typeof who === 'string' ? null : (this.deps.links?.personOf(who.account) ?? null);
  }

  #verdict(
    current: Current,
    request: RunRequest,
    at: number,
  ): { readonly verdict: Verdict; readonly assessment: IncidentAssessment | null } {
    const context = this.#context(current, request, at);
    const events: IncidentEvent[] = [];
    let state = current.state;
    for (const command of request.commands) {
      const decision = decide(state, command, context);
      if (!decision.ok) return { verdict: { kind: 'refuse', refusal: decision.refusal }, assessment: null };
      events.push(...decision.events);
      state = folded(state, decision.events, context);
    }
    const { change, assessment } = this.#change(current, events, at, { ...request, actor: context.actor });
    return { verdict: { kind: 'commit', change }, assessment };
  }

  #context(current: Current, request: RunRequest, at: number): DecisionContext {
    const { who } = request;
    const { profile } = this.deps;
    return {
      id: current.id,
      actor: current.actor,
      caller:
        typeof who === 'string'
          ? { name: who, account: null, language: null, person: null }
          : {
              name: who.name,
              account: who.account,
              // A guessed language is not recorded.
              language: who.unmet ? null : who.language,
              choseLanguage: who.choseLanguage ?? false,
              unnamed: who.unmet ?? false,
              person: this.#person(who),
              ...(who.roles ? { roles: who.roles } : {}),
              isLocal: who.isLocal ?? false,
              readsOnly: who.audits !== undefined,
            },
      sees: (state) => (who === 'clock' ? { show: 'all' } : sight(state, viewerOf(who, this.deps))),
      at,
      revision: request.revision,
      ...(request.proposes ? { proposes: true } : {}),
      room: request.room,
      uploaded: request.uploaded ?? null,
      elsewhere: {
        own: this.deps.defaultRooms,
        get refuge() {
          return refugeOf(profile());
        },
      },
      organisation: profile(),
      regimes: [this.deps.regime.id],
      law: this.deps.regime.version,
      packs: this.deps.packs ?? [],
      catalogue: catalogueOf(current.state ? lawOf(current.state, this.deps.regime) : this.deps.regime),
      scenario: (id) => this.deps.scenarios?.().get(id) ?? null,
      recent: current.recent,
      assess: (state, instant = at) => this.assess(state, instant),
      dueSteps: (state) => dueSteps(state, this.assess(state, at)),
      compile: (state, order) => compileText(this.situation(state, at), order),
      sinceFiled: (state, order) => sinceFiled(this.situation(state, at), order)?.map(({ id }) => id) ?? null,
      owedReports: (state) => owedReports(this.situation(state, at)),
      contradictions: (state, draft) => toSettleNow(this.situation(state, at), draft).map(({ key }) => key),
      officer: (state) => officerOf(this.situation(state, at)),
      timeWords: (state, field, words) => timeWords(this.situation(state, at), field, words),
      changes: (state, draft) =>
        draft.text ? changesFrom(draft.text, this.situation(state, at), draft).map(({ id }) => id) : [],
    };
  }

  #change(
    current: Current,
    events: readonly IncidentEvent[],
    at: number,
    { actor, room: place }: Pick<RunRequest, 'room'> & { readonly actor: ActorId },
  ): { readonly change: Change; readonly assessment: IncidentAssessment } {
    const before = current.state;
    const by = { id: current.id, at, actor };
    const known = before ? events : [...events, ...this.#defaultRooms(events)];
    const decided = folded(before, known, by);
    const all = decided ? [...known, ...roomsOfEntity(before, decided)] : known;
    const state = folded(before, all, by);
    if (!state) throw new Error('a change without events needs an incident');
    const assessment = this.assess(state, at);
    // Cards of an erased incident stay known until their content is replaced.
    const shown = state.erased && before ? before : state;
    const ia = shown === state ? assessment : this.assess(shown);
    const rooms = [...Object.values(shown.rooms), ...formerRooms(shown)];
    const change = {
      events: all,
      row: rowOf(state, assessment),
      timers: wantedTimers(state, assessment),
      notices: noticesFor({
        before,
        state,
        events: all,
        assessment,
        regime: assessment.regime,
        at,
        room: place && roomId(place),
        accountsOf: (person) => accountsOf(state, person, this.deps),
        reaches: this.reaches(state),
        assessed: (earlier) => this.assess(earlier, at),
        platforms: this.platforms,
      }),
      surfaces: rooms.flatMap((room) =>
        surfacesOf({ state: shown, ia, regime: ia.regime }, room).map(({ key, every = null }) => ({
          ...{ room: roomId(room), key, every, ...(before && { effect: effectOn(key, all) }) },
        })),
      ),
      result: { incident: state.id, version: state.version, events: all.map((e) => e.type) },
    };
    return { change, assessment };
  }

  /**
   * Default rooms of an incident declared outside a room. Without a profile, in a trial, every incident gets them,
   * because people open the console when chat fails.
   */
  #defaultRooms(events: readonly IncidentEvent[]): readonly IncidentEvent[] {
    const declared = events.find((e) => e.type === 'declared');
    if (declared?.type !== 'declared') return [];
    const { room, organisation } = declared.payload;
    if (room && organisation) return [];
    const others = this.deps.defaultRooms.filter((one) => !room || roomId(one) !== roomId(room));
    return others.map((one) => ({ type: 'room_added', payload: { room: one } }));
  }
}
