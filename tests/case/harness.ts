import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { localiseCard } from '../../src/conversation/cards/localise.ts';
import { closingNeeds } from '../../src/incident/closing.ts';
import type { Command } from '../../src/incident/commands.ts';
import type { Room } from '../../src/incident/identity.ts';
import type { Organisation } from '../../src/incident/people/profile.ts';
import { evolve } from '../../src/incident/record/evolve.ts';
import type { IncidentState } from '../../src/incident/state.ts';
import { formatStep } from '../../src/incident/steps.ts';
import { noFailpoints } from '../../src/ops/failpoints.ts';
import { createLogger } from '../../src/ops/logger.ts';
import { createMetrics } from '../../src/ops/metrics.ts';
import { randomIds } from '../../src/ops/system-clock.ts';
import { owedReports } from '../../src/report/updates.ts';
import { createSqliteStore, type SqliteStore } from '../../src/storage/sqlite/store.ts';
import type { Clock, Mention, Messenger, Place, SendOutcome, Store } from '../../src/use-cases/ports.ts';
import { type BotCore, build } from '../../src/wiring.ts';
import { ManualClock } from '../fakes/clock.ts';
import { newDataFolder } from '../fakes/folder.ts';
import { knowing } from '../fakes/known-rooms.ts';
import { regime, scenariosOf } from '../fakes/law.ts';

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;
export const START = Date.parse('2026-03-31T09:42:00+08:00');
export const ROOM: Room = {
  platform: 'chat',
  tenant: 't',
  address: 'ops',
  location: 'home',
  language: 'en',
  open: false,
};

export { regime };

export interface Posted {
  readonly ref: string;
  readonly place: Place;
  readonly key: string;
  readonly at: number;
  readonly ring: boolean;
  readonly mention: Mention;
  readonly lateSeconds: number;
  readonly repeated: boolean;
  readonly card: ReturnType<typeof localiseCard>;
}

/** A chat in memory that keeps what was posted. `answer` may change what a post comes to. */
export class Chat {
  readonly posts: Posted[] = [];
  readonly edits: { readonly ref: string; readonly at: number }[] = [];
  answer: (place: Place, key: string) => SendOutcome | Promise<SendOutcome> | null = () => null;
  reachable: (person: string) => boolean = () => true;
  readonly messenger: Messenger;

  constructor(clock: ManualClock) {
    const sent = (place: Place, body: string, key: string): SendOutcome => {
      const ref = `m${this.posts.length + 1}`;
      this.posts.push({ ref, place, key, at: clock.now(), ...JSON.parse(body) });
      return { kind: 'sent', ref };
    };
    this.messenger = {
      platform: 'chat',
      render: (message) =>
        JSON.stringify({
          ring: message.ring,
          mention: message.mention ?? [],
          lateSeconds: message.late?.seconds ?? 0,
          repeated: message.possiblyRepeated ?? false,
          card: localiseCard(message.card, message.language),
        }),
      post: async (place, body, key) => (await this.answer(place, key)) ?? sent(place, body, key),
      canEdit: {
        perMinute: 100_000,
        edit: async (place, ref) => {
          const answer = await this.answer(place, `surface:edit:${ref}`);
          if (answer) return answer;
          this.edits.push({ ref, at: clock.now() });
          return { kind: 'sent', ref };
        },
      },
      canFind: {
        find: async (_place, key) => {
          const found = this.posts.find((post) => post.key === key);
          return found ? { kind: 'found', ref: found.ref } : { kind: 'absent' };
        },
      },
      canMessagePeople: {
        direct: async (account) =>
          this.reachable(account.id) ? { tenant: account.tenant, address: `dm:${account.id}`, thread: null } : null,
      },
    };
  }
}

export interface Heard {
  readonly step: string;
  /** `dm:<person>`, `thread` or `room` (the room rings). */
  readonly where: string;
  /** Minutes since the incident was declared, wall time. */
  readonly minute: number;
  readonly lateSeconds: number;
}

export type CaseStore = Store & Pick<SqliteStore, 'kept' | 'close'>;
/** Opens what the case is recorded in, on the clock of the case. */
export type OpenCaseStore = (clock: Clock) => Promise<CaseStore>;

export interface DrivenOptions {
  readonly organisation?: Organisation;
  readonly at?: number;
  readonly others?: readonly Messenger[];
  /** The bot's own rooms, where an incident goes on when chat is left. */
  readonly ownRooms?: readonly Room[];
  readonly openStore?: OpenCaseStore;
}

/** The whole house over a real store, SQLite unless told otherwise, on a clock that moves when told. */
export class Driven {
  readonly clock: ManualClock;
  readonly chat: Chat;
  readonly #folder: string;
  readonly #organisation: Organisation | null;
  readonly #others: readonly Messenger[];
  readonly #ownRooms: readonly Room[];
  #house: BotCore | null = null;
  #store: CaseStore | null = null;
  #sqlite: SqliteStore | null = null;
  readonly #openStore: OpenCaseStore | null;
  #key = 0;
  incident = '';

  private constructor(folder: string, options: DrivenOptions) {
    this.#folder = folder;
    this.#organisation = knowing(options.organisation ?? null, ROOM);
    this.#others = options.others ?? [];
    this.#ownRooms = options.ownRooms ?? [];
    this.#openStore = options.openStore ?? null;
    this.clock = new ManualClock(options.at ?? START);
    this.chat = new Chat(this.clock);
  }

  static async start(options: DrivenOptions = {}): Promise<Driven> {
    const folder = newDataFolder('case');
    const driven = new Driven(folder, options);
    await driven.open();
    onTestFinished(async () => {
      await driven.close();
      await rm(folder, { recursive: true, force: true });
    });
    return driven;
  }

  /** `first` runs before the loops begin, as it does in the program. */
  async open({ first }: { first?: (house: BotCore, store: CaseStore) => Promise<unknown> } = {}): Promise<void> {
    const store = await (this.#openStore?.(this.clock) ?? this.#openSqlite());
    this.#store = store;
    this.#house = build({
      store,
      clock: this.clock,
      ids: randomIds,
      regime,
      scenarios: scenariosOf,
      profile: () => this.#organisation,
      messengers: [this.chat.messenger, ...this.#others],
      defaultRooms: this.#ownRooms,
      renderReport: () => Promise.reject(new Error('not used')),
      log: createLogger('silent'),
      metrics: createMetrics(),
      fail: noFailpoints,
      readsRoom: () => true,
    });
    await first?.(this.#house, store);
    this.#house.start();
    await this.#house.settle();
  }

  async #openSqlite(): Promise<CaseStore> {
    const options = { file: this.file, evolve, clock: this.clock, ids: randomIds };
    this.#sqlite = await createSqliteStore(options);
    return this.#sqlite;
  }

  async close(): Promise<void> {
    await this.#house?.stop();
    await this.#store?.close();
  }

  get folder(): string {
    return this.#folder;
  }
  get file(): string {
    return join(this.#folder, 'jishi.sqlite');
  }
  get house(): BotCore {
    if (!this.#house) throw new Error('not open');
    return this.#house;
  }
  get record(): CaseStore {
    if (!this.#store) throw new Error('not open');
    return this.#store;
  }
  get store(): SqliteStore {
    if (!this.#sqlite) throw new Error('not open, or not SQLite');
    return this.#sqlite;
  }

  async state(): Promise<IncidentState> {
    const state = await this.record.incident(this.incident);
    if (!state) throw new Error('no incident');
    return state;
  }

  /** A post that arrives although nobody hears of it. */
  arrives(place: Place, key: string): void {
    this.chat.posts.push({
      ...{
        ref: 'arrived',
        place,
        key,
        at: this.clock.now(),
        ring: false,
        mention: [],
        lateSeconds: 0,
        repeated: false,
      },
      card: { tone: 'running', drill: false, title: '', summary: '', blocks: [] },
    });
  }

  /** The chat says that it is connected. */
  returned(): void {
    this.house.returned(this.chat.messenger.platform);
  }

  /** Moves the clock, stopping wherever somebody waits for it, until everything of the way is done. */
  async pass(ms: number): Promise<void> {
    const target = this.clock.now() + ms;
    for (;;) {
      const next = this.clock.next();
      this.clock.advance(Math.max(0, Math.min(next ?? target, target) - this.clock.now()));
      await this.house.settle();
      if (this.clock.now() >= target && (this.clock.next() ?? Number.POSITIVE_INFINITY) > target) return;
    }
  }

  /** Moves from timer to timer: days in which nobody needs to see the countdown. */
  async follow(ms: number): Promise<void> {
    const target = this.clock.now() + ms;
    while (this.clock.now() < target) {
      const next = await this.record.timers.nextDueAt();
      this.clock.jumpTo(Math.max(this.clock.now() + 1, Math.min(next ?? target, target)));
      await this.house.settle();
    }
  }

  /** Time goes by in steps, what fell due within one at its end: hours of tries that all come to the same. */
  async stride(ms: number, step = MINUTE): Promise<void> {
    for (const target = this.clock.now() + ms; this.clock.now() < target; )
      await this.sleep(Math.min(step, target - this.clock.now()));
  }

  /** Time goes by while the bot is not running. */
  async sleepClosed(ms: number): Promise<void> {
    this.clock.jumpTo(this.clock.now() + ms);
  }

  /** The machine was off, or asleep, for this long. */
  async sleep(ms: number): Promise<void> {
    this.clock.jumpTo(this.clock.now() + ms);
    await this.house.settle();
  }

  async declare(
    input: { drill?: boolean; speed?: number; scenario?: string; by?: string; title?: string } = {},
  ): Promise<void> {
    const { by = 'li', title = 'Payment data', ...drill } = input;
    const result = await this.house.app.declare({
      ...drill,
      title,
      caller: caller(by),
      room: ROOM,
      ...this.#delivery(),
    });
    if (result.kind !== 'done') throw new Error(`declare: ${JSON.stringify(result)}`);
    this.incident = result.incident;
    await this.house.settle();
  }

  /** Attaches a file; answers its SHA-256. */
  async attach(name: string, content: string, by = 'li'): Promise<string> {
    const result = await this.house.app.attach({
      incident: this.incident,
      name,
      mediaType: 'message/rfc822',
      content: new TextEncoder().encode(content),
      caller: caller(by),
      ...this.#delivery(),
    });
    if (result.kind !== 'done') throw new Error(`${name}: ${JSON.stringify(result)}`);
    await this.house.settle();
    return result.state.evidence.at(-1)?.file ?? '';
  }

  async say(intent: Command, by = 'li'): Promise<void> {
    const { version } = await this.state();
    const result = await this.house.app.submit({
      incident: this.incident,
      intent,
      revision: version,
      caller: caller(by),
      ...this.#delivery(),
    });
    if (result.kind !== 'done') throw new Error(`${intent.type}: ${JSON.stringify(result)}`);
    await this.house.settle();
  }

  /** Answers what stands in the way of closing, duties without a time limit as not owed. */
  async answerRest(): Promise<void> {
    const state = await this.state();
    const ia = this.house.engine.assess(state);
    const needs = closingNeeds(state, ia, owedReports({ state, ia, regime: ia.regime }));
    for (const need of needs) {
      if (need === 'awareness') await this.say({ type: 'confirm_awareness', candidate: 'a1', reason: 'own alarm' });
      // The law knows no exemption from telling the authority.
      else if (need === 'pipl.art57.authority')
        await this.say({
          type: 'record_filing',
          obligation: need,
          channel: 'own_contact',
          at: new Date(this.clock.now()).toISOString(),
          otherChannel: 'told together with the report',
        });
      else {
        await this.say({ type: 'not_owed', obligation: need, reason: 'told together with the report' });
        await this.agree('zhao');
      }
    }
  }

  /** A second person agrees to what was proposed last, if anything waits. */
  async agree(by: string): Promise<void> {
    const open = (await this.state()).proposals.findLast(({ settled }) => settled === null);
    if (open) await this.say({ type: 'second', proposal: open.id, agree: true }, by);
  }

  /** An incident whose one certain clock runs four hours from its declaration. */
  async fourHours(input: Parameters<Driven['declare']>[0] = {}): Promise<void> {
    await this.declare(input);
    await this.say({ type: 'answer', fact: 'operator', value: 'other' });
    await this.say({ type: 'answer', fact: 'personal_info_people', value: 1_200_000 });
  }

  /** Reminders that reached somebody, in order. */
  async heard(): Promise<readonly Heard[]> {
    const { reminders, declared } = await this.state();
    return this.chat.posts.flatMap((post) => {
      const [id, version] = post.key.split(':');
      const reminder = reminders.find((r) => id === this.incident && r.version === Number(version));
      if (!reminder) return [];
      const inRoom = post.ring ? 'room' : 'thread';
      return [
        {
          step: formatStep(reminder.step),
          where: post.place.address === ROOM.address ? inRoom : post.place.address,
          minute: (post.at - Date.parse(declared.at)) / MINUTE,
          lateSeconds: post.lateSeconds,
        },
      ];
    });
  }

  #delivery() {
    this.#key += 1;
    return { delivery: { platform: 'chat', key: `k${this.#key}`, body: String(this.#key) } };
  }
}

export function caller(name: string) {
  return { account: { platform: 'chat', tenant: 't', id: name }, name, language: 'en' } as const;
}

export const iso = (instant: number): string => new Date(instant).toISOString();
export const said = (heard: readonly Heard[]): string[] => heard.map((h) => `${h.minute} ${h.step} ${h.where}`);
export const CHANNEL = 'hotline_12387';

/** The ladder of a four-hour clock up to an hour overdue; everybody who owes something hears every step. */
export const LADDER = [
  '120 half dm:li',
  '180 m60 dm:li',
  '210 m30 dm:li',
  '210 m30 thread',
  '225 m15 dm:li',
  '235 m5 dm:li',
  '235 m5 thread',
  '240 due dm:li',
  '240 due room',
  '255 late15 dm:li',
  '255 late15 thread',
];
