import { describe, expect, it } from 'vitest';
import type { Command } from '../../src/incident/commands.ts';
import { type Organisation, organisationSchema } from '../../src/incident/people/profile.ts';
import type { Draft } from '../../src/incident/state.ts';
import { caller, DAY, Driven, HOUR, iso, MINUTE, said } from './harness.ts';

const person = (id: string, roles: readonly string[], more: object = {}) => ({
  id,
  name: id,
  roles,
  accounts: [{ platform: 'chat', tenant: 't', id }],
  ...more,
});
const company: Organisation = organisationSchema.parse({
  organisation: '某某（上海）贸易有限公司',
  entities: [{ id: 'sh', name: '某某（上海）贸易有限公司', province: '31', operator: 'other' }],
  people: [
    person('li', ['responder', 'lead'], { language: 'en' }),
    person('zhao', ['approver', 'filer'], { language: 'zh-CN', deputy: 'sun' }),
    person('sun', ['responder'], { language: 'en' }),
    person('chen', ['responder', 'legal'], { language: 'zh-CN' }),
  ],
  approval: { fourEyes: true },
});

const words = (text: string): Command => ({
  type: 'fill_field',
  field: 'art7.2.measures',
  value: { state: 'known', text },
  wording: text,
});

/** The case of the issue: what somebody is told on the way, and what stands on the record. */
class Filed {
  readonly driven: Driven;
  constructor(driven: Driven) {
    this.driven = driven;
  }
  static async start(): Promise<Filed> {
    const filed = new Filed(await Driven.start({ organisation: company }));
    await filed.driven.fourHours();
    await filed.driven.say({ type: 'decide_level', level: 'major' });
    await filed.driven.say(words('已隔离两台服务器'));
    return filed;
  }
  async draft(report: Draft['report'], by = 'li'): Promise<Draft> {
    await this.driven.say(
      { type: 'compile_draft', report, cannotDetermine: report === 'initial' ? ['cause'] : [] },
      by,
    );
    const draft = (await this.driven.state()).drafts.at(-1);
    if (!draft) throw new Error('no draft');
    return draft;
  }
  async approve({ draft, text }: Draft): Promise<void> {
    await this.driven.say({ type: 'request_approval', draft });
    await this.driven.say({ type: 'approve', draft, hash: text?.hash ?? '' }, 'zhao');
  }
  async file(obligation: string, draft: Draft, more: object = {}): Promise<void> {
    const at = iso(this.driven.clock.now());
    const filing = {
      type: 'record_filing',
      obligation,
      channel: 'email_12387',
      at,
      draft: draft.draft,
      ...more,
    } as const;
    await this.driven.say(filing, 'zhao');
  }
  /** The last thing somebody was told directly, of what has the words. */
  told(name: string, about = ''): string {
    const post = this.driven.chat.posts.findLast(
      ({ place, card }) => place.address === `dm:${name}` && JSON.stringify(card).includes(about),
    );
    if (!post) throw new Error(`nothing was said to ${name}`);
    return [post.card.title, ...post.card.blocks.map((block) => JSON.stringify(block))].join('\n');
  }
}

describe('from the first draft to the summary report', () => {
  it('is approved, voided by a change, approved again, filed, followed up, summed up and closed', async () => {
    const filed = await Filed.start();
    const { driven } = filed;
    const first = await filed.draft('initial');
    await filed.approve(first);
    expect(filed.told('zhao')).toMatch(/INC-\d{4}-\d{4} · 请审批首报第1稿：须于13:42前报送，余/);
    expect(filed.told('li')).toContain('Approved by zhao');

    await driven.say(words('已隔离两台服务器并重置口令'), 'chen');
    expect(filed.told('zhao')).toContain('批准已失效：已采取的措施');
    expect(filed.told('li')).toContain('is no longer valid. Changed: Measures taken');
    await expect(filed.approve(first)).rejects.toThrow('text_changed');

    await driven.follow(30 * MINUTE);
    const second = await filed.draft('initial');
    await filed.approve(second);
    const asked = driven.chat.posts.filter(
      ({ place, key }) => place.address === 'dm:zhao' && key.includes(driven.incident),
    );
    expect(JSON.stringify(asked.at(-1)?.card)).toContain('重置口令');

    const proof = await driven.attach('sent.eml', 'as sent');
    await filed.file('cac.art4.other', second, { receipt: '2026-0331-17', proof });
    const [filing] = (await driven.state()).filings;
    expect(filing).toMatchObject({
      hash: second.text?.hash,
      approved: true,
      lateSeconds: 0,
      recipient: 'provincial_cac',
    });

    await driven.say({ type: 'answer', fact: 'personal_info_people', value: 11_000_000 });
    await driven.say({ type: 'decide_level', level: 'significant' });
    await driven.follow(3 * HOUR);
    const third = await filed.draft('follow_up');
    const changes = third.text?.document.introduction.filter(({ id }) => /^changes\.\d+$/.test(id)) ?? [];
    expect(changes.map((block) => ('label' in block ? block.label : ''))).toEqual(['级别', '已造成的影响和危害']);
    expect(JSON.stringify(third.text?.document.sections)).toContain('重置口令');
    await filed.approve(third);
    await filed.file('cac.art4.other', third);
    expect((await driven.state()).filings.at(-1)).toMatchObject({ report: 'follow_up', due: null, lateSeconds: 0 });

    await driven.say({ type: 'end_handling', at: iso(driven.clock.now()), reason: 'restored' });
    const summary = await filed.draft('summary');
    await filed.approve(summary);
    await expect(driven.say({ type: 'close', reason: 'done' })).rejects.toThrow('owed');
    await expect(filed.file('cac.art8.other', summary, { channel: 'web_12387' })).rejects.toThrow('other_channel');
    await filed.file('cac.art8.other', summary);
    await expect(driven.say({ type: 'close', reason: 'done' })).rejects.toThrow('pipl.art57.authority');
    await driven.answerRest();
    await driven.say({ type: 'close', reason: 'done' });
    expect((await driven.state()).drafts[0]?.text).toEqual(first.text);
  });
});

describe('an approval that waits', () => {
  it('is asked for again by shares of the time left: the approver, then the deputy, then the room', async () => {
    const filed = await Filed.start();
    const { driven } = filed;
    const first = await filed.draft('initial');
    await driven.say({ type: 'request_approval', draft: first.draft });
    await driven.follow(230 * MINUTE);
    const waits = (await driven.heard()).filter(({ step }) => step.startsWith('approval'));
    expect(said(waits)).toEqual([
      '120 approval:1 dm:zhao',
      '180 approval:2 dm:zhao',
      '180 approval:2 dm:sun',
      '216 approval:3 dm:zhao',
      '216 approval:3 dm:sun',
      '216 approval:3 room',
    ]);
    // A deputy is also told how much is left; both wait for the same approval.
    expect(filed.told('sun', 'is still waiting')).toContain('li asked for approval at ');
    expect(filed.told('sun')).toContain('Review and approve');
    await driven.say({ type: 'approve', draft: 1, hash: first.text?.hash ?? '' }, 'sun');
    await driven.follow(HOUR);
    expect((await driven.heard()).filter(({ step }) => step.startsWith('approval'))).toHaveLength(waits.length);
  });
});

describe('after a filing', () => {
  it('a delay is explained to the record by the lead or legal, not in front of everybody', async () => {
    const filed = await Filed.start();
    const { driven } = filed;
    await driven.say({ type: 'take_item', item: 'art7.4' }, 'chen');
    await driven.follow(250 * MINUTE);
    await driven.say({
      type: 'record_filing',
      obligation: 'cac.art4.other',
      channel: 'web_12387',
      at: iso(driven.clock.now()),
    });
    for (const name of ['li', 'chen'])
      expect(filed.told(name)).toMatch(/10 min after the deadline. Please give the reason|逾期10分钟，请填写原因/);
  });

  it('what is still to be supplemented is remembered after a day, three days, then weekly', async () => {
    const filed = await Filed.start();
    const { driven } = filed;
    const first = await filed.draft('initial');
    await filed.approve(first);
    await filed.file('cac.art4.other', first);
    await driven.follow(8 * DAY);
    const heard = (await driven.heard()).filter(({ step }) => step.startsWith('follow'));
    expect(heard.map(({ step, where }) => `${step} ${where}`)).toEqual([
      'follow:1 dm:li',
      'follow:3 dm:li',
      'follow:7 dm:li',
    ]);
    expect(filed.told('li')).toContain('report items still incomplete');
  });

  it('a task speaks when it is due, also after the incident is closed', async () => {
    const filed = await Filed.start();
    const { driven } = filed;
    await driven.say({ type: 'take_item', item: 'art7.4' }, 'chen');
    const chen = (await driven.state()).owners['art7.4']?.owner ?? '';
    const due = iso(driven.clock.now() + 10 * DAY);
    await driven.say({ type: 'add_task', text: '排查全部接口权限', person: chen, due });
    expect(filed.told('chen')).toContain('排查全部接口权限');
    await driven.say({
      type: 'record_filing',
      obligation: 'cac.art4.other',
      channel: 'web_12387',
      at: iso(driven.clock.now()),
    });
    await driven.say({ type: 'end_handling', at: iso(driven.clock.now()), reason: 'restored' });
    await driven.say({
      type: 'record_filing',
      obligation: 'cac.art8.other',
      channel: 'web_12387',
      at: iso(driven.clock.now()),
    });
    await driven.say({ type: 'decide_level', level: 'major' });
    await driven.answerRest();
    await driven.say({ type: 'close', reason: 'done' });
    await driven.follow(11 * DAY);
    const heard = (await driven.heard()).filter(({ step }) => step.startsWith('task'));
    expect(heard.map(({ step, where, minute }) => `${minute / (24 * 60)} ${step} ${where}`)).toEqual([
      '10 task:t1 dm:chen',
    ]);
  });
});

describe('in words', () => {
  it('a draft is put up for approval, looked at, sent back and approved', async () => {
    const filed = await Filed.start();
    const { driven } = filed;
    const write = async (line: string, by: string) => {
      const delivery = { platform: 'chat', key: `text:${line}:${by}:${driven.chat.posts.length}`, body: line };
      const input = { line, incident: driven.incident, caller: caller(by), room: null, delivery };
      const reply = await driven.house.app.text(input);
      await driven.house.settle();
      return reply;
    };
    const state = async () => (await driven.state()).approvals.at(-1);
    await write('首报', 'li');
    await write('提请审批', 'li');
    expect(await state()).toMatchObject({ draft: 1, approved: null });
    // 审批 asks to see the text; only 批准 approves it.
    const seen = await write('审批', 'zhao');
    expect(seen.kind === 'card' && JSON.stringify(seen.card)).toContain('已隔离两台服务器');
    expect(await state()).toMatchObject({ draft: 1, approved: null });
    // What is to be sent back is read back first; the button does it.
    const back = await write('退回 写明隔离时间', 'zhao');
    expect((await driven.state()).tasks).toEqual([]);
    const blocks = back.kind === 'card' ? back.card.blocks : [];
    const buttons = blocks.flatMap((block) => (block.kind === 'actions' ? block.actions : []));
    const pressed = buttons.find(({ id }) => id === 'confirmed')?.does;
    if (pressed?.kind !== 'intent') throw new Error('nothing to confirm');
    await driven.say(pressed.intent, 'zhao');
    expect((await driven.state()).tasks).toMatchObject([{ text: '写明隔离时间', kind: 'comment' }]);
    expect(filed.told('li')).toContain('Sent back by zhao');
    // What was sent back is not approved by a word: it is shown.
    expect((await write('批准', 'zhao')).kind).toBe('card');
    await write('first report', 'li');
    await write('ask for approval', 'li');
    await write('approve', 'zhao');
    expect(await state()).toMatchObject({ draft: 2, sentBack: null });
    expect((await state())?.approved).not.toBeNull();
  });
});

describe('a drill', () => {
  it('goes all the way: approved, practised instead of filed, and its clock is quiet from then on', async () => {
    const driven = await Driven.start({ organisation: company });
    await driven.fourHours({ drill: true });
    const filed = new Filed(driven);
    await filed.approve(await filed.draft('initial'));
    const practise = { type: 'practise_filing', obligation: 'cac.art4.other', channel: 'web_12387', draft: 1 } as const;
    await driven.say(practise, 'zhao');
    expect((await driven.state()).filings).toMatchObject([{ practised: true, approved: true }]);
    await driven.follow(5 * HOUR);
    expect(said(await driven.heard())).toEqual([]);
  });
});
