import type { EventOf } from '../../src/incident/record/events.ts';
import type { Destination } from '../../src/use-cases/ports.ts';
import type { Evidence, NoticeRow } from './examine.ts';
import type { Machine } from './machine.ts';
import { type Attempt, type Peer, readBody } from './peer.ts';

const REMINDER = 1;
/** Below this nobody calls a reminder late; a second of play for rounding. */
const LATE = 60_000;
const PLAY = 1_500;
/** How long a claimed row is left to the one who claimed it, and an attempt without an answer to the platform, ms. */
const LEASE = 29_000;
const GRACE = 15_000;
/** How soon what waited goes out when its platform is back, ms. */
const AT_ONCE = 5_000;

/** Notices: every one arrived or is known not to have, once or marked, with its lateness, by the rules of sending. */
export async function noticesAreRight(evidence: Evidence): Promise<readonly string[]> {
  const wrong: string[] = [];
  const attempts = attemptsByKey(evidence.world.peers);
  const recorded = await recordedDeliveries(evidence);
  for (const notice of evidence.notices) {
    const { key, state } = notice;
    const mine = attempts.get(key) ?? [];
    const posts = mine.filter(({ attempt }) => attempt.kind === 'post');
    if (state !== 'sent' && state !== 'dead') wrong.push(`${key} is still ${state}`);
    if (state === 'dead' && !mayBeDead(notice)) wrong.push(`${key} was given up: ${notice.reason}`);
    const isOurs = evidence.world.peers.some((peer) => isWith(notice, peer));
    const replaced = /^(?<of>.*):(?:back|settled)$/u.exec(key)?.groups?.['of'];
    if (replaced !== undefined) {
      if (state === 'sent' && isOurs && !isReplaced(replaced, evidence.world.peers))
        wrong.push(`${key} replaced nothing`);
      continue;
    }
    const arrived = posts.filter(({ attempt }) => attempt.arrived);
    if (state === 'sent' && isOurs && arrived.length === 0) wrong.push(`${key} is sent and never arrived`);
    for (const [index, { attempt }] of arrived.slice(1).entries()) {
      const before = arrived[index]?.attempt;
      // Below a root that was deleted nobody reads any more; below the new one it stands once.
      if (before?.address === attempt.address && before.thread !== attempt.thread) continue;
      if (isDeletedAt(key, attempt.address, evidence.world.peers)) continue;
      if (!readBody(attempt.body).repeated && !overtook(before, attempt, evidence.world.machine))
        wrong.push(`${key} arrived ${arrived.length} times without a mark`);
    }
    if (notice.lane === REMINDER && notice.incident !== null) {
      const ends = recorded.get(key) ?? [];
      if (ends.length !== 1) wrong.push(`${key} is ${state} and on the record ${ends.length} times`);
      for (const end of ends) wrong.push(...saysWhatArrived(key, end, arrived.length > 0));
      wrong.push(...lateness(notice, posts));
    }
    wrong.push(...manners(key, mine, evidence.world.machine));
  }
  for (const peer of evidence.world.peers) wrong.push(...promptAfter(peer, attempts, evidence.world.machine));
  return wrong;
}

/** One that somebody deleted is not found before the next attempt, and nobody reads it twice. */
function isDeletedAt(of: string, at: string, peers: readonly Peer[]): boolean {
  return peers.some(({ messages }) =>
    messages.some(({ key, address, deleted }) => deleted && key === of && address === at),
  );
}

/** Messages that are taken back are edited in their place; nobody sees those that were deleted before. */
function isReplaced(key: string, peers: readonly Peer[]): boolean {
  return peers.some(({ messages, attempts, gone }) =>
    messages.some(
      ({ key: own, ref, deleted, address }) =>
        own === key &&
        (deleted || gone.has(address) || attempts.some((one) => one.kind === 'edit' && one.key === ref && one.arrived)),
    ),
  );
}

/**
 * The limit of what can be known: killed and the clock set ahead while the request was on its way, so that the next life
 * finds a lease that ran out and asks the platform before that has the message.
 */
function overtook(before: Attempt | undefined, attempt: Attempt, machine: Machine): boolean {
  if (!before || before.ended !== null || before.life === attempt.life) return false;
  return attempt.began - before.began < LEASE && machine.jumpedBetween(before.began, attempt.began);
}

interface At {
  readonly attempt: Attempt;
  readonly peer: Peer;
}

function attemptsByKey(peers: readonly Peer[]): ReadonlyMap<string, readonly At[]> {
  const all = peers.flatMap((peer) => peer.attempts.map((attempt) => ({ attempt, peer })));
  return Map.groupBy(
    all.filter(({ attempt }) => attempt.kind !== 'edit').sort((a, b) => a.attempt.began - b.attempt.began),
    ({ attempt }) => attempt.key,
  );
}

type Delivered = EventOf<'notice_delivered'>['payload'];

async function recordedDeliveries({ bot, incidents }: Evidence): Promise<ReadonlyMap<string, readonly Delivered[]>> {
  const all: Delivered[] = [];
  for (const id of incidents) {
    for (const { event } of await bot.store.events(id)) {
      if (event.type === 'notice_delivered' && event.payload.outcome !== 'delayed') all.push(event.payload);
    }
  }
  return Map.groupBy(all, ({ notice }) => notice);
}

/** A reminder that ended unsent and had arrived says that it may have; one that was only about to be sent may say so too. */
function saysWhatArrived(key: string, end: Delivered, arrived: boolean): readonly string[] {
  const isUnsent = end.outcome === 'superseded' || end.outcome === 'settled';
  return isUnsent && arrived && !end.mayHaveArrived ? [`${key} arrived and is on the record as ${end.outcome}`] : [];
}

/** Given up for good: the room or its place is no more, or there never was one; or late and not needed any more. */
function mayBeDead({ reason }: NoticeRow): boolean {
  return ['superseded', 'settled', 'room_removed', 'person_unreachable', 'chat_left', 'platform_off'].includes(
    reason ?? '',
  );
}

/** Whether it went to a simulated platform; the console's rooms are our own store. */
function isWith({ recipient }: NoticeRow, peer: Peer): boolean {
  const to: Destination = JSON.parse(recipient);
  const { platform } = peer.traits;
  if (to.kind === 'outside') return to.platform === platform;
  return to.kind === 'person' ? to.account.platform === platform : to.room.startsWith(`${platform}/`);
}

/** What goes out late says how late; what is in time does not claim to be late. */
function lateness(notice: NoticeRow, posts: readonly At[]): readonly string[] {
  return posts.flatMap(({ attempt, peer }, index) => {
    const before = posts[index - 1]?.attempt;
    // Who drops what they have gets it as it was; before a crash, that was another attempt of which nobody knows.
    if (before?.body === attempt.body || peer.traits.history === 'drops') return [];
    const late = attempt.wall - notice.dueAt;
    const said = readBody(attempt.body).late;
    if (late >= LATE + PLAY && said === null) return [`${notice.key} was ${late} ms late and did not say so`];
    if (late < LATE - PLAY && said !== null) return [`${notice.key} says it is late and is not`];
    if (said !== null && Math.abs(said * 1_000 - late) > PLAY)
      return [`${notice.key} says ${said} s, it was ${late} ms`];
    return [];
  });
}

/** When the message its thread hangs below was posted again since; 0 if it was there all the time. */
function rootAgain(peer: Peer, { address, began }: Attempt, since: number): number {
  const posts = peer.attempts.filter(
    (one) => one.kind === 'post' && one.address === address && /^surface:.*:status$/.test(one.key),
  );
  return posts.findLast(({ ended }) => ended !== null && ended > since && ended <= began)?.ended ?? 0;
}

/** What a platform that was away did not take goes out once it has answered anything. */
function promptAfter(peer: Peer, attempts: ReadonlyMap<string, readonly At[]>, machine: Machine): readonly string[] {
  const answers = peer.attempts.filter(
    ({ kind, outcome, reason }) =>
      kind !== 'find' && outcome !== null && outcome !== 'unknown' && reason !== 'unreachable',
  );
  return [...attempts].flatMap(([key, all]) => {
    const mine = all.filter((one) => one.peer === peer && one.attempt.kind === 'post').map(({ attempt }) => attempt);
    return mine.slice(1).flatMap((attempt, index) => {
      const before = mine[index];
      const { ended = null, life, reason } = before ?? {};
      if (ended === null || reason !== 'unreachable' || life !== attempt.life) return [];
      if (machine.jumpedBetween(ended, attempt.began)) return [];
      const sign = answers.find((one) => one.life === life && one.ended !== null && one.ended > ended);
      const waited = attempt.began - Math.max(sign?.ended ?? attempt.began, rootAgain(peer, attempt, ended));
      return waited > AT_ONCE ? [`${key} waited ${waited} ms although ${peer.traits.platform} was back`] : [];
    });
  });
}

/** The rules between one attempt and the next of the same key. */
function manners(key: string, mine: readonly At[], machine: Machine): readonly string[] {
  const posts = mine.filter(({ attempt }) => attempt.kind === 'post');
  return posts.slice(1).flatMap(({ attempt, peer }, index) => {
    const before = posts[index]?.attempt;
    if (!before || before.address !== attempt.address) return [];
    // A clock that is set runs a lease, or a time to wait, out at once; what may be a repetition still says so.
    const jumped = machine.jumpedBetween(before.began, attempt.began);
    // An answer that came in the moment of the kill was heard by nobody who lived to remember it.
    const wasHeard = before.ended === null || before.life === attempt.life || !machine.killedAt(before.ended);
    if (before.ended === null || before.ended > attempt.began) {
      // The end of the first was not seen. The next process looks at once: on this store nobody else can be sending.
      // What the first may still bring within its time is marked as possibly repeated, or looked for and not sent.
      if (before.life === attempt.life && !jumped) return [`${key} was sent twice at the same time`];
    } else if (before.retryAt !== null) {
      return attempt.wall < before.retryAt && !jumped && wasHeard ? [`${key} did not wait as it was told`] : [];
    } else if (before.outcome === 'sent') {
      if (before.life === attempt.life) return [`${key} was sent after it had been sent`];
    } else if (before.outcome === 'unknown') {
      if (attempt.wall - before.wall < GRACE && !jumped && wasHeard) return [`${key} did not wait after no answer`];
    } else return [];
    const { history } = peer.traits;
    const same = before.body === attempt.body;
    if (history === 'none') return readBody(attempt.body).repeated ? [] : [`${key} was sent again without a mark`];
    if (history === 'drops') return same ? [] : [`${key} was sent again in other words`];
    const looked = mine.some(
      ({ attempt: look }) =>
        look.kind === 'find' && look.outcome === 'absent' && look.began >= before.began && look.began <= attempt.began,
    );
    return looked ? [] : [`${key} was sent again without a look`];
  });
}
