import { roomFromId } from '../../incident/rooms.ts';
import { messageOf } from '../../ops/errors.ts';
import { InOrder } from '../../talk/in-order.ts';
import type { OpenThread } from '../../use-cases/ports.ts';
import { history, PLATFORM } from './api-shapes.ts';
import { introduceAll } from './intake/acquaintance.ts';
import type { Intake, Job } from './intake/context.ts';
import { keepFile } from './intake/evidence.ts';
import { sourceOf } from './intake/material.ts';
import { messageWritten } from './intake/messages.ts';
import { openPrivateRoom, openRoom, wantsPrivateRoom, welcome } from './intake/private-room.ts';
import { pinMessage, reactionAdded } from './intake/shortcuts.ts';
import { pruneValues } from './kept-values.ts';
import type { SlackNeeds } from './platform.ts';
import { pagesOf, slackError } from './send/api.ts';
import { backupPass } from './send/backups.ts';
import { FATAL_AUTH } from './send/outcome.ts';
import { SCOPES } from './setup/manifest.ts';

const MINUTE = 60_000;
/** The whole workspace again, in case an event was missed. */
const ROUND = 10 * MINUTE;
const BACKUPS = MINUTE;
const TIDYING = 24 * 60 * MINUTE;
const ALIVE = 'alive';
/** A connection may be dead for a while before it is noticed. */
const OVERLAP = 5 * MINUTE;
const LONGEST_GAP = 25 * 60 * MINUTE;
const THREADS_AFTER_GAP = 200;
const THREADS_EACH_ROUND = 20;

/** Slack's clock and ours, and events that were on their way when the connection broke. */
const MARGIN = 60_000;
/** Tier 3 allows 50 a minute; half of it is left for look-ups that people wait for. */
const PAUSE = 2_400;
const PAGE = 200;

/** Range of messages to read again. */
interface Missed {
  /** Null: since the process last lived. */
  readonly since: number | null;
  readonly threads: number;
}

/**
 * Background tasks without a request: loading our identity, catching up, backups, jobs, and the mark of the last time
 * this process ran.
 */
export class Upkeep {
  readonly #intake: Intake;
  readonly #backups: SlackNeeds['backups'];
  /** Rounds, and beside them catching up, which takes minutes with many threads: of that, what waits is one. */
  readonly #queues = new InOrder();
  #missed: Missed | null = null;
  #stopped = false;
  /** Message of the last failure: the same one again is not logged. */
  #failure = '';

  constructor(intake: Intake, backups: SlackNeeds['backups']) {
    this.#intake = intake;
    this.#backups = backups;
  }

  /** Waits for Slack to say who we are, once; while it is down we go on with what we knew. */
  async start(): Promise<void> {
    const { jobs, directory, log } = this.#intake;
    try {
      const scopes = await directory.introduce();
      const missing = SCOPES.required.filter((scope) => scopes.length > 0 && !scopes.includes(scope));
      if (missing.length > 0) log.error({ missing }, 'the Slack app lacks scopes; run `npx jishi doctor`');
    } catch (error) {
      const code = slackError(error);
      if (code !== null && FATAL_AUTH.has(code)) {
        this.#intake.end(code);
        return;
      }
      log.warn({ err: error }, 'Slack did not say who we are; trying again with the next round');
    }
    jobs.start((job) => this.#do(job));
    this.#enqueue(() => directory.loadChannels());
    this.#enqueue(() => introduceAll(this.#intake));
    this.#enqueue(() => this.#privateRooms());
    const { after } = this.#intake;
    after.after(ROUND, () => after.every(ROUND, async () => this.#enqueue(() => this.#round())));
    const backups = this.#backups;
    if (backups) after.every(BACKUPS, async () => this.#enqueue(() => backupPass({ ...this.#intake, backups })));
    after.every(TIDYING, async () => this.#enqueue(() => this.#tidy()));
  }

  /** A connection is up. Null: for the first time in this process. */
  connected(missedSince: number | null): void {
    this.#intake.returned(PLATFORM);
    this.#catchUpSoon({ since: missedSince, threads: THREADS_AFTER_GAP });
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    await this.idle();
  }
  idle(): Promise<void> {
    return this.#queues.idle();
  }

  async #round(): Promise<void> {
    const { directory, clock } = this.#intake;
    if (directory.botUser === '') await directory.introduce();
    await directory.loadChannels();
    await introduceAll(this.#intake);
    await this.#privateRooms();
    this.#catchUpSoon({ since: clock.now() - ROUND, threads: THREADS_EACH_ROUND });
  }

  /** One that has not begun yet takes in the next. */
  #catchUpSoon(missed: Missed): void {
    const waiting = this.#missed;
    this.#missed = waiting ? together(waiting, missed) : missed;
    if (waiting) return;
    // Channels are known before anything is read in them.
    const ready = this.#queues.run('rounds', async () => {});
    void this.#queues.run('catching up', async () => {
      await ready;
      const next = this.#missed;
      this.#missed = null;
      if (next === null || this.#stopped) return;
      await this.#catchUp(next).catch((error: unknown) => this.#intake.log.warn({ err: error }, 'not caught up'));
    });
  }

  async #catchUp(missed: Missed): Promise<void> {
    const { clock, kept } = this.#intake;
    const now = clock.now();
    const alive = Number(await kept.get(ALIVE));
    const since = missed.since ?? (alive > 0 ? alive : null);
    if (since !== null) await this.#readAgain(Math.max(since - OVERLAP, now - LONGEST_GAP), missed.threads);
    if (!this.#stopped) await kept.put(ALIVE, String(now));
  }

  /**
   * Reads messages to the bot in the threads of open incidents, the newest threads first. They go through the same handler
   * under the same keys, so messages that did arrive are not handled twice.
   */
  async #readAgain(since: number, threads: number): Promise<void> {
    const open = await this.#intake.threads.open(PLATFORM, threads);
    for (const [index, thread] of open.entries()) {
      if (index > 0) await pause(this.#intake);
      if (this.#stopped) return;
      try {
        await catchUpThread(this.#intake, thread, since - MARGIN);
      } catch (error) {
        this.#intake.log.warn({ err: error, incident: thread.incident }, 'a thread could not be caught up');
      }
    }
  }

  async #tidy(): Promise<void> {
    await pruneValues(this.#intake);
    await this.#intake.offered.prune();
    await this.#intake.directory.forget();
  }

  /** Incidents that should have moved before the process ended; people who joined one elsewhere than in Slack. */
  async #privateRooms(): Promise<void> {
    const { threads, app, jobs } = this.#intake;
    for (const { incident, room } of await threads.open(PLATFORM, THREADS_AFTER_GAP)) {
      const state = await app.state(incident, 'api');
      if (!state) continue;
      await welcome(this.#intake, state);
      if (!wantsPrivateRoom(this.#intake, state)) continue;
      const channel = openRoom(state)?.address ?? roomFromId(room).address;
      await jobs.add(`private:${incident}`, { kind: 'private', incident, channel });
    }
  }

  async #do(job: Job): Promise<void> {
    switch (job.kind) {
      case 'pin':
        return pinMessage(this.#intake, job);
      case 'private':
        return openPrivateRoom(this.#intake, job);
      case 'file':
        return keepFile(this.#intake, job);
    }
  }

  /** Queues work, one after the other; a failure is logged and retried with the next round. */
  #enqueue(work: () => Promise<void>): void {
    void this.#queues.run('rounds', async () => {
      if (this.#stopped) return;
      await work().catch((error: unknown) => {
        const failure = messageOf(error);
        if (failure !== this.#failure) this.#intake.log.warn({ err: error }, 'a round failed');
        this.#failure = failure;
      });
    });
  }
}

function together(one: Missed, other: Missed): Missed {
  const threads = Math.max(one.threads, other.threads);
  const since = one.since === null || other.since === null ? null : Math.min(one.since, other.since);
  return { since, threads };
}

/** Page by page: a thread in which many talk has more than one page after an hour. */
async function catchUpThread(intake: Intake, { room, ref }: OpenThread, oldest: number): Promise<void> {
  const channel = roomFromId(room).address;
  const args = { channel, ts: ref, oldest: String(oldest / 1_000), limit: PAGE };
  for await (const page of pagesOf(intake.api, 'conversations.replies', args, history, () => pause(intake))) {
    for (const { metadata: _, reactions = [], ...said } of page.messages) {
      if (said.ts === ref || Number(said.ts) * 1_000 < oldest) continue;
      const team = intake.directory.team;
      intake.after.run((await messageWritten(intake, { channel, ...said, thread_ts: ref }, team)).after);
      if ((await sourceOf(intake, channel, said.ts)) !== null) continue;
      for (const { name: reaction, users } of reactions) {
        const item = { type: 'message', channel, ts: said.ts };
        const [user] = users;
        if (user !== undefined) await reactionAdded(intake, { user, reaction, item }, team);
      }
    }
  }
}

function pause(intake: Intake): Promise<void> {
  return new Promise((resolve) => {
    intake.clock.at(intake.clock.now() + PAUSE, resolve);
  });
}
