import { cardFor, formFor, holds, viewFor } from '../conversation/abroad.ts';
import { statusCard } from '../conversation/status.ts';
import { surfacesAbroad } from '../conversation/surfaces.ts';
import { type AbroadPart, type Room, roomId } from '../incident/identity.ts';
import { hasLeft } from '../incident/rooms.ts';
import type { IncidentState } from '../incident/state.ts';
import { withoutWords } from '../incident/without-words.ts';
import { takesPart } from './access.ts';
import type { App, Caller, Submitted } from './app.ts';
import type { Kit } from './kit.ts';
import type { Json, Refusal } from './ports.ts';

type Asking = Caller | 'api';

/** A report, a bundle or the record is all of an incident at once. */
const WHOLE: AbroadPart = 'drafts';

/**
 * The doors for whoever may stand abroad, or on a platform the incident has left. Whatever goes out through a door is
 * looked at here, so that no platform has to think of it.
 */
export function guarded(app: App, kit: Kit): App {
  return { ...app, ...guardedActs(app, kit), ...guardedReads(app, kit), ...guardedFiles(app, kit) };
}

function guardedActs(app: App, kit: Kit): Pick<App, 'declare' | 'submit' | 'submitForm' | 'text' | 'attach'> {
  const said = async (result: Submitted, caller: Asking, id: string | undefined): Promise<Submitted> => {
    if (result.kind === 'refused') {
      const left = result.refusal.code === 'unknown_incident' ? await absence(kit, id, caller) : null;
      if (left) return { ...result, refusal: left };
      const state = result.incident === null ? null : await kit.visible(result.incident, caller);
      return state && kit.sight(state, caller) !== 'all' ? { ...result, refusal: bare(result.refusal) } : result;
    }
    return result.said ? { ...result, said: cardFor(result.said, kit.sight(result.state, caller)) } : result;
  };
  return {
    declare: async (input) => said(await app.declare(input), standing(input.caller, input.room), undefined),
    submit: async (input) => {
      const caller = standing(input.caller, input.room);
      return said(await app.submit({ ...input, caller }), caller, input.incident);
    },
    attach: async (input) => said(await app.attach(input), input.caller, input.incident),
    submitForm: async (input) => {
      const caller = standingIn(input.caller, input.room);
      const result = await app.submitForm({ ...input, caller });
      return result.kind === 'invalid' ? result : said(result, caller, input.ref.args['incident']);
    },
    text: async (input) => {
      const caller = standingIn(input.caller, input.room);
      const reply = await app.text({ ...input, caller });
      const id = reply.kind === 'card' ? reply.incident : reply.result.incident;
      if (reply.kind === 'submitted') return { ...reply, result: await said(reply.result, caller, id ?? undefined) };
      const state = id === null ? null : await kit.visible(id, caller);
      return state ? { ...reply, card: cardFor(reply.card, kit.sight(state, caller)) } : reply;
    },
  };
}

function guardedReads(app: App, kit: Kit): Pick<App, 'view' | 'form' | 'cards' | 'incident' | 'state'> {
  const { regime } = kit.engine.deps;
  const abroad = (state: IncidentState, caller: Asking) =>
    surfacesAbroad({ state, ia: kit.engine.assess(state), regime }, kit.sight(state, caller));
  return {
    view: async (ref, caller) => {
      const id = ref.args['incident'];
      const state = id === undefined ? null : await kit.visible(id, caller);
      if (!state) {
        const outside = ref.view === 'status' ? await kit.outside(id, caller) : null;
        if (outside) return statusCard({ state: outside, ia: kit.engine.assess(outside), regime }, 'open');
        return (await absence(kit, id, caller)) ?? app.view(ref, caller);
      }
      const sight = kit.sight(state, caller);
      if (sight === 'all') return app.view(ref, caller);
      if (isOutside(caller)) return notReleased(state, caller);
      const kept = abroad(state, caller).find(({ key, ifPosted }) => key === ref.view && !ifPosted);
      if (kept) return kept.card;
      const card = await app.view(ref, caller);
      return 'code' in card ? card : (viewFor(card, sight, ref.view) ?? notReleased(state, caller));
    },
    form: async (ref, caller) => {
      const id = ref.args['incident'];
      const state = id === undefined ? null : await kit.visible(id, caller);
      if (!state) return (await absence(kit, id, caller)) ?? app.form(ref, caller);
      const form = await app.form(ref, caller);
      return 'code' in form ? form : (formFor(form, kit.sight(state, caller)) ?? notReleased(state, caller));
    },
    cards: async (id, caller) => {
      const state = await kit.visible(id, caller);
      if (!state || kit.sight(state, caller) === 'all') return app.cards(id, caller);
      return abroad(state, caller).flatMap(({ key, card, ifPosted }) => (ifPosted ? [] : [{ key, card }]));
    },
    incident: async (id, caller, language) => {
      const state = await kit.visible(id, caller);
      const json = await app.incident(id, caller, language);
      if (!state || kit.sight(state, caller) === 'all') return json;
      return abroadJson(json, holds(kit.sight(state, caller), 'overview') ? IN_OVERVIEW : IN_EXISTENCE);
    },
    state: async (id, caller) => {
      const state = await app.state(id, caller);
      return state && (state.stopped || kit.sight(state, caller) !== 'all') ? withoutWords(state) : state;
    },
  };
}

function guardedFiles(app: App, kit: Kit): Pick<App, 'report' | 'toSend' | 'article11' | 'bundle' | 'record' | 'file'> {
  /** Why this part of an incident is withheld; null lets the door itself answer. */
  const withheld = async (id: string, caller: Asking, part: AbroadPart): Promise<Refusal | null> => {
    const state = await kit.visible(id, caller);
    if (!state) return absence(kit, id, caller);
    return holds(kit.sight(state, caller), part) ? null : notReleased(state, caller);
  };
  return {
    report: async (id, caller, options) => (await withheld(id, caller, WHOLE)) ?? app.report(id, caller, options),
    toSend: async (id, caller, options) => (await withheld(id, caller, WHOLE)) ?? app.toSend(id, caller, options),
    article11: async (id, caller, options) => (await withheld(id, caller, WHOLE)) ?? app.article11(id, caller, options),
    bundle: async (id, caller, options) => (await withheld(id, caller, WHOLE)) ?? app.bundle(id, caller, options),
    record: async (id, caller, options) => (await withheld(id, caller, WHOLE)) ?? app.record(id, caller, options),
    file: async (id, hash, caller) => ((await withheld(id, caller, 'files')) ? null : app.file(id, hash, caller)),
  };
}

function standing(caller: Asking, room: Room | null | undefined): Asking {
  return caller === 'api' ? caller : standingIn(caller, room);
}
function standingIn(caller: Caller, room: Room | null | undefined): Caller {
  return caller.room || !room ? caller : { ...caller, room };
}

/**
 * An incident that left the platform somebody asks on is not unknown: they are told so, if it was theirs to see. Nor is one
 * whose card stands in a room they read while its content is elsewhere.
 */
export async function absence(kit: Kit, id: string | undefined, caller: Asking): Promise<Refusal | null> {
  if (caller === 'api' || id === undefined) return null;
  const outside = await kit.outside(id, caller);
  if (outside) return { code: 'kept_private', params: { id, lead: outside.people[outside.lead]?.name ?? '' } };
  const state = await kit.engine.deps.store.incident(id);
  if (!state || !hasLeft(state, caller.account.platform)) return null;
  const read = state.chatLeft?.left.some((room) => kit.readsRoom(roomId(room), caller)) === true;
  return read || takesPart(state, caller, kit.links) ? { code: 'chat_left' } : null;
}

function notReleased(state: IncidentState, caller: Asking): Refusal {
  const code = isOutside(caller) ? 'outside' : 'not_released';
  return { code, params: { lead: state.people[state.lead]?.name ?? '' } };
}
function isOutside(caller: Asking): boolean {
  return caller !== 'api' && caller.outside === true;
}

/** A refusal without what others stated or wrote. */
function bare({ code, field, params }: Refusal): Refusal {
  const kept = Object.entries(params ?? {}).filter(([name]) => !['title', 'fact', 'value', 'text'].includes(name));
  return { code, ...(field === undefined ? {} : { field }), params: Object.fromEntries(kept) };
}

const IN_EXISTENCE: readonly string[] = ['id', 'drill', 'revision', 'lead'];
const IN_OVERVIEW: readonly string[] = [
  ...IN_EXISTENCE,
  ...[
    'phase',
    'level',
    'levelDecided',
    'floor',
    'ceiling',
    'now',
    'rate',
    'declaredAt',
    'stopped',
    'clocks',
    'items',
    'people',
  ],
];
function abroadJson(json: Json, keys: readonly string[]): Json {
  if (json === null || typeof json !== 'object') return json;
  const kept = Object.entries(json).filter(([key]) => keys.includes(key));
  const nothing = { title: '', phase: 'classifying', level: 'undetermined', floor: 'general', ceiling: 'general' };
  return { ...nothing, clocks: [], facts: {}, items: [], question: null, ...Object.fromEntries(kept) };
}
