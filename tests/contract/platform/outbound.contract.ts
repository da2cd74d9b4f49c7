import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Action, Block, Card } from '../../../src/conversation/cards/card.ts';
import type { OutgoingMessage, Place, SendOutcome } from '../../../src/use-cases/ports.ts';
import { saidIfFailed, whileTimePasses } from './bot.ts';
import { STARTS_WITHIN } from './inbound.contract.ts';
import type { MakeRig, Rig, Who } from './rig.ts';

const TAKE_LEAD = { kind: 'intent', intent: { type: 'take_lead' } } as const;
const action = (label: string, does: Action['does'] = TAKE_LEAD): Action => ({
  id: label,
  label: { raw: label },
  does,
});
const row = (n: number, actions: readonly Action[] = []): Block => ({
  ...{ kind: 'row', mark: 'open', text: { raw: `row-${n}` }, actions },
});

/** One block of each kind; every word that a person has to be able to read begins with `w-`. */
const EVERY_KIND: readonly Block[] = [
  { kind: 'text', text: { raw: 'w-plain' } },
  { kind: 'text', text: { raw: 'w-strong' }, strong: true },
  { kind: 'quote', text: { raw: 'w-quoted' }, source: { raw: 'w-source' } },
  { kind: 'clock', text: { raw: 'w-clock' }, due: '2026-03-31T05:42:00Z', tone: 'running' },
  { kind: 'note', text: { raw: 'w-note' } },
  { kind: 'row', mark: 'done', text: { raw: 'w-done' }, actions: [] },
  { kind: 'row', mark: 'open', text: { raw: 'w-open' }, actions: [action('w-take')] },
  { kind: 'actions', actions: [action('w-first'), action('w-second')] },
];
const TICKS: Block = {
  kind: 'choices',
  choice: {
    fact: 'affected',
    options: ['one', 'two', 'three'].map((value) => ({ value, label: { raw: `w-${value}` } })),
    chosen: [],
    submit: { raw: 'w-submit' },
  },
};

function message(title: string, blocks: readonly Block[] = [{ kind: 'actions', actions: [action('go')] }]) {
  const card: Card = {
    tone: 'running',
    drill: false,
    title: { raw: title },
    summary: { raw: `summary ${title}` },
    blocks,
  };
  return (more: Partial<OutgoingMessage> = {}): OutgoingMessage => ({
    ...{ incident: '', card, language: 'en', revision: 3, surface: null, ring: false, ...more },
  });
}

/** Everything that a platform's way out promises, whatever the platform. */
export function outboundContract(name: string, make: MakeRig): void {
  describe(`sending: ${name}`, () => {
    let rig: Rig;
    let keys = 0;
    const nextKey = (): string => `k${++keys}`;
    beforeAll(async () => {
      rig = await make();
      // Some platforms let a bot write only where somebody wrote to it.
      for (const who of ['lead', 'colleague'] as const) {
        if (who === 'colleague' && rig.lacks.colleagues) continue;
        await (await rig.write(who, 'help', 'home')).deliver();
        await (await rig.write(who, 'help', 'direct')).deliver();
      }
    }, STARTS_WITHIN);
    afterAll(() => rig?.stop());
    // Quotas are by the minute.
    beforeEach(() => rig.bot.pass(1), STARTS_WITHIN);
    afterEach(({ task }) => saidIfFailed(task, rig.bot));

    const render = (of: OutgoingMessage): string => rig.bot.messenger.render(of);
    const print = (of: OutgoingMessage): string => rig.bot.messenger.fingerprint?.(render(of)) ?? render(of);
    const send = (of: OutgoingMessage, key = nextKey(), place: Place = rig.place('home')): Promise<SendOutcome> =>
      whileTimePasses(rig.bot.clock, rig.bot.messenger.post(place, render(of), key));
    const post = async (of: OutgoingMessage, key = nextKey(), place: Place = rig.place('home')): Promise<string> => {
      const outcome = await send(of, key, place);
      if (outcome.kind !== 'sent') throw new Error(JSON.stringify(outcome));
      return outcome.ref;
    };
    const last = async (place: Place = rig.place('home')) => {
      const seen = (await rig.seen(place)).at(-1);
      if (!seen) throw new Error('nothing is seen');
      return seen;
    };
    const count = async (title: string, place: Place = rig.place('home')): Promise<number> =>
      (await rig.seen(place)).filter(({ text }) => text.includes(title)).length;
    /** All that is new in a place since a count of its messages: a message may come as several. */
    const wordsSince = async (before: number, place: Place = rig.place('home'), who: Who = 'lead') =>
      (await rig.seen(place, who))
        .slice(before)
        .map(({ text, buttons }) => [text, ...buttons].join('\n'))
        .join('\n');

    it('renders the same message to the same bytes, and binds the revision without making it a reason to edit', () => {
      const a = message('a');
      expect(render(a())).toBe(render(a()));
      expect(render(a({ revision: 4 }))).not.toBe(render(a()));
      expect(print(a({ revision: 4 }))).toBe(print(a()));
      expect(print(message('b')())).not.toBe(print(a()));
    });

    it('says in the language of the reader that a message is late, and that it may be a repetition', async () => {
      const said = async (more: Partial<OutgoingMessage>) => {
        const before = (await rig.seen(rig.place('home'))).length;
        await post(message('m')(more));
        return wordsSince(before, rig.place('home'), more.language === 'zh-CN' ? 'colleague' : 'lead');
      };
      expect(await said({})).not.toMatch(/late|12|duplicate/i);
      expect(await said({ late: { seconds: 720 } })).toMatch(/12 min/);
      expect(await said({ late: { seconds: 720 }, language: 'zh-CN' })).toMatch(/[迟晚]到.*12分钟/);
      expect(await said({ possiblyRepeated: true })).toMatch(/duplicate/i);
      expect(await said({ possiblyRepeated: true, language: 'zh-CN' })).toMatch(/重复/);
    });

    it('shows every kind of block with all its words', async () => {
      const before = (await rig.seen(rig.place('home'))).length;
      await post(message('every kind', EVERY_KIND)());
      const words = await wordsSince(before);
      const wanted = JSON.stringify(EVERY_KIND).match(/w-\w+/g) ?? [];
      for (const word of new Set(wanted)) expect(words).toContain(word);
    });

    it('shows what can be ticked, and the button that submits it', async () => {
      const before = (await rig.seen(rig.place('home'))).length;
      await post(message('ticks', [{ kind: 'text', text: { raw: 'which ones' } }, TICKS])({ surface: 'question' }));
      const words = await wordsSince(before);
      for (const word of ['w-one', 'w-two', 'w-three', 'w-submit']) expect(words).toContain(word);
    });

    it('shows each row with its own buttons', async () => {
      const before = (await rig.seen(rig.place('home'))).length;
      await post(
        message(
          'rows',
          [1, 2, 3].map((n) => row(n, [action('take'), action('assign')])),
        )(),
      );
      const words = await wordsSince(before);
      for (const word of ['row-1', 'row-2', 'row-3', 'take', 'assign']) expect(words).toContain(word);
    });

    it('a card of 200 rows with long texts is taken within every limit, and says that there is more', async () => {
      const before = (await rig.seen(rig.place('home'))).length;
      const refusals = rig.refusals();
      const long: Block = { kind: 'text', text: { raw: '长'.repeat(4_000) } };
      const rows = Array.from({ length: 200 }, (_, n) => row(n, [action('take')]));
      const huge = message('题'.repeat(400), [
        long,
        ...rows,
        { kind: 'actions', actions: [action('x'.repeat(90)), action('end')] },
      ]);
      await post(huge());
      expect(rig.refusals()).toBe(refusals);
      const words = await wordsSince(before);
      expect(words).toContain('row-3');
      expect(words).toContain('end');
      // The title is cut by `…`: only a sentence with the number of what is missing, or a button that pages on, counts.
      const counted = /\b\d+ more (?:part|row|line|item)s?|(?:另有|还有)\d+|and \d+ more|^(?:Next|下一页)$/m;
      if (!words.includes('row-199')) expect(words).toMatch(counted);
    });

    it('shows the pages that buttons lead to, as they can be followed', async () => {
      const url = 'https://jishi.example.com/login?token=eyJuYW1lIjoi5p2O5LyfIn0_-x.abc_def-0';
      const before = (await rig.seen(rig.place('home'))).length;
      await post(message('a page', [{ kind: 'actions', actions: [action('open it', { kind: 'link', url })] }])());
      const seen = (await rig.seen(rig.place('home'))).slice(before);
      expect(seen.flatMap(({ links }) => links)).toContain(url);
      expect(await wordsSince(before)).toContain('open it');
    });

    it('asks before a button acts that says so', async () => {
      if (rig.lacks.confirms) return;
      const before = (await rig.seen(rig.place('home'))).length;
      const sure = { ...action('erase it'), confirm: { raw: 'w-really-erase' } };
      await post(message('sure', [{ kind: 'actions', actions: [sure] }])());
      expect(await wordsSince(before)).toContain('w-really-erase');
    });

    it('keeps to the limit of messages by itself, and what waits arrives later', async () => {
      if (!rig.tooOften) return;
      const [refused, titles] = [rig.tooOften(), Array.from({ length: 30 }, (_, n) => `burst-${n}.`)];
      const later: string[] = [];
      for (const title of titles) {
        const outcome = await rig.bot.messenger.post(rig.place('home'), render(message(title)()), nextKey());
        if (outcome.kind === 'sent') continue;
        expect(outcome).toMatchObject({ kind: 'refused', reason: 'rate_limited' });
        if (outcome.kind === 'refused') expect(outcome.retryAt).toBeGreaterThan(rig.bot.clock.now());
        later.push(title);
      }
      expect(later.length).toBeGreaterThan(0);
      expect(rig.tooOften()).toBe(refused);
      await rig.bot.pass(2);
      for (const title of later.slice(0, 10)) await post(message(title)());
      expect(rig.tooOften()).toBe(refused);
    });

    it('takes nothing for sent that reached nobody', async () => {
      if (rig.nobody) expect(await send(message('astray')(), nextKey(), rig.nobody)).toMatchObject({ kind: 'refused' });
    });

    it('posts below the message it belongs to', async () => {
      const root = await post(message('the root')());
      const thread = { ...rig.place('home'), thread: root };
      await post(message('below it')(), nextKey(), thread);
      expect((await last(thread)).text).toContain('below it');
      expect((await last()).text).toContain(rig.lacks.threads ? 'below it' : 'the root');
    });

    it('edits in place, and says so when the message is gone', async () => {
      const { canEdit } = rig.bot.messenger;
      if (!canEdit) return;
      const ref = await post(message('before')());
      const seen = (await rig.seen(rig.place('home'))).length;
      expect(await canEdit.edit(rig.place('home'), ref, render(message('after')()))).toEqual({ kind: 'sent', ref });
      expect(await rig.seen(rig.place('home'))).toHaveLength(seen);
      expect((await last()).text).toContain('after');
      expect((await last()).text).not.toContain('before');
      if (!(await rig.recall(rig.place('home')))) return;
      const edited = await canEdit.edit(rig.place('home'), ref, render(message('again')()));
      expect(edited).toMatchObject({ kind: 'refused', reason: 'gone' });
      expect(await count('again')).toBe(0);
    });

    it('finds a message by its key in its place, and only that one', async () => {
      const { canFind } = rig.bot.messenger;
      if (!canFind || rig.lacks.history) return;
      const [one, two, three] = [nextKey(), nextKey(), nextKey()];
      const root = await post(message('one')(), one);
      const second = await post(message('two')(), two);
      const thread = { ...rig.place('home'), thread: root };
      const below = await post(message('three')(), three, thread);
      expect(await canFind.find(rig.place('home'), one, 0)).toEqual({ kind: 'found', ref: root });
      expect(await canFind.find(rig.place('home'), two, 0)).toEqual({ kind: 'found', ref: second });
      expect(await canFind.find(thread, three, 0)).toEqual({ kind: 'found', ref: below });
      expect(await canFind.find(rig.place('home'), nextKey(), 0)).toMatchObject({ kind: 'absent' });
    });

    it('a lost answer is unknown; what was sent is found, or dropped if sent again in time, or marked', async () => {
      if (rig.lacks.network) return;
      const { canFind } = rig.bot.messenger;
      const [key, once, since] = [nextKey(), message('only once')(), rig.bot.clock.now()];
      rig.loseNextAnswer();
      const outcome = await send(once, key);
      expect(outcome).toMatchObject({ kind: 'unknown' });
      await rig.bot.pass(1);
      expect(await count('only once')).toBe(1);
      const found = await canFind?.find(rig.place('home'), key, since);
      if (found?.kind === 'absent') {
        expect(found.drops).toBe(true);
        expect(await send(once, key)).toMatchObject({ kind: 'sent' });
        expect(await count('only once')).toBe(1);
        // After its time the platform takes the same again: that may not be promised any more.
        await rig.bot.pass(3 * 60);
        expect(await canFind?.find(rig.place('home'), key, since)).toEqual({ kind: 'unsearchable' });
      } else if (canFind) expect(found).toMatchObject({ kind: 'found' });
    });

    it('a card posted again after its end is a new message; where repetitions are dropped, the same posting is one', async () => {
      const { messenger } = rig.bot;
      const [key, card, at] = [`surface:${nextKey()}`, render(message('posted anew')()), rig.bot.clock.now()];
      const anew = async (first: number): Promise<number> => {
        const outcome = await whileTimePasses(rig.bot.clock, messenger.post(rig.place('home'), card, key, first));
        expect(outcome).toMatchObject({ kind: 'sent' });
        return count('posted anew');
      };
      expect(await anew(at)).toBe(1);
      const found = await messenger.canFind?.find(rig.place('home'), key, at);
      if (found?.kind === 'absent' && found.drops) expect(await anew(at)).toBe(1);
      expect(await anew(at + 1)).toBe(rig.lacks.network ? 1 : 2);
    });

    it('too much at once is refused with the time to come back, and taken then', async () => {
      if (rig.lacks.network) return;
      rig.limitNextSend();
      const outcome = await send(message('too much')());
      expect(outcome).toMatchObject({ kind: 'refused', reason: 'rate_limited' });
      expect(await count('too much')).toBe(0);
      const at = outcome.kind === 'refused' ? (outcome.retryAt ?? 0) : 0;
      expect(at).toBeGreaterThan(rig.bot.clock.now());
      await rig.bot.pass(Math.ceil((at - rig.bot.clock.now()) / 60_000));
      expect(await send(message('later')())).toMatchObject({ kind: 'sent' });
    });

    it('while the platform cannot be reached a send is refused for certain, and goes out afterwards', async () => {
      if (rig.lacks.network) return;
      await rig.cutOff(true);
      // The connection that was open is found broken by the first call, which may have been sent.
      await send(message('first try')());
      expect(await send(message('unreachable')())).toMatchObject({ kind: 'refused', reason: 'unreachable' });
      await rig.cutOff(false);
      await rig.bot.pass(10);
      expect(await send(message('reachable')())).toMatchObject({ kind: 'sent' });
      expect(await count('unreachable')).toBe(0);
    });

    it('notifies the room and calls people by name when asked to, and not otherwise', async () => {
      const loud = rig.loud ?? rig.place('home');
      const thread = { ...loud, thread: await post(message('root')(), nextKey(), loud) };
      await post(message('quiet')(), nextKey(), thread);
      expect(await last(thread)).toMatchObject({ rings: false, mentions: [] });
      await post(message('told directly')({ ring: true, mention: [] }), nextKey(), thread);
      expect((await last(thread)).mentions).toEqual([]);
      await post(message('loud')({ ring: true, mention: [rig.account('lead')] }), nextKey(), thread);
      const { rings, mentions, text } = await last(thread);
      expect(text).toContain('loud');
      expect(rings).toBe(!rig.lacks.ringing);
      expect(mentions).toEqual(rig.lacks.mentions ? [] : [rig.account('lead').id]);
    });

    it('writes to a person alone, and knows whom it cannot reach', async () => {
      const { canMessagePeople } = rig.bot.messenger;
      const lead = rig.account('lead');
      const place = await canMessagePeople?.direct(lead);
      if (!place) throw new Error('not reachable');
      await post(message('to you alone')(), nextKey(), place);
      expect((await last(rig.place('direct'))).text).toContain('to you alone');
      if (!rig.lacks.colleagues) expect(await count('to you alone')).toBe(0);
      expect(await canMessagePeople?.direct({ ...lead, tenant: 'elsewhere' })).toBeNull();
      expect(await canMessagePeople?.direct({ ...lead, platform: 'elsewhere' })).toBeNull();
      expect(canMessagePeople?.reaches?.({ ...lead, tenant: 'elsewhere' }) ?? false).toBe(false);
    });

    it('sends a file with its name and all its bytes, and finds it again', async () => {
      const { canSendFile, canFind } = rig.bot.messenger;
      if (!canSendFile) return;
      const thread = { ...rig.place('home'), thread: await post(message('root')()) };
      const content = Uint8Array.from({ length: 300_000 }, (_, index) => index % 251);
      const file = { name: 'draft.docx', mediaType: 'application/zip', content };
      const key = nextKey();
      const before = (await rig.seen(thread)).length;
      const outcome = await canSendFile.sendFile(thread, file, render(message('the draft')()), key);
      expect(outcome).toMatchObject({ kind: 'sent' });
      const files = (await rig.seen(thread)).slice(before).flatMap((seen) => seen.file ?? []);
      expect(files.map((one) => one.name)).toEqual(['draft.docx']);
      expect(files[0] && Buffer.compare(files[0].content, content)).toBe(0);
      expect(await wordsSince(before, thread)).toContain('the draft');
      if (!canFind || rig.lacks.history || outcome.kind !== 'sent') return;
      expect(await canFind.find(thread, key, 0)).toMatchObject({ kind: 'found', ref: outcome.ref });
    });

    it('a file that is sent again is dropped where repetitions are, unless the platform says that it shows it twice', async () => {
      const { canSendFile, canFind } = rig.bot.messenger;
      if (!canSendFile || !canFind) return;
      const place = rig.place('home');
      const file = { name: 'again.docx', mediaType: 'application/zip', content: new Uint8Array(99).fill(7) };
      const [key, at] = [nextKey(), rig.bot.clock.now()];
      const sent = async (title: string) => {
        expect(await canSendFile.sendFile(place, file, render(message(title)()), key)).toMatchObject({ kind: 'sent' });
        return (await rig.seen(place)).filter((one) => one.file?.name === 'again.docx').length;
      };
      expect(await sent('with a file')).toBe(1);
      const found = await canFind.find(place, key, at);
      if (found.kind !== 'absent' || !found.drops) return;
      const shown = await sent('with a file');
      expect(shown).toBe(canSendFile.repeats ? 2 : 1);
      expect(await count('with a file')).toBe(1);
      if (!canSendFile.repeats) return;
      await sent('with a file, possibly again');
      expect(await count('possibly again')).toBe(1);
    });

    it('sends nothing to a room of another tenant, and never throws', async () => {
      const elsewhere = { ...rig.place('home'), tenant: 'elsewhere' };
      const body = render(message('astray')());
      const { messenger } = rig.bot;
      const file = { name: 'a.txt', mediaType: 'text/plain', content: new Uint8Array([1]) };
      for (const outcome of [
        await messenger.post(elsewhere, body, nextKey()),
        await messenger.post({ tenant: 'nowhere', address: 'nowhere', thread: 'none' }, body, nextKey()),
        (await messenger.canEdit?.edit({ tenant: 'nowhere', address: 'nowhere', thread: null }, 'none', body)) ?? null,
        (await messenger.canSendFile?.sendFile(elsewhere, file, body, nextKey())) ?? null,
      ])
        if (outcome) expect(outcome).toMatchObject({ kind: 'refused' });
      expect(await count('astray')).toBe(0);
    });
  });

  describe(`with wrong credentials: ${name}`, () => {
    it('nothing is sent, nothing is taken for sent, and the platform says that it is not well', async () => {
      const rig = await make({ wrongCredentials: true });
      try {
        if (rig.lacks.credentials) return;
        const { messenger } = rig.bot;
        const body = messenger.render(message('nobody sees this')());
        const file = { name: 'a.txt', mediaType: 'text/plain', content: new Uint8Array([1]) };
        const place = rig.place('home');
        for (const outcome of [
          await whileTimePasses(rig.bot.clock, messenger.post(place, body, 'w1')),
          await whileTimePasses(rig.bot.clock, messenger.post({ ...place, thread: 'x' }, body, 'w2')),
          messenger.canEdit ? await messenger.canEdit.edit(place, '1.1', body) : null,
          messenger.canSendFile
            ? await whileTimePasses(rig.bot.clock, messenger.canSendFile.sendFile(place, file, body, 'w3'))
            : null,
        ])
          if (outcome) expect(outcome.kind).toBe('refused');
        expect(await rig.seen(place)).toEqual([]);
        expect(rig.bot.health().ok).toBe(false);
      } finally {
        await rig.stop();
      }
    });
  });
}
