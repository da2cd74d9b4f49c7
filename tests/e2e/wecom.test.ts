import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { evolve } from '../../src/incident/record/evolve.ts';
import type { IncidentState } from '../../src/incident/state.ts';
import { openReadOnlyStore } from '../../src/storage/sqlite/read-only.ts';
import { newDataFolder } from '../fakes/folder.ts';
import { BotProgram, freePort } from '../fakes/program.ts';
import { wordsOf } from '../fakes/wecom/bot-chats.ts';
import { BotServer } from '../fakes/wecom/bot-server.ts';

// @module-tag soak: platforms/wecom/bot/whole-case has the case; crash/kill kills the whole program beside WeCom.

/** The real program with WeCom as the fake, killed on the way: a whole case in a group, and one in a direct message. */
const folders: string[] = [];
const programs: BotProgram[] = [];
const servers: BotServer[] = [];
afterEach(async () => {
  for (const program of programs.splice(0)) await program.end('SIGKILL');
  for (const server of servers.splice(0)) await server.close();
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

const SOON = { timeout: 60_000, interval: 20 };
const CHEN = 'chenyu';

class Case {
  readonly server = new BotServer();
  readonly #chat: string;
  readonly #isGroup: boolean;
  #program: BotProgram | null = null;
  #dataDir = '';

  constructor(chat: string) {
    this.#chat = chat;
    this.#isGroup = chat !== CHEN;
    servers.push(this.server);
  }

  async begin(): Promise<void> {
    this.#dataDir = newDataFolder('wecom-e2e');
    folders.push(this.#dataDir);
    const url = await this.server.listen();
    this.#program = new BotProgram(this.#dataDir, await freePort(), {
      WECOM_BOT_ID: this.server.botId,
      WECOM_BOT_SECRET: 'secret-test',
      WECOM_BOT_WS_URL: url,
    });
    programs.push(this.#program);
    await this.#up();
  }

  async #up(): Promise<void> {
    await this.#program?.start();
    await expect.poll(() => this.server.isConnected, SOON).toBe(true);
  }

  async kill(): Promise<void> {
    await this.#program?.end('SIGKILL');
    await expect.poll(() => this.server.isConnected, SOON).toBe(false);
    await this.#up();
  }

  end(): Promise<number | null> {
    return this.#program?.end('SIGTERM') ?? Promise.resolve(null);
  }

  say(text: string): void {
    if (this.#isGroup) this.server.say(CHEN, `@计时 ${text}`, { chat: this.#chat });
    else this.server.say(CHEN, text);
  }

  words(): readonly string[] {
    return this.server.chats.words(this.#chat);
  }

  /** Waits until somebody reads these words in a message that came after `from`. */
  async reads(words: string | RegExp, from = 0): Promise<void> {
    const there = () =>
      this.words()
        .slice(from)
        .some((one) => (typeof words === 'string' ? one.includes(words) : words.test(one)));
    await expect.poll(there, { ...SOON, message: String(words) }).toBe(true);
  }

  /** A button that shows something. */
  async open(label: string) {
    await expect
      .poll(() => this.server.chats.cardWith(this.#chat, label) !== null, { ...SOON, message: label })
      .toBe(true);
    const found = this.server.chats.cardWith(this.#chat, label);
    if (!found) throw new Error(label);
    this.server.click(CHEN, found.shown, found.key);
    return found;
  }

  /** A button that answers: pressed twice, and the card is changed. */
  async press(label: string): Promise<void> {
    const edits = this.server.chats.cardWith(this.#chat, label)?.shown.edits ?? 0;
    const found = await this.open(label);
    // A second finger on the same button: one effect.
    this.server.click(CHEN, found.shown, found.key);
    await expect.poll(() => found.shown.edits > edits, { ...SOON, message: label }).toBe(true);
  }

  /** Ticks on the newest card that asks this: after a kill an older copy of a card may stand below it. */
  async tick(question: string, options: readonly string[]): Promise<void> {
    const vote = () =>
      this.server.chats
        .in(this.#chat)
        .findLast((one) => one.card?.card_type === 'vote_interaction' && wordsOf(one).includes(question));
    await expect.poll(() => vote() !== undefined, { ...SOON, message: question }).toBe(true);
    const shown = vote();
    if (shown?.card?.card_type !== 'vote_interaction') throw new Error('no vote');
    const { edits } = shown;
    this.server.click(CHEN, shown, shown.card.submit_button.key, options);
    await expect.poll(() => shown.edits > edits, { ...SOON, message: question }).toBe(true);
  }

  /** Chooses on the newest card of drop-downs and sends it; the card is changed. */
  async choose(words: readonly string[]): Promise<void> {
    const found = this.server.chats.selectsIn(this.#chat, words);
    if (!found) throw new Error(words.join());
    const { edits } = found.shown;
    this.server.click(CHEN, found.shown, found.key, found.ids);
    await expect.poll(() => found.shown.edits > edits, { ...SOON, message: words.join() }).toBe(true);
  }

  async state(): Promise<IncidentState> {
    const store = await openReadOnlyStore({ file: join(this.#dataDir, 'jishi.sqlite'), evolve });
    try {
      const rows = await store.incidents({ limit: 5 });
      expect(rows).toHaveLength(1);
      const state = await store.incident(rows[0]?.id ?? '');
      if (!state) throw new Error('no incident');
      return state;
    } finally {
      await store.close();
    }
  }
}

it.each([['a group', 'wrGROUP0001'] as const, ['a direct message', CHEN] as const])(
  'a whole case in %s with kills on the way: nothing lost, nothing doubled',
  async (_, chat) => {
    const c = new Case(chat);
    await c.begin();
    c.say('新建事件 支付系统疑似用户数据泄露');
    await c.reads('事件是否涉及关键信息基础设施（关基，以认定通知为准）？');
    // The root is out with the first question; whether it arrived may or may not be known.
    await c.kill();
    await c.press('否');
    // The answer is kept; the next question may or may not be on the wire.
    await c.kill();
    await c.reads('最早何时');
    await c.press('监测告警');
    await c.kill();
    // What happened, since when, a crime: a leak, by somebody who did it on purpose.
    await c.tick('是否有下列情形', ['0']);
    await c.tick('哪些方面受影响', ['0']);
    await c.reads('多少人的个人信息');
    c.say('120万');
    await c.reads('已记录：120万人');
    await c.kill();
    await c.press('确认较大');
    c.say('2 地点：上海机房');
    await c.reads('第2项“地点”：上海机房');
    c.say('2 措施：09:50 已隔离两台服务器并重置口令');
    await c.reads('已隔离两台服务器');
    c.say('修改 2 措施：已隔离三台服务器');
    await c.reads('已隔离三台服务器');
    c.say('首报');
    await c.reads('首报第1稿');
    const files = c.words().length;
    await c.open('DOCX');
    await c.reads(/\.docx/, files);
    await c.kill();
    c.say('提请审批');
    await c.reads('已提请审批');
    c.say('批准');
    await c.reads(/第1稿已批准|于\d\d:\d\d批准/);
    const forms = c.words().length;
    c.say('登记报送');
    await c.reads('[下一步]', forms);
    await c.choose(['12387网站', '首报第1稿']);
    c.say('回执编号：2026-0331-17');
    await c.reads('受理编号2026-0331-17', forms);
    await c.press('确认登记报送');
    await c.reads(/通过12387网站报送/, forms);
    c.say('处置结束：系统已恢复');
    await c.reads('您将作出以下决定', forms);
    await c.press('确认');
    await expect.poll(async () => (await c.state()).handlingEnded !== null, SOON).toBe(true);
    expect(await c.end()).toBe(0);

    const state = await c.state();
    expect(state.facts['operator']?.value).toBe('other');
    expect(state.facts['personal_info_people']?.value).toBe(1_200_000);
    expect(state.levelDecision?.level).toBe('major');
    expect(state.filings).toMatchObject([{ receipt: '2026-0331-17' }]);
    expect(c.server.refusals.filter(({ code }) => code !== 846604)).toEqual([]);
    // What was posted twice by a crash says so; nothing else is there twice.
    const sure = c.words().filter((one) => !one.includes('可能重复'));
    const cards = sure.filter((one) => /\]$/.test(one));
    expect(new Set(cards).size).toBe(cards.length);
    if (chat !== CHEN) for (const shown of c.server.chats.in(chat)) expect(wordsOf(shown)).toMatch(/^〔INC-|\.docx$/);
  },
  180_000,
);
