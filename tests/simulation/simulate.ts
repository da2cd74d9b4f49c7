import { createHash } from 'node:crypto';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { nextQuestion } from '../../src/conversation/asking/next-question.ts';
import { FAILPOINTS } from '../../src/ops/failpoints.ts';
import { consoleRoom } from '../../src/platforms/console/platform.ts';
import { newDataFolder } from '../fakes/folder.ts';
import { type Act, type Answer, nextAct } from './acts.ts';
import { type Bot, regime, startBot, type World } from './bot.ts';
import { examine } from './examine.ts';
import { Ledger } from './ledger.ts';
import { Machine } from './machine.ts';
import { Peer } from './peer.ts';
import { Power } from './power.ts';
import { Random } from './random.ts';
import { PLATFORMS, ROOMS, type Setting, settingOf } from './setting.ts';
import { Trouble } from './trouble.ts';

export interface Outcome {
  readonly seed: number;
  /** What is wrong; empty if nothing is. */
  readonly wrong: readonly string[];
  /** Over everything that happened, in its order: equal runs have equal hashes. */
  readonly hash: string;
  readonly hours: number;
  readonly figures: Readonly<Record<string, number>>;
}

const MINUTE = 60_000;
/** Several people do something within so many ms. */
const TOGETHER = 15_000;
/** In the end everything works and nobody does anything: by then all that was owed has been said. */
const CALM = 14 * MINUTE;

export interface SimulateOptions {
  /** Ends a longer run after so many hours. */
  readonly hours?: number;
  /** Ends the run with the first thing that is wrong: its figures and hash are then of a part. */
  readonly untilWrong?: boolean;
  /** Hands over the platforms when the run has ended. */
  readonly ended?: (peers: readonly Peer[]) => void;
}

/**
 * Runs the whole bot through some hours or days that one seed draws: people, platforms, crashes, clocks that jump. The
 * same seed is the same run. `tell` hears of everything that happens.
 */
export async function simulate(
  seed: number,
  tell: (line: string) => void = () => {},
  options: SimulateOptions = {},
): Promise<Outcome> {
  const folder = newDataFolder('simulation');
  try {
    return await new Simulation(seed, join(folder, 'jishi.sqlite'), tell, options).run();
  } catch (error) {
    const wrong = [`the run ended: ${error instanceof Error ? error.stack : String(error)}`];
    return { seed, wrong, hash: '', hours: 0, figures: {} };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

class Simulation {
  readonly #seed: number;
  readonly #setting: Setting;
  readonly #world: World;
  readonly #machine: Machine;
  readonly #people: Random;
  readonly #fate: Random;
  readonly #power: Random;
  readonly #ledger = new Ledger();
  readonly #wrong: string[] = [];
  readonly #hash = createHash('sha256');
  readonly #tell: (line: string) => void;
  readonly #options: SimulateOptions;
  readonly #incidents: string[] = [];
  readonly #figures = { acts: 0, kills: 0, cuts: 0, stops: 0 };
  readonly #trouble: Trouble;
  #bot: Bot | null = null;
  #lives = 0;
  /** What the loop does when it gets there; events only ask for it. */
  #wanted: 'start' | 'stop' | null = null;
  /** OutgoingQueue of the event loop until the process dies between two of them. */
  #turnsLeft = Number.POSITIVE_INFINITY;
  /** The process died with the power of its machine. */
  #isPowerOff = false;
  #calm = false;
  #acts = 0;

  constructor(seed: number, file: string, tell: (line: string) => void, options: SimulateOptions) {
    this.#seed = seed;
    this.#tell = tell;
    this.#options = options;
    const root = new Random(seed);
    const own = (): Random => new Random(root.int(0, 2 ** 31));
    this.#setting = settingOf(seed);
    own();
    this.#people = own();
    this.#fate = own();
    this.#power = new Random(seed ^ 0x9e37);
    const machine = new Machine(own(), this.#setting.start, (error) => this.#thrown(error));
    this.#machine = machine;
    const peers = PLATFORMS.map((traits) => {
      const saw = (what: string): void => {
        this.#saw(what);
        this.#trouble.heard(peer, what);
      };
      const edits = Math.min(traits.edits, this.#setting.edits);
      const peer: Peer = new Peer({ ...traits, edits }, { machine, random: own(), saw });
      return peer;
    });
    const { weather } = this.#setting;
    const saw = (what: string): void => this.#saw(what);
    const die = (turns: number): void => this.#die(turns);
    this.#trouble = new Trouble({ machine, fate: this.#fate, weather, peers, saw, die });
    this.#world = {
      ...{ machine, file, seed, peers, organisation: this.#setting.organisation },
      defaultRooms: [consoleRoom('zh-CN')],
      power: new Power(file),
      failed: (what) => this.#blame(`failed: ${what}`),
    };
  }

  async run(): Promise<Outcome> {
    this.#saw(JSON.stringify(this.#setting));
    this.#bot = await startBot(this.#world, ++this.#lives);
    for (const peer of this.#world.peers) peer.weather = this.#setting.weather;
    this.#every(
      () => this.#pause(),
      () => this.#actTogether(),
    );
    this.#every(
      () => this.#setting.crashes,
      () => this.#crash(),
    );
    this.#every(
      () => this.#setting.jumps,
      () => this.#trouble.jump(),
    );
    this.#every(
      () => this.#setting.outages,
      () => this.#trouble.outage(),
    );
    this.#every(
      () => 120,
      () => this.#trouble.erase(),
    );
    const { cuts } = this.#setting;
    if (cuts !== null)
      this.#every(
        () => cuts,
        () => this.#trouble.cut(),
      );
    const end = Math.min(this.#setting.hours, this.#options.hours ?? Number.POSITIVE_INFINITY) * 60 * MINUTE;
    await this.#pass(end - TOGETHER);
    if (this.#isOver) return this.#cutShort();
    // The last thing that happens may happen while what came before is on its way; nothing after it sets that right.
    this.#actTogether(this.#people.int(0, 12));
    await this.#pass(end);
    this.#calm = true;
    this.#trouble.end();
    if (!this.#bot) this.#wanted = 'start';
    await this.#pass(end + CALM);
    if (this.#isOver) return this.#cutShort();
    const hours = this.#machine.elapsed / 3_600_000;
    const bot = this.#bot;
    if (!bot) throw new Error('nobody is alive in the end');
    const { kills, stops } = this.#figures;
    const undisturbed = kills + stops + this.#trouble.figures.jumps === 0;
    const { world, ledger } = { world: this.#world, ledger: this.#ledger };
    for (const flaw of await examine({ bot, world, ledger, undisturbed, saw: (what) => this.#saw(what) }))
      this.#blame(flaw);
    this.#options.ended?.(world.peers);
    const messages = world.peers.reduce((sum, peer) => sum + peer.messages.length, 0);
    const figures = { ...this.#figures, ...this.#trouble.figures, messages, acknowledged: ledger.acknowledged.size };
    return { seed: this.#seed, wrong: this.#wrong, hash: this.#hash.digest('hex'), hours, figures };
  }

  get #isOver(): boolean {
    return this.#options.untilWrong === true && this.#wrong.length > 0;
  }

  async #cutShort(): Promise<Outcome> {
    await this.#bot?.kill(false);
    const hours = this.#machine.elapsed / 3_600_000;
    return { seed: this.#seed, wrong: this.#wrong, hash: '', hours, figures: {} };
  }

  async #pass(until: number): Promise<void> {
    while (this.#machine.elapsed < until && !this.#isOver) {
      await this.#machine.settle(async () => this.#between());
      if (this.#bot && !this.#bot.life.alive) await this.#bury(this.#bot);
      else if (this.#wanted === 'stop' && this.#bot) await this.#stop(this.#bot);
      else if (this.#wanted === 'start' && !this.#bot) await this.#start();
      else this.#machine.step(until);
    }
    await this.#machine.settle(async () => {});
  }

  #between(): void {
    this.#turnsLeft -= 1;
    if (this.#turnsLeft <= 0 && this.#bot) this.#bot.life.alive = false;
  }

  async #bury(bot: Bot): Promise<void> {
    this.#machine.noteKill();
    this.#figures.kills += 1;
    const lost = await bot.kill(this.#isPowerOff || this.#power.chance(0.5));
    this.#isPowerOff = false;
    this.#figures.cuts += lost > 0 ? 1 : 0;
    this.#saw(`killed, ${lost} pages lost`);
    this.#restartLater();
  }

  async #stop(bot: Bot): Promise<void> {
    this.#saw('stops');
    this.#figures.stops += 1;
    this.#wanted = null;
    await bot.stop();
    this.#restartLater();
  }

  #restartLater(): void {
    this.#bot = null;
    this.#turnsLeft = Number.POSITIVE_INFINITY;
    const away = this.#fate.chance(0.1) ? this.#fate.int(30, 400) * MINUTE : this.#fate.around(20_000);
    this.#machine.after(this.#calm ? 1_000 : away, () => {
      this.#wanted = 'start';
    });
  }

  async #start(): Promise<void> {
    this.#saw('starts');
    this.#wanted = null;
    this.#bot = await startBot(this.#world, ++this.#lives);
    // What nobody answered is delivered again.
    for (const act of this.#ledger.again(this.#fate)) {
      this.#machine.after(this.#fate.around(20_000), () => this.#perform(act));
    }
  }

  #every(mean: () => number, run: () => void): void {
    this.#machine.after(this.#fate.around(mean() * MINUTE), () => {
      if (this.#calm) return;
      run();
      this.#every(mean, run);
    });
  }

  /** Much happens in the first hours and after a day has gone by, little in between. */
  #pause(): number {
    const { busy, quiet } = this.#setting;
    return this.#machine.elapsed % (30 * 60 * MINUTE) < 3 * 60 * MINUTE ? busy : quiet;
  }

  /** Sometimes several do something at once. */
  #actTogether(others = this.#people.chance(0.02) ? this.#people.int(3, 25) : 0): void {
    for (let n = 0; n < others; n += 1) this.#machine.after(this.#people.int(0, TOGETHER), () => this.#act());
    this.#act();
  }

  #act(): void {
    const bot = this.#bot;
    if (!bot?.life.alive) return;
    this.#acts += 1;
    const { engine } = bot.house;
    const situation = {
      ...{ app: bot.house.app, random: this.#people, wall: this.#machine.wall, peers: this.#world.peers, rooms: ROOMS },
      incidents: this.#incidents,
      mayDeclare: this.#incidents.length < this.#setting.incidents,
      options: (state: Parameters<typeof engine.assess>[0]) =>
        (nextQuestion({ state, ia: engine.assess(state), regime })?.options ?? []).map((option) => option.intent),
    };
    nextAct(situation, `a${this.#acts}`).then(
      (act) => act && this.#perform(act),
      (error: unknown) => (bot.life.alive ? this.#thrown(error) : undefined),
    );
  }

  #perform(act: Act): void {
    this.#ledger.open.set(act.key, act);
    const bot = this.#bot;
    if (!bot?.life.alive) return;
    this.#figures.acts += 1;
    this.#saw(`${act.key} ${act.what}`);
    this.#ledger.tried.add(act.key);
    act.perform(bot.house.app).then(
      (answer) => (bot.life.alive ? this.#answered(bot, act, answer) : undefined),
      (error: unknown) => (bot.life.alive ? this.#blame(`${act.key} ${act.what} threw ${error}`) : undefined),
    );
    // Pressed twice, or delivered twice before the first was answered.
    if (this.#people.chance(0.05)) this.#machine.after(this.#people.int(0, 50), () => this.#perform(act));
  }

  async #answered(bot: Bot, act: Act, answer: Answer): Promise<void> {
    const { incident, version, kind } = answer;
    this.#saw(`${act.key} ${kind} ${incident} ${version} ${answer.code ?? ''}`);
    const done = kind === 'done' && incident !== null;
    if (done && !this.#incidents.includes(incident)) this.#incidents.push(incident);
    const [event] = done ? await bot.store.events(incident, version) : [];
    if (done && !event) this.#blame(`${act.key} was acknowledged as ${incident}#${version}, which is not on disk`);
    const flaw = this.#ledger.answered(act, answer, this.#machine.wall(), event ? JSON.stringify(event) : null);
    if (flaw) this.#blame(flaw);
    if (!this.#calm && this.#people.chance(0.12))
      this.#machine.after(this.#people.around(2 * MINUTE), () => this.#perform(act));
  }

  #crash(): void {
    const bot = this.#bot;
    if (!bot) return;
    const way = this.#fate.next();
    const point = this.#fate.pick(FAILPOINTS) ?? 'before-commit';
    if (way < 0.15) this.#wanted = 'stop';
    else if (way < 0.5) this.#turnsLeft = this.#fate.int(1, 60);
    else bot.killAt(point, this.#fate.int(1, 8));
  }

  #die(turns: number): void {
    if (turns > 0) this.#turnsLeft = turns;
    if (turns > 0 || !this.#bot?.life.alive) return;
    this.#isPowerOff = true;
    this.#bot.life.alive = false;
  }

  #thrown(error: unknown): void {
    if (this.#bot?.life.alive) this.#blame(`thrown: ${error instanceof Error ? error.stack : String(error)}`);
  }

  #blame(flaw: string): void {
    if (this.#wrong.length < 20) this.#wrong.push(flaw);
    this.#saw(`WRONG ${flaw}`);
  }

  #saw(what: string): void {
    const line = `${this.#machine.elapsed} ${what}`;
    this.#hash.update(`${line}\n`);
    this.#tell(line);
  }
}
