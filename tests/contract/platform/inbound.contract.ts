import { createHash } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Block } from '../../../src/conversation/cards/card.ts';
import { type Room, roomId } from '../../../src/incident/identity.ts';
import type { IncidentState } from '../../../src/incident/state.ts';
import type { MakeRig, Rig, Where, Who } from './rig.ts';

const NO = /^(否|No)$/;
const FILL = /^fill it in$/;
const HAN = /\p{Script=Han}/u;

/** Everything that a platform's way in promises: what people do is on the record once, and nobody reads what is not theirs. */
export function inboundContract(name: string, make: MakeRig): void {
  describe(`people: ${name}`, () => {
    let rig: Rig;
    let titles = 0;
    beforeAll(async () => {
      rig = await make();
    });
    afterAll(() => rig.stop());
    // Quotas are by the minute.
    beforeEach(() => rig.bot.pass(2));

    const incidents = async () => (await rig.bot.store.incidents({ limit: 200 })).length;
    const idOf = async (title: string): Promise<string> => {
      const found = (await rig.bot.store.incidents({ limit: 200 })).find((one) => one.title === title);
      if (!found) throw new Error(`${title} was not declared`);
      return found.id;
    };
    const nextTitle = (): string => `payroll leak ${String(++titles).padStart(3, '0')}`;
    const declare = async (where: Where = 'home', who: Who = 'lead', title = nextTitle()): Promise<string> => {
      await (await rig.write(who, `new ${title}`, where)).deliver();
      return idOf(title);
    };
    const say = async (who: Who, text: string, where: Where, about: string | null = null) =>
      (await rig.write(who, text, where, about)).deliver();
    const roomsOf = ({ rooms }: IncidentState): readonly Room[] => Object.values(rooms);
    const shownIn = async (where: Where): Promise<string> => {
      const roots = await rig.seen(rig.place(where));
      return roots.map(({ text }) => text).join('\n');
    };
    /** A card of an incident where the cast is, made for the revision of now. */
    const show = async (incident: string, blocks: readonly Block[]): Promise<void> => {
      const { version } = await rig.bot.state(incident);
      const body = rig.bot.messenger.render({
        ...{ incident, language: 'en', revision: version, surface: null, ring: false },
        card: { tone: 'running', drill: false, title: { raw: 'choose' }, summary: { raw: 'choose' }, blocks },
      });
      const outcome = await rig.bot.messenger.post(rig.place('home'), body, `card-${incident}-${version}`);
      expect(outcome).toMatchObject({ kind: 'sent' });
    };

    const offer = (incident: string, form: string, args: Readonly<Record<string, string>> = {}): Promise<void> => {
      const does = { kind: 'form', form: { form, args: { incident, ...args } } } as const;
      return show(incident, [{ kind: 'actions', actions: [{ id: 'fill', label: { raw: 'fill it in' }, does }] }]);
    };

    it('what is declared belongs to the room and to whoever wrote it, and shows itself there', async () => {
      const title = nextTitle();
      const incident = await declare('home', 'lead', title);
      const state = await rig.bot.state(incident);
      expect(Object.values(state.people).map(({ account, name }) => ({ account, name }))).toEqual([
        { account: rig.account('lead'), name: 'Li Wei' },
      ]);
      const { tenant } = rig.account('lead');
      expect(roomsOf(state)).toMatchObject([
        { platform: rig.bot.messenger.platform, tenant, location: 'home', open: false },
      ]);
      if (!rig.lacks.colleagues) expect(roomsOf(state)[0]?.address).toBe(rig.place('home').address);
      expect(await shownIn('home')).toContain(title);
    });

    it('a room abroad is one abroad, and shows nothing that people wrote', async () => {
      if (rig.lacks.rooms?.includes('abroad')) return;
      const title = nextTitle();
      const incident = await declare('abroad', 'lead', title);
      expect(roomsOf(await rig.bot.state(incident))).toMatchObject([{ location: 'abroad', language: 'en' }]);
      await say('lead', `note ${title} at the vault`, 'home', incident);
      expect(await shownIn('abroad')).toContain(incident);
      expect(await shownIn('abroad')).not.toContain('payroll');
      const { answer } = await say('lead', 'timeline', 'abroad', incident);
      expect(answer).not.toMatch(/payroll|vault/);
    });

    it('an open room is one that everybody reads, another is not', async () => {
      if (rig.lacks.rooms?.includes('open')) return;
      const incident = await declare('open');
      expect(roomsOf(await rig.bot.state(incident))).toMatchObject([
        { open: true, address: rig.place('open').address },
      ]);
      expect(roomsOf(await rig.bot.state(await declare('home')))).toMatchObject([{ open: false }]);
    });

    it('who is in a room reads it; who is not, whoever is elsewhere, and what is no room of ours do not', async () => {
      const [room] = roomsOf(await rig.bot.state(await declare('home')));
      if (!room) throw new Error('no room');
      const reads = (who: Who, more: object = {}, id = roomId(room)): boolean =>
        rig.bot.platform.readsRoom(id, { account: { ...rig.account(who), ...more }, name: 'x', language: 'en' });
      expect(reads('lead')).toBe(true);
      expect(reads('lead', { platform: 'elsewhere' })).toBe(false);
      expect(reads('lead', {}, roomId({ ...room, address: 'none-of-ours' }))).toBe(false);
      expect(reads('lead', {}, roomId({ ...room, tenant: 'elsewhere' }))).toBe(false);
      if (rig.lacks.strangers) return;
      expect(reads('stranger')).toBe(false);
      // Another company may well have somebody of the same name.
      if (!rig.lacks.foreigners) return;
      expect(reads('lead', { tenant: 'elsewhere' })).toBe(false);
    });

    it('a colleague who is not in the room learns nothing of it, whatever they ask', async () => {
      if (rig.lacks.strangers) return;
      const title = nextTitle();
      const incident = await declare('home', 'lead', title);
      const { version } = await rig.bot.state(incident);
      for (const line of ['status', 'timeline', 'checklist', 'list']) {
        const { answer } = await say('stranger', line === 'list' ? line : `${incident} ${line}`, 'direct');
        expect(answer).not.toContain(title);
      }
      await say('stranger', `${incident} note from outside`, 'direct');
      expect((await rig.bot.state(incident)).version).toBe(version);
    });

    it('somebody of another organisation is recorded as such and shown nothing', async () => {
      if (rig.lacks.foreigners) return;
      const incident = await declare('home');
      const line = 'note seen at our end';
      await say('foreigner', line, 'home', incident);
      const { people, notes } = await rig.bot.state(incident);
      expect(notes.map(({ text }) => text)).toEqual(['seen at our end']);
      expect(Object.values(people).map(({ account }) => account)).toContainEqual(rig.account('foreigner'));
      for (const asked of ['status', 'timeline', 'list']) {
        const { answer } = await say('foreigner', asked, 'home', incident);
        expect(answer).not.toMatch(/payroll|our end/);
        expect(answer).not.toBe('');
      }
    });

    it('what is written is what is recorded, with the names of those it mentions', async () => {
      const incident = await declare('home');
      // They were met before: nobody waits for a name.
      if (!rig.lacks.colleagues) await say('colleague', 'help', 'home');
      const text = `<b>5 & "six"</b> *7* https://a.example/x?y=1&z ask ${rig.mention?.('colleague') ?? '@陈宇'}`;
      const { answer } = await say('lead', `note ${text}`, 'home', incident);
      const [note] = (await rig.bot.state(incident)).notes;
      expect(note?.text).toMatch(/^<b>5 & "six"<\/b> \*7\* https:\/\/a\.example\/x\?y=1&z ask @陈宇$/);
      expect(answer).not.toContain('undefined');
    });

    it('everybody is answered in their own language where they are alone', async () => {
      for (const who of ['lead', 'colleague'] as const) {
        await declare('direct', who);
        const { answer } = await say(who, 'note 12345', 'direct');
        expect(answer.replaceAll(/〔|〕/g, '')).toMatch(who === 'lead' ? /[a-z]{4}/ : HAN);
        if (who === 'lead') expect(answer).not.toMatch(HAN);
      }
    });

    it('the same line delivered again is the same act: one incident, one answer', async () => {
      const title = nextTitle();
      const line = await rig.write('lead', `new ${title}`, 'home');
      expect((await line.deliver()).acknowledged).toBe(true);
      const before = await incidents();
      const cards = (await rig.seen(rig.place('home'))).length;
      const again = await line.deliver();
      expect(again.acknowledged).toBe(true);
      if (!rig.lacks.silence) expect(again.answer).toBe('');
      expect(await incidents()).toBe(before);
      expect(await rig.seen(rig.place('home'))).toHaveLength(cards);
      const note = await rig.write('lead', 'note once', 'home', await idOf(title));
      for (const _ of [1, 2, 3]) await note.deliver();
      expect((await rig.bot.state(await idOf(title))).notes).toHaveLength(1);
    });

    it('what could not be committed is not acknowledged, and taken when it is delivered again', async () => {
      const title = nextTitle();
      const line = await rig.write('lead', `new ${title}`, 'home');
      const kept = await rig.bot.failed();
      const before = await incidents();
      rig.bot.disk.isFull = true;
      const { acknowledged, answer } = await line.deliver();
      rig.bot.disk.isFull = false;
      expect(await incidents()).toBe(before);
      if (rig.lacks.acknowledgement) {
        // Nobody would deliver it again: it is kept for the operator, and said.
        expect(await rig.bot.failed()).toBe(kept + 1);
        expect(answer).not.toBe('');
        return;
      }
      expect(acknowledged).toBe(false);
      expect((await line.deliver()).acknowledged).toBe(true);
      expect(await idOf(title)).toMatch(/^INC-/);
    });

    it('a button acts once, however often it is pressed, and the card follows', async () => {
      const incident = await declare('home');
      const [first, second] = [await rig.press('lead', NO, 'home'), await rig.press('lead', NO, 'home')];
      const roots = (await rig.seen(rig.place('home'))).length;
      expect((await first.deliver()).acknowledged).toBe(true);
      const { version, facts } = await rig.bot.state(incident);
      expect(facts['operator']).toMatchObject({ value: 'other' });
      await first.deliver();
      await rig.bot.pass(1);
      expect((await rig.bot.state(incident)).version).toBe(version);
      await second.deliver();
      expect((await rig.bot.state(incident)).version).toBe(version);
      if (!rig.bot.messenger.canEdit) return;
      // Edits have a quota: those of other incidents may come first.
      const isAsked = async () => (await rig.seen(rig.place('home'))).at(-1)?.buttons.some((label) => NO.test(label));
      for (let looks = 0; looks < 30 && (await isAsked()); looks += 1) {
        rig.bot.clock.advance(2_500);
        await rig.bot.settle();
      }
      expect(await isAsked()).toBe(false);
      expect(await rig.seen(rig.place('home'))).toHaveLength(roots);
    });

    it('a button of a card that is out of date changes nothing, and that is said', async () => {
      const incident = await declare('home');
      const press = await rig.press('lead', NO, 'home');
      await rig.bot.change(incident, { type: 'answer', fact: 'operator', value: 'cii_involved' });
      const { version } = await rig.bot.state(incident);
      const { acknowledged, answer } = await press.deliver();
      expect(acknowledged).toBe(true);
      expect(answer).not.toBe('');
      const { facts, ...state } = await rig.bot.state(incident);
      expect(state.version).toBe(version);
      expect(facts['operator']).toMatchObject({ value: 'cii_involved' });
    });

    it('a button acts by whoever pressed it, in the row where it was pressed', async () => {
      const incident = await declare('home');
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
      await show(incident, rows);
      await (await rig.press('lead', /^take it$/, 'home', 'row-2')).deliver();
      const { owners, people } = await rig.bot.state(incident);
      expect(Object.keys(owners)).toEqual(['art7.2']);
      expect(people[owners['art7.2']?.owner ?? '']?.account).toEqual(rig.account('lead'));
    });

    it('of a card with 200 rows those that are shown act, each for itself', async () => {
      const incident = await declare('home');
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
      await show(incident, rows);
      await (await rig.press('lead', /^take it$/, 'home', 'task-5.')).deliver();
      expect(Object.keys((await rig.bot.state(incident)).owners)).toEqual(['art7.6']);
    });

    it('all that is ticked is the answer, and what stands alone is not mixed with anything', async () => {
      const incident = await declare('home');
      const labels = { enterprise: 'Enterprise', platform_other: 'Platform', news_other: 'News', none: 'None' };
      const choice = {
        fact: 'site_kind',
        options: Object.entries(labels).map(([value, raw]) => ({ value, label: { raw }, exclusive: value === 'none' })),
        ...{ chosen: [], submit: { raw: 'That is all' } },
      };
      await show(incident, [{ kind: 'choices', choice }]);
      const { version } = await rig.bot.state(incident);
      if (!rig.lacks.mixing) {
        const { answer } = await (await rig.tick('lead', ['Enterprise', 'None'], 'home')).deliver();
        expect(answer).toContain('None');
        expect((await rig.bot.state(incident)).version).toBe(version);
      }
      await (await rig.tick('lead', ['Enterprise', 'News'], 'home')).deliver();
      expect((await rig.bot.state(incident)).facts['site_kind']?.value).toEqual(['enterprise', 'news_other']);
    });

    it('a form is filled in where its button is, and is recorded as it was entered', async () => {
      const incident = await declare('home');
      const value = '两台服务器已隔离\n<b>second line</b> & "more"';
      const entries = [
        { id: 'text', label: '发生或发现了什么', english: 'What happened or was found', value },
        { id: 'at', label: '发生时间', english: 'When it happened', value: '09:30' },
      ];
      await offer(incident, 'note');
      const form = await rig.fill('lead', FILL, entries, 'home');
      const sent = await form.deliver();
      expect(sent.acknowledged).toBe(true);
      await form.deliver();
      const { notes, people } = await rig.bot.state(incident);
      expect(notes.map(({ text, happenedAt, by }) => [text, happenedAt, people[by]?.name])).toEqual([
        [value, '2026-03-31T09:30:00+08:00', 'Li Wei'],
      ]);
    });

    it('what cannot be understood in a form is said, and nothing is recorded', async () => {
      const incident = await declare('home');
      const entries = [
        { id: 'text', label: '发生或发现了什么', english: 'What happened or was found', value: 'seen' },
        { id: 'at', label: '发生时间', english: 'When it happened', value: 'the day the music died' },
      ];
      await offer(incident, 'note');
      const { answer } = await (await rig.fill('lead', FILL, entries, 'home')).deliver();
      expect(answer).not.toBe('');
      expect((await rig.bot.state(incident)).notes).toEqual([]);
    });

    it('a text that was too long for the form stays as it is when something else is filled in', async () => {
      const incident = await declare('home');
      const long = `${'长'.repeat(4_500)}。`;
      await rig.bot.change(
        incident,
        {
          ...{ type: 'fill_field', field: 'art7.2.measures', value: { state: 'known', text: long } },
        },
        rig.account('lead'),
      );
      await offer(incident, 'item', { item: 'art7.2' });
      const entries = [{ id: 'art7.2.place', label: '地点', english: 'Place', value: '上海机房' }];
      await (await rig.fill('lead', FILL, entries, 'home')).deliver();
      const { fields } = await rig.bot.state(incident);
      expect(fields['art7.2.place']?.current?.text).toBe('上海机房');
      expect(fields['art7.2.measures']?.current?.text).toBe(long);
    });

    it('a file is kept with all its bytes, once, and that is said', async () => {
      const incident = await declare('home');
      const content = Uint8Array.from({ length: 70_001 }, (_, index) => (index * 7) % 253);
      const act = await rig.give('lead', content, incident);
      const { acknowledged, answer } = await act.deliver();
      expect(acknowledged).toBe(true);
      expect(answer).not.toBe('');
      await act.deliver();
      const { evidence } = await rig.bot.state(incident);
      const sha256 = createHash('sha256').update(content).digest('hex');
      expect(evidence).toMatchObject([{ size: content.length, file: sha256 }]);
      const kept = await rig.bot.store.blobs.get(sha256);
      const bytes = kept && (await buffer(kept));
      expect(bytes?.equals(content)).toBe(true);
    });

    it('what is not as documented is kept for the operator, acknowledged, and said', async () => {
      if (rig.lacks.odd) return;
      const kept = await rig.bot.failed();
      const { acknowledged, answer } = await (await rig.odd('lead')).deliver();
      expect(acknowledged).toBe(true);
      expect(answer).not.toBe('');
      expect(await rig.bot.failed()).toBe(kept + 1);
    });

    it('whoever has not the secret of the platform, or is of another company, gets nothing done', async () => {
      const before = await incidents();
      const failed = await rig.bot.failed();
      for (const forged of await rig.forge('new forged')) {
        expect(await forged.deliver()).toEqual({ acknowledged: false, answer: '' });
      }
      expect([await incidents(), await rig.bot.failed()]).toEqual([before, failed]);
    });

    it('when the first message of an incident is removed it is posted again, and all that was below it', async () => {
      const incident = await declare('home');
      await (await rig.press('lead', NO, 'home')).deliver();
      await rig.bot.pass(1);
      const surfaces = async () => {
        const root =
          (
            await rig.bot.store.surfaces.get(
              incident,
              roomId(roomsOf(await rig.bot.state(incident))[0] ?? never()),
              'status',
            )
          )?.ref ?? null;
        const below = root === null ? [] : await rig.seen({ ...rig.place('home'), thread: root });
        return { root, below: below.map(({ text }) => text) };
      };
      const before = await surfaces();
      expect(before.below.length).toBeGreaterThan(0);
      if (!(await rig.recall(rig.place('home')))) return;
      await rig.bot.pass(1);
      const after = await surfaces();
      expect(after.root).not.toBe(before.root);
      expect(after.root).not.toBeNull();
      expect(after.below.length).toBeGreaterThanOrEqual(before.below.length);
    });
  });
}

function never(): never {
  throw new Error('no room');
}
