import { z } from 'zod';
import type { Action, Block, Card } from '../conversation/cards/card.ts';
import { moreListed } from '../conversation/cards/card-views.ts';
import { buttons, rowBlock, sentenceCard } from '../conversation/cards/sentence.ts';
import { joined, t } from '../conversation/cards/situation.ts';
import { roomId } from '../incident/identity.ts';
import { parseJson } from '../ops/json.ts';
import type { App } from '../use-cases/app.ts';
import { leadingId, openAction, titleIn } from '../use-cases/lines.ts';
import type { IncidentRow, KeptKey, KeptValues } from '../use-cases/ports.ts';
import type { Act, Focus, Line, Place } from './acts.ts';
import type { BackgroundWork } from './background-work.ts';

interface FocusDependencies {
  readonly app: Pick<App, 'openIncidents' | 'state'>;
  /** Kept values of the platform. */
  readonly kept: KeptFocus;
}
export type KeptFocus = Pick<KeptValues, 'get' | 'put'>;

/**
 * Returns kept values whose `put` is visible to `get` at once but written to disk later, so no acknowledgement waits
 * for it. A crash in between costs one question about the intended incident.
 */
export function writtenBehind(kept: KeptFocus, after: Pick<BackgroundWork, 'run'>): KeptFocus {
  const waiting = new Map<KeptKey, string>();
  const writing = new Set<KeptKey>();
  /** Writes the waiting value of a key; of several values during a write only the last is written. */
  const written = async (key: KeptKey): Promise<void> => {
    if (writing.has(key)) return;
    writing.add(key);
    try {
      for (let value = waiting.get(key); value !== undefined; value = waiting.get(key)) {
        await kept.put(key, value);
        if (waiting.get(key) === value) waiting.delete(key);
      }
    } finally {
      writing.delete(key);
    }
  };
  return {
    get: async (key) => waiting.get(key) ?? kept.get(key),
    put: async (key, value) => {
      waiting.set(key, value);
      after.run(() => written(key));
    },
  };
}
/** Maximum number of open incidents that are searched, the next due first. */
const LOOKED_AT = 200;
const OFFERED = 10;

/**
 * Finds the incident of a line: the one it names, else that of its thread or quotation, else the room's, else the last
 * one in this conversation, else the person's only one. If several remain, returns a card with a button for each, which
 * repeats the line for that incident.
 */
export async function focusOf(deps: FocusDependencies, line: Line): Promise<Focus> {
  const { command, text, about } = line;
  const named = command.id ?? leadingId(text) ?? about;
  if (named) return { incident: /^\d+$/.test(named) ? await numbered(deps, line, named) : named };
  const { candidates, chosen, more } = await candidatesOf(deps, line);
  if (chosen !== null) return { incident: chosen };
  return candidates.length === 0 ? null : { ask: whichCard(candidates, more, line) };
}

/** Returns the id of the only open incident with a number, e.g. 0007; the number itself for none or several. */
async function numbered({ app }: FocusDependencies, { caller }: Where, number: string): Promise<string> {
  const { rows } = await app.openIncidents(caller, LOOKED_AT);
  const [only, other] = rows.filter(({ id }) => id.endsWith(`-${number}`));
  return only && !other ? only.id : number;
}

/** Returns the incident of a conversation, for a line or file without an id; null if there is none or several. */
export async function inFocus(deps: FocusDependencies, act: Where): Promise<string | null> {
  return (await candidatesOf(deps, act)).chosen;
}

async function candidatesOf(deps: FocusDependencies, act: Where) {
  const { place, caller } = act;
  const { rows, more } = await deps.app.openIncidents(caller, LOOKED_AT);
  const here = place.kind === 'room' ? rows.filter((row) => row.rooms.includes(roomId(place.room))) : rows;
  const candidates = here.length > 0 ? here : rows;
  const [only, second] = candidates;
  // In a room without an incident a person's only incident is offered, not assumed, because others read along.
  const single = only && !second && (here.length > 0 || place.kind !== 'room') ? only.id : null;
  return { candidates, more, chosen: single ?? (second ? await lastDealtWith(deps, act, candidates) : null) };
}

/** Returns the candidate of the last act here; null in a room whose last incident is not the person's last one. */
async function lastDealtWith(deps: FocusDependencies, act: Where, candidates: readonly IncidentRow[]) {
  const kept = await Promise.all(keysOf(act).map((key) => deps.kept.get(key)));
  const open = new Set(kept.filter((id) => candidates.some((row) => row.id === id)));
  const [last = null] = open;
  return open.size === 1 ? last : null;
}

type Where = Pick<Act, 'caller' | 'place'>;

/** Makes an incident the focus of a conversation: later lines without an id belong to it. */
export async function keepFocus(deps: FocusDependencies, act: Where, incident: string): Promise<void> {
  for (const key of keysOf(act)) {
    if ((await deps.kept.get(key)) !== incident) await deps.kept.put(key, incident);
  }
}

/** Returns the focus keys: of the person's last incident, and of the room's incident whose question came last. */
function keysOf({ place, caller }: Where): readonly KeptKey[] {
  const { id } = caller.account;
  return place.kind === 'room' ? [`focus:${place.room.address}@${id}`, roomKey(place.room.address)] : [personKey(id)];
}
const roomKey = (address: string): KeptKey => `focus:${address}`;
const personKey = (id: string): KeptKey => `focus:@${id}`;

const askedSchema = z.strictObject({ task: z.string(), at: z.number() });
/** Question card posted in a conversation; `task`: its handle, `at`: epoch ms. */
type Asked = Readonly<z.infer<typeof askedSchema>>;
const askedKey = (address: string, incident: string): KeptKey => `asked:${encodeURIComponent(address)}:${incident}`;

/** Records a posted question: a line without an id is now about its incident, and a bare number selects its option. */
export async function keepAsked(
  kept: Pick<KeptValues, 'put'>,
  { kind, address }: { readonly kind: 'room' | 'direct'; readonly address: string },
  incident: string,
  asked: Asked,
): Promise<void> {
  await Promise.all([
    kept.put(kind === 'room' ? roomKey(address) : personKey(address), incident),
    kept.put(askedKey(address, incident), JSON.stringify(asked)),
  ]);
}

/** Returns the last question on an incident that was posted in a conversation. */
export async function askedIn(kept: KeptFocus, { place, caller }: Where, incident: string): Promise<Asked | null> {
  const address = place.kind === 'room' ? place.room.address : caller.account.id;
  return askedSchema.safeParse(parseJson(await kept.get(askedKey(address, incident)))).data ?? null;
}

/** Returns a card of possible incidents. A button repeats the line for the chosen one, or opens another. */
function whichCard(rows: readonly IncidentRow[], more: number, { text, command }: Line): Card {
  const lines = rows.slice(0, OFFERED).map((row): Block => {
    const choose: Action = {
      id: `about_${row.id}`,
      label: t('text.this_one'),
      does: { kind: 'line', text: `${row.id} ${text}` },
    };
    const name = [row.id, row.title].filter(Boolean).join(' · ');
    return rowBlock('open', { raw: name }, [choose]);
  });
  const left = Math.max(0, rows.length - OFFERED) + more;
  const title = command.type === 'unknown' && !command.lacks && !command.suggestion ? titleIn(text, true) : null;
  const question = t('text.which_incident');
  return sentenceCard(
    command.type === 'state_secret' ? joined([t('text.secret_now'), question], 'sentence') : question,
    [...lines, ...moreListed(left), ...(title === null ? [] : buttons([openAction(title)]))],
  );
}

/** Returns the room from which a change is made; null where nothing may be shown. */
export function actingRoom(place: Place) {
  return place.kind === 'room' ? place.room : null;
}
