import { surfacesOf } from '../../src/conversation/cards/surfaces.ts';
import type { Room } from '../../src/incident/identity.ts';
import { roomId } from '../../src/incident/identity.ts';
import type { IncidentState } from '../../src/incident/state.ts';
import type { Messenger } from '../../src/use-cases/ports.ts';
import { regime } from './bot.ts';
import type { Evidence } from './examine.ts';
import type { Attempt, Message, Peer } from './peer.ts';

/** How long a card may be on its way before it counts as shown, and how late its renewal may come, in ms. */
const ON_ITS_WAY = [0, 1_000, 5_000, 15_000];
const RENEWAL = 90_000;
/** The burst of a full bucket that may come on top of the edits a platform promises a minute. */
const BURST = 0.2;
const MINUTE = 60_000;

/** Every room shows what the record says, and no platform was asked for more than it was promised. */
export async function roomsAreRight(evidence: Evidence): Promise<readonly string[]> {
  const wrong = evidence.world.peers.flatMap(budget);
  for (const id of evidence.incidents) {
    const state = await evidence.bot.store.incident(id);
    for (const room of Object.values(state?.rooms ?? {})) {
      if (state) wrong.push(...(await shows(state, room, evidence)));
    }
  }
  return wrong;
}

async function shows(state: IncidentState, room: Room, evidence: Evidence): Promise<readonly string[]> {
  const { bot, world } = evidence;
  const messenger = bot.messengers.find((one) => one.platform === room.platform);
  if (!messenger) return [];
  const now = world.machine.wall();
  const wrong: string[] = [];
  for (const { key, ifPosted, apart } of surfacesOf({ state, ia: bot.house.engine.assess(state), regime }, room)) {
    if (ifPosted || (apart && !messenger.canEdit)) continue;
    const name = `${state.id} ${roomId(room)} ${key}`;
    const found = await shown(state.id, room, key, evidence);
    const [only] = found;
    if (only === undefined) wrong.push(`${name} is not there`);
    else if (found.length > 1 && messenger.canEdit) wrong.push(`${name} is there ${found.length} times`);
    else if (messenger.canEdit && only !== DELETED && !state.drill) {
      const shownAt = (await bot.store.surfaces.get(state.id, roomId(room), key))?.shownAt ?? now;
      // A card is renewed at the full minute, when what is left has just become less.
      const right = [...ON_ITS_WAY, shownAt % MINUTE].map((age) =>
        wanted({ state, room, key, at: shownAt - age }, messenger, bot.house.engine),
      );
      const until = surfaceAt({ state, room, key, at: shownAt }, bot.house.engine)?.validUntil ?? null;
      if (until !== null && Date.parse(until) < now - RENEWAL)
        wrong.push(`${name} should have been renewed at ${until}`);
      const words = readable(messenger, only);
      if (!right.includes(words) && !setMeanwhile(room, shownAt, evidence))
        wrong.push(`${name} shows something else than the record: ${difference(words, right[0] ?? '')}`);
    }
  }
  return wrong;
}

/** Whether the clock was set while the card was on its way: then it names the time it was. */
function setMeanwhile({ platform }: Room, shownAt: number, { world: { machine, peers } }: Evidence): boolean {
  const shown = machine.elapsed - (machine.wall() - shownAt);
  const attempts = peers.find(({ traits }) => traits.platform === platform)?.attempts ?? [];
  return attempts.some(
    ({ kind, began, ended }) => kind !== 'find' && ended === shown && machine.jumpedBetween(began, ended),
  );
}

/** Where two texts begin to differ. */
function difference(is: string, should: string): string {
  let at = 0;
  while (at < is.length && is[at] === should[at]) at += 1;
  return `…${is.slice(Math.max(0, at - 40), at + 60)}… instead of …${should.slice(at, at + 60)}…`;
}

interface Look {
  readonly state: IncidentState;
  readonly room: Room;
  readonly key: string;
  readonly at: number;
}
type Engine = Evidence['bot']['house']['engine'];

function surfaceAt({ state, room, key, at }: Look, engine: Engine) {
  return surfacesOf({ state, ia: engine.assess(state, at), regime }, room).find((one) => one.key === key);
}

/** What a surface looked like at an instant. */
function wanted(look: Look, messenger: Messenger, engine: Engine): string {
  const { state, room, key } = look;
  const surface = surfaceAt(look, engine);
  if (!surface) return '';
  const card = (messenger.canEdit ? null : surface.joint) ?? surface.card;
  const message = { incident: state.id, card, language: room.language, ring: false, surface: key };
  const body = messenger.render({ ...message, revision: state.version });
  return readable(messenger, body);
}

/** What a reader sees of a body: nobody reads milliseconds. */
function readable(messenger: Messenger, body: string): string {
  return (messenger.fingerprint?.(body) ?? body).replaceAll(/("now":\{"instant":"[-\dT]+:\d\d):[\d.]+Z/g, '$1');
}

/** Stands for a message that a reader deleted: nobody can tell before the next edit. */
const DELETED = 'deleted';

/** The bodies of a surface as they stand in a room. */
async function shown(incident: string, room: Room, key: string, evidence: Evidence): Promise<readonly string[]> {
  const name = `surface:${incident}:${roomId(room)}:${key}`;
  const peer = evidence.world.peers.find((one) => one.traits.platform === room.platform);
  if (!peer) {
    const found = await evidence.bot.store.roomLog.find(room.address, name);
    return found ? [found.body] : [];
  }
  // Where nothing can be edited, what changed is posted anew under a key of its own.
  const named = peer.messages.filter((message) => message.key === name || message.key.startsWith(`${name}:`));
  // What hung below a root that was deleted is left there; below the new one it stands again.
  const root = (await evidence.bot.store.surfaces.get(incident, roomId(room), 'status'))?.ref ?? null;
  const isBelow = ({ thread }: Message): boolean => thread === null || thread === root || !peer.traits.edits;
  const all = named.filter(isBelow);
  const live = all.filter((message) => !message.deleted);
  const row = await evidence.bot.store.surfaces.get(incident, roomId(room), key);
  const isTold = peer.attempts.some((one) => one.kind === 'edit' && one.key === row?.ref && one.reason === 'gone');
  const isDeleted = live.length === 0 && !isTold && all.some((message) => message.deleted && message.ref === row?.ref);
  return isDeleted ? [DELETED] : live.map((message) => message.body);
}

/** Edits of one platform within any minute of one life, and none while it asked for patience. */
function budget(peer: Peer): readonly string[] {
  const edits = peer.attempts.filter((attempt) => attempt.kind === 'edit');
  const wrong: string[] = [];
  let first = 0;
  edits.forEach((edit, index) => {
    for (let from = edits[first]; from && isOver(from, edit); from = edits[first]) first += 1;
    if (index - first + 1 > peer.traits.edits * (1 + BURST))
      wrong.push(`${peer.traits.platform} was asked for ${index - first + 1} edits in a minute`);
  });
  return wrong.slice(0, 1);
}

function isOver(from: Attempt, to: Attempt): boolean {
  return from.began <= to.began - MINUTE || from.life !== to.life;
}
