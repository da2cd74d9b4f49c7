import { expect, it } from 'vitest';
import { roomsOf, type Stage } from './stage.ts';

/** Minutes pass in these tests (ms). */
const PATIENT = 60_000;
/** Ways of asking for content; each answer is a message that may hold words of people. */
const ASKED = ['status', 'timeline', 'checklist', 'read draft', 'list'];

/** What goes when it has to. */
export function stopContract(stage: Stage): void {
  it(
    'a state-secret stop takes back every message that holds a word, answers and files too, in rooms and direct',
    async () => {
      const { rig } = stage;
      if (!rig.standing) return;
      const title = stage.nextTitle();
      const incident = await stage.declare('home', 'lead', title);
      await stage.say('lead', `note ${title} at the vault`, 'home', incident);
      await stage.say('lead', 'first report', 'home', incident);
      for (const where of ['home', 'direct'] as const) {
        for (const line of ASKED) {
          // A list is about no incident: what it names counts.
          if (line !== 'list') await stage.say('lead', `${incident} ${line}`, where, incident);
          else expect((await stage.say('lead', line, where)).answer).toContain(title);
        }
      }
      const words = new RegExp(`${title}|the vault`);
      const leaks = async () => ((await rig.standing?.()) ?? []).filter((message) => words.test(message));
      expect((await leaks()).length).toBeGreaterThan(3);
      await rig.bot.change(incident, { type: 'stop_state_secret' }, rig.account('lead'));
      for (let looks = 0; looks < 20 && (await leaks()).length > 0; looks += 1) await rig.bot.pass(1);
      expect(await leaks()).toEqual([]);
    },
    PATIENT,
  );
}

/** What a stop does not take away: deadlines run on, and every other incident goes on. */
export function afterStopContract(stage: Stage): void {
  it(
    'what is asked for after a state-secret stop is shown and stays: deadlines, the filing, and all other incidents',
    async () => {
      const { rig } = stage;
      await stage.say('lead', 'help', 'direct');
      const stopped = await stage.declare();
      const title = stage.nextTitle();
      await stage.declare('home', 'lead', title);
      await rig.bot.change(stopped, { type: 'stop_state_secret' }, rig.account('lead'));
      await rig.bot.pass(1);
      const asked: readonly (readonly [string, RegExp])[] = [
        ['list', new RegExp(title)],
        [`${stopped} status`, /Record the filing/],
        [`${stopped} what now`, /Record the filing/],
        [`${stopped} note too late`, /Collection has stopped/],
      ];
      const seen = async () =>
        (await rig.standing?.('direct')) ??
        (await rig.seen(rig.place('direct'))).map(({ text, buttons }) => [text, ...buttons].join());
      for (const [line, words] of asked) {
        const before = (await seen()).length;
        const { answer } = await stage.say('lead', line, 'direct');
        await rig.bot.pass(2);
        const there = (await seen()).slice(before);
        // A page has its answer in the acknowledgement, and no message.
        expect(rig.lacks.network ? answer : there.join(), line).toMatch(words);
      }
    },
    PATIENT,
  );
}

/** What stays with those whom it is for. */
export function privacyContract(stage: Stage): void {
  it(
    'where something that was sent can neither be changed nor removed, a stop says how many messages stay',
    async () => {
      const { rig } = stage;
      if (rig.bot.messenger.canEdit || rig.bot.messenger.canRemove) return;
      const incident = await stage.declare('home');
      for (const line of ['status', 'timeline']) await stage.say('lead', line, 'home', incident);
      const before = (await rig.seen(rig.place('home'))).length;
      await rig.bot.change(incident, { type: 'stop_state_secret' }, rig.account('lead'));
      await rig.bot.pass(1);
      const said = (await rig.seen(rig.place('home'))).slice(before).map(({ text }) => text);
      const [, english, chinese] = /at least (\d+) messages|至少(\d+)条/.exec(said.join('\n')) ?? [];
      expect(Number(english ?? chinese)).toBeGreaterThanOrEqual(2);
    },
    PATIENT,
  );

  it('a group of which nobody says who reads it is shown nothing', async () => {
    const { strange, bot } = stage.rig;
    if (!strange) return;
    const title = stage.nextTitle();
    const act = await strange.write('lead', `new ${title}`);
    const { answer } = await act.deliver();
    expect(answer).not.toBe('');
    const incident = await stage.idOf(title);
    expect(roomsOf(await bot.state(incident)).map(({ address }) => address)).not.toContain(strange.place.address);
    for (const line of ASKED) {
      await (await strange.write('lead', line === 'list' ? line : `${incident} ${line}`)).deliver();
    }
    const seen = await stage.rig.seen(strange.place);
    expect(seen.filter(({ text }) => text.includes(title))).toEqual([]);
    expect(seen.flatMap(({ file }) => file ?? [])).toEqual([]);
    const body = bot.messenger.render({
      card: { tone: 'running', drill: false, title: { raw: 'astray' }, summary: { raw: '' }, blocks: [] },
      ...{ incident, language: 'en', revision: 1, surface: null, ring: false },
    });
    expect(await bot.messenger.post(strange.place, body, 'astray')).toMatchObject({ kind: 'refused' });
  });

  it('a file that somebody asks for goes to them alone, with its bytes', async () => {
    const { rig } = stage;
    if (rig.lacks.fileAnswers) return;
    const incident = await stage.declare('home');
    const url = `/api/v1/incidents/${incident}/report?format=docx&language=zh`;
    const does = { kind: 'link', url } as const;
    await stage.show(incident, [{ kind: 'actions', actions: [{ id: 'get', label: { raw: 'get it' }, does }] }]);
    const files = async (where: 'home' | 'direct') =>
      (await rig.seen(rig.place(where))).flatMap(({ file }) => file ?? []);
    const before = [(await files('home')).length, (await files('direct')).length] as const;
    await (await rig.press('lead', /^get it$/, 'home')).deliver();
    const [home, direct] = [await files('home'), await files('direct')];
    const isInRoom = rig.lacks.filesAlone === true;
    if (!rig.lacks.colleagues) expect(home).toHaveLength(before[0] + (isInRoom ? 1 : 0));
    if (!isInRoom) expect(direct).toHaveLength(before[1] + 1);
    const file = (isInRoom ? home : direct).at(-1);
    expect(file?.name).toMatch(/\.docx$/);
    expect(Buffer.from(file?.content ?? []).toString()).toBe(`draft of ${incident}`);
  });

  it('whoever asked for a file that is refused is told why, and can read its text', async () => {
    const { rig } = stage;
    if (rig.lacks.fileAnswers) return;
    const incident = await stage.declare('home');
    const url = `/api/v1/incidents/${incident}/report?format=docx&language=zh`;
    const does = { kind: 'link', url } as const;
    await stage.show(incident, [{ kind: 'actions', actions: [{ id: 'get', label: { raw: 'take it' }, does }] }]);
    rig.refuseNextFile();
    const { answer } = await (await rig.press('lead', /^take it$/, 'home')).deliver();
    const direct = (await rig.seen(rig.place('direct'))).map(({ text }) => text);
    expect([answer, ...direct].join()).toMatch(/did not accept the file .*\.docx|文件.*\.docx未能送达/);
  });

  it('pictures within words are kept, every one, and the words are taken', async () => {
    const { rig } = stage;
    if (!rig.picture) return;
    const incident = await stage.declare('home');
    const contents = [3, 4].map((n) => Uint8Array.from({ length: 900 + n }, (_, index) => (index * n) % 251));
    await stage.say('lead', 'status', 'direct', incident);
    const act = await rig.picture('lead', 'note seen in the hall', contents);
    for (const _ of [1, 2]) expect((await act.deliver()).acknowledged).toBe(true);
    const { evidence, notes } = await rig.bot.state(incident);
    expect(evidence.map(({ size }) => size).toSorted()).toEqual([903, 904]);
    expect(notes.map(({ text }) => text)).toEqual(['seen in the hall']);
  });

  it('nothing that is kept of a payload holds a live address or a token', async () => {
    const { rig } = stage;
    if (!rig.live) return;
    const before = rig.bot.failures.length;
    await (await rig.odd('lead')).deliver();
    const kept = rig.bot.failures.slice(before).map(({ body }) => body);
    expect(kept).toHaveLength(1);
    for (const secret of rig.live) expect(kept.join()).not.toContain(secret);
  });

  it(
    'after a cut what people write is taken again',
    async () => {
      const { rig } = stage;
      if (rig.lacks.network) return;
      await rig.cutOff(true);
      await rig.cutOff(false);
      await rig.bot.pass(10);
      const title = stage.nextTitle();
      expect((await (await rig.write('lead', `new ${title}`, 'home')).deliver()).acknowledged).toBe(true);
      expect(await stage.idOf(title)).toMatch(/^INC-/);
    },
    PATIENT,
  );
}
