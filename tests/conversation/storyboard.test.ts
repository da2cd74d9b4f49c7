import { beforeEach, describe, expect, it } from 'vitest';
import { questionOf } from '../../src/conversation/asking/fact-forms.ts';
import { nextQuestion } from '../../src/conversation/asking/next-question.ts';
import { notKnownYet } from '../../src/conversation/asking/open-facts.ts';
import { localise } from '../../src/conversation/cards/localise.ts';
import { questionShown, surfacesOf } from '../../src/conversation/cards/surfaces.ts';
import { parseForm } from '../../src/conversation/forms/form-kinds.ts';
import { saidAfter, saidLine } from '../../src/conversation/record/command-confirmations.ts';
import { refusalText } from '../../src/conversation/record/refusals.ts';
import { withDelivery } from '../../src/conversation/reminding/delivery-notes.ts';
import { audienceOf, reminderSteps } from '../../src/conversation/reminding/ladder.ts';
import { reminderCard } from '../../src/conversation/reminding/reminders.ts';
import type { Command } from '../../src/incident/commands.ts';
import { parseStep } from '../../src/incident/steps.ts';
import { actorOf, company, MAIN_ROOM, read, regime, Story } from './story.ts';

/** The storyboard: one case from declaration to the summary report, as people read it in English and Chinese. */
let story: Story;
beforeEach(() => {
  story = new Story('2026-03-31T09:42:00+08:00');
  story.do({ type: 'declare', title: '支付系统疑似用户数据泄露' }).wait(2);
});

function surface(key: string, language: 'en' | 'zh-CN'): string[] {
  const { state, ia } = story.situation;
  const found = surfacesOf({ state, ia, regime }).find((one) => one.key === key);
  return found ? read(found.card, language) : [];
}
/** Question card where cards are not edited. */
const joint = (language: 'en' | 'zh-CN'): string[] => read(questionShown(story.situation), language);
function said(command: Command, who = 'Li Wei'): { en: string; zh: string } {
  story.do(command, who);
  const line = saidLine(story.situation, command);
  return line ? { en: localise(line, 'en'), zh: localise(line, 'zh-CN') } : { en: '', zh: '' };
}
function toVerdict(): void {
  story.do({ type: 'answer', fact: 'operator', value: 'other' });
  story.do({ type: 'add_awareness', at: '2026-03-31T09:42:00+08:00', source: 'alert', reachedUs: true });
  story.do({ type: 'answer', fact: 'affected', value: ['personal_info'] });
  story.wait(3).do({ type: 'answer', fact: 'personal_info_people', value: 1_200_000 }, 'Chen Yu');
}
function reminder(step: string, actor: string | null, language: 'en' | 'zh-CN'): string[] {
  const obligations = story.situation.ia.clocks.map(({ id }) => id);
  return read(
    reminderCard(story.situation, { step: parseStep(step), dueAt: story.situation.ia.now, obligations }, actor),
    language,
  );
}
const at = (time: string): void => {
  story.now = Date.parse(`2026-03-31T${time}:00+08:00`);
};

describe('declaring', () => {
  it('shows both deadlines until it is known whether a CII is involved', () => {
    expect(surface('status', 'zh-CN')).toEqual([
      'INC-2026-0007 · 支付系统疑似用户数据泄露',
      '如属较大以上：涉及关键信息基础设施的，10:42前报保护工作部门、公安机关；其他情形，13:42前报属地省级网信部门',
      '事件是否涉及关键信息基础设施（关基，以认定通知为准）？',
      '[涉及关基：否] [涉及关基：是] [涉及关基：不清楚]',
      '如属较大以上：涉及关键信息基础设施的，10:42前报保护工作部门、公安机关（余58分钟）；其他情形，13:42前报属地省级网信部门（余3小时58分） · 截至09:44',
      '暂按09:42起算（待确认）',
      '级别：尚未确定 · 牵头人：Li Wei · 报告内容：0/8项',
      '[补充信息] [更多]',
    ]);
    expect(surface('status', 'en')[4]).toBe(
      'The Measures require a report only at level 较大 (Major, 2 of 4) or above. If critical information infrastructure (CII) is involved: report to the protection department (保护工作部门) and the police (公安机关) by 10:42 Beijing time (UTC+8), 58 min left. If not: to the provincial cyberspace administration by 13:42, 3 h 58 min left · as of 09:44',
    );
  });

  it('asks one thing at a time: the status card about the CII, the question card who knew first', () => {
    expect(nextQuestion(story.situation)?.id).toBe('operator');
    expect(surface('question', 'zh-CN')[0]).toBe('本单位最早何时获知？怎样获知的？');
    expect(surface('checklist', 'en')).toEqual([]);
  });

  it('goes on with the other deadline when the one for a CII has passed unanswered', () => {
    at('10:50');
    expect(surface('status', 'zh-CN')[1]).toBe(
      '如属较大以上：涉及关键信息基础设施的，已逾期（时限10:42），请立即报保护工作部门、公安机关；其他情形，13:42前报属地省级网信部门',
    );
    expect(surface('status', 'zh-CN')[4]).toContain('余2小时52分（截至10:50）');
    at('13:50');
    expect(surface('status', 'en')[1]).toBe(
      'Overdue, if the level is 较大 (Major, 2 of 4) or above: send the report now, then record the filing. If critical information infrastructure (CII) is involved: to the protection department (保护工作部门) and the police (公安机关) (due 10:42, 3 h 8 min late). If not: to the provincial cyberspace administration (due 13:42, 8 min late)',
    );
  });

  it('says within a minute when it changes next', () => {
    const { state, ia } = story.situation;
    const status = surfacesOf({ state, ia, regime }).find(({ key }) => key === 'status');
    expect(status?.validUntil).toBe('2026-03-31T01:45:00.000Z');
  });
});

describe('questions', () => {
  it('follow the path to the verdict: bands that do not overlap, why, and the words of the law', () => {
    story.do({ type: 'answer', fact: 'operator', value: 'other' });
    story.do({ type: 'add_awareness', at: '2026-03-31T09:42:00+08:00', source: 'alert', reachedUs: true });
    expect(surface('question', 'en')).toContain('☑ Data leak ☐ Suspected crime ☐ Don’t know [Done]');
    story.do({ type: 'answer', fact: 'circumstances', value: ['incident_type=data.leak', 'suspected_crime=true'] });
    expect(surface('question', 'zh-CN')).toContain('已记录“事件类型”：数据泄露事件。“涉嫌违法犯罪”：是。');
    expect(surface('question', 'en')).toContain(
      '☑ Personal information ☐ Important or core data ☐ Outage ☐ Tampered website ☐ Direct loss ☐ Daily life (power, transport …) ☐ Other ☐ None ☐ Don’t know [Done]',
    );
    story.do({ type: 'answer', fact: 'affected', value: ['personal_info'] });
    expect(surface('question', 'zh-CN')).toEqual([
      '泄露涉及多少人的个人信息？按人数，不按条数。',
      'INC-2026-0007 · 支付系统疑似用户数据泄露 · 级别：尚未确定 · 下一时限13:42（如属较大以上）',
      '已记录“受影响方面”：个人信息。',
      '[不足100万] [100万至不足1000万] [1000万至不足1亿] [1亿以上] [没有（0）] [填写准确数…] [不清楚]',
      '泄露100万人以上公民个人信息',
      '达到100万人即为较大，须报告。 · 附件 三、较大网络安全事件 指标第5项',
    ]);
    const question = nextQuestion(story.situation);
    expect(question?.options.map(({ intent }) => (intent.type === 'answer' ? intent.value : null))).toEqual([
      { min: 0, max: 999_999 },
      { min: 1_000_000, max: 9_999_999 },
      { min: 10_000_000, max: 99_999_999 },
      { min: 100_000_000 },
      0,
      'unknown',
    ]);
  });

  it('with one circumstance left to ask it asks that, and since when only of a start that somebody stated', () => {
    story.do({ type: 'answer', fact: 'operator', value: 'other' });
    story.do({ type: 'add_awareness', at: '2026-03-31T09:42:00+08:00', source: 'alert', reachedUs: true });
    story.do({ type: 'answer', fact: 'incident_type', value: 'data.leak' });
    story.do({ type: 'answer', fact: 'suspected_crime', value: true });
    expect(nextQuestion(story.situation)?.id).toBe('affected');
    story.do({ type: 'answer', fact: 'occurrence', value: '2026-03-31T08:00:00+08:00' });
    expect(surface('question', 'en')[0]).toBe('Is the incident still going on? When did it start? Use the logs.');
    story.do({ type: 'answer', fact: 'ongoing', value: 'unknown' });
    expect(nextQuestion(story.situation)?.id).toBe('affected');
  });

  it('say after each answer what changed', () => {
    toVerdict();
    const answer: Command = { type: 'answer', fact: 'personal_info_people', value: { min: 1_000_000, max: 9_999_999 } };
    expect(said(answer)).toEqual({
      en: '1 million to under 10 million people → at least 较大 (Major, 2 of 4). Deadline unchanged: 13:42. The level rises to 重大 (Significant, 3 of 4) if “People whose personal information has leaked” reaches 10 million or “Direct economic loss” reaches 20 million RMB.',
      zh: '已记录：100万至不足1000万人。至少为“较大”，仍须于13:42前报送。若泄露公民个人信息涉及人数达1000万或直接经济损失达2000万元，将升为“重大”。',
    });
  });

  it('keep "don\'t know" on a short list and ask again at half time and an hour before, never in a loop', () => {
    story.do({ type: 'answer', fact: 'operator', value: 'other' });
    story.do({ type: 'answer', fact: 'first_notice', value: 'unknown' });
    story.do({ type: 'answer', fact: 'circumstances', value: ['incident_type=data.leak'] });
    story.do({ type: 'answer', fact: 'affected', value: ['personal_info'] });
    story.do({ type: 'answer', fact: 'personal_info_people', value: 'unknown' });
    const next = () => nextQuestion(story.situation)?.id;
    const unknown = () =>
      story.do({ type: 'answer', fact: 'personal_info_people', value: 'unknown', basis: String(story.now) });
    expect(next()).toBe('suspected_crime');
    expect(surface('question', 'en').join('\n')).toContain(
      'Not known yet: Who became aware first, and when, People whose',
    );
    at('11:43');
    expect(next()).toBe('first_notice');
    story.do({ type: 'answer', fact: 'first_notice', value: 'unknown', basis: 'still' });
    expect(next()).toBe('personal_info_people');
    expect(surface('question', 'en').join('\n')).toContain('At 09:44 this was not known. Is it known now?');
    unknown();
    expect(next()).toBe('suspected_crime');
    at('12:43');
    story.do({ type: 'answer', fact: 'first_notice', value: 'unknown', basis: 'still not' });
    expect(next()).toBe('personal_info_people');
    unknown();
    at('14:30');
    expect(next()).toBe('suspected_crime');
  });

  it('ask judgements of legal or the lead, together', () => {
    toVerdict();
    for (const [fact, value] of [
      ['incident_type', 'data.leak'],
      ['suspected_crime', true],
      ['ongoing', 'unknown'],
      ['personal_info_compromise', ['leaked_or_stolen']],
    ] as const) {
      story.do({ type: 'answer', fact, value: typeof value === 'object' ? [...value] : value });
    }
    const question = nextQuestion(story.situation);
    expect(question?.forWhom).toBe('legal');
    expect(question?.form?.ref.form).toBe('judgements');
    expect(surface('question', 'en')).toContain('[Judge together…]');
  });

  it('ask population shares of public services only', () => {
    const asked = (system: string): string[] => {
      const one = new Story('2026-03-31T09:42:00+08:00', company);
      one.do({ type: 'declare', title: '停电' }).do({ type: 'answer', fact: 'system', value: system });
      one.do({ type: 'answer', fact: 'first_notice', value: 'unknown' });
      one.do({ type: 'answer', fact: 'affected', value: ['daily_life'] });
      one.do({ type: 'answer', fact: 'incident_type', value: 'unknown' });
      const ids: string[] = [];
      for (let n = 0; n < 12; n += 1) {
        const question = nextQuestion(one.situation);
        if (!question) break;
        ids.push(question.id);
        one.do({ type: 'answer', fact: question.id, value: 'unknown' });
      }
      return ids;
    };
    expect(asked('shop').filter((id) => id.startsWith('population'))).toEqual([]);
    expect(asked('grid').filter((id) => id.startsWith('population'))).toHaveLength(2);
  });
});

describe('verdict', () => {
  it('says level, deadline, recipient and the acts on it, and nothing else, where cards are edited', () => {
    toVerdict();
    const lines = surface('verdict', 'zh-CN');
    expect(lines[0]).toBe('INC-2026-0007 · 初步研判：较大网络安全事件');
    expect(lines.slice(2)).toEqual(['13:42前报属地省级网信部门（自获知起4小时内）', '[确认较大] [其他级别…] [依据]']);
  });

  it('says in one message the words of the law, what would change it and what is owed anyway', () => {
    toVerdict();
    const lines = joint('zh-CN');
    expect(lines[0]).toBe('初步研判：较大网络安全事件');
    expect(lines[1]).toBe('INC-2026-0007 · 支付系统疑似用户数据泄露 · 级别：较大（待确认） · 下一时限13:42');
    expect(lines).toContain('13:42前报属地省级网信部门（自获知起4小时内）');
    expect(lines).toContain(
      '依据：“泄露100万人以上公民个人信息”（较大第5项） · 泄露公民个人信息涉及人数：120万人（Chen Yu 09:47）',
    );
    // Figures alone do not say how the level may rise: the judgements that are open are named as well.
    expect(lines.join()).toMatch(
      /出现下列任一情形，将升为“重大”：泄露公民个人信息涉及人数达1000万；直接经济损失达2000万元；经法务或牵头人研判认定：公民个人信息规模；对国家安全和社会稳定构成的威胁/u,
    );
    expect(lines.some((line) => /^另有\d+项与级别无关的义务$/.test(line))).toBe(true);
    expect(lines).toContain('[确认较大] [其他级别…] [依据] [应报事项]');
  });

  it('needs a second person below the figures and keeps the clock in sight', () => {
    toVerdict();
    expect(said({ type: 'decide_level', level: 'general', reason: '重复账号' }).en).toContain(
      'is needed and has been requested; until then the deadline stays as it is.',
    );
    expect(surface('proposals', 'en').join('\n')).toContain('[Agree] [Disagree]');
    expect(refusalText({ code: 'same_person' })).toEqual({ key: 'refuse.same_person' });
    story.do({ type: 'second_level', agree: true }, 'Zhao Min');
    expect(surface('verdict', 'en').join('\n')).toContain('the thresholds give 较大 (Major, 2 of 4)');
    expect(surface('status', 'en').join('\n')).toContain(
      'The thresholds give 较大 (Major, 2 of 4) (report to the provincial cyberspace administration due 13:42',
    );
  });

  it('never says that nothing need be reported', () => {
    story.do({ type: 'answer', fact: 'operator', value: 'other' });
    story.do({ type: 'answer', fact: 'affected', value: ['loss'] });
    story.do({ type: 'answer', fact: 'first_notice', value: 'unknown' });
    story.do({ type: 'answer', fact: 'direct_loss_cny', value: 1_000 });
    const lines = surface('verdict', 'en');
    expect(lines).toContain(
      'The incident could still reach 特别重大 (Particularly significant, 4 of 4) by a judgement. Until it is made, plan to report by 13:42.',
    );
    expect(lines.join('\n')).toContain('[Not reportable for now…]');
    expect(lines.join('\n')).not.toMatch(/\[Confirm/);
  });

  it('names what a running outage will reach and when', () => {
    story.do({ type: 'answer', fact: 'operator', value: 'other' });
    story.do({ type: 'answer', fact: 'affected', value: ['outage'] });
    story.do({ type: 'answer', fact: 'site_kind', value: ['enterprise'] });
    at('12:00');
    story.do({ type: 'answer', fact: 'site_outage_minutes', value: { since: '2026-03-31T08:32:00+08:00' } });
    const lines = joint('en').join('\n');
    expect(lines).toContain('“Site outage caused by an attack or fault” reaches 6 h (at 14:32 if it continues)');
    expect(lines).toMatch(/Open question: .*\[Decide\]/);
  });
});

describe('time passing', () => {
  beforeEach(() => {
    toVerdict();
    story.do({ type: 'take_item', item: 'art7.2' }, 'Chen Yu');
  });

  it('tells the owner what is theirs, with three things to tap', () => {
    at('12:42');
    expect(reminder('m60', actorOf('Chen Yu'), 'zh-CN')).toEqual([
      'INC-2026-0007 · 余1小时',
      '向属地省级网信部门报送首报，时限13:42 · 支付系统疑似用户数据泄露',
      '向属地省级网信部门报送首报，时限13:42',
      '事件：支付系统疑似用户数据泄露',
      '您负责的内容还缺：第2项 地点、类型、已采取的措施、措施的效果',
      '[填写] [改派…] [15分钟后提醒]',
    ]);
  });

  it('tells the thread at 30 minutes who owes what, and the room at the deadline the fastest way', () => {
    at('13:12');
    expect(reminder('m30', null, 'en').join('\n')).toContain('Effect of the measures) from Chen Yu');
    at('13:42');
    const due = reminder('due', null, 'zh-CN');
    expect(due[0]).toBe('INC-2026-0007 · 已到时限');
    expect(due).toContain('最快方式：拨打12387，按电话报告稿报告。');
    expect(due.at(-1)).toBe('[按现有内容起草首报] [电话报告稿] [登记报送…] [我来处理]');
    expect(surface('status', 'zh-CN')[1]).toBe('首报尚未报送属地省级网信部门，时限（13:42）已到，请立即报送');
    at('13:54');
    expect(surface('status', 'en')[1]).toBe(
      'First report to the provincial cyberspace administration is 12 min overdue (due 13:42)',
    );
  });

  it('says that it is late or possibly repeated', () => {
    at('12:54');
    const card = reminderCard(
      story.situation,
      { step: parseStep('m60'), dueAt: story.situation.ia.now, obligations: [] },
      null,
    );
    expect(read(withDelivery({ card, late: { seconds: 725 }, possiblyRepeated: true }), 'zh-CN')).toEqual(
      expect.arrayContaining(['本提醒晚到12分钟，请以所列时限为准。', '本条可能重复：无法确认上一次是否送达。']),
    );
    expect(withDelivery({ card, late: { seconds: 20 } })).toEqual(card);
  });

  it('is quiet: a whole case rings the room once and says four things in the thread', () => {
    const clock = story.situation.ia.clocks.find(({ content }) => content === 'initial_report');
    const steps = clock ? reminderSteps(clock).map(({ step }) => audienceOf(step)) : [];
    const beforeDue = steps.slice(0, steps.findIndex(({ ring }) => ring) + 1);
    const surfaces = surfacesOf(story.situation, MAIN_ROOM);
    expect(beforeDue.filter(({ ring }) => ring)).toHaveLength(1);
    // Status, question and checklist cards are edited, the draft card is the fourth.
    expect(surfaces.length + 1 + beforeDue.filter(({ thread }) => thread).length).toBeLessThanOrEqual(12);
  });
});

describe('report and after', () => {
  it('compiles, files and goes on to the summary report', () => {
    toVerdict();
    expect(said({ type: 'compile_draft', report: 'initial', cannotDetermine: ['cause'] }).zh).toBe(
      '首报第1稿已生成，缺漏6处。请先核对，再提请审批。',
    );
    expect(surface('draft', 'zh-CN')[1]).toBe('INC-2026-0007 · 支付系统疑似用户数据泄露 · 09:47 · 依据第1至8条记录');
    at('13:30');
    const obligation = story.situation.ia.clocks.find(({ content }) => content === 'initial_report')?.id ?? '';
    const filing = {
      type: 'record_filing',
      obligation,
      channel: 'web_12387',
      at: '2026-03-31T13:21:00+08:00',
      receipt: '2026-0331-17',
      draft: 1,
    } as const;
    expect(said(filing, 'Zhao Min').zh).toBe('已登记报送：13:21，12387网站，较时限提前21分钟。');
    expect(surface('draft', 'zh-CN')[1]).toMatch(
      /^Zhao Min已于13:21通过12387网站报送，受理编号2026-0331-17，较时限提前21分钟 · 文本校验码[0-9a-f]{4}…[0-9a-f]{2}$/,
    );
    expect(surface('status', 'en')[1]).toBe(
      'First report filed 13:21 · 2 required items incomplete · 5 items to follow in a supplement · handling continues',
    );
    story.do({ type: 'answer', fact: 'personal_info_people', value: 11_000_000 });
    expect(surface('draft', 'en').join('\n')).toContain('The level is now 重大 (Significant, 3 of 4).');
    expect(surface('draft', 'en')).toContain('[Draft follow-up (续报)]');
    expect(said({ type: 'end_handling', at: '2026-03-31T13:25:00+08:00', reason: 'done' }).en).toBe(
      'Handling ended 13:25. Summary report due 30 Apr 24:00, through the same channel as the first report.',
    );
    expect(refusalFor({ type: 'close', reason: 'over' })).toContain(
      'The incident cannot be closed yet. Still open: Summary report to',
    );
  });

  it('shows nothing but clocks and lead after a state-secret stop', () => {
    toVerdict();
    story.do({ type: 'stop_state_secret' });
    const { state, ia } = story.situation;
    const shown = surfacesOf({ state, ia, regime }).flatMap(({ key, ifPosted }) => (ifPosted ? [] : [key]));
    expect(shown).toEqual(['status']);
    expect(surface('status', 'zh-CN').join('\n')).not.toContain('泄露');
    expect(refusalFor({ type: 'add_note', text: 'x' })).toMatch(/^Collection has stopped/);
  });
});

function refusalFor(command: Command): string {
  const refusal = story.try(command);
  return refusal ? localise(refusalText(refusal, story.situation), 'en') : '';
}

describe('when something is wrong', () => {
  it('says what to enter instead of a time to come, in the language of the reader', () => {
    const { state, ia } = story.situation;
    const parsed = parseForm(
      { form: 'awareness', args: {} },
      { at: '14:30', source: 'alert', reached: 'yes' },
      { state, ia, regime, now: ia.now },
    );
    const error = 'errors' in parsed ? parsed.errors['at'] : undefined;
    expect(error && localise(error, 'en')).toBe(
      '14:30 is in the future (now 09:44). Enter a past time, e.g. 09:24 or “20 minutes ago”. Your other entries are kept.',
    );
    expect(error && localise(error, 'zh-CN')).toBe(
      '所填时间14:30晚于当前时间（09:44）。请填写过去的时间，例如09:24或“20分钟前”。其他内容已保留。',
    );
  });

  it('tells who answered before', () => {
    toVerdict();
    const stale = {
      code: 'stale_revision',
      params: { by: 'Chen Yu', at: '2026-03-31T09:47:00+08:00', fact: 'personal_info_people' },
    };
    expect(localise(refusalText(stale, story.situation), 'en')).toBe(
      'This button belongs to an earlier question (answered by Chen Yu at 09:47: 1.2 million people). To correct that answer, press [All answers]. Otherwise press [Current question].',
    );
    expect(localise(refusalText({ code: 'never_heard_of' }), 'en')).toMatch(
      /^Your last action was not carried out\. Send “status”/,
    );
  });

  it('says that nothing changed when nothing did', () => {
    const after = story.situation;
    const card = saidAfter({ commands: [{ type: 'take_lead' }], before: after.state, after });
    expect(card && read(card, 'en')[0]).toBe('Nothing changed.');
  });
});

it('every yes-or-no question offers its answers in one order: no, yes, not known', () => {
  const booleans = regime.factDefinitions.filter(({ kind }) => kind === 'boolean').map(({ id }) => id);
  const { situation } = new Story('2026-03-31T09:42:00+08:00', company).do({ type: 'declare', title: 'x' });
  const asked = ['suspected_crime', 'minors', 'product_defect', ...booleans].flatMap((fact) => {
    const question = questionOf(situation, fact);
    return question ? [question.options.map(({ intent }) => intent.type === 'answer' && intent.value)] : [];
  });
  expect(asked.length).toBeGreaterThan(1);
  for (const values of asked) expect(values).toEqual([false, true, 'unknown']);
});

it('once a person confirmed the start, it is not asked any more who learned of it first', () => {
  const story = new Story('2026-03-31T09:42:00+08:00', company).do({ type: 'declare', title: 'x' });
  story.do({ type: 'answer', fact: 'first_notice', value: 'unknown' });
  expect(notKnownYet(story.situation)).toContain('first_notice');
  const [candidate] = story.situation.state.candidates;
  story.do({ type: 'confirm_awareness', candidate: candidate?.id ?? '', reason: 'the only record' });
  expect(notKnownYet(story.situation)).not.toContain('first_notice');
});
