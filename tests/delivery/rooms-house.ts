import { createHash } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { onTestFinished } from 'vitest';
import { surfacesOf } from '../../src/conversation/cards/surfaces.ts';
import { documentTools } from '../../src/documents/render.ts';
import type { Command } from '../../src/incident/commands.ts';
import { type Room, roomId } from '../../src/incident/identity.ts';
import type { Organisation } from '../../src/incident/people/profile.ts';
import { evolve } from '../../src/incident/record/evolve.ts';
import type { IncidentState } from '../../src/incident/state.ts';
import { noFailpoints } from '../../src/ops/failpoints.ts';
import { createLogger } from '../../src/ops/logger.ts';
import { createMetrics } from '../../src/ops/metrics.ts';
import { randomIds } from '../../src/ops/system-clock.ts';
import type { TelephoneNeeds } from '../../src/platforms/shared/telephone.ts';
import { createSqliteStore, type SqliteStore } from '../../src/storage/sqlite/store.ts';
import type { Caller, Submitted } from '../../src/use-cases/app.ts';
import { createLinks, type Links } from '../../src/use-cases/directory/links.ts';
import type { Marked, Messenger, OutgoingMessage, PictureReader, SecondReader } from '../../src/use-cases/ports.ts';
import { type BotCore, build } from '../../src/wiring.ts';
import { regime } from '../conversation/story.ts';
import { ManualClock } from '../fakes/clock.ts';
import { newDataFolder, storeFile } from '../fakes/folder.ts';
import { knowing } from '../fakes/known-rooms.ts';
import { scenariosOf } from '../fakes/law.ts';
import { MemoryChat } from '../fakes/memory-chat.ts';

export const MINUTE = 60_000;
const room = (platform: string, address: string, more: Partial<Room> = {}): Room => ({
  ...{ platform, tenant: 't', address, location: 'home', language: 'en', open: false },
  ...more,
});
/** Two chats and the bot's own rooms. */
export const OPS = room('one', 'ops');
export const BERLIN = room('one', 'berlin', { location: 'abroad' });
export const GROUP = room('two', 'group', { language: 'zh-CN' });
export const OWN = room('own', 'main');

export const person = (id: string, at: Room): Caller => ({
  account: { platform: at.platform, tenant: 't', id },
  name: id,
  language: at.language,
  room: at,
});

type More = (needs: TelephoneNeeds) => readonly Messenger[];

/** One incident after another in several rooms of two chats, over real SQLite, on a clock that moves when told. */
export class RoomsHouse {
  readonly clock: ManualClock;
  readonly one = new MemoryChat('one');
  readonly two: MemoryChat;
  readonly own = new MemoryChat('own');
  readonly house: BotCore;
  /** Makes another instance over the same store. */
  readonly another: () => BotCore;
  readonly store: SqliteStore;
  readonly links: Links;
  readonly #folder: string;
  #key = 0;
  incident = '';
  /** The profile as it is now; a test may change it. */
  readonly organisation: { now: Organisation | null };
  /** Second reader: what it marks, by the text. */
  marks: (text: string) => readonly Marked[] = () => [];
  readonly reader: SecondReader & { isAbroad: boolean } = {
    model: 'stand-in',
    isAbroad: false,
    mark: async (text) => this.marks(text),
  };

  /** Text of a picture; null: it cannot be read. */
  picture: () => string | null = () => null;
  readonly pictures: PictureReader = { name: 'stand-in', read: async () => this.picture() };

  private constructor(
    folder: string,
    store: SqliteStore,
    clock: ManualClock,
    links: Links,
    organisation: { now: Organisation | null },
    once: boolean,
    make: (rooms: RoomsHouse) => BotCore,
  ) {
    this.two = new MemoryChat('two', once ? store.kept : null);
    this.#folder = folder;
    this.store = store;
    this.clock = clock;
    this.links = links;
    this.organisation = organisation;
    this.another = () => make(this);
    this.house = this.another();
  }

  /** `more`: further messengers, e.g. to telephones. */
  static async start(
    organisation: Organisation | null = null,
    more: More = () => [],
    own: readonly Room[] = [OWN],
  ): Promise<RoomsHouse> {
    const rooms = await RoomsHouse.open(organisation, false, more, own);
    onTestFinished(() => rooms.close());
    return rooms;
  }

  /** To be closed by who opens it. With `once` the second chat can edit and look up nothing. */
  static async open(
    given: Organisation | null = null,
    once = false,
    more: More = () => [],
    own: readonly Room[] = [OWN],
  ): Promise<RoomsHouse> {
    const organisation = { now: knowing(given, OPS, BERLIN, GROUP) };
    const folder = newDataFolder('rooms');
    const clock = new ManualClock('2026-03-31T09:42:00+08:00');
    const store = await createSqliteStore({ file: storeFile(folder), evolve, clock, ids: randomIds });
    const links = await createLinks({ kept: store.kept, ids: randomIds, clock, profile: () => organisation.now });
    const rooms = new RoomsHouse(folder, store, clock, links, organisation, once, (self) =>
      build({
        store,
        clock,
        ids: randomIds,
        regime,
        scenarios: scenariosOf,
        profile: () => organisation.now,
        links,
        kept: store.kept,
        messengers: [
          ...[self.one.messenger, self.two.messenger, self.own.messenger],
          ...more({ clock, ids: randomIds, kept: store.kept, profile: () => organisation.now, links }),
        ],
        defaultRooms: own,
        reader: self.reader,
        pictures: self.pictures,
        renderReport: ({ document, format, name }) => documentTools(null).render(document, format, name),
        log: createLogger('silent'),
        metrics: createMetrics(),
        fail: noFailpoints,
        afterTurn: queueMicrotask,
        readsRoom: (id, caller) => caller.room !== undefined && caller.room !== null && roomId(caller.room) === id,
      }),
    );
    rooms.house.start();
    await rooms.house.settle();
    return rooms;
  }

  async close(): Promise<void> {
    await this.house.stop();
    await this.store.close();
    await rm(this.#folder, { recursive: true, force: true });
  }

  async declare(title: string, at: Room = OPS, caller: Caller = person('li', at)): Promise<void> {
    const result = await this.house.app.declare({
      ...{ title, caller, room: at },
      ...this.delivery(),
    });
    if (result.kind !== 'done') throw new Error(JSON.stringify(result));
    this.incident = result.incident;
    await this.house.settle();
  }

  async state(): Promise<IncidentState> {
    const state = await this.store.incident(this.incident);
    if (!state) throw new Error('no incident');
    return state;
  }

  async do(intent: Command, who: Caller = person('li', OPS)): Promise<Submitted> {
    const { version } = await this.state();
    const result = await this.house.app.submit({
      ...{ incident: this.incident, intent, revision: version, caller: who, ...this.delivery() },
      // A room is added by somebody who acts in it.
      ...(intent.type === 'add_room' ? { room: intent.room } : who.room ? { room: who.room } : {}),
    });
    await this.house.settle();
    return result;
  }

  async must(intent: Command, who?: Caller): Promise<void> {
    const result = await this.do(intent, who);
    if (result.kind !== 'done') throw new Error(`${intent.type}: ${JSON.stringify(result.refusal)}`);
  }

  /** What two people decide: one proposes it, the other agrees. */
  async byTwo(intent: Command, who?: Caller, other: Caller = person('wang', GROUP)): Promise<void> {
    await this.must(intent, who);
    const open = (await this.state()).proposals.findLast(({ settled }) => settled === null);
    if (!open) throw new Error(`${intent.type} needs no second person`);
    await this.must({ type: 'second', proposal: open.id, agree: true }, other);
  }

  async say(line: string, who: Caller, incident: string | null = this.incident) {
    const reply = await this.house.app.text({
      line,
      incident,
      caller: who,
      room: who.room ?? null,
      ...this.delivery(),
    });
    await this.house.settle();
    return reply;
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

  /** The clock is further on at once, as after a machine slept. */
  async skip(ms: number): Promise<void> {
    this.clock.jumpTo(this.clock.now() + ms);
    await this.house.settle();
  }

  /** Time goes by in steps, what fell due within one at its end: hours of tries that all come to the same. */
  async stride(ms: number, step = MINUTE): Promise<void> {
    for (const target = this.clock.now() + ms; this.clock.now() < target; )
      await this.skip(Math.min(step, target - this.clock.now()));
  }

  /** Moves from timer to timer: hours in which nobody needs to see the countdown. */
  async follow(ms: number): Promise<void> {
    const target = this.clock.now() + ms;
    while (this.clock.now() < target) {
      const next = await this.store.timers.nextDueAt();
      this.clock.jumpTo(Math.max(this.clock.now() + 1, Math.min(next ?? target, target)));
      await this.house.settle();
    }
  }

  chat(platform: string): MemoryChat {
    return platform === 'one' ? this.one : platform === 'two' ? this.two : this.own;
  }

  /** Where a room differs from what the record says now, and what stands there twice. */
  async differences(): Promise<readonly string[]> {
    const state = await this.state();
    const wrong: string[] = [];
    for (const [id, at] of Object.entries(state.rooms)) {
      const chat = this.chat(at.platform);
      // Where nothing can be edited, no card follows the minutes.
      const stays = chat.messenger.canEdit === undefined;
      // Where one act makes one message, what stands behind the first card waits until somebody asks for it.
      const waits = (key: string): boolean =>
        chat.messenger.postsOnce === true &&
        !chat.tried.some((one) => one.key.startsWith(`surface:${this.incident}:${id}:${key}:`));
      const wanted = surfacesOf({ state, ia: this.house.engine.assess(state), regime }, at).filter(
        ({ ifPosted, apart, behind, key }) => !(ifPosted || (apart && stays) || (behind && waits(key))),
      );
      for (const { key, validUntil } of wanted) {
        const row = await this.store.surfaces.get(this.incident, id, key);
        // What was shown holds until it goes stale by itself: a countdown says what it said then.
        const shownAt = row?.shownAt ?? this.clock.now();
        const then = surfacesOf({ state, ia: this.house.engine.assess(state, shownAt), regime }, at);
        const shownThen = then.find((one) => one.key === key);
        const card = (stays ? shownThen?.joint : null) ?? shownThen?.card;
        if (
          !card ||
          (row?.refreshAt ?? Number.POSITIVE_INFINITY) < this.clock.now() ||
          (validUntil !== null && row?.refreshAt === null && !(stays && key === 'status'))
        ) {
          wrong.push(`${id} ${key} is stale`);
          continue;
        }
        const message = { incident: '', card, language: at.language, revision: 0, surface: key, ring: false };
        if (chat.messenger.news) {
          if (!this.#lastSays(chat, `surface:${this.incident}:${id}:${key}:`, message))
            wrong.push(`${id} ${key} is not the newest`);
          continue;
        }
        const shown = chat.messages.find((one) => one.ref === row?.ref);
        if (shown?.body !== chat.messenger.render(message)) wrong.push(`${id} ${key} is not what it should be`);
      }
    }
    for (const chat of [this.one, this.two, this.own]) {
      wrong.push(...twice(chat));
    }
    return wrong;
  }

  /** The last post of a surface is of what is news now, and arrived, unless not even a second try had an answer. */
  #lastSays(chat: MemoryChat, row: string, message: OutgoingMessage): boolean {
    const hash = createHash('sha256')
      .update(chat.messenger.news?.(message) ?? '')
      .digest('hex');
    const last = chat.tried.findLast(({ key, fate }) => key.startsWith(row) && fate !== 'refused');
    return last?.key === `${row}${hash}` && (last.fate === 'arrived' || last.repeated);
  }

  delivery() {
    this.#key += 1;
    return { delivery: { platform: 'test', key: `k${this.#key}`, body: String(this.#key) } };
  }
}

/** What stands somewhere twice without saying so. */
function twice({ messages, tried, messenger }: MemoryChat): readonly string[] {
  const place = ({ address, key }: { address: string; key: string }): string => `${address} ${key}`;
  if (messenger.canEdit) {
    const keys = messages.map(place);
    return keys.flatMap((key, index) => (keys.indexOf(key) < index ? [`${key} stands there twice`] : []));
  }
  // Where nothing can be edited, a card that was so before may become so again: not twice one after the other, though.
  const row = (at: string): string => (at.includes(' surface:') ? at.replace(/:[^:]*$/, '') : at);
  const last = new Map<string, string>();
  return tried.flatMap((one) => {
    if (one.fate === 'refused') return [];
    const at = place(one);
    const doubled = last.get(row(at)) === at && !one.repeated;
    last.set(row(at), at);
    return doubled ? [`${at} stands there twice`] : [];
  });
}
