import { z } from 'zod';
import type { Action, Block, Card } from '../conversation/cards/card.ts';
import { moreListed } from '../conversation/cards/card-views.ts';
import { buttons, rowBlock, sentenceCard } from '../conversation/cards/sentence.ts';
import { joined, t } from '../conversation/cards/situation.ts';
import { isDrillId, roomId } from '../incident/identity.ts';
import { parseJson } from '../ops/json.ts';
import type { App } from '../use-cases/app.ts';
import { leadingId, openAction, titleIn } from '../use-cases/lines.ts';
import type { Clock, IncidentRow, KeptKey, KeptValues } from '../use-cases/ports.ts';
import type { Act, Focus, Line, Place } from './acts.ts';
import type { BackgroundWork } from './background-work.ts';

interface FocusDependencies {
  readonly app: Pick<App, 'openIncidents' | 'state'>;
  readonly kept: KeptFocus;
  readonly clock: Pick<Clock, 'now'>;
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

async function candidatesOf(deps: FocusDependencies, act: Where & Partial<Pick<Line, 'command' | 'text'>>) {
  const { place, caller, command, text = '' } = act;
  const found = await deps.app.openIncidents(caller, LOOKED_AT);
  // 演练结束 ends a drill, whatever else is open; in a reason the word tells why: 结案：其实是演练流量.
  const isOfDrill = command?.type === 'close' && command.reason === undefined && /演练|drill/i.test(text);
  const rows = isOfDrill ? found.rows.filter(({ drill }) => drill) : found.rows;
  const here = place.kind === 'room' ? rows.filter((row) => row.rooms.includes(roomId(place.room))) : rows;
  const candidates = here.length > 0 ? here : rows;
  const [only, second] = candidates;
  // In a room without an incident a person's only incident is offered, not assumed, because others read along.
  const single = only && !second && (here.length > 0 || place.kind !== 'room') ? only.id : null;
  const chosen = single ?? (second ? await lastDealtWith(deps, act, candidates) : null);
  return { candidates, more: found.more, chosen };
}

/**
 * Returns the incident that the person dealt with last, unless the room was asked about another one since. A person who
 * has dealt with none means the room's last one; a drill only if nothing else is open.
 */
async function lastDealtWith(
  { kept }: FocusDependencies,
  { place, caller }: Where,
  candidates: readonly IncidentRow[],
): Promise<string | null> {
  const open = async (key: KeptKey): Promise<Dealt | null> => {
    const dealt = dealtIn(await kept.get(key));
    return dealt && candidates.some(({ id }) => id === dealt.incident) ? dealt : null;
  };
  const { id } = caller.account;
  const alone = await open(personKey(id));
  if (place.kind !== 'room') return alone?.incident ?? null;
  const { address } = place.room;
  const [room, asked, here] = [
    await open(roomKey(address)),
    await open(questionKey(address)),
    await open(ownKey(address, id)),
  ];
  const own = here && alone ? (here.at < alone.at ? alone : here) : (here ?? alone);
  if (!own) {
    const isReal = ({ id, drill }: IncidentRow): boolean => !drill && id !== room?.incident;
    return room && isDrillId(room.incident) && candidates.some(isReal) ? null : (room?.incident ?? null);
  }
  const last = asked ?? room;
  const isLast = !last || last.incident === own.incident || (asked !== null && asked.at <= own.at);
  return isLast ? own.incident : null;
}

type Where = Pick<Act, 'caller' | 'place'>;

/** Incident of an act or a question, and its time (epoch ms). */
interface Dealt {
  readonly incident: string;
  readonly at: number;
}
const dealtText = ({ incident, at }: Dealt): string => `${incident} ${at}`;
function dealtIn(text: string | null): Dealt | null {
  const [incident = '', at] = text?.split(' ') ?? [];
  return incident === '' ? null : { incident, at: Number(at ?? 0) };
}

/** Makes an incident the focus of a conversation: later lines without an id belong to it. */
export async function keepFocus({ kept, clock }: FocusDependencies, { place, caller }: Where, incident: string) {
  const { id } = caller.account;
  const address = place.kind === 'room' ? place.room.address : null;
  const asked = address === null ? null : dealtIn(await kept.get(questionKey(address)));
  for (const key of address === null ? [personKey(id)] : [ownKey(address, id), roomKey(address)]) {
    const before = dealtIn(await kept.get(key));
    const isSame = before?.incident === incident && (!asked || asked.incident === incident || asked.at < before.at);
    if (!isSame) await kept.put(key, dealtText({ incident, at: clock.now() }));
  }
}

/** Focus keys: of a person in a room, of a room, of a person alone, and of the last question posted in a room. */
const ownKey = (address: string, id: string): KeptKey => `focus:${address}@${id}`;
const roomKey = (address: string): KeptKey => `focus:${address}`;
const personKey = (id: string): KeptKey => `focus:@${id}`;
const questionKey = (address: string): KeptKey => `focus:${address}?`;

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
  const keys = kind === 'room' ? [roomKey(address), questionKey(address)] : [personKey(address)];
  const dealt = dealtText({ incident, at: asked.at });
  await Promise.all([
    ...keys.map((key) => kept.put(key, dealt)),
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
