import { roomFromId } from '../../incident/rooms.ts';
import { messageOf } from '../../ops/errors.ts';
import { InOrder } from '../../talk/in-order.ts';
import { sourceOf } from '../../talk/sources.ts';
import type { OpenThread } from '../../use-cases/ports.ts';
import { messageWritten } from './hear/events.ts';
import { permalink } from './hear/material.ts';
import { openPrivateRoom, renewPrivateRooms } from './hear/private-room.ts';
import { pinMessage, reactionAdded } from './hear/shortcuts.ts';
import type { SlackBot } from './hear/spots.ts';
import { WrongWorkspace } from './installation.ts';
import { PLATFORM } from './limits.ts';
import { pruneValues } from './render/values.ts';
import { pagesOf } from './send/api.ts';
import { backupPass } from './send/backups.ts';
import { SCOPES } from './setup/manifest.ts';
import { history } from './shapes.ts';
import type { SlackNeeds } from './workspace.ts';

const MINUTE = 60_000;
/** Interval (ms) at which the whole workspace is read again, in case an event was missed. */
const ROUND = 10 * MINUTE;
/** Interval (ms) of passes: two run before the last minute of a backup, in which Slack no longer deletes it. */
const BACKUPS = 30_000;
const TIDYING = 24 * 60 * MINUTE;
const ALIVE = 'alive';
/** Time (ms) for which a connection may be dead before it is noticed. */
const OVERLAP = 5 * MINUTE;
const LONGEST_GAP = 25 * 60 * MINUTE;
const THREADS_AFTER_GAP = 200;
const THREADS_EACH_ROUND = 20;

/** Margin (ms) for clock differences, and for events under way when the connection broke. */
const MARGIN = MINUTE;
/** Pause (ms) between calls: tier 3 allows 50 a minute, and half is left for look-ups that people wait for. */
const PAUSE = 2_400;
const PAGE = 200;

/** Range of messages to read again; `since` null: from the end of the last run. */
interface Missed {
  readonly since: number | null;
  readonly threads: number;
}

/** Background tasks without a request: our ids, catching up, backups, jobs, and the mark of the last run. */
export class Upkeep {
  readonly #bot: SlackBot;
  readonly #backups: SlackNeeds['backups'];
  /** Queues for the passes, and for catching up, which may take minutes; at most one catch-up waits. */
  readonly #queues = new InOrder();
  readonly #missed: Missed[] = [];
  #stopped = false;
  /** Message of the last failure; a repetition is not logged. */
  #failure = '';

  constructor(bot: SlackBot, backups: SlackNeeds['backups']) {
    this.#bot = bot;
    this.#backups = backups;
  }

  /** Waits once for Slack to identify the bot; while Slack is down the last known ids are used. */
  async start(): Promise<void> {
    const { jobs, log, after, clock } = this.#bot;
    await this.#introduce().catch((error: unknown) => {
      log.warn({ err: error }, 'Slack did not say who we are; trying again with the next round');
    });
    jobs.start((job) => (job.kind === 'pin' ? pinMessage(this.#bot, job) : openPrivateRoom(this.#bot, job)));
    this.#refresh();
    const round = async (): Promise<void> => {
      this.#introduceAgain();
      this.#refresh();
      this.#catchUpSoon({ since: clock.now() - ROUND, threads: THREADS_EACH_ROUND });
    };
    after.after(ROUND, () => after.every(ROUND, round));
    const backups = this.#backups;
    if (backups) after.every(BACKUPS, async () => this.#enqueue(() => backupPass({ ...this.#bot, backups })));
    after.every(TIDYING, async () => this.#enqueue(() => this.#tidy()));
  }

  /** Handles a new connection. `missedSince`: null for the first connection of this process. */
  connected(missedSince: number | null): void {
    this.#bot.returned(PLATFORM);
    this.#introduceAgain();
    this.#catchUpSoon({ since: missedSince, threads: THREADS_AFTER_GAP });
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    await this.idle();
  }
  idle(): Promise<void> {
    return this.#queues.idle();
  }

  async #introduce(): Promise<void> {
    const { directory, standing, log, returned } = this.#bot;
    const wasConfirmed = directory.isConfirmed;
    try {
      const scopes = await directory.introduce();
      standing.is('workspace', null);
      const missing = SCOPES.required.filter((scope) => scopes.length > 0 && !scopes.includes(scope));
      if (missing.length > 0) log.error({ missing }, 'the Slack app lacks scopes; run `npx jishi doctor`');
      if (!wasConfirmed) returned(PLATFORM);
    } catch (error) {
      if (error instanceof WrongWorkspace) standing.is('workspace', error.message);
      throw error;
    }
  }
  #introduceAgain(): void {
    const { botUser, isConfirmed } = this.#bot.directory;
    if (botUser === '' || !isConfirmed) this.#enqueue(() => this.#introduce());
  }

  #refresh(): void {
    const { app, directory } = this.#bot;
    this.#enqueue(() => directory.loadChannels());
    this.#enqueue(() => directory.people.renew(app, (account) => directory.knows(account)));
    this.#enqueue(() => renewPrivateRooms(this.#bot));
  }

  /** Schedules a catch-up, once channels are loaded; a waiting one is extended. */
  #catchUpSoon(missed: Missed): void {
    this.#missed.push(missed);
    const ready = this.#queues.run('rounds', async () => {});
    void this.#queues.run('catching up', async () => {
      await ready;
      const missed = this.#missed.splice(0);
      if (missed.length === 0 || this.#stopped) return;
      await this.#catchUp(missed).catch((error: unknown) => this.#bot.log.warn({ err: error }, 'not caught up'));
    });
  }

  async #catchUp(missed: readonly Missed[]): Promise<void> {
    const { clock, kept, directory } = this.#bot;
    // Threads of an unknown workspace cannot be found.
    if (directory.team === '') return;
    const now = clock.now();
    const alive = Number(await kept.get(ALIVE)) || Number.POSITIVE_INFINITY;
    const since = Math.min(...missed.map((one) => one.since ?? alive));
    const threads = Math.max(...missed.map((one) => one.threads));
    if (Number.isFinite(since)) await this.#readAgain(Math.max(since - OVERLAP, now - LONGEST_GAP), threads);
    if (!this.#stopped) await kept.put(ALIVE, String(now));
  }

  /**
   * Reads messages to the bot in threads of open incidents, newest threads first. They use the same handler and keys,
   * so messages that did arrive are not handled twice.
   */
  async #readAgain(since: number, threads: number): Promise<void> {
    const open = await this.#bot.threads.open(this.#bot.directory.place, threads);
    for (const [index, thread] of open.entries()) {
      if (index > 0) await pause(this.#bot);
      if (this.#stopped) return;
      try {
        await catchUpThread(this.#bot, thread, since - MARGIN);
      } catch (error) {
        this.#bot.log.warn({ err: error, incident: thread.incident }, 'a thread could not be caught up');
      }
    }
  }

  async #tidy(): Promise<void> {
    await pruneValues(this.#bot);
    await this.#bot.offered.prune();
    await this.#bot.directory.forget();
  }

  /** Queues work in order; a failure is logged and retried with the next pass. */
  #enqueue(work: () => Promise<void>): void {
    void this.#queues.run('rounds', async () => {
      if (this.#stopped) return;
      await work().catch((error: unknown) => {
        const failure = messageOf(error);
        if (failure !== this.#failure) this.#bot.log.warn({ err: error }, 'a round failed');
        this.#failure = failure;
      });
    });
  }
}

/** Reads a thread page by page, because a busy one has more than one page after an hour. */
async function catchUpThread(bot: SlackBot, { room, ref }: OpenThread, oldest: number): Promise<void> {
  const channel = roomFromId(room).address;
  const args = { channel, ts: ref, oldest: String(oldest / 1_000), limit: PAGE };
  for await (const page of pagesOf(bot.api, 'conversations.replies', args, history, () => pause(bot))) {
    for (const { metadata: _, reactions = [], ...said } of page.messages) {
      if (said.ts === ref || Number(said.ts) * 1_000 < oldest) continue;
      const team = bot.directory.team;
      bot.after.run((await messageWritten(bot, { channel, ...said, thread_ts: ref }, team)).after);
      if ((await sourceOf(bot.kept, permalink(bot, channel, said.ts))) !== null) continue;
      for (const { name: reaction, users } of reactions) {
        const item = { type: 'message', channel, ts: said.ts };
        const [user] = users;
        if (user !== undefined) await reactionAdded(bot, { user, reaction, item }, team);
      }
    }
  }
}

function pause(bot: SlackBot): Promise<void> {
  return new Promise((resolve) => {
    bot.clock.at(bot.clock.now() + PAUSE, resolve);
  });
}
