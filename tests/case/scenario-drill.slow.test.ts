import { describe, expect, it } from 'vitest';
import { localiseCard } from '../../src/conversation/cards/localise.ts';
import { nextStep } from '../../src/conversation/next-step/next-step.ts';
import { drillReport } from '../../src/report/drills/drill-report.ts';
import { scoreOf } from '../../src/report/drills/score.ts';
import { documentLines } from '../../src/report/paper.ts';
import { caller, DAY, Driven, HOUR, MINUTE, ROOM, regime } from './harness.ts';

async function started(): Promise<Driven> {
  const driven = await Driven.start();
  await driven.declare({ drill: true, scenario: 'first-steps' });
  return driven;
}

const news = (driven: Driven): string[] =>
  driven.chat.posts.filter(({ card }) => /Message from/.test(card.title)).map(({ card }) => card.title);

async function scored(driven: Driven) {
  const state = await driven.state();
  const from = { state, ia: driven.house.engine.assess(state), regime };
  return { from, events: await driven.record.events(driven.incident) };
}

/** What the scenario asks for, up to the practised filing. */
async function played(driven: Driven): Promise<void> {
  await driven.say({ type: 'confirm_awareness', candidate: 'a1', reason: 'the operations desk told us' });
  await driven.say({ type: 'answer', fact: 'operator', value: 'other' });
  await driven.say({ type: 'answer', fact: 'personal_info_people', value: { min: 1_000_000, max: 1_500_000 } });
  await driven.say({ type: 'answer', fact: 'personal_info_compromise', value: ['leaked_or_stolen'] });
  await driven.pass(MINUTE + 30_000);
  await driven.say({ type: 'decide_level', level: 'major' });
  await driven.pass(MINUTE);
  await driven.say({ type: 'compile_draft', report: 'initial', cannotDetermine: [] });
  const { drafts } = await driven.state();
  await driven.say({ type: 'approve', draft: 1, hash: drafts[0]?.text?.hash ?? '' });
  await driven.pass(2 * MINUTE);
  await driven.say({ type: 'practise_filing', obligation: 'cac.art4.other', channel: 'web_12387', draft: 1 });
}

describe('a drill with a scenario', () => {
  it('gives its news at their times of the drill, once, also after a restart', async () => {
    const driven = await started();
    expect((await driven.state()).segments[0]?.rate).toBe(10);
    await driven.pass(1_000);
    expect(news(driven)).toHaveLength(1);
    await driven.pass(46_000);
    expect(news(driven)).toHaveLength(1);
    await driven.pass(2_000);
    expect(news(driven)).toHaveLength(2);
    await driven.close();
    await driven.open();
    await driven.pass(5 * MINUTE);
    expect(news(driven)).toHaveLength(3);
  });

  it('takes chat away in the middle: one message says so, nothing more comes or is taken there until it is back', async () => {
    const ownRooms = [{ ...ROOM, platform: 'console', address: 'main' }];
    const driven = await Driven.start({ ownRooms });
    await driven.declare({ drill: true, scenario: 'no-chat' });
    await driven.pass(2 * MINUTE);
    const seen = driven.chat.posts.filter(({ place }) => place.address === ROOM.address);
    const { app } = driven.house;
    expect(seen.at(-1)?.card.title).toMatch(/chat is down/);
    await driven.pass(5 * MINUTE);
    expect(driven.chat.posts.filter(({ place }) => place.address === ROOM.address)).toHaveLength(seen.length);
    const { version } = await driven.state();
    const asked = { incident: driven.incident, revision: version, delivery: { platform: 'chat', key: 'k', body: '' } };
    const note = { type: 'add_note', text: 'typed in a chat that is down' } as const;
    const refused = await app.submit({ ...asked, intent: note, caller: caller('li') });
    expect(refused).toMatchObject({ kind: 'refused', refusal: { code: 'chat_down' } });
    const away = { account: { platform: 'console', tenant: 'local', id: 'li' }, name: 'li', language: 'en' } as const;
    expect((await app.submit({ ...asked, intent: note, caller: away })).kind).toBe('done');
    await driven.pass(6 * MINUTE);
    expect(news(driven).at(-1)).toMatch(/IT/);
    await driven.say({ type: 'add_note', text: 'back in chat' });
  });

  it('gives none while it is paused, and none once it is over', async () => {
    const driven = await started();
    await driven.say({ type: 'set_drill_speed', speed: 0 });
    await driven.stride(DAY, HOUR);
    expect(news(driven)).toHaveLength(1);
    await driven.say({ type: 'close', reason: 'enough' });
    await driven.stride(DAY, HOUR);
    expect(news(driven)).toHaveLength(1);
  });

  it('is scored from its record', async () => {
    const driven = await started();
    await played(driven);
    const { from, events } = await scored(driven);
    const score = scoreOf(from, events);
    expect(score.stages.map(({ stage, minutes, outcome }) => [stage, minutes, outcome])).toEqual([
      ['awareness', 0, 'met'],
      ['level', 15, 'met'],
      ['draft', 25, 'met'],
      ['approval', 25, 'met'],
      ['filing', 45, 'met'],
    ]);
    expect(score).toMatchObject({
      limit: 240,
      level: { decided: 'major', expected: 'major', right: true },
      missedFacts: [],
      forgottenRecipients: [],
      injects: [
        { minutes: 0, outcome: 'met' },
        { minutes: 17, outcome: 'met' },
      ],
    });
    expect(score.openItems.length).toBeGreaterThan(0);
    expect(score.points).toBe(score.of - 1);
  });

  it('counts what was not done against the score, and names it', async () => {
    const driven = await started();
    await driven.say({ type: 'answer', fact: 'personal_info_people', value: 300 });
    await driven.pass(10 * MINUTE);
    const { from, events } = await scored(driven);
    const score = scoreOf(from, events);
    expect(score.level.right).toBe(false);
    expect(score.missedFacts).toEqual(['operator', 'personal_info_people']);
    expect(score.forgottenRecipients).toEqual(['provincial_cac']);
    expect(score.stages.every(({ outcome }) => outcome === 'missed')).toBe(true);
    expect(score.points).toBe(1);
  });

  it('shows the score as a card and a report with the eight headings', async () => {
    const driven = await started();
    await played(driven);
    await driven.say({ type: 'close', reason: 'done' });
    const card = await driven.house.app.view({ view: 'score', args: { incident: driven.incident } }, caller('li'));
    if ('code' in card) throw new Error(card.code);
    const shown = JSON.stringify(localiseCard(card, 'zh-CN'));
    expect(shown).toMatch(/定级正确：较大/);
    expect(shown).toMatch(/本场景常见失误/);
    const { from, events } = await scored(driven);
    const headings = drillReport(from, events, [], 'zh').sections.map(({ number, heading }) => `${number}${heading}`);
    expect(headings).toEqual([
      '一、演练内容和目的',
      '二、总体方案',
      '三、参与人员',
      '四、准备工作',
      '五、主要过程和关键时间点记录',
      '六、存在的问题',
      '七、后续改进措施及实施计划',
      '八、演练结论',
    ]);
    const english = documentLines(drillReport(from, events, [], 'en')).join('\n');
    expect(english).not.toMatch(/undefined|\{|drill\./);
  });

  it('is compared with the drills before it, in the card, the report and the API', async () => {
    const driven = await started();
    await driven.say({ type: 'close', reason: 'nobody had time' });
    await driven.stride(DAY, HOUR);
    await driven.declare({ drill: true, scenario: 'first-steps' });
    await played(driven);
    const second = driven.incident;
    const view = await driven.house.app.view({ view: 'score', args: { incident: second } }, caller('li'));
    if ('code' in view) throw new Error(view.code);
    const rows = localiseCard(view, 'en').blocks.flatMap((block) =>
      block.kind === 'note' && block.text.includes('level after') ? [block.text] : [],
    );
    expect(rows).toHaveLength(2);
    expect(rows[0]).toMatch(/: \d+ % \(\+\d+\) · level after 15 min · draft after 25 min · filing after 45 min$/);
    expect(rows[1]).toMatch(/: \d+ % · level after — · draft after — · filing after —$/);
    await driven.say({ type: 'close', reason: 'done' });
    const results = await driven.house.app.drills(caller('li'), 10);
    expect(results.map(({ id }) => id)).toEqual([second, 'DRILL-2026-0001']);
    const { from, events } = await scored(driven);
    const lines = documentLines(drillReport(from, events, results.slice(1), 'zh')).join('\n');
    expect(lines).toMatch(/与此前演练比较/);
  });

  it('leads a newcomer from button to button, says why, and ends with the first practised filing', async () => {
    const driven = await started();
    const step = async () => {
      const { state, ia } = (await scored(driven)).from;
      const next = nextStep({ state, ia, regime: ia.regime }, null);
      return { press: next?.actions[0]?.id, why: next?.why !== undefined };
    };
    expect(await step()).toEqual({ press: 'operator_0', why: true });
    await driven.say({ type: 'answer', fact: 'operator', value: 'other' });
    expect(await step()).toEqual({ press: 'questions', why: true });
    await driven.say({ type: 'answer', fact: 'personal_info_people', value: 1_200_000 });
    await driven.say({ type: 'answer', fact: 'personal_info_compromise', value: ['leaked_or_stolen'] });
    expect(await step()).toEqual({ press: 'confirm_level', why: true });
    await driven.say({ type: 'decide_level', level: 'major' });
    expect(await step()).toEqual({ press: 'first_report', why: true });
    await driven.say({ type: 'compile_draft', report: 'initial', cannotDetermine: [] });
    expect(await step()).toEqual({ press: 'ask_approval', why: true });
    await driven.say({ type: 'request_approval', draft: 1 });
    expect(await step()).toEqual({ press: 'review', why: true });
    const { drafts } = await driven.state();
    await driven.say({ type: 'approve', draft: 1, hash: drafts[0]?.text?.hash ?? '' });
    expect(await step()).toEqual({ press: 'file', why: true });
    await driven.say({ type: 'practise_filing', obligation: 'cac.art4.other', channel: 'web_12387', draft: 1 });
    expect(await step()).toEqual({ press: 'confirm_start', why: true });
    await driven.say({ type: 'confirm_awareness', candidate: 'a1', reason: 'the operations desk told us' });
    expect(await step()).toEqual({ press: 'close', why: true });
  });

  it('is chosen from a list or by name', async () => {
    const driven = await Driven.start();
    const type = (line: string) =>
      driven.house.app.text({
        line,
        incident: null,
        caller: caller('li'),
        room: null,
        delivery: { platform: 'chat', key: line, body: line },
      });
    const list = await type('drill');
    if (list.kind !== 'card') throw new Error(list.kind);
    expect(list.card.blocks.filter(({ kind }) => kind === 'row')).toHaveLength(10);
    const begun = await type('drill ransomware-cii');
    if (begun.kind !== 'submitted' || begun.result.kind !== 'done') throw new Error(begun.kind);
    expect(begun.result.state.scenario?.id).toBe('ransomware-cii');
    expect(begun.result.state.title).toBe('Ransomware at a CII operator');
  });
});

it('never stands above a real incident, however soon its first report is due', async () => {
  const driven = await Driven.start();
  await driven.fourHours({ drill: true });
  const drill = driven.incident;
  await driven.pass(MINUTE);
  await driven.fourHours({ title: 'Outage of the web shop' });
  const { rows } = await driven.house.app.openIncidents(caller('li'), 10);
  expect(rows.map(({ id }) => id)).toEqual([driven.incident, drill]);
});

it('stops reminding of a drill that nobody plays', async () => {
  const driven = await Driven.start();
  await driven.fourHours({ drill: true, speed: 60 });
  await driven.stride(DAY, HOUR);
  expect((await driven.state()).reminders.length).toBeLessThanOrEqual(8);
});
