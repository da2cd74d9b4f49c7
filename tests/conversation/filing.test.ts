import { beforeEach, describe, expect, it } from 'vitest';
import { viewOf } from '../../src/conversation/cards/card-views.ts';
import { localise, localiseCard } from '../../src/conversation/cards/localise.ts';
import { surfacesOf } from '../../src/conversation/cards/surfaces.ts';
import { timelineLine } from '../../src/conversation/commands.ts';
import { askCard } from '../../src/conversation/filing/approval-status.ts';
import { pointStatuses } from '../../src/conversation/filing/assessment-points.ts';
import { formOf, parseForm } from '../../src/conversation/forms/form-kinds.ts';
import { verdictActions } from '../../src/conversation/level/verdict.ts';
import { saidAfter } from '../../src/conversation/record/command-confirmations.ts';
import { refusalText } from '../../src/conversation/record/refusals.ts';
import { reminderCard } from '../../src/conversation/reminding/reminders.ts';
import { cardFor } from '../../src/conversation/rooms/abroad.ts';
import type { Command, CommandOf } from '../../src/incident/commands.ts';
import { documentLines } from '../../src/report/paper.ts';
import { actorOf, company, read, regime, Story } from './story.ts';

let story: Story;
beforeEach(() => {
  story = new Story('2026-03-31T09:42:00+08:00', company).do({ type: 'declare', title: '支付系统疑似用户数据泄露' });
  story.do({ type: 'answer', fact: 'system', value: 'shop' });
  story.do({ type: 'answer', fact: 'affected', value: ['personal_info'] });
  story
    .do({ type: 'answer', fact: 'personal_info_people', value: 1_200_000 })
    .do({ type: 'decide_level', level: 'major' });
});

const words = (field: string, text: string): Command => ({
  type: 'fill_field',
  field,
  value: { state: 'known', text },
  wording: text,
});
const measures = (text: string): Command => words('art7.2.measures', text);
const draftLines = (language: 'en' | 'zh-CN') => {
  const { state, ia } = story.situation;
  const found = surfacesOf({ state, ia, regime }).find(({ key }) => key === 'draft');
  return found ? read(found.card, language) : [];
};
const seen = (view: string, language: 'en' | 'zh-CN', args: Record<string, string> = {}) => {
  const { state, ia } = story.situation;
  const card = viewOf({ view, args: { incident: state.id, ...args } }, { state, ia, regime });
  return card ? read(card, language) : [];
};
const compile = (report: 'initial' | 'supplement' | 'follow_up' | 'summary' = 'initial') =>
  story.do({ type: 'compile_draft', report, cannotDetermine: [] });
const hash = () => story.situation.state.drafts.at(-1)?.text?.hash ?? '';
const approve = () => {
  const { draft = 0 } = story.situation.state.drafts.at(-1) ?? {};
  story.do({ type: 'request_approval', draft }).do({ type: 'approve', draft, hash: hash() }, 'Zhao Min');
};
const file = (obligation = 'cac.art4.other', channel = 'web_12387') => {
  const { draft } = story.situation.state.drafts.at(-1) ?? {};
  const at = new Date(story.now).toISOString();
  const filing: CommandOf<'record_filing'> = { type: 'record_filing', obligation, channel, at };
  story.do(draft === undefined ? filing : { ...filing, draft }, 'Zhao Min');
};

describe('while the level is open', () => {
  it('较大 on the strict side is offered for the first report, and printed once a person takes it', () => {
    story = new Story('2026-03-31T09:42:00+08:00', company).do({ type: 'declare', title: '疑似泄露' });
    compile();
    const printed = () =>
      documentLines(story.situation.state.drafts.at(-1)?.text?.document ?? raise()).find((line) =>
        line.includes('）级别'),
      );
    expect(printed()).toBe('（四）级别：＿＿＿＿＿＿。');
    const { state, ia } = story.situation;
    const card = surfacesOf({ state, ia, regime }).find(({ key }) => key === 'draft')?.card;
    const actions = (card?.blocks ?? []).flatMap((block) => ('actions' in block ? block.actions : []));
    const offer = actions.find(({ id }) => id === 'cautious_level');
    if (offer?.does.kind !== 'form') throw new Error('not offered');
    const [field] = formOf(offer.does.form, { state, ia, regime, now: ia.now })?.fields ?? [];
    const wording = field?.kind === 'text' ? (field.value ?? '') : '';
    story.do({ type: 'confirm_wording', field: 'art7.2.level', wording });
    compile();
    expect(printed()).toBe('（四）级别：初步研判，按较大网络安全事件先行报告（从严）。');
    expect(draftLines('zh-CN').join()).not.toContain('先行报告，请牵头人决定');
  });
});
const raise = (): never => {
  throw new Error('no text');
};

describe('the request for approval', () => {
  const asked = () => {
    const { state } = story.situation;
    const approval = state.approvals.at(-1);
    return approval ? read(askCard(story.situation, approval, actorOf('Zhao Min')), 'zh-CN')[0] : '';
  };
  it('shows the clock of this report: none for 补报 and 续报, which are filed promptly', () => {
    story.do(measures('已隔离服务器'));
    compile();
    story.do({ type: 'request_approval', draft: 1 });
    expect(asked()).toContain('须于13:42前报送');
    approve();
    file();
    // Another duty has a clock of its own meanwhile.
    story.do({
      type: 'add_request',
      from: '市网信办',
      recipient: 'provincial_cac',
      what: '补充日志',
      receivedAt: '2026-03-31T09:42:00+08:00',
      due: '2026-03-31T18:00:00+08:00',
    });
    for (const kind of ['supplement', 'follow_up'] as const) {
      story.do(measures(kind === 'supplement' ? '已重置口令' : '已恢复服务'));
      compile(kind);
      story.do({ type: 'request_approval', draft: story.situation.state.drafts.length });
      expect(asked()).toContain('应当及时报送');
      expect(asked()).not.toContain('18:00');
    }
  });

  it('offers to record the filing without approval only until the report is filed', () => {
    const again = () => {
      const approval = story.situation.state.approvals.at(-1);
      const card = approval && askCard(story.situation, approval, actorOf('Zhao Min'), true);
      return card ? read(card, 'en').join('\n') : '';
    };
    story.do(measures('已隔离服务器'));
    compile();
    story.do({ type: 'request_approval', draft: 1 });
    expect(again()).toContain('[Record the filing without approval…]');
    const at = new Date(story.now).toISOString();
    const filing = { type: 'record_filing', obligation: 'cac.art4.other', channel: 'web_12387', at, draft: 1 } as const;
    story.do({ ...filing, withoutApproval: 'nobody answered' }, 'Zhao Min');
    expect(again()).toContain('filed at 09:42; no deadline depends on this approval');
    expect(again()).not.toContain('Record the filing without approval');
  });
});

describe('what is missing', () => {
  const VIEWS = ['checklist', 'status', 'tasks', 'more', 'why', 'owed', 'send', 'script'] as const;
  const BEFORE = {
    'zh-CN': /首报还缺|现在必填|未报送首报/,
    en: /Still needed for the first report|required now/,
  } as const;

  it.each(['zh-CN', 'en'] as const)(
    'is asked for now until the first report is filed, then for a supplement: %s',
    (language) => {
      const lines = () => VIEWS.flatMap((view) => seen(view, language)).join('\n');
      expect(lines()).toMatch(BEFORE[language]);
      compile();
      file();
      expect(lines()).not.toMatch(BEFORE[language]);
      expect(seen('checklist', 'zh-CN').join('\n')).toContain('首报已报送，必填项尚缺：第2项');
    },
  );

  it('is named to the caller, and an open level is said to be assessed', () => {
    story = new Story('2026-03-31T09:42:00+08:00', company).do({ type: 'declare', title: '官网打不开' });
    const script = seen('script', 'zh-CN').join('\n');
    expect(script).toMatch(
      /系统或者设施名称及用途：〔在此说明〕。.*地点：〔在此说明〕。类型：〔在此说明〕。级别正在研判。发生时间、已造成的影响和危害、已采取的措施、措施的效果正在核实。/u,
    );
    expect(script).not.toContain('＿');
  });
});

describe('in the last half hour', () => {
  const offered = () => {
    const due = story.situation.ia.clocks.find(({ id }) => id === 'cac.art4.other')?.due ?? '';
    const step = { step: { kind: 'before' as const, minutes: 30 }, obligations: ['cac.art4.other'], dueAt: due };
    return read(reminderCard(story.situation, step, null), 'zh-CN').at(-1);
  };

  it('one tap leads to the first report, then to its approval, then to its filing', () => {
    story.wait(211);
    expect(offered()).toBe('[按现有内容起草首报] [电话报告稿] [我来处理]');
    compile();
    story.do({ type: 'request_approval', draft: 1 });
    expect(offered()).toBe('[审批] [电话报告稿] [我来处理]');
    story.do({ type: 'approve', draft: 1, hash: hash() }, 'Zhao Min');
    expect(offered()).toBe('[登记报送…] [电话报告稿] [我来处理]');
  });
});

it('the same filing entered a second time, by another person, is not taken for a new one', () => {
  compile();
  file();
  const [known] = story.situation.state.filings;
  if (!known) throw new Error('not filed');
  const { obligation, channel, filedAt, draft } = known;
  const again = { type: 'record_filing', obligation, channel, at: filedAt, ...(draft ? { draft } : {}) } as const;
  const before = story.situation.state;
  story.do(again, 'Li Wei');
  const card = saidAfter({ commands: [again], before, after: story.situation });
  expect(card && localise(card.title, 'zh-CN')).toMatch(/Zhao Min已于\d\d:\d\d登记，未重复登记/u);
  expect(card && localise(card.title, 'en')).toContain('Already recorded by Zhao Min');
});

describe('on the time line', () => {
  const line = (): string => {
    const event = story.events.findLast(({ type }) => type === 'filing_recorded');
    return event ? localise(timelineLine(story.situation, event), 'zh-CN') : '';
  };

  it('a text that was sent while its approval was asked for says so, one nobody asked about does not', () => {
    compile();
    file();
    expect(line()).toContain('12387');
    expect(line()).not.toContain('批准');
    story.do({ type: 'request_approval', draft: 1 }).wait(1);
    file();
    expect(line()).toContain('已提请审批，但未经批准即报送');
    approve();
    story.wait(1);
    file();
    expect(line()).not.toContain('批准');
  });
});

describe('an incident decided to be general', () => {
  it('is asked for its reason, its day of review and what speaks for a voluntary report', () => {
    const general = new Story('2026-03-31T09:42:00+08:00', company).do({ type: 'declare', title: 'x' });
    general
      .do({ type: 'answer', fact: 'system', value: 'shop' })
      .do({ type: 'answer', fact: 'affected', value: ['outage'] });
    general.do({ type: 'decide_level', level: 'general', reason: '影响轻微' });
    general.do({ type: 'second', proposal: 'p1', agree: true }, 'Zhao Min');
    const labels = () => verdictActions(general.situation).map(({ label }) => localise(label, 'zh-CN'));
    expect(labels()).toContain('按《办法》暂不报告…');
    general.do({
      type: 'not_reportable',
      reason: '影响轻微',
      reviewAt: '2026-04-02T09:00:00+08:00',
      considered: ['press'],
    });
    expect(labels()).not.toContain('按《办法》暂不报告…');
  });
});

describe('the draft card', () => {
  it('goes from asking to approved, and says what stands between', () => {
    compile();
    expect(draftLines('zh-CN').at(-1)).toContain('[提请审批] [内部研判清单] [登记报送…]');
    story.do({ type: 'request_approval', draft: 1 });
    expect(draftLines('zh-CN')).toContain('09:42已提请Zhao Min审批');
    expect(draftLines('en').at(-1)).toContain('[Approve] [Send back…] [Internal assessment] [Record the filing…]');
    story.do({ type: 'approve', draft: 1, hash: hash() }, 'Zhao Min');
    expect(draftLines('en').join('\n')).toMatch(/Approved by Zhao Min, 09:42 · fingerprint [0-9a-f]{4}…[0-9a-f]{2}/);
    expect(draftLines('en').at(-1)).toMatch(/\[English reference copy\] \[Record the filing…\]$/);
  });

  it('says what changed since, and offers a new draft; a level that rose may be filed as approved', () => {
    compile();
    approve();
    story.do(measures('已隔离服务器'));
    expect(draftLines('zh-CN')).toContain('因内容有变，第1稿的批准已失效：已采取的措施');
    expect(draftLines('zh-CN')).toContain('出稿后有变：已采取的措施：已隔离服务器；措施的效果：正在核实。');
    expect(draftLines('en').at(-1)).toContain('[Redraft] [Record the filing…]');
    compile();
    approve();
    story.do({ type: 'decide_level', level: 'significant', reason: 'public attention' });
    expect(draftLines('en').join('\n')).toContain('The level has risen to 重大 (Significant, 3 of 4).');
    expect(draftLines('en').at(-1)).toContain('[Redraft] [Record filing as approved…]');
  });

  it('shows who sent it back and with which comments', () => {
    compile();
    story.do({ type: 'send_back', draft: 1, comments: [{ text: '写明原因' }] }, 'Zhao Min');
    expect(draftLines('zh-CN')).toContain('Zhao Min于09:42退回：写明原因');
    expect(seen('tasks', 'zh-CN')).toContain('写明原因（Li Wei） [完成] [改派、改时限…]');
  });

  it('shows what was sent only after the last filing, and whether the law wants it at once', () => {
    compile();
    approve();
    file();
    story.do(words('art7.4.cause', '接口缺少权限校验'));
    expect(draftLines('zh-CN')).toContain('报送后有变：原因初步分析：接口缺少权限校验。');
    expect(draftLines('zh-CN')).toContain('待补充内容已具备，应及时补报（《办法》第七条）。');
    story.do(measures('已隔离服务器')).do({ type: 'answer', fact: 'personal_info_people', value: 1_500_000 });
    expect(draftLines('en')).toContain(
      'New and important circumstances must be reported promptly (Art. 7 of the Measures): send a follow-up (续报).',
    );
    compile('follow_up');
    approve();
    file();
    expect(draftLines('en').join('\n')).not.toContain('Since the filing');
  });
});

describe('what an approver is told', () => {
  const told = (language: 'en' | 'zh-CN') => {
    const { state } = story.situation;
    const approval = state.approvals.at(-1);
    const asked = approval?.approvers[0] ?? '';
    return approval ? read(askCard(story.situation, approval, asked), language) : [];
  };

  it('how long is left, what is open, and what to tap', () => {
    compile();
    story.wait(210).do({ type: 'request_approval', draft: 1 });
    expect(told('zh-CN')[0]).toBe('INC-2026-0007 · 请审批首报第1稿：须于13:42前报送，余30分钟');
    expect(told('en').join('\n')).toMatch(/\d of 9 assessment points open.*; open points never block a first report/);
    expect(told('en').at(-1)).toBe('[Read this exact text] [Approve] [Send back…] [Internal assessment]');
  });

  it('what contradicts the record, in both languages', () => {
    story.do({ type: 'answer', fact: 'personal_info_people', value: 11_000_000 });
    const text = '约120万名会员的姓名、手机号泄露';
    story.do({ type: 'fill_field', field: 'art7.2.impact', value: { state: 'known', text }, wording: text });
    compile();
    story.do({ type: 'request_approval', draft: 1 });
    expect(told('zh-CN').join('\n')).toContain('写明约120万名会员，记录为约1100万人');
    expect(told('en').join('\n')).toMatch(/contradictions? in the report: .*in the record: (about )?11,?\.?0* million/);
  });

  it('what changed since the text they were asked about before', () => {
    compile();
    story.do({ type: 'request_approval', draft: 1 }).do(measures('已隔离服务器'));
    compile();
    story.do({ type: 'request_approval', draft: 2 });
    expect(told('zh-CN').join('\n')).toContain('与上次提请您审批的文本相比：已采取的措施：已隔离服务器');
  });

  it('reads exactly the text, with the hash that is approved', () => {
    story.do(measures('已隔离服务器'));
    compile();
    story.do({ type: 'request_approval', draft: 1 });
    const lines = seen('text', 'zh-CN', { draft: '1' });
    expect(lines[0]).toBe('网络安全事件报告（首报）');
    expect(lines.join('\n')).toContain('已采取的措施：已隔离服务器');
    expect(lines.at(-1)).toBe('[批准] [退回…]');
  });

  it('with the English reference copy below each paragraph for readers of English', () => {
    story.do(measures('已隔离服务器'));
    compile();
    const text = seen('text', 'en', { draft: '1' }).join('\n');
    expect(text).toContain('六、拟采取的措施及请求支援事项\n6. Further measures and support requested');
    expect(text).toMatch(
      /已采取的措施：已隔离服务器.*\n\(\d\) Measures taken: “已隔离服务器” \[original wording, not translated\]/,
    );
    expect(seen('text', 'zh-CN', { draft: '1' }).join('\n')).not.toContain('Measures taken');
  });
});

describe('the internal assessment', () => {
  const finding = (id: string) => pointStatuses(story.situation).find(({ point }) => point.id === id)?.finding;

  it('is filled from the record as far as it goes; a person has the last word', () => {
    expect(finding('level')).toBe('settled');
    expect(finding('mlps')).toBe('open');
    // No rules in the profile prove nothing about the sector.
    expect(finding('sector')).toBe('open');
    expect(finding('individuals')).toBe('open');
    story.do({ type: 'answer', fact: 'suspected_crime', value: false });
    expect(finding('crime')).toBe('not_applicable');
    story.do({ type: 'assess_point', point: 'crime', finding: 'open', note: 'counsel: wait for forensics' }, 'Chen Yu');
    expect(finding('crime')).toBe('open');
    const card = seen('assessment', 'en');
    expect(card.join('\n')).toContain('Suspected crime: report to the police · To be checked · Chen Yu, 09:42');
    expect(card.join('\n')).not.toContain('forensics');
  });
});

describe('a request of an authority', () => {
  it('stands among what is to be done, with its clock, until it is filed or dropped', () => {
    const what = '书面补充事件原因';
    const due = '2026-03-31T18:00:00+08:00';
    const at = '2026-03-31T09:40:00+08:00';
    story.do({ type: 'add_request', from: '上海市网信办', recipient: 'provincial_cac', what, receivedAt: at, due });
    expect(seen('tasks', 'zh-CN')).toContain(
      '上海市网信办要求：书面补充事件原因；18:00前报送 [起草通知…] [登记报送…] [不再需要答复…]',
    );
    expect(seen('status', 'en').join('\n')).toContain('Request from an authority: Shanghai CAC by 18:00');
    story.do({ type: 'drop_request', request: 'request.1', reason: '电话撤回' });
    expect(seen('tasks', 'zh-CN').join('\n')).toContain(what);
    story.do({ type: 'second', proposal: 'p1', agree: true }, 'Zhao Min');
    expect(seen('tasks', 'zh-CN').join('\n')).not.toContain(what);
  });
});

describe('forms', () => {
  const form = (name: string, args: Record<string, string> = {}) => {
    const { state, ia } = story.situation;
    return formOf({ form: name, args: { incident: state.id, ...args } }, { state, ia, regime, now: ia.now });
  };

  it('of the summary report start with what the record holds, in Chinese', () => {
    story.do(measures('已隔离服务器')).do(words('art7.4.cause', '接口缺少权限校验'));
    file();
    story.do({ type: 'add_task', text: '排查全部接口权限', due: '2026-04-30T18:00:00+08:00' });
    story.do({ type: 'end_handling', at: '2026-03-31T09:42:00+08:00', reason: 'restored' });
    const value = (item: string) => {
      const field = form('item', { item })?.fields.find(({ id }) => id === item);
      return field?.kind === 'text' ? field.value : undefined;
    };
    expect(value('art8.1')).toBe('接口缺少权限校验');
    expect(value('art8.2')).toContain('2026年3月31日09时42分报送首报');
    expect(value('art8.2')).toContain('已隔离服务器');
    expect(value('art8.5')).toBe('计划完成：排查全部接口权限（2026年4月30日前）。');
    expect(value('art8.6')).toBe('');
  });

  it('of a filing put the original channel first for the summary report', () => {
    file('cac.art4.other', 'fax_12387');
    story.do({ type: 'end_handling', at: '2026-03-31T09:42:00+08:00', reason: 'restored' });
    compile('summary');
    const fields = form('filing')?.fields ?? [];
    const value = (id: string) => fields.find((one) => one.id === id);
    expect(value('obligation')).toMatchObject({ value: 'cac.art8.other' });
    const channel = value('channel');
    expect(channel?.kind === 'one' && channel.options[0]?.value).toBe('fax_12387');
    expect([channel, value('draft')]).toMatchObject([{ value: '' }, { value: '' }]);
    expect(value('other_channel')).toBeDefined();
  });

  it('of a filing with a channel, the reasons and nothing else: now, the draft of the button', () => {
    compile();
    story.wait(230);
    const { state, ia } = story.situation;
    const ref = { form: 'filing', args: { incident: state.id, draft: '1' } };
    const fields = form('filing', { draft: '1' })?.fields ?? [];
    const shown = Object.fromEntries(fields.map((one) => [one.id, 'value' in one ? one.value : '']));
    const reasons = {
      without_approval: 'ten minutes left, the approver is in the air',
      no_receipt: 'the page was down',
    };
    const values = { ...shown, ...reasons, channel: 'web_12387' };
    const now = new Date(story.now).toISOString();
    const without = parseForm(ref, { ...values, no_receipt: '' }, { state, ia, regime, now });
    expect('errors' in without && Object.keys(without.errors)).toEqual(['receipt']);
    const parsed = parseForm(ref, values, { state, ia, regime, now });
    expect('commands' in parsed && parsed.commands).toMatchObject([
      { at: now, draft: 1, obligation: 'cac.art4.other', channel: 'web_12387', noReceipt: 'the page was down' },
    ]);
  });

  it('of a filing that stands take the receipt that came later, or that it was a mistake', () => {
    compile();
    file();
    const [filing] = story.situation.state.filings;
    expect(draftLines('zh-CN').at(-1)).toBe('[补登、更正…]');
    const { state, ia } = story.situation;
    const ref = { form: 'correct_filing', args: { incident: state.id, filing: String(filing?.version) } };
    const given = (values: Record<string, string>) => parseForm(ref, values, { state, ia, regime, now: ia.now });
    expect(given({ receipt: '17', mistaken: '' })).toEqual({
      commands: [{ type: 'correct_filing', filing: filing?.version, receipt: '17' }],
    });
    expect(given({ receipt: '17', mistaken: '未发出' })).toEqual({
      commands: [{ type: 'correct_filing', filing: filing?.version, mistaken: '未发出' }],
    });
  });

  it('put the call first where the clock is one hour', () => {
    const cii = new Story('2026-03-31T09:42:00+08:00', company).do({ type: 'declare', title: 'x' });
    cii.do({ type: 'answer', fact: 'system', value: 'grid' });
    cii.do({ type: 'answer', fact: 'cii_whole_outage_minutes', value: 20 });
    const { state, ia } = cii.situation;
    const card = surfacesOf({ state, ia, regime }).find(({ key }) => key === 'checklist')?.card;
    expect(card ? read(card, 'zh-CN').at(-1) : '').toMatch(/^\[登记电话报告…\] \[电话报告稿\]/);
    const phone = formOf({ form: 'phone_report', args: { incident: state.id } }, { state, ia, regime, now: ia.now });
    expect(phone?.fields.find(({ id }) => id === 'taken_by')?.required).toBe(true);
  });
});

describe('a room abroad', () => {
  it('sees nothing of a text that is put up for approval', () => {
    const secret = '绝密接口九号';
    story.do(measures('一般措施'));
    compile();
    story.do({ type: 'request_approval', draft: 1 }).do(measures(secret));
    compile();
    story.do({ type: 'request_approval', draft: 2 });
    story
      .do({ type: 'add_task', text: secret })
      .do({ type: 'send_back', draft: 2, comments: [{ text: secret }] }, 'Zhao Min');
    const { state, ia } = story.situation;
    const approval = state.approvals.at(-1);
    const cards = [
      ...surfacesOf({ state, ia, regime }).map(({ card }) => card),
      ...(approval ? [askCard(story.situation, approval, actorOf('Zhao Min'), true)] : []),
      ...['text', 'tasks', 'assessment', 'draft'].flatMap(
        (view) => viewOf({ view, args: { incident: state.id } }, { state, ia, regime }) ?? [],
      ),
    ];
    expect(cards.length).toBeGreaterThan(6);
    for (const card of cards) {
      for (const language of ['en', 'zh-CN'] as const) {
        const shown = JSON.stringify(localiseCard(cardFor(card, { show: 'overview' }), language));
        expect(shown).not.toContain(secret);
        expect(shown).not.toContain('一般措施');
      }
    }
  });
});

describe('refusals', () => {
  it('name what changed in words', () => {
    compile();
    story.do(measures('已隔离服务器'));
    const refused = story.try({ type: 'request_approval', draft: 1 });
    expect(refused?.code).toBe('text_changed');
    expect(refused ? localise(refusalText(refused, story.situation), 'zh-CN') : '').toBe(
      '未批准。出稿后下列内容有变动：已采取的措施。请重新出稿并提请审批。',
    );
  });
});
