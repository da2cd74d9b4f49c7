import { rmSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { onTestFinished } from 'vitest';
import { newDataFolder } from '../fakes/folder.ts';
import { slash } from '../fakes/slack/payloads.ts';
import { SlackServer } from '../fakes/slack/server.ts';
import { BotServer } from '../fakes/wecom/bot-server.ts';
import { Programs, type WholeOrders } from './program.ts';

/** Longer than a lease and the grace of what nobody answered: each restart finds the machine this much later, as after a nap. */
const NAP = 46_000;
/** Who declares in which chat: an incident each, so that nobody is asked whether it is the same one. */
const PEOPLE = 4;
const PLATFORMS = ['slack', 'wecom'] as const;
export type Platform = (typeof PLATFORMS)[number];

interface Torment {
  readonly kills: number;
  /** Answers of the platforms that are lost, as a share of the lives. */
  readonly lost: number;
}

/** Small and seeded: the moments of a failing run can be played again. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

interface Said {
  readonly platform: Platform;
  readonly line: string;
  readonly person: number;
  readonly payload: object;
}

/** Slack and WeCom over sockets, people in both, and the whole program between them, killed again and again. */
export class Stage {
  readonly slack = new SlackServer(() => this.now());
  readonly wecom = new BotServer({ now: () => this.now() });
  /** What Slack got its acknowledgement for, and what people in WeCom asked for until they saw it done. */
  readonly acknowledged: Record<Platform, Set<string>> = { slack: new Set(), wecom: new Set() };
  readonly #pending = new Map<string, Said>();
  readonly #folder = newDataFolder('kill');
  readonly #next: () => number;
  #programs: Programs<WholeOrders> | null = null;
  #env: Readonly<Record<string, string>> = {};
  #reader: Database.Database | null = null;
  #aheadMs = 0;
  #count = 0;

  constructor(seed: number) {
    this.#next = random(seed);
  }

  now(): number {
    return Date.now() + this.#aheadMs;
  }
  get file(): string {
    return join(this.#folder, 'jishi.sqlite');
  }

  async open(): Promise<void> {
    onTestFinished(() => this.#close());
    for (let n = 0; n < PEOPLE; n += 1) {
      this.slack.workspace.addUser(slackUser(n), `Person ${n}`, 'zh-CN');
      const members = [slackUser(n), 'U00BOT00001'];
      this.slack.workspace.addChannel(channel(n), { isPrivate: true, members });
      this.wecom.chats.open(`wrGROUP000${n}`, 'group');
    }
    this.#env = {
      PORT: '0',
      DATA_DIR: this.#folder,
      LOG_LEVEL: 'silent',
      SLACK_BOT_TOKEN: 'xoxb-test',
      SLACK_APP_TOKEN: 'xapp-test',
      SLACK_API_URL: await this.slack.listen(),
      WECOM_BOT_ID: this.wecom.botId,
      WECOM_BOT_SECRET: 'secret-test',
      WECOM_BOT_WS_URL: await this.wecom.listen(),
    };
    this.#programs = Programs.whole({ isRestarted: true });
  }

  /** Kills it so many times: now while it starts, now in the middle of its work. Starts it once more and lets it finish. */
  async torment({ kills, lost }: Torment): Promise<void> {
    for (let kill = 0; kill < kills; kill += 1) {
      if (this.#next() < lost) this.slack.fail('chat.postMessage', { kind: 'lost' });
      if (this.#next() < lost) this.wecom.fail('aibot_send_msg', { kind: 'lost' });
      if (kill > 0 && this.#next() < 0.25) {
        await this.#programs?.start({ env: this.#env, aheadMs: this.#aheadMs }, 'ordered');
        await pause(this.#next() * 150);
      } else {
        await this.#up();
        await this.#work(1 + this.#next() * 6);
        // Often just when a letter has arrived: perhaps nobody knows of it yet.
        if (this.#next() < 0.6) await this.#letter();
        await pause(this.#next() * 60);
      }
      await this.#down('SIGKILL');
    }
    await this.#up();
    await this.#work(10);
    // The drills stand still, nothing new comes up; what is left has to be found and finished.
    for (const { id } of this.#incidents()) this.#say('p', id, '暂停演练');
    for (let nap = 0; !(await this.#isQuiet()); nap += 1) {
      if (nap === 12) throw new Error(`something is left after twelve clean restarts: ${this.#left()}`);
      await this.#down('SIGTERM');
      await this.#up();
    }
    await this.#down('SIGTERM');
  }

  async #up(): Promise<void> {
    await this.#programs?.start({ env: this.#env, aheadMs: this.#aheadMs });
    await until(() => this.slack.sockets.size > 0 && this.wecom.isConnected, 60_000);
    for (const [key, said] of this.#pending) this.#deliver(key, said);
  }

  async #down(signal: NodeJS.Signals): Promise<void> {
    await this.#programs?.kill(signal);
    this.#aheadMs += NAP;
  }

  /** Until one more message is in a direct conversation; not for ever, for there may be none to send. */
  async #letter(): Promise<void> {
    const letters = (): number => PLATFORMS.reduce((sum, platform) => sum + this.#lettersOf(platform), 0);
    const before = letters();
    await until(() => letters() > before, 1_500).catch(() => {});
  }

  #lettersOf(platform: (typeof PLATFORMS)[number]): number {
    if (platform === 'slack')
      return this.slack.workspace.messages.filter(({ channel: to }) => to.startsWith('D')).length;
    return people().reduce((sum, n) => sum + this.wecom.chats.in(`person${n}`).length, 0);
  }

  /** Until so many more commands were answered; a slow machine gets its time, but not for ever. */
  async #work(answers: number): Promise<void> {
    const done = (): number => this.acknowledged.slack.size + this.acknowledged.wecom.size;
    const enough = done() + answers;
    for (const end = Date.now() + 4_000; Date.now() < end && done() < enough; await pause(2 + this.#next() * 10)) {
      if (this.#next() < 0.1) this.#look();
      if (this.#pending.size >= 16) continue;
      this.#count += 1;
      if (this.#count <= PEOPLE * 2) {
        this.#ask(`d${this.#count}`, this.#count, `演练60倍 演练${this.#count}`);
        continue;
      }
      const incidents = this.#incidents();
      const incident = incidents[Math.floor(this.#next() * incidents.length)];
      if (incident) this.#say(`n${this.#count}`, incident.id, `记录 note ${this.#count}`);
    }
  }

  /** About an incident, in the chat where it was declared. */
  #say(kind: string, id: string, words: string): void {
    const incident = this.#incidents().find((row) => row.id === id);
    this.#ask(kind === 'p' ? `p${id}` : kind, Number(incident?.title.replace(/\D/g, '')), `${id} ${words}`);
  }

  /** The n-th incident belongs to one person on one platform. */
  #ask(key: string, nth: number, line: string): void {
    const platform = PLATFORMS[nth % 2] ?? 'slack';
    const person = Math.ceil(nth / 2) - 1;
    const said = { platform, person, line, payload: slash(line, slackUser(person), channel(person)) };
    this.#pending.set(key, said);
    this.#deliver(key, said);
  }

  /** A command without an answer is delivered again as the same one. */
  #deliver(key: string, { platform, person, line, payload }: Said): void {
    if (platform === 'wecom') {
      // Whoever wrote to the bot directly can be written to.
      if (key.startsWith('d')) this.wecom.say(`person${person}`, '帮助');
      this.wecom.say(`person${person}`, `@计时 ${line}`, { chat: `wrGROUP000${person}`, msgid: key });
      return;
    }
    if (this.slack.sockets.size === 0) return;
    void this.slack.send('slash_commands', payload, { within: 3_000 }).then((answer) => answer && this.#answered(key));
  }

  #answered(key: string): void {
    const said = this.#pending.get(key);
    if (!said) return;
    this.#pending.delete(key);
    this.acknowledged[said.platform].add(key);
  }

  /** WeCom acknowledges nothing: whoever does not see it done says it again. */
  #look(): void {
    for (const key of this.#read(`SELECT substr(key, 9) FROM inbox WHERE key LIKE 'message:%'`)) this.#answered(key);
  }

  #incidents(): readonly { readonly id: string; readonly title: string }[] {
    return this.#read(`SELECT id || ' ' || title FROM incidents`).map((row) => {
      const [id = '', title = ''] = row.split(' ');
      return { id, title };
    });
  }

  /** What is not finished. In a group of the smart bot question and list wait until somebody asks for them. */
  #left(): string {
    this.#look();
    const rows = this.#read(
      `SELECT 'outbox ' || key || ' ' || state FROM outbox WHERE state NOT IN ('sent', 'dead')
       UNION ALL SELECT 'timer ' || key FROM timers WHERE state = 'pending'
       UNION ALL SELECT 'surface ' || room || ' ' || key FROM surfaces WHERE ref IS NULL
         AND NOT (room LIKE 'wecom/%' AND key IN ('question', 'checklist'))`,
    );
    return [...rows, ...this.#pending.keys()].join('\n');
  }

  /** Whether everything is answered, shown and sent; what was refused before its platform was connected is tried again after some seconds. */
  async #isQuiet(): Promise<boolean> {
    return until(() => this.#left() === '', 12_000).then(
      () => true,
      () => false,
    );
  }

  /** The only column of every row. */
  #read(sql: string): readonly string[] {
    this.#reader ??= new Database(this.file, { readonly: true });
    return this.#reader.prepare<[], string>(sql).pluck().all();
  }

  async #close(): Promise<void> {
    this.#reader?.close();
    await this.#programs?.close();
    await this.slack.close();
    await this.wecom.close();
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

async function until(what: () => boolean, within: number): Promise<void> {
  for (const end = Date.now() + within; !what(); await pause(50)) {
    if (Date.now() > end) throw new Error('waited in vain');
  }
}

const people = (): readonly number[] => Array.from({ length: PEOPLE }, (_, n) => n);
const slackUser = (n: number): string => `U00PERSON0${n}`;
export const channel = (n: number): string => `C00CHANNEL${n}`;
