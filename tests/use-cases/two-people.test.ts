import { describe, expect, it } from 'vitest';
import { localiseCard } from '../../src/conversation/cards/localise.ts';
import { refusalCard } from '../../src/conversation/record/refusals.ts';
import type { Command } from '../../src/incident/commands.ts';
import type { Language } from '../../src/incident/identity.ts';
import { type Organisation, organisationSchema } from '../../src/incident/people/profile.ts';
import type { Caller } from '../../src/use-cases/app.ts';
import { GROUP, MINUTE, OPS, person, RoomsHouse } from '../delivery/rooms-house.ts';

const LI = person('li', OPS);
const WANG = person('wang', OPS);
const ZHANG = person('zhang', GROUP);
const at = (clock: string): string => `2026-03-31T${clock}:00+08:00`;

/** The incident as the API shows it, as far as these tests look at it. */
interface Shown {
  readonly clocks: readonly { id: string; due: string; status: string; provisional: boolean }[];
  readonly obligations: readonly { id: string; status: string; content: string }[];
  readonly proposals: readonly { id: string; ground: string; command: Command; by: string }[];
  readonly awareness: { confirmed: boolean; at: string; earliest: string };
  readonly open: readonly string[];
  readonly level: string;
}

async function fresh(organisation: Organisation | null = null) {
  const rooms = await RoomsHouse.start(organisation);
  await rooms.declare('支付系统疑似用户数据泄露');
  const { house, incident } = rooms;
  const api = async (): Promise<Shown> => JSON.parse(JSON.stringify(await house.app.incident(incident, LI, 'zh-CN')));
  const view = async (name: string, language: Language = 'zh-CN', who: Caller = LI): Promise<string> => {
    const card = await house.app.view({ view: name, args: { incident } }, who);
    return 'code' in card ? JSON.stringify(card) : JSON.stringify(localiseCard(card, language));
  };
  const refusal = async (intent: Command, who: Caller = LI) => {
    const result = await rooms.do(intent, who);
    return result.kind === 'refused' ? result.refusal : null;
  };
  const agree = (proposal = 'p1', who: Caller = WANG) => rooms.must({ type: 'second', proposal, agree: true }, who);
  return { rooms, api, view, refusal, agree };
}
type Fresh = Awaited<ReturnType<typeof fresh>>;
const running = ({ clocks }: Shown) => clocks.filter(({ status }) => status === 'running').map(({ id }) => id);

/** A leak of 1.2 million people that an ordinary operator has to report. */
async function leak(organisation: Organisation | null = null): Promise<Fresh> {
  const it = await fresh(organisation);
  await it.rooms.must({ type: 'answer', fact: 'operator', value: 'other' });
  await it.rooms.must({ type: 'answer', fact: 'affected', value: ['personal_info'] });
  await it.rooms.must({ type: 'answer', fact: 'personal_info_people', value: 1_200_000 });
  return it;
}
const REPORT = { type: 'record_filing', obligation: 'cac.art4.other', channel: 'web_12387' } as const;

describe('what would end a legal clock waits for a second person', () => {
  const REVIEW = { reason: 'small', reviewAt: '2026-04-02T09:00:00+08:00' };
  it.each([
    ['general while more is possible', { type: 'decide_level', level: 'general', reason: 'false alarm' }],
    ['not reportable', { type: 'not_reportable', ...REVIEW }],
  ] as const)('%s', async (_, command) => {
    const { rooms, api, refusal, agree } = await fresh();
    const before = running(await api());
    expect(before.length).toBeGreaterThan(0);
    await rooms.must(command);
    const waiting = await api();
    expect(running(waiting)).toEqual(before);
    expect(waiting.proposals).toMatchObject([{ id: 'p1', ground: 'lost', by: 'li', command }]);
    expect((await refusal({ type: 'second', proposal: 'p1', agree: true }))?.code).toBe('same_person');
    await agree();
    expect(running(await api())).toEqual([]);
    expect((await api()).proposals).toEqual([]);
  });

  it('a range across a threshold, and the last judgement of one person', async () => {
    const { rooms, api, view, agree } = await fresh();
    await rooms.must({ type: 'answer', fact: 'operator', value: 'other' });
    await rooms.must({ type: 'answer', fact: 'affected', value: ['personal_info'] });
    await rooms.must({ type: 'answer', fact: 'personal_info_people', value: { min: 300_000, max: 1_500_000 } });
    expect(await view('why')).toMatch(/最高为“较大”）。.*查明之前，请按13:42的时限准备/);
    expect(await view('why')).not.toContain('未达到定级标准');
    await rooms.must({ type: 'decide_level', level: 'general', reason: '估计偏低' });
    expect(running(await api())).toContain('cac.art4.other');
    await rooms.must({ type: 'second', proposal: 'p1', agree: false });
    expect(running(await api())).toContain('cac.art4.other');
    await rooms.must({ type: 'answer', fact: 'personal_info_people', value: 30_000 });
    await rooms.must({ type: 'answer', fact: 'direct_loss_cny', value: 0 });
    for (let i = 0; i < 12 && running(await api()).includes('cac.art4.other'); i += 1) {
      const fact = rooms.house.engine.assess(await rooms.state()).assessment.undetermined[0];
      if (fact === undefined || (await api()).proposals.length > 0) break;
      await rooms.must({ type: 'answer', fact, value: 'none' });
    }
    const { proposals } = await api();
    expect(proposals).toMatchObject([{ command: { type: 'answer', value: 'none' }, ground: 'lost' }]);
    expect(running(await api())).toContain('cac.art4.other');
    expect(await view('proposals')).toContain('须经另一人复核同意');
    await agree(proposals[0]?.id);
    expect(running(await api())).not.toContain('cac.art4.other');
  });

  it('a level from 较大 up, below what is still possible, ends no clock and needs one person', async () => {
    const { rooms, api } = await leak();
    const before = await api();
    await rooms.must({ type: 'answer', fact: 'personal_info_people', value: { min: 1_200_000, max: 15_000_000 } });
    await rooms.must({ type: 'decide_level', level: 'major' });
    expect((await api()).proposals).toEqual([]);
    expect((await api()).level).toBe('major');
    expect(running(await api())).toEqual(running(before));
  });

  it('says so where the profile has nobody else who may agree; the clock runs on', async () => {
    const { rooms, api, view } = await leak(
      organisationSchema.parse({
        organisation: '某公司',
        entities: [{ id: 'sh', name: '某公司', province: '31', operator: 'other' }],
        people: [
          { id: 'li', name: 'li', roles: ['lead', 'approver'], accounts: [LI.account] },
          { id: 'zhang', name: 'zhang', roles: ['responder'], accounts: [ZHANG.account] },
        ],
      }),
    );
    await rooms.must({ type: 'decide_level', level: 'general', reason: '误报' });
    expect(await view('proposals')).toContain('没有其他人可以复核');
    expect(running(await api())).toContain('cac.art4.other');
  });

  it('what came by a token is nobody’s: who agrees to it is the first person', async () => {
    const { rooms, api, agree } = await leak();
    const level = { type: 'decide_level', level: 'general', reason: 'x' } as const;
    await rooms.must(level);
    await agree('p1', LI).catch(() => undefined);
    expect((await api()).level).toBe('major');
    await agree();
    expect((await api()).level).toBe('general');
  });

  it('is seen and agreed to by whoever of the profile may, also where they neither took part nor read a room', async () => {
    const listed = (id: string, role: string) => ({ id, name: id, roles: [role], accounts: [person(id, OPS).account] });
    const { rooms, agree, refusal } = await leak(
      organisationSchema.parse({
        organisation: '某公司',
        entities: [{ id: 'sh', name: '某公司', province: '31', operator: 'other' }],
        people: [
          listed('li', 'lead'),
          listed('fa', 'legal'),
          listed('hu', 'responder'),
          listed('adm', 'administrator'),
        ],
      }),
    );
    const { house, incident } = rooms;
    const direct = (id: string): Caller => ({ ...person(id, OPS), room: null });
    const isSeen = async (id: string) =>
      !('code' in (await house.app.view({ view: 'status', args: { incident } }, direct(id))));
    expect(await isSeen('fa')).toBe(false);
    await rooms.must({ type: 'decide_level', level: 'general', reason: '误报' });
    expect(await Promise.all(['fa', 'hu', 'adm'].map(isSeen))).toEqual([true, false, false]);
    expect(await refusal({ type: 'second', proposal: 'p1', agree: true }, direct('adm'))).toMatchObject({
      code: 'unknown_incident',
    });
    await agree('p1', direct('fa'));
    expect((await rooms.state()).proposals[0]?.settled).toMatchObject({ agreed: true });
  });

  it('tells those who may agree, and the one who proposed it what became of it', async () => {
    const { rooms, agree } = await leak(
      organisationSchema.parse({
        organisation: '某公司',
        entities: [{ id: 'sh', name: '某公司', province: '31', operator: 'other' }],
        people: [
          { id: 'li', name: 'li', roles: ['lead'], accounts: [LI.account] },
          { id: 'wang', name: 'wang', roles: ['legal'], accounts: [WANG.account] },
          { id: 'zhang', name: 'zhang', roles: ['responder'], accounts: [ZHANG.account] },
        ],
      }),
    );
    await rooms.must({ type: 'decide_level', level: 'general', reason: '误报' });
    const to = (id: string) => rooms.one.messages.filter(({ address }) => address.endsWith(id));
    expect(JSON.stringify(to('wang'))).toContain('一项提议待另一人复核');
    await agree();
    expect(JSON.stringify(to('li'))).toContain('wang agreed: level');
  });
});

describe('the start of the clock', () => {
  it('is the earliest until two people say otherwise; then both deadlines stay in sight', async () => {
    const { rooms, api, view, agree } = await leak();
    await rooms.must({ type: 'add_awareness', at: at('05:30'), source: 'alert', reachedUs: true });
    await rooms.must({ type: 'confirm_awareness', candidate: 'a1', reason: '误报的告警' });
    expect((await api()).awareness).toMatchObject({ confirmed: false, at: at('05:30') });
    await agree();
    expect((await api()).awareness).toMatchObject({ confirmed: true, earliest: at('05:30') });
    expect(await view('status')).toContain('自最早获知时间（05:30）起算：已逾期');
    expect(await view('status')).toContain('自已确认时间（09:42）起算：13:42前');
    expect(await view('status', 'en')).toContain('From the earliest awareness (05:30): 12 min overdue');
  });

  it('a candidate that turns up earlier than the confirmed start counts until somebody confirms again', async () => {
    const { rooms, api } = await leak();
    await rooms.must({ type: 'confirm_awareness', candidate: 'a1', reason: 'own alarm' });
    await rooms.must({ type: 'add_awareness', at: at('09:20'), source: 'mail', reachedUs: true });
    expect((await api()).awareness).toMatchObject({ confirmed: false, at: at('09:20') });
  });

  it('told later and already past its deadline, is said at once to the lead and in the room', async () => {
    const { rooms } = await leak();
    const before = rooms.one.messages.length;
    await rooms.must({ type: 'add_awareness', at: at('05:30'), source: 'alert', reachedUs: true });
    await rooms.pass(MINUTE);
    expect(JSON.stringify(rooms.one.messages.slice(before))).toMatch(/overdue/i);
  });

  it('never ticks the start of an outage in advance from the time it became known', async () => {
    const { rooms } = await fresh();
    await rooms.declare('官网无法访问');
    await rooms.must({ type: 'answer', fact: 'operator', value: 'other' });
    await rooms.must({ type: 'add_awareness', at: at('09:42'), source: 'alert', reachedUs: true });
    const card = await rooms.house.app.view({ view: 'question', args: { incident: rooms.incident } }, LI);
    const choices =
      'code' in card ? [] : card.blocks.flatMap((block) => (block.kind === 'choices' ? block.choice.chosen : []));
    expect(choices.filter((chosen) => chosen.includes('ongoing'))).toEqual([]);
  });
});

describe('the end of handling', () => {
  it('is recorded once; another one is a correction of two people that says how far the 30 days move', async () => {
    const { rooms, api, view, agree } = await leak();
    await rooms.must({ ...REPORT, at: at('09:42') });
    await rooms.must({ type: 'end_handling', at: at('09:42'), reason: 'done' });
    await rooms.skip(3 * 24 * 60 * MINUTE);
    const due = async () => (await api()).clocks.find(({ id }) => id === 'cac.art8.other')?.due;
    const first = await due();
    await rooms.must({ type: 'end_handling', at: '2026-04-03T09:00:00+08:00', reason: '复测' });
    expect(await due()).toBe(first);
    expect(await view('proposals')).toContain('相差3日');
    await agree();
    expect(await due()).not.toBe(first);
  });
});

describe('a filing', () => {
  it('names a channel that reaches its recipient', async () => {
    const { rooms, refusal } = await leak();
    await rooms.must({ type: 'answer', fact: 'suspected_crime', value: true });
    const duty = rooms.house.engine.assess(await rooms.state()).obligations.find((o) => o.content === 'crime_report');
    expect(duty?.recipient).toBe('public_security');
    const filing = { type: 'record_filing', obligation: duty?.id ?? '', at: at('09:42') } as const;
    expect(await refusal({ ...filing, channel: 'hotline_12387' })).toMatchObject({
      code: 'channel_not_reaching',
      params: { channels: ['own_contact', 'in_person'] },
    });
    await rooms.must({ ...filing, channel: 'own_contact' });
  });

  it('by a channel that is none of the recipient counts with a reason, which is on the record and in the evidence', async () => {
    const { rooms, refusal, api, view } = await leak();
    await rooms.must({ type: 'answer', fact: 'suspected_crime', value: true });
    const obligation = 'police.art14';
    const wrong = { type: 'record_filing', obligation, channel: 'hotline_12387', at: at('09:42') } as const;
    expect((await refusal(wrong))?.code).toBe('channel_not_reaching');
    expect((await api()).obligations.find(({ id }) => id === obligation)?.status).toBe('running');
    const form = await rooms.house.app.form({ form: 'filing', args: { incident: rooms.incident, obligation } }, LI);
    expect(JSON.stringify(form)).toMatch(/hotline_12387.*other_channel/s);
    await rooms.must({ ...wrong, otherChannel: '值班民警要求经12387转交' });
    expect((await api()).obligations.find(({ id }) => id === obligation)?.status).toBe('met');
    expect(await view('timeline')).toContain('未使用该单位的报告渠道，理由：值班民警要求经12387转交');
  });

  it('cannot have happened before the company knew, before its text was compiled or approved', async () => {
    const { rooms, refusal } = await leak();
    expect((await refusal({ ...REPORT, at: at('09:00') }))?.code).toBe('filed_before_awareness');
    await rooms.pass(5 * MINUTE);
    await rooms.must({ type: 'compile_draft', report: 'initial', cannotDetermine: ['cause'] });
    expect((await refusal({ ...REPORT, at: at('09:44'), draft: 1 }))?.code).toBe('filed_before_draft');
    const hash = (await rooms.state()).drafts[0]?.text?.hash ?? '';
    await rooms.pass(5 * MINUTE);
    await rooms.must({ type: 'approve', draft: 1, hash }, WANG);
    expect((await refusal({ ...REPORT, at: at('09:49'), draft: 1 }))?.code).toBe('filed_before_approval');
    await rooms.must({ ...REPORT, at: at('09:52'), draft: 1 });
    expect((await rooms.state()).filings[0]).toMatchObject({ approved: true });
  });

  it('is put right with a reason; what was a mistake says so where it stood, with the deadline that runs again', async () => {
    const { rooms, refusal, api } = await leak();
    await rooms.pass(30 * MINUTE);
    await rooms.must({ ...REPORT, at: at('10:10') });
    const filing = (await rooms.state()).filings[0]?.version ?? 0;
    const change = { type: 'correct_filing', filing, at: at('10:05'), channel: 'email_12387' } as const;
    expect((await refusal(change))?.code).toBe('needs_correction_reason');
    expect((await refusal({ ...change, at: at('09:00'), reason: 'x' }))?.code).toBe('filed_before_awareness');
    await rooms.must({ ...change, reason: 'the mail log says so' });
    expect((await rooms.state()).filings[0]).toMatchObject({ filedAt: at('10:05'), channel: 'email_12387' });
    const before = rooms.one.messages.length;
    await rooms.must({ type: 'correct_filing', filing, mistaken: 'the mail bounced' });
    const told = JSON.stringify(rooms.one.messages.slice(before));
    expect(told).toMatch(/was withdrawn/);
    expect(told).toMatch(/The deadline applies again: 13:42/);
    expect(running(await api())).toContain('cac.art4.other');
  });

  it('in words leaves a written version to be sent, for each recipient', async () => {
    const { rooms } = await fresh();
    await rooms.must({ type: 'answer', fact: 'operator', value: 'cii_involved' });
    await rooms.must({ type: 'answer', fact: 'personal_info_people', value: 1_200_000 });
    for (const recipient of ['protection_department', 'public_security']) {
      const obligation = `cac.art4.cii.${recipient}`;
      const call = {
        type: 'record_filing',
        obligation,
        channel: 'own_contact',
        at: at('09:42'),
        takenBy: '值班员',
      } as const;
      await rooms.must(call);
    }
    const tasks = async () => (await rooms.state()).tasks.filter(({ finished }) => !finished);
    expect((await tasks()).map(({ kind, obligation }) => [kind, obligation])).toEqual([
      ['written', 'cac.art4.cii.protection_department'],
      ['written', 'cac.art4.cii.public_security'],
    ]);
    await rooms.pass(2 * MINUTE);
    await rooms.must({ ...REPORT, obligation: 'cac.art4.cii.public_security', channel: 'in_person', at: at('09:44') });
    expect((await tasks()).map(({ obligation }) => obligation)).toEqual(['cac.art4.cii.protection_department']);
  });
});

describe('closing', () => {
  it('is refused while anything is open, each named with its buttons, and everything can be answered', async () => {
    const { rooms, api, refusal, view } = await leak();
    await rooms.must({ type: 'answer', fact: 'personal_info_compromise', value: ['leaked_or_stolen'] });
    await rooms.must({ type: 'compile_draft', report: 'initial', cannotDetermine: ['cause'] });
    const close = { type: 'close', reason: 'done' } as const;
    const refused = await refusal(close);
    const open = (await api()).open;
    expect(refused).toMatchObject({ code: 'owed', params: { obligations: open } });
    expect(open).toEqual(expect.arrayContaining(['cac.art4.other', 'level', 'awareness', 'draft.1']));
    expect(open.some((id) => id.startsWith('pipl.'))).toBe(true);
    const state = await rooms.state();
    const { regime } = rooms.house.engine.deps;
    const card = refused && refusalCard(refused, { state, ia: rooms.house.engine.assess(state), regime });
    const rows = card?.blocks.filter((block) => block.kind === 'row') ?? [];
    expect(rows.map((row) => row.actions.length > 0)).toEqual(open.map(() => true));

    expect((await refusal({ type: 'not_owed', obligation: 'cac.art4.other', reason: 'x' }))?.code).toBe(
      'level_reached',
    );
    await rooms.must({ ...REPORT, at: at('09:42') });
    await rooms.must({ type: 'end_handling', at: at('09:42'), reason: 'done' });
    await rooms.must({ ...REPORT, obligation: 'cac.art8.other', at: at('09:42') });
    expect(await view('status')).not.toContain('应报事项均已报送');
    expect(await view('status')).toContain('应报事项');
    expect(await view('owed')).toContain('无须履行');
    await rooms.must({ type: 'decide_level', level: 'major' });
    await rooms.must({ type: 'confirm_awareness', candidate: 'a1', reason: 'own alarm' });
    for (let i = 0; i < 20; i += 1) {
      const [next] = (await api()).open;
      if (next === undefined) break;
      if (next === 'pipl.art57.authority') {
        // The law knows no exemption from telling the authority: nobody can say that it is not owed.
        const exempted = await refusal({ type: 'not_owed', obligation: next, reason: 'harm was avoided' });
        expect(exempted).toMatchObject({ code: 'no_exemption', params: { article: '第五十七条第二款' } });
        await rooms.must({ ...REPORT, obligation: next, at: at('09:42') });
        continue;
      }
      await rooms.must({ type: 'not_owed', obligation: next, reason: 'told on the phone, no further duty' });
      const [waiting] = (await api()).proposals;
      if (waiting) await rooms.must({ type: 'second', proposal: waiting.id, agree: true }, WANG);
    }
    expect(await view('status')).toContain('应报事项均已报送');
    await rooms.must(close);
  });

  it('after a downgrade of what was reported still waits for the summary report', async () => {
    const { rooms, api, refusal, agree } = await leak();
    await rooms.must({ ...REPORT, at: at('09:42') });
    await rooms.must({ type: 'answer', fact: 'personal_info_people', value: 300 });
    await rooms.must({ type: 'decide_level', level: 'general', reason: '重复计数' });
    const [waiting] = (await api()).proposals;
    if (waiting) await agree(waiting.id);
    await rooms.must({ type: 'end_handling', at: at('09:42'), reason: 'done' });
    const { obligations } = await api();
    expect(obligations.find(({ id }) => id === 'cac.art4.other')?.status).toBe('met');
    expect(obligations.find(({ content }) => content === 'summary_report')?.status).toBe('running');
    expect((await refusal({ type: 'close', reason: 'x' }))?.params?.['obligations']).toContain('cac.art8.other');
  });
});

describe('readings the company adopted', () => {
  it('hold for its incidents, are shown with who adopted them and until when, and give way to what is settled', async () => {
    const reading = { question: 'enterprise_portal_rank', by: '合规委员会', from: '2026-01-01T00:00:00+08:00' };
    const until = '2027-01-01T00:00:00+08:00';
    const profile = (readings: readonly object[]): Organisation =>
      organisationSchema.parse({
        organisation: '某公司',
        entities: [{ id: 'sh', name: '某公司', province: '31', operator: 'other' }],
        readings,
      });
    const outage: readonly Command[] = [
      { type: 'answer', fact: 'affected', value: ['outage'] },
      { type: 'answer', fact: 'site_kind', value: ['enterprise'] },
      { type: 'answer', fact: 'site_outage_minutes', value: 600 },
    ];
    const floor = async ({ rooms }: Fresh) => {
      for (const command of outage) await rooms.must(command);
      return rooms.house.engine.assess(await rooms.state()).assessment.floor;
    };
    const readings = (await fresh()).rooms.house.engine.deps.regime.openQuestions.find(
      ({ id }) => id === reading.question,
    )?.readings;
    const other = readings?.[1]?.id ?? '';
    expect(await floor(await fresh(profile([])))).not.toBe('general');
    const adopted = await fresh(profile([{ ...reading, reading: other, until }]));
    expect(await floor(adopted)).toBe('general');
    expect(await adopted.view('why')).toContain('合规委员会');
    const expired = { ...reading, reading: other, until: '2026-02-01T00:00:00+08:00' };
    expect(await floor(await fresh(profile([expired])))).not.toBe('general');
  });
});

describe('after a state-secret stop', () => {
  it('no card steers anybody to 12387, and the status says what was written before and where', async () => {
    const { rooms, view } = await leak();
    await rooms.must({ type: 'compile_draft', report: 'initial', cannotDetermine: ['cause'] });
    await rooms.must({ type: 'stop_state_secret' });
    for (const name of ['script', 'send', 'draft', 'status', 'more'])
      expect(await view(name), name).not.toContain('12387');
    expect(await view('status')).toContain('有关内容已写入下列位置：');
    expect(await view('status')).toContain('报告稿1份');
    const before = rooms.one.messages.length;
    await rooms.follow(5 * 60 * MINUTE);
    expect(JSON.stringify(rooms.one.messages.slice(before))).not.toContain('12387');
  });
});

describe('the rights the profile names', () => {
  it('hold instead of the table, also for the word of an authority; leading gives none of them', async () => {
    const people = [
      { id: 'li', name: 'li', roles: ['lead'], accounts: [LI.account] },
      { id: 'wang', name: 'wang', roles: ['legal'], accounts: [WANG.account] },
    ];
    const { rooms, refusal } = await leak(
      organisationSchema.parse({
        organisation: '某公司',
        entities: [{ id: 'sh', name: '某公司', province: '31', operator: 'other' }],
        people,
        rights: { awareness: ['legal'], authority: ['legal'], lead: ['legal'] },
      }),
    );
    const forbidden = { code: 'forbidden', params: { roles: ['legal'] } };
    const start = { type: 'confirm_awareness', candidate: 'a1', reason: 'own alarm' } as const;
    expect(await refusal(start)).toMatchObject(forbidden);
    await rooms.must(start, WANG);
    const word = {
      type: 'decide_level',
      level: 'major',
      reason: 'x',
      authority: '网信办',
      proof: { office: '值班室' },
    } as const;
    expect(await refusal(word)).toMatchObject(forbidden);
    await rooms.must(word, WANG);
    expect(await refusal({ type: 'decide_level', level: 'significant', reason: 'x' }, WANG)).toMatchObject({
      code: 'forbidden',
    });
    await rooms.must({ type: 'take_lead' }, WANG);
    expect(await refusal({ type: 'take_lead' })).toMatchObject(forbidden);
  });
});

describe('a drill', () => {
  it('tells nobody to call 12387', async () => {
    const { rooms } = await fresh();
    const result = await rooms.house.app.declare({
      title: '演练',
      drill: true,
      caller: LI,
      room: OPS,
      ...rooms.delivery(),
    });
    if (result.kind !== 'done') throw new Error('no drill');
    rooms.incident = result.incident;
    await rooms.must({ type: 'answer', fact: 'operator', value: 'other' });
    await rooms.must({ type: 'answer', fact: 'personal_info_people', value: 1_200_000 });
    const before = rooms.one.messages.length;
    await rooms.follow(5 * 60 * MINUTE);
    const drill = rooms.one.messages
      .slice(before)
      .filter((message) => JSON.stringify(message).includes(rooms.incident));
    expect(JSON.stringify(drill)).toMatch(/overdue/i);
    expect(JSON.stringify(drill)).not.toContain('12387');
    const script = await rooms.house.app.view({ view: 'script', args: { incident: rooms.incident } }, LI);
    expect('code' in script ? '' : localiseCard(script, 'en').summary).toBe(
      'Drill: do not call. Read it to a colleague.',
    );
  });
});
