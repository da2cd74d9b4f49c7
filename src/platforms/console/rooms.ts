import { z } from 'zod';
import { localiseCard } from '../../conversation/cards/localise.ts';
import type { TextCommand } from '../../conversation/text/commands/commands.ts';
import { filesOf } from '../../http/operations/documents.ts';
import { type Asked, type Operations, personal, submitted } from '../../http/operations/operation.ts';
import { problem, refused } from '../../http/problems.ts';
import { translate } from '../../i18n/translate.ts';
import { DRILL_SPEEDS } from '../../incident/drill-clock.ts';
import { type Language, roomId } from '../../incident/identity.ts';
import type { IncidentState } from '../../incident/state.ts';
import { reveals } from '../../incident/visibility.ts';
import type { Place } from '../../talk/acts.ts';
import type { PageAnswer, PageIntake } from '../../talk/page-intake.ts';
import type { App, Caller } from '../../use-cases/app.ts';
import type { Clock, RoomLog } from '../../use-cases/ports.ts';
import { directAddress } from './messenger.ts';
import type { Presence } from './presence.ts';
import { mayRead, Reading, type ReadingDependencies } from './reading.ts';

export interface RoomsDependencies extends ReadingDependencies {
  readonly acts: PageIntake;
  readonly log: RoomLog;
  readonly clock: Clock;
  readonly presence: Presence;
}

const sayBody = z.strictObject({
  text: z.string().trim().min(1).max(20_000),
  incident: z.string().max(64).nullable().default(null),
  thread: z.string().max(128).nullable().default(null),
});
const lineBody = z.strictObject({
  text: z.string().trim().min(1).max(200),
  drill: z.boolean().default(false),
  /** True to declare although the same person declared an incident within five minutes. */
  anyway: z.boolean().optional(),
});
/** Number of record lines that a page shows at first. */
const recordQuery = z.object({ lines: z.coerce.number().int().min(1).max(100_000).default(60) });
const pageQuery = z.object({
  thread: z.string().max(128).optional(),
  before: z.string().max(128).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(60),
});

/** Operations on rooms with their messages and files: `/api/v1/rooms…`. */
export function roomOperations(deps: RoomsDependencies): Operations {
  const { rooms, log } = deps;
  /** Returns the address in the path; null if the caller may not read there. */
  const addressOf = ({ c, caller }: Pick<Asked<unknown, unknown, Caller>, 'c' | 'caller'>): string | null => {
    const address = c.req.param('address') ?? '';
    return mayRead(deps, address, caller) ? address : null;
  };
  return {
    'GET /rooms': personal({ summary: 'Rooms the caller reads' }, ({ caller }) => ({
      rooms: [
        ...rooms
          .filter(({ address }) => mayRead(deps, address, caller))
          .map(({ address, location }) => ({ address, kind: 'room', location })),
        { address: directAddress(caller.account.id), kind: 'direct', location: 'home' },
      ],
    })),
    'GET /rooms/{address}/messages': personal(
      { summary: 'Messages of a room or thread, the latest last', query: pageQuery },
      async (asked) => {
        const { c, query, caller, language } = asked;
        const { thread = null, before = null, limit } = query;
        const address = addressOf(asked);
        if (address === null) return problem(c, 404, 'not_found');
        const messages = await log.page(address, thread, before, limit);
        const reading = new Reading(deps, caller);
        const shown = await Promise.all(messages.map((message) => reading.shown(message, language)));
        return { messages: shown.filter((one) => one !== null), more: messages.length === limit };
      },
    ),
    'POST /rooms/{address}/messages': personal({ summary: 'Say a line', body: sayBody }, (asked) => {
      const address = addressOf(asked);
      return address === null ? problem(asked.c, 404, 'not_found') : say(asked, address, deps);
    }),
    'GET /incidents/{id}/page': personal(
      { summary: 'Everything the page of an incident shows, for the caller', query: recordQuery },
      async ({ app, id, query, caller, language }) => {
        const [incident, page, timeline, state, desk] = await Promise.all([
          app.incident(id, caller, language),
          app.page(id, caller, language),
          app.timeline(id, caller, language),
          app.state(id, caller),
          app.desk(caller, language),
        ]);
        if (incident === null || state === null) return null;
        const lines = timeline ?? [];
        const shown = lines.slice(-query.lines);
        const segment = state.drill ? (state.segments.at(-1) ?? null) : null;
        const place = await placeOf(state, deps);
        return {
          incident,
          page,
          segment,
          place,
          timeline: shown,
          earlier: lines.length - shown.length,
          files: filesOf(state),
          // One request returns all that the page reloads after an act.
          desk,
        };
      },
    ),
    'POST /incidents/{id}/readers': personal(
      {
        summary: 'Say that the caller has a draft open, or has closed it',
        body: z.strictObject({ draft: z.number().int().positive().nullable(), open: z.boolean() }),
      },
      async ({ app, c, id, body: { draft, open }, caller }) => {
        const { id: account } = caller.account;
        if (!reveals(await app.visibility(id, caller), 'drafts')) return null;
        if (open) deps.presence.opens(id, { account, name: caller.name, draft }, deps.clock.now());
        else deps.presence.closes(id, account);
        return c.body(null, 204);
      },
    ),
    'GET /desk': personal(
      { summary: 'Steps that wait for the caller, and every open incident, the most pressing first' },
      ({ app, caller, language }) => app.desk(caller, language),
    ),
    'GET /reading': personal(
      {
        summary: 'What a line would do, in words, while it is typed; for a note the times and numbers in it',
        query: z.object({ text: z.string().max(500), incident: z.string().max(64).optional() }),
      },
      ({ app, query: { text, incident }, language }) => {
        const effect = effectOf(app.read(text), language);
        const isNote = effect === '' && incident !== undefined && !text.startsWith('/');
        const words = isNote ? valuesIn(text, app, deps.clock, language) : effect;
        return { understood: words !== '', text: words };
      },
    ),
    'POST /lines': personal({ summary: 'Declare an incident in one line, or run a command', body: lineBody }, (asked) =>
      lineOf(asked, deps),
    ),
  };
}

/** Returns the effect, in words, of a line that opens an incident or adds a note; empty for any other line. */
function effectOf(command: TextCommand, language: Language): string {
  if (command.type === 'note') return translate(language, 'console_effect.note', { text: command.text });
  if (command.type === 'new' && !command.title) return translate(language, 'console_effect.title_missing');
  if (command.type !== 'new' && command.type !== 'drill') return '';
  const title = command.title ?? translate(language, 'console.drill.title');
  return translate(language, `console_effect.${command.type}`, { title });
}

/** Returns the time and number that the bot would read in a note, in words; empty if there is none. */
function valuesIn(text: string, app: App, clock: Clock, language: Language): string {
  const now = new Date(clock.now()).toISOString();
  const read = (kind: 'time' | 'number'): readonly string[] => {
    const { understood, text: words } = app.interpret(kind, text, now, language);
    return understood ? [translate(language, `console_effect.${kind}`, { text: words })] : [];
  };
  return [...read('time'), ...read('number')].join(' · ');
}

/** Returns an incident's place: the room that shows it (or null) and its status card there (null until posted). */
async function placeOf(
  { id, rooms: shownIn }: IncidentState,
  { rooms, store }: RoomsDependencies,
): Promise<{ readonly address: string | null; readonly thread: string | null }> {
  const own = rooms.filter((one) => roomId(one) in shownIn);
  for (const room of own) {
    const status = await store.surfaces.get(id, roomId(room), 'status');
    if (status?.ref) return { address: room.address, thread: status.ref };
  }
  return { address: own[0]?.address ?? null, thread: null };
}

/** Commands that need no incident; any other line reports an event. */
const ALONE: ReadonlySet<string> = new Set(['new', 'drill', 'list', 'status', 'help', 'bind']);

/** Answers a line typed on the first page: a command that needs no incident runs, any other line becomes a title. */
async function lineOf(
  asked: Asked<unknown, z.output<typeof lineBody>, Caller>,
  deps: RoomsDependencies,
): Promise<object> {
  const { app, body, caller, origin } = asked;
  const { text, ...how } = body;
  const command = app.read(text);
  const isTitle = !ALONE.has(command.type) || (command.type === 'drill' && how.drill);
  const title = isTitle ? text : command.type === 'new' ? command.title : undefined;
  const address = deps.rooms.find((room) => mayRead(deps, room.address, caller))?.address;
  if (title === undefined) {
    const at = address ?? directAddress(caller.account.id);
    return say({ ...asked, body: { text, incident: null, thread: null } }, at, deps);
  }
  return submitted(
    asked,
    await app.declare({ title, ...how, ...(how.drill ? { speed: DRILL_SPEEDS.usual } : {}), ...origin }),
    201,
  );
}

type Line = Asked<unknown, z.output<typeof sayBody>, Caller>;

/** Adds the line to the room first, so that others see the line before the bot's answer. */
async function say(asked: Line, address: string, { log, clock, rooms, acts }: RoomsDependencies): Promise<object> {
  const { body, caller } = asked;
  const { text, incident, thread } = body;
  const { delivery } = asked.origin;
  const said = (about: string | null) => JSON.stringify({ kind: 'said', text, ...(about ? { incident: about } : {}) });
  const key = `said:${delivery.key}`;
  const line = { address, thread, key, author: caller.name, body: said(incident), at: clock.now(), incident };
  const { ref } = await log.append(line);
  const room = rooms.find((one) => one.address === address) ?? null;
  const place: Place = room ? { kind: 'room', room } : { kind: 'direct', room: null };
  const answered = await acts.line(
    { caller, place },
    { key: delivery.key, text, about: incident, body: delivery.body },
  );
  const about = answered.outcome?.incident ?? null;
  // The incident of a line outside of threads is known only now. It is stored with the line, so that whoever may not
  // see the incident does not see the line either.
  if (incident === null && thread === null && about) await log.edit(ref, said(about), clock.now(), about);
  return answer(asked, answered);
}

/** Answers the person who typed; all others see the resulting cards. */
function answer({ c, app, body, parts, language }: Line, { outcome, card }: PageAnswer): object {
  const { change = null, incident = null, revision = 0 } = outcome ?? {};
  if (change?.kind === 'refused') return refused(c, change.refusal, parts.explain, change.state);
  if (change && !change.replayed) parts.changes.call(change.incident);
  const opened = change !== null && incident !== body.incident && ['new', 'drill'].includes(app.read(body.text).type);
  return { incident, opened, ...(change ? { revision } : {}), card: card && localiseCard(card, language) };
}
