import { z } from 'zod';
import type { Situation } from '../conversation/cards/situation.ts';
import { toWallTime } from '../incident/drill-clock.ts';
import { holdsUntil, PHASES } from '../incident/facts/assessment.ts';
import type { Language } from '../incident/identity.ts';
import { beganAt } from '../incident/imported.ts';
import type { Organisation } from '../incident/people/profile.ts';
import { leadOf } from '../incident/people/rights.ts';
import { sha256 } from '../incident/record/chain.ts';
import { shownTitle } from '../incident/record/without-words.ts';
import { isPlain, reveals, revealsClocks, seesPlain, type Visibility } from '../incident/visibility.ts';
import { keptFor, last } from '../law/kept-for.ts';
import { rankOf } from '../law/levels.ts';
import type { Regime } from '../law/regime.ts';
import { stampOf } from '../report/format.ts';
import type { App, Caller } from './app.ts';
import { viewerOf } from './directory/access.ts';
import { seenBy, seer } from './list.ts';
import { nextDueOf, searchable } from './list-row.ts';
import { inTurn } from './one-at-a-time.ts';
import type { IndexQuery, Judging, KeptEntry, PlainReader, RegisterEntry } from './ports.ts';
import {
  dutiesShown,
  earliest,
  isFound,
  type RegisterQuery,
  type RegisterRow,
  type RegisterSource,
  register,
  rowOf,
  wordsOf,
} from './register.ts';
import { figuresFrom } from './register-figures.ts';
import type { UseCaseContext } from './use-case-context.ts';

/** Sort order of a page, e.g. `next`, or `-next` for the reverse. */
export const sortSchema = z.string().regex(/^-?(incident|next|level|phase|declared)$/);
const SORTS = ['incident', 'next', 'level', 'phase', 'declared'] as const;

/**
 * Register of incidents visible to a caller. The index of the store filters, sorts and counts: plain incidents by their
 * kept entries, which are judged anew once outdated; all others, and those whose entry cannot be kept (e.g. on a full
 * disk), by entries judged for the caller.
 */
export function createRegister(context: UseCaseContext): Pick<App, 'register' | 'registerPage' | 'registerFigures'> {
  const { engine } = context;
  const { store, regime } = engine.deps;
  const source = (caller: Caller | 'api'): RegisterSource => ({
    rows: (filter) => seenBy(context, caller, filter),
    situation: (state) => engine.situationHeld(state),
  });
  const refreshed = refreshing(context);
  const asked = async (caller: Caller | 'api', query: RegisterQuery, language: Language): Promise<IndexQuery> => {
    const judging = await refreshed();
    const reader = await readerOf(context, caller);
    const see = await seer(context, caller);
    const judged: RegisterEntry[] = [];
    for (const row of await store.register.others(judging, reader, query.open)) {
      const seen = see.concerns(row) ? await (await see.shown(row))?.read() : null;
      if (seen && isFound(seen, query, language))
        judged.push(entryOf(engine.situationHeld(seen.state), seen.shown, regime));
    }
    const { since, search, ...filter } = query;
    return {
      ...filter,
      ...judging,
      ...{ reader, judged, search: searchable(search?.trim() ?? '') },
      since: since === undefined ? undefined : Date.parse(since),
    };
  };
  return {
    register: (caller, query, language) => register(query, language, source(caller)),
    registerPage: async (caller, { sort = 'next', limit, ...query }, language) => {
      const by = SORTS.find((one) => sort.endsWith(one)) ?? 'next';
      const found = await asked(caller, query, language);
      const { incidents, total } = await store.register.page(found, { by, down: sort.startsWith('-') }, limit);
      const page: RegisterRow[] = [];
      for (const id of incidents) {
        const state = await store.incident(id);
        const shown = state && context.visibility(state, caller);
        const row = shown && shown.show !== 'nothing' ? rowOf({ state, shown }, language, source(caller)) : null;
        if (row) page.push(row);
      }
      return { register: page, total };
    },
    registerFigures: async (caller, query, language) =>
      figuresFrom(await store.register.figures(await asked(caller, query, language))),
  };
}

/** Number of entries that are judged before other work runs. */
const AT_ONCE = 200;

/** Judges the outdated entries of the index, and returns the judgement in force. */
function refreshing({ engine }: UseCaseContext): () => Promise<Judging> {
  const { store, clock, regime, packs = [], profile, program = String(clock.now()) } = engine.deps;
  const hash = last<string>();
  const inForce = (): Judging => {
    const organisation = profile();
    const laws = packs.map(({ id, version, texts }) => [id, version, texts]);
    const judge = hash([organisation], () => sha256(JSON.stringify([program, regime.version, laws, organisation])));
    return { judge, now: clock.now() };
  };
  const queue = inTurn();
  const refresh = async (): Promise<Judging> => {
    const { judge, now } = inForce();
    const outdated = await store.register.outdated({ judge, now });
    for (let n = 0; n < outdated.length; n += AT_ONCE) {
      const entries: KeptEntry[] = [];
      for (const id of outdated.slice(n, n + AT_ONCE)) {
        const state = await store.incident(id);
        if (state) entries.push({ ...keptOf(engine.situationHeld(state), clock.now(), regime), judge });
      }
      const isKept = await store.register.keep(entries).then(
        () => true,
        () => false,
      );
      if (!isKept) break;
    }
    return inForce();
  };
  return () => queue(refresh);
}

async function readerOf(context: UseCaseContext, caller: Caller | 'api'): Promise<PlainReader> {
  const { store, readsRoom } = context.engine.deps;
  const viewer = viewerOf(caller, context.engine.deps);
  if (caller === 'api' || viewer.kind === 'api') return null;
  const rooms = (await store.register.rooms()).filter((room) => readsRoom(room, caller));
  const organisations: string[] = [];
  for (const { organisation, incident } of rooms.length > 0 ? await store.register.organisations() : []) {
    const state = await store.incident(incident);
    if (state && hashOf(state.organisation) === organisation && seesPlain(state, viewer))
      organisations.push(organisation);
  }
  return { rooms, organisations };
}

const digest = keptFor((organisation: Organisation) => sha256(JSON.stringify(organisation)));

function hashOf(organisation: Organisation | null): string {
  return organisation ? digest(organisation) : '';
}

function keptOf(situation: Situation, now: number, regime: Regime): Omit<KeptEntry, 'judge'> {
  const { state, ia } = situation;
  const holds = holdsUntil(state, ia);
  const until = Number.isFinite(holds) ? toWallTime(state.segments, holds) : null;
  return {
    ...entryOf(situation, { show: 'all' }, regime),
    version: state.version,
    judged: now,
    holds: until ?? Number.MAX_SAFE_INTEGER,
    plain: isPlain(state) ? 1 : 0,
    organisation: hashOf(state.organisation),
    latest: state.latestAt,
    lead: leadOf(state)?.name ?? '',
    // A search is for words of one text, so its end is a character that no text has.
    words: [state.id, shownTitle(state), ...wordsOf(state)].map(searchable).join('\u{ffff}'),
  };
}

/** Entry of an incident for a reader who sees `shown` of it. */
function entryOf({ state, ia }: Situation, shown: Visibility, regime: Regime): RegisterEntry {
  const sees = reveals(shown, 'overview');
  const phase = sees ? ia.phase : 'classifying';
  const clock = revealsClocks(shown);
  const next = clock && phase !== 'closed' ? nextDueOf(ia) : null;
  const began = beganAt(state);
  const day = stampOf(began).slice(0, 10);
  const first = dutiesShown(ia, shown).filter(({ form, provisional }) => form === 'first' && !provisional);
  // A running deadline counts as neither met nor missed.
  const timely = first.filter(({ status }) => status === 'met').length;
  const filed = first.map(({ filing }) => (filing && filing.unconfirmed === undefined ? filing.filedAt : null));
  const took = (isSeen: boolean, at: string | null | undefined): number | null =>
    minutesFrom(clock ? ia.anchors.awareness : null, isSeen ? at : null);
  return {
    ...{ incident: state.id, day, month: clock ? day.slice(0, 7) : null, drill: state.drill ? 1 : 0 },
    imported: state.imported ? 1 : 0,
    level: sees ? ia.level : null,
    rank: rankOf(regime, sees ? ia.level : 'undetermined'),
    phase: sees ? phase : null,
    stage: PHASES.indexOf(phase),
    next: next === null ? null : Date.parse(next),
    declared: Date.parse(began),
    due: timely + first.filter(({ status }) => status === 'late').length,
    timely,
    verdict: took(sees, state.levelDecision?.at ?? state.notReportable?.at),
    draft: took(shown.show === 'all', state.drafts[0]?.at),
    filing: took(true, earliest(filed)),
  };
}

function minutesFrom(start: string | null | undefined, end: string | null | undefined): number | null {
  return start && end ? Math.max(0, Math.round((Date.parse(end) - Date.parse(start)) / 60_000)) : null;
}
