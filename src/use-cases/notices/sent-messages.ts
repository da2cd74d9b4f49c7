import type { Card } from '../../conversation/cards/card.ts';
import { sentenceCard } from '../../conversation/cards/sentence.ts';
import { plain, t } from '../../conversation/cards/situation.ts';
import { SURFACE_KEYS } from '../../conversation/cards/surfaces.ts';
import { movedCard, withheldCard } from '../../conversation/rooms/abroad.ts';
import { toWallTime } from '../../incident/drill-clock.ts';
import { accountKey, isDrillId, type Language, type Room, type RoomId, roomId } from '../../incident/identity.ts';
import { hasLeft, roomFromId } from '../../incident/rooms.ts';
import type { IncidentState } from '../../incident/state.ts';
import { visibility } from '../../incident/visibility.ts';
import type { Engine } from '../engine.ts';
import type { NewNotice, NoticeContent } from '../ports.ts';
import { formatKey, keyInRoom, parseKey } from './notice-key.ts';

type TakeBack = Extract<NoticeContent, { kind: 'take_back' }>;

/** Message that answered a person, as sent by its platform. */
export interface SentAnswer {
  readonly platform: string;
  readonly tenant: string;
  readonly address: string;
  readonly language: Language;
  /** Handle of the message on its platform. */
  readonly ref: string;
  /** Content, e.g. a card. The message may be taken back for the incidents named in it. */
  readonly holds: object;
  readonly isFile: boolean;
  /** True for a new content of a message that was sent before. */
  readonly isChanged?: true;
  /** Time (epoch ms) at which the person asked; absent: unknown, so that the content may be older than a stop. */
  readonly since?: number | undefined;
}

/** Audience for replacing content that nobody may see any more: only the API's view remains. */
const API = { kind: 'api' } as const;
const ANSWER = 'answer:';
const NOTHING: Card = { tone: 'calm', drill: false, title: { raw: '' }, summary: { raw: '' }, blocks: [] };
const NO_DOCUMENT = { draft: 0, format: '' } as const;
const ID = /\b(?:INC|DRILL)-\d{4}-\d{4,}\b/g;

/** Returns ids of incidents that occur in a message, in texts or button effects. */
const namedIn = ({ holds }: SentAnswer): readonly string[] => [...new Set(JSON.stringify(holds).match(ID))];

/** Records a sent or changed answer, for a stop or leaving chat to take back; at once if one happened meanwhile. */
export async function noteAnswer({ deps }: Pick<Engine, 'deps'>, answer: SentAnswer): Promise<void> {
  const { store, clock } = deps;
  const { platform, ref } = answer;
  const place = roomId(answer);
  for (const incident of namedIn(answer)) {
    const state = await store.incident(incident);
    if (!state) continue;
    const sent = sentNotice(answer, incident, clock.now());
    await store.outbox.noteSent(sent, ref);
    const now = await store.incident(incident);
    const isBack = answer.isChanged === true && (await isTakenBack(store, sent.key));
    if (!now || !(isBack || wasTakenBack(state, now, place, answer))) continue;
    const card = hasLeft(now, platform) && !now.stopped ? movedCard(now) : withheldCard(now, visibility(now, API));
    // A change sent while the message was taken back is taken back again.
    const key = isBack ? `${sent.key}:${now.version}` : sent.key;
    await store.outbox.add([replacing({ ...sent, key }, { place, ref }, card, 'back')]);
    deps.wake();
  }
}

/** Returns true if a message may be changed: it was not taken back, even if its content is allowed again. */
export async function mayChange({ deps }: Pick<Engine, 'deps'>, answer: SentAnswer): Promise<boolean> {
  const { store, clock } = deps;
  const keys = namedIn(answer).map((incident) => sentNotice(answer, incident, clock.now()).key);
  const back = await Promise.all(keys.map((key) => isTakenBack(store, key)));
  return !back.includes(true);
}

const isTakenBack = async ({ outbox }: Engine['deps']['store'], key: string): Promise<boolean> =>
  (await outbox.get(formatKey({ kind: 'back', of: key }))) !== null;

/**
 * Returns true if the messages in a place were taken back between two states, or earlier by a stop or leaving chat. An
 * answer to a question asked after a stop contains no words of people, and its deadlines and buttons are still needed.
 */
function wasTakenBack(
  before: IncidentState,
  now: IncidentState,
  place: RoomId,
  { since, isChanged }: SentAnswer,
): boolean {
  const { platform } = roomFromId(place);
  const released = ({ releases }: IncidentState): number => Object.keys(releases[place] ?? {}).length;
  const isOff = place in before.rooms && !(place in now.rooms);
  // A changed message may still contain older content.
  const isStopped = now.stopped !== null && (isChanged === true || since === undefined || !isAfterStop(now, since));
  return isStopped || hasLeft(now, platform) || isOff || released(now) < released(before);
}

/** Largest difference (ms) between the clocks of two instances. */
const SKEW = 5_000;

/** Returns true if a time (epoch ms) is after the state-secret stop, whichever instance's clock it is from. */
export function isAfterStop({ stopped, segments }: IncidentState, time: number): boolean {
  const at = stopped && toWallTime(segments, Date.parse(stopped.at));
  return at !== null && time > at + SKEW;
}

/** Returns true for a message about a stopped incident that was made after the stop. */
export function isMadeAfterStop(state: IncidentState, { key, dueAt }: NewNotice): boolean {
  if (key.startsWith(ANSWER)) return isAfterStop(state, dueAt);
  return state.stopped !== null && (parseKey(key)?.version ?? 0) > state.stopped.version;
}

/** Notice for a message that its platform has already sent, so that it can be found and removed later. */
export function sentNotice(
  { platform, tenant, address, language, ref, isFile }: Omit<SentAnswer, 'holds'>,
  incident: string,
  at: number,
): NewNotice {
  const content = isFile
    ? ({ kind: 'file', card: NOTHING, document: { ...NO_DOCUMENT, language } } as const)
    : ({ kind: 'card', card: NOTHING } as const);
  return {
    key: `${ANSWER}${incident}:${accountKey({ platform, tenant, id: address })}:${ref}`,
    ...{ incident, lane: 'answer', content, dueAt: at },
    to: { kind: 'outside', platform, tenant, address, language },
  };
}

/** Notice that replaces one message, or removes a file. */
export function replacing(
  { key, incident, to, content }: NewNotice,
  { place, ref }: { readonly place: RoomId | null; readonly ref: string },
  card: Card,
  kind: 'back' | 'settled',
): NewNotice {
  const of: TakeBack['of'] = { place, ref, ...(content.kind === 'file' ? { isFile: true } : {}) };
  return {
    key: formatKey({ kind, of: key }),
    incident,
    lane: 'answer',
    to,
    content: { kind: 'take_back', card, of },
    dueAt: 0,
  };
}

export interface Arrived {
  readonly notice: NewNotice;
  /** Room of the message; null: the direct conversation with its recipient. */
  readonly place: RoomId | null;
  readonly ref: string;
}

/** Returns the delivered messages about an incident that have a handle: notices, files and answers. */
export async function arrivedAbout(
  { store }: Pick<Engine['deps'], 'store'>,
  incident: string,
): Promise<readonly Arrived[]> {
  const [events, sent] = await Promise.all([store.events(incident), store.outbox.sentAbout(incident)]);
  const places = new Map(
    events.flatMap(({ event }) =>
      event.type === 'notice_delivered' ? [[event.payload.notice, event.payload.room] as const] : [],
    ),
  );
  return sent.flatMap((notice): Arrived[] => {
    const { key, to, ref, content } = notice;
    const place = places.get(key) ?? (to.kind === 'room' ? to.room : to.kind === 'outside' ? roomId(to) : null);
    // A room got the notice in the person's place: that message is a notice of its own.
    const isElsewhere = ref === null || (place !== null && ref === keyInRoom(key, place));
    // Except for answers, messages to a place outside contain no texts of people.
    const isPlain = to.kind === 'outside' && !key.startsWith(ANSWER);
    const isOther = content.kind === 'take_back' || content.kind === 'event';
    return isElsewhere || isPlain || isOther ? [] : [{ notice, place, ref }];
  });
}

/** Notices that replace or remove what was shown of an incident that is being erased: cards, notices, files, answers. */
export async function erasingSent(
  { store }: Pick<Engine['deps'], 'store'>,
  incident: string,
): Promise<readonly NewNotice[]> {
  const erased = t('refuse.erased');
  const title = t('card.incident', { id: plain(incident), title: erased });
  const drill = isDrillId(incident);
  const card: Card = { ...sentenceCard(erased), drill, title: drill ? t('card.drill', { title }) : title };
  const rooms = (await store.events(incident)).flatMap(({ event }): readonly Room[] => {
    if (event.type === 'declared') return event.payload.room ? [event.payload.room] : [];
    if (event.type === 'chat_left') return event.payload.added;
    return event.type === 'room_added' ? [event.payload.room] : [];
  });
  const shown = new Map(rooms.map((room) => [roomId(room), room]));
  const rows = await Promise.all(
    [...shown.keys()].flatMap((id) => SURFACE_KEYS.map((key) => store.surfaces.get(incident, id, key))),
  );
  const cards = rows.flatMap((row): readonly Arrived[] => {
    const room = row && shown.get(row.room);
    if (!room || row.ref === null) return [];
    const notice = sentNotice({ ...room, ref: row.ref, isFile: false }, incident, 0);
    return [{ notice, place: row.room, ref: row.ref }];
  });
  return [...cards, ...(await arrivedAbout({ store }, incident))].map((one) => ({
    ...replacing(one.notice, one, card, 'back'),
    incident: null,
  }));
}
