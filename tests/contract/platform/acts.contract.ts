import { createHash } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import { expect, it } from 'vitest';
import type { Block } from '../../../src/conversation/cards/card.ts';
import { localiseCard } from '../../../src/conversation/cards/localise.ts';
import { roomId } from '../../../src/incident/identity.ts';
import { roomsOf, type Stage } from './stage.ts';

const NO = /(?:^|[：:] ?)(?:否|No)$/;
const FILL = /^fill it in$/;

/** What people press, tick, fill in and give. */
export function actsContract(stage: Stage): void {
  it('a press that is delivered again is one press', async () => {
    const incident = await stage.declare('home');
    const intent = { type: 'add_note', text: 'seen' } as const;
    const does = { kind: 'intent', intent } as const;
    await stage.show(incident, [{ kind: 'actions', actions: [{ id: 'note', label: { raw: 'note it' }, does }] }]);
    const press = await stage.rig.press('lead', /^note it$/, 'home');
    for (const _ of [1, 2, 3]) expect((await press.deliver()).acknowledged).toBe(true);
    expect((await stage.rig.bot.state(incident)).notes.map(({ text }) => text)).toEqual(['seen']);
  });

  it('a button acts once, however often it is pressed, and the card follows', async () => {
    const incident = await stage.declare('home');
    const [first, second] = [await stage.rig.press('lead', NO, 'home'), await stage.rig.press('lead', NO, 'home')];
    const roots = (await stage.rig.seen(stage.rig.place('home'))).length;
    expect((await first.deliver()).acknowledged).toBe(true);
    const { version, facts } = await stage.rig.bot.state(incident);
    expect(facts['operator']).toMatchObject({ value: 'other' });
    await first.deliver();
    await stage.rig.bot.pass(1);
    expect((await stage.rig.bot.state(incident)).version).toBe(version);
    await second.deliver();
    expect((await stage.rig.bot.state(incident)).version).toBe(version);
    if (!stage.rig.bot.messenger.canEdit) return;
    // Edits have a quota: those of other incidents may come first.
    const isAsked = async () =>
      (await stage.rig.seen(stage.rig.place('home'))).at(-1)?.buttons.some((label) => NO.test(label));
    for (let looks = 0; looks < 30 && (await isAsked()); looks += 1) {
      stage.rig.bot.clock.advance(2_500);
      await stage.rig.bot.settle();
    }
    expect(await isAsked()).toBe(false);
    expect(await stage.rig.seen(stage.rig.place('home'))).toHaveLength(roots);
  });

  it('draws nobody a button that would be refused to them', async () => {
    const { rig } = stage;
    const { app } = rig.bot.house;
    const incident = await stage.declare('home');
    if (rig.lacks.colleagues) {
      // Nobody reads another's messages there: they are added by name.
      const { organisation } = await rig.bot.state(incident);
      const { id } = rig.account('colleague');
      const listed = organisation?.people.find(({ accounts }) => accounts.some((one) => one.id === id));
      await rig.bot.change(incident, { type: 'add_person', person: listed?.id ?? '' }, rig.account('lead'));
    } else await stage.say('colleague', `${incident} note here`, 'home');
    const views = { status: '状态', question: '当前问题', more: '更多', people: '人员', owed: '应报事项' };
    const offered = async (who: 'lead' | 'colleague'): Promise<ReadonlySet<string>> => {
      const caller = { account: rig.account(who), name: who, language: 'zh-CN' } as const;
      const cards = await Promise.all(Object.keys(views).map((view) => app.view({ view, args: { incident } }, caller)));
      const blocks = cards.flatMap((card) => ('code' in card ? [] : localiseCard(card, 'zh-CN').blocks));
      const actions = blocks.flatMap((one) => (one.kind === 'actions' || one.kind === 'row' ? one.actions : []));
      return new Set(actions.map(({ label }) => label));
    };
    const [whole, own] = [await offered('lead'), await offered('colleague')];
    const refused = [...whole].filter((label) => !own.has(label));
    expect(refused.length).toBeGreaterThan(0);
    const before = (await rig.seen(rig.place('direct', 'colleague'), 'colleague')).length;
    const answers: string[] = [];
    for (const word of Object.values(views))
      answers.push((await stage.say('colleague', `${incident} ${word}`, 'direct')).answer);
    expect(answers.join('')).not.toBe('');
    const drawn = (await rig.seen(rig.place('direct', 'colleague'), 'colleague')).slice(before);
    const buttons = drawn.flatMap((message) => message.buttons);
    // Where an answer stands in no conversation, its words hold the labels.
    const labels = new Set(buttons.length > 0 ? buttons : answers.flatMap((answer) => answer.split(/[\s"]+/)));
    expect([...own].filter((label) => labels.has(label)).length).toBeGreaterThan(4);
    expect(refused.filter((label) => labels.has(label))).toEqual([]);
  });

  it('a button of a card that is out of date changes nothing, and that is said', async () => {
    const incident = await stage.declare('home');
    const press = await stage.rig.press('lead', NO, 'home');
    await stage.rig.bot.change(incident, { type: 'answer', fact: 'operator', value: 'cii_involved' });
    const { version } = await stage.rig.bot.state(incident);
    const { acknowledged, answer } = await press.deliver();
    expect(acknowledged).toBe(true);
    expect(answer).not.toBe('');
    const { facts, ...state } = await stage.rig.bot.state(incident);
    expect(state.version).toBe(version);
    expect(facts['operator']).toMatchObject({ value: 'cii_involved' });
  });

  it('a button acts by whoever pressed it, in the row where it was pressed', async () => {
    const incident = await stage.declare('home');
    const rows = [1, 2, 3].map(
      (n): Block => ({
        ...{ kind: 'row', mark: 'open', text: { raw: `row-${n}` } },
        actions: [
          {
            id: 'take',
            label: { raw: 'take it' },
            does: { kind: 'intent', intent: { type: 'take_item', item: `art7.${n}` } },
          },
        ],
      }),
    );
    await stage.show(incident, rows);
    await (await stage.rig.press('lead', /^take it$/, 'home', 'row-2')).deliver();
    const { owners, people } = await stage.rig.bot.state(incident);
    expect(Object.keys(owners)).toEqual(['art7.2']);
    expect(people[owners['art7.2']?.owner ?? '']?.account).toEqual(stage.rig.account('lead'));
  });

  it('of a card with 200 rows those that are shown act, each for itself', async () => {
    const incident = await stage.declare('home');
    const rows = Array.from(
      { length: 200 },
      (_, n): Block => ({
        ...{ kind: 'row', mark: 'open', text: { raw: `task-${n}.` } },
        actions: [
          {
            id: 'take',
            label: { raw: 'take it' },
            does: { kind: 'intent', intent: { type: 'take_item', item: `art7.${(n % 8) + 1}` } },
          },
        ],
      }),
    );
    await stage.show(incident, rows);
    await (await stage.rig.press('lead', /^take it$/, 'home', 'task-5.')).deliver();
    expect(Object.keys((await stage.rig.bot.state(incident)).owners)).toEqual(['art7.6']);
  });

  it('all that is ticked is the answer, and what stands alone is not mixed with anything', async () => {
    const incident = await stage.declare('home');
    const labels = { enterprise: 'Enterprise', platform_other: 'Platform', news_other: 'News', none: 'None' };
    const choice = {
      fact: 'site_kind',
      options: Object.entries(labels).map(([value, raw]) => ({ value, label: { raw }, exclusive: value === 'none' })),
      ...{ chosen: [], submit: { raw: 'Done' } },
    };
    await stage.show(incident, [{ kind: 'choices', choice }]);
    const { version } = await stage.rig.bot.state(incident);
    if (!stage.rig.lacks.mixing) {
      const { answer } = await (await stage.rig.tick('lead', ['Enterprise', 'None'], 'home')).deliver();
      expect(answer).toContain('None');
      expect((await stage.rig.bot.state(incident)).version).toBe(version);
    }
    await (await stage.rig.tick('lead', ['Enterprise', 'News'], 'home')).deliver();
    expect((await stage.rig.bot.state(incident)).facts['site_kind']?.value).toEqual(['enterprise', 'news_other']);
  });

  it('a form is filled in where its button is, and is recorded as it was entered', async () => {
    const incident = await stage.declare('home');
    const value = '两台服务器已隔离\n<b>second line</b> & "more"';
    const entries = [
      { id: 'text', label: '发生或发现的情况', english: 'What happened or was found', value },
      { id: 'at', label: '发生时间', english: 'When it happened', value: '09:30' },
    ];
    await stage.offer(incident, 'note');
    const form = await stage.rig.fill('lead', FILL, entries, 'home');
    const sent = await form.deliver();
    expect(sent.acknowledged).toBe(true);
    await form.deliver();
    const { notes, people } = await stage.rig.bot.state(incident);
    expect(notes.map(({ text, happenedAt, by }) => [text, happenedAt, people[by]?.name])).toEqual([
      [value, '2026-03-31T09:30:00+08:00', 'Li Wei'],
    ]);
  });

  it('what cannot be understood in a form is said, and nothing is recorded', async () => {
    const incident = await stage.declare('home');
    const entries = [
      { id: 'text', label: '发生或发现的情况', english: 'What happened or was found', value: 'seen' },
      { id: 'at', label: '发生时间', english: 'When it happened', value: 'the day the music died' },
    ];
    await stage.offer(incident, 'note');
    const { answer } = await (await stage.rig.fill('lead', FILL, entries, 'home')).deliver();
    expect(answer).not.toBe('');
    expect((await stage.rig.bot.state(incident)).notes).toEqual([]);
  });

  it('a form that is sent after a state-secret stop is refused with the stop, and opens nothing else', async () => {
    const incident = await stage.declare('home');
    const entries = [{ id: 'text', label: '发生或发现的情况', english: 'What happened or was found', value: 'seen' }];
    await stage.offer(incident, 'note');
    const form = await stage.rig.fill('lead', FILL, entries, 'home');
    await stage.rig.bot.change(incident, { type: 'stop_state_secret' }, stage.rig.account('lead'));
    const { answer } = await form.deliver();
    expect(answer).toMatch(/Collection has stopped|已停止收集|停止收集/);
    expect((await stage.rig.bot.state(incident)).notes).toEqual([]);
  });

  it('a text that was too long for the form stays as it is when something else is filled in', async () => {
    const incident = await stage.declare('home');
    const long = `${'长'.repeat(4_500)}。`;
    await stage.rig.bot.change(
      incident,
      {
        ...{ type: 'fill_field', field: 'art7.2.measures', value: { state: 'known', text: long } },
      },
      stage.rig.account('lead'),
    );
    await stage.offer(incident, 'item', { item: 'art7.2' });
    const entries = [{ id: 'art7.2.place', label: '地点', english: 'Place', value: '上海机房' }];
    await (await stage.rig.fill('lead', FILL, entries, 'home')).deliver();
    const { fields } = await stage.rig.bot.state(incident);
    expect(fields['art7.2.place']?.current?.text).toBe('上海机房');
    expect(fields['art7.2.measures']?.current?.text).toBe(long);
  });

  it('a file is kept with all its bytes, once, and that is said', async () => {
    const incident = await stage.declare('home');
    const content = Uint8Array.from({ length: 70_001 }, (_, index) => (index * 7) % 253);
    const act = await stage.rig.give('lead', content, incident);
    const { acknowledged, answer } = await act.deliver();
    expect(acknowledged).toBe(true);
    expect(answer).not.toBe('');
    await act.deliver();
    const { evidence } = await stage.rig.bot.state(incident);
    const sha256 = createHash('sha256').update(content).digest('hex');
    expect(evidence).toMatchObject([{ size: content.length, file: sha256 }]);
    const kept = await stage.rig.bot.store.blobs.get(sha256);
    const bytes = kept && (await buffer(kept));
    expect(bytes?.equals(content)).toBe(true);
  });

  it('what is not as documented is kept for the operator, acknowledged, and said', async () => {
    if (stage.rig.lacks.odd) return;
    const kept = await stage.rig.bot.failed();
    const { acknowledged, answer } = await (await stage.rig.odd('lead')).deliver();
    expect(acknowledged).toBe(true);
    expect(answer).not.toBe('');
    expect(await stage.rig.bot.failed()).toBe(kept + 1);
  });

  it('whoever has not the secret of the platform, or is of another company, gets nothing done', async () => {
    const before = await stage.incidents();
    const failed = await stage.rig.bot.failed();
    for (const forged of await stage.rig.forge('new forged')) {
      expect(await forged.deliver()).toEqual({ acknowledged: false, answer: '' });
    }
    expect([await stage.incidents(), await stage.rig.bot.failed()]).toEqual([before, failed]);
  });

  it('when the first message of an incident is removed it is posted again, and all that was below it', async () => {
    const incident = await stage.declare('home');
    await (await stage.rig.press('lead', NO, 'home')).deliver();
    await stage.rig.bot.pass(1);
    const surfaces = async () => {
      const root =
        (
          await stage.rig.bot.store.surfaces.get(
            incident,
            roomId(roomsOf(await stage.rig.bot.state(incident))[0] ?? never()),
            'status',
          )
        )?.ref ?? null;
      const below = root === null ? [] : await stage.rig.seen({ ...stage.rig.place('home'), thread: root });
      return { root, below: below.map(({ text }) => text) };
    };
    const before = await surfaces();
    expect(before.below.length).toBeGreaterThan(0);
    if (!(await stage.rig.recall(stage.rig.place('home'), before.root ?? undefined))) return;
    if (stage.rig.lacks.recalls)
      await stage.rig.bot.change(incident, { type: 'answer', fact: 'personal_info_people', value: 1_200_000 });
    await stage.rig.bot.pass(1);
    const after = await surfaces();
    expect(after.root).not.toBe(before.root);
    expect(after.root).not.toBeNull();
    expect(after.below.length).toBeGreaterThanOrEqual(before.below.length);
  });
}

function never(): never {
  throw new Error('no room');
}
