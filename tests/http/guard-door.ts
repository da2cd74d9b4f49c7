import type { Command } from '../../src/incident/commands.ts';
import type { IncidentAssessment } from '../../src/incident/facts/assessment.ts';
import type { OwedObligation } from '../../src/incident/facts/owed.ts';
import type { Account, Room } from '../../src/incident/identity.ts';
import type { Organisation } from '../../src/incident/people/profile.ts';
import type { IncidentState } from '../../src/incident/state.ts';
import type { Caller } from '../../src/use-cases/app.ts';
import { ManualClock } from '../fakes/clock.ts';
import { type RunningHouse, startHouse } from '../fakes/house.ts';
import { Client, json, signIn } from '../fakes/http-client.ts';
import { knowing } from '../fakes/known-rooms.ts';
import { MemoryChat } from '../fakes/memory-chat.ts';
import { room } from '../incident/bench-rooms.ts';
import { group } from '../incident/guard-case.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
export const OPS = room('slack', 'ops');
export const answer = (fact: string, value: Extract<Command, { type: 'answer' }>['value']): Command => ({
  type: 'answer',
  fact,
  value,
});

/** A person of the profile in chat, in the room of the incident. */
export const inChat = (id: string, at: Room | null = OPS): Caller => ({
  ...{ account: chatAccount(id), name: id, language: 'zh-CN' },
  room: at,
});
const chatAccount = (id: string): Account => ({ platform: 'slack', tenant: 't', id });

function reachable(organisation: Organisation | null): Organisation | null {
  const known = knowing(organisation, OPS);
  const both = known?.people.map((one) => ({ ...one, accounts: [...one.accounts, chatAccount(one.id)] }));
  return known && { ...known, people: both ?? [] };
}

/** The whole bot with its API, a chat and its timers, on a clock that moves when told; one incident after another. */
export class Doors {
  readonly clock: ManualClock;
  readonly chat: MemoryChat;
  readonly #start: () => Promise<RunningHouse>;
  #running: RunningHouse;
  readonly #profile: { organisation: Organisation | null };
  readonly #sessions = new Map<string, { readonly client: Client; readonly until: number }>();
  #token: Client | null = null;
  #keys = 0;

  private constructor(
    parts: Pick<Doors, 'clock' | 'running' | 'chat' | 'profile'>,
    start: () => Promise<RunningHouse>,
  ) {
    this.clock = parts.clock;
    this.#running = parts.running;
    this.chat = parts.chat;
    this.#profile = parts.profile;
    this.#start = start;
  }

  /** Opens the bot; `dataDir`: a folder of the caller's, which a restart needs. */
  static async open(dataDir?: string): Promise<Doors> {
    const clock = new ManualClock('2026-03-31T09:42:00+08:00');
    const chat = new MemoryChat('slack');
    const profile = { organisation: reachable(group()) };
    const start = () =>
      startHouse({
        ...(dataDir === undefined ? {} : { dataDir }),
        organisation: group(),
        profile: () => profile.organisation,
        clock,
        listeners: () => [chat.messenger],
        readsRoom: (id, caller) => id === 'slack/t/ops' && caller.account.platform === 'slack',
      });
    return new Doors({ clock, running: await start(), chat, profile }, start);
  }

  get running(): RunningHouse {
    return this.#running;
  }

  /** Stops the bot and starts it again on the same store; people sign in again. */
  async restart(): Promise<void> {
    await this.#running.stop();
    this.#running = await this.#start();
    this.#sessions.clear();
    this.#token = null;
  }

  get profile(): { organisation: Organisation | null } {
    return this.#profile;
  }

  /** The profile that new incidents get. */
  use(organisation: Organisation | null): void {
    this.#profile.organisation = reachable(organisation);
    // Whoever signed in under another profile does so again.
    this.#sessions.clear();
  }

  async client(who: string): Promise<Client> {
    if (who === 'api') return this.#token ?? this.#newToken();
    const known = this.#sessions.get(who);
    if (known && known.until > this.clock.now()) return known.client;
    const client = await signIn(new Client(this.running), who);
    this.#sessions.set(who, { client, until: this.clock.now() + HOUR });
    return client;
  }

  async #newToken(): Promise<Client> {
    const operator = await this.client('anna');
    const made = await json(
      await operator.post('/api/v1/access/tokens', { name: 'robot', scopes: ['read', 'answer'] }),
    );
    this.#token = new Client(this.running, { authorization: `Bearer ${made.token}` });
    return this.#token;
  }

  delivery(): { readonly platform: string; readonly key: string; readonly body: string } {
    this.#keys += 1;
    return { platform: 'slack', key: `k${this.#keys}`, body: String(this.#keys) };
  }

  async settle(): Promise<void> {
    await this.running.house.settle();
  }

  /** Declared by the lead through the API, of a system of the profile. */
  async declared(system?: string): Promise<Played> {
    const client = await this.client('li');
    const { id } = await json(await client.post('/api/v1/incidents', { title: `数据泄露 ${this.delivery().key}` }));
    const played = new Played(this, id);
    await played.look();
    if (system !== undefined) await played.must('li', answer('system', system));
    for (const who of ['chen', 'sun', 'zhao']) await played.must(who, { type: 'add_note', text: 'here' });
    return played;
  }
}

/** One incident, and what came of it so far. */
export class Played {
  readonly id: string;
  readonly doors: Doors;
  #state: IncidentState | null = null;

  constructor(doors: Doors, id: string) {
    this.doors = doors;
    this.id = id;
  }

  get current(): IncidentState {
    if (!this.#state) throw new Error('not looked at');
    return this.#state;
  }

  get now(): number {
    return this.doors.clock.now();
  }

  assess(): IncidentAssessment {
    return this.doors.running.house.engine.assess(this.current, this.now);
  }

  async look(): Promise<void> {
    this.#state = await this.doors.running.store.incident(this.id);
  }

  /** Shown in the room of the chat as well, by the lead who writes there. */
  async inOps(): Promise<void> {
    const { app } = this.doors.running.house;
    const intent = { type: 'add_room', room: OPS } as const;
    const asked = { incident: this.id, intent, revision: this.current.version, delivery: this.doors.delivery() };
    await app.submit({ ...asked, caller: inChat('li'), room: OPS });
    await this.look();
  }

  /** Through the API, with the session of a person or (`api`) a token: `done`, or the code of the refusal. */
  async do(who: string, intent: Command): Promise<string> {
    const client = await this.doors.client(who);
    const path = `/api/v1/incidents/${this.id}/intents`;
    const response = await client.post(path, { intent, revision: this.#state?.version ?? 0 });
    const said = await json(response);
    await this.look();
    return response.ok ? 'done' : String(said['code']);
  }

  async must(who: string, intent: Command): Promise<void> {
    const code = await this.do(who, intent);
    if (code !== 'done') throw new Error(`${intent.type}: ${code}`);
  }

  /** Agrees to what was proposed last. */
  async agreed(by = 'zhao'): Promise<string> {
    const open = this.current.proposals.findLast(({ settled }) => settled === null);
    return open ? this.do(by, { type: 'second', proposal: open.id, agree: true }) : 'nothing waits';
  }

  async pass(minutes: number): Promise<void> {
    this.doors.clock.jumpTo(this.now + minutes * MINUTE);
    await this.doors.settle();
    await this.look();
  }

  async get(who: string, path = ''): Promise<Response> {
    return (await this.doors.client(who)).get(`/api/v1/incidents/${this.id}${path}`);
  }

  duty(id: string): OwedObligation | undefined {
    return this.assess().obligations.find((one) => one.id === id);
  }

  /** What is owed, for certain or as a possibility, as `id` and limit. */
  owed(): readonly string[] {
    return this.assess()
      .obligations.filter(({ filing, status }) => !filing && status !== 'void')
      .map(({ id, due, provisional }) => `${id} ${due ?? ''} ${provisional ? '?' : ''}`)
      .sort();
  }

  iso(minutesAgo = 0): string {
    return new Date(this.now - minutesAgo * MINUTE).toISOString();
  }
}
