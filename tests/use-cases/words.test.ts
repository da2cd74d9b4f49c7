import { expect, it } from 'vitest';
import { localiseCard } from '../../src/conversation/cards/localise.ts';
import type { Language } from '../../src/incident/identity.ts';
import { organisationSchema } from '../../src/incident/people/profile.ts';
import type { TextReply } from '../../src/use-cases/app.ts';
import { secretive } from '../conversation/secrets.ts';
import { BERLIN, OPS, person, RoomsHouse } from '../delivery/rooms-house.ts';

const LI = person('li', OPS);

async function fresh(): Promise<RoomsHouse> {
  const rooms = await RoomsHouse.start();
  await rooms.declare('case');
  return rooms;
}

/** What was said, the labels below it and what they do. */
function shown(reply: TextReply, language: Language = 'en') {
  if (reply.kind === 'submitted') {
    const { result } = reply;
    const card = result.kind === 'done' ? result.said() : null;
    const title = card ? localiseCard(card, language).title : '';
    return { title: result.kind === 'refused' ? result.refusal.code : title, labels: [], does: [] };
  }
  const actions = reply.card.blocks.flatMap((block) => (block.kind === 'actions' ? block.actions : []));
  const local = localiseCard(reply.card, language);
  const labels = local.blocks.flatMap((block) => (block.kind === 'actions' ? block.actions : [])).map((a) => a.label);
  return { title: local.title, labels, does: actions.map(({ does }) => does) };
}

it('a bare “confirm” never settles a level that the figures do not give: it asks what is meant', async () => {
  const rooms = await fresh();
  for (const line of ['confirm', '确认', '确认一般', 'confirm general', '一般']) {
    await rooms.say(line, LI);
    expect((await rooms.state()).levelDecision, line).toBeNull();
  }
  const asked = shown(await rooms.say('确认', LI), 'zh-CN');
  expect(asked.title).toContain('级别尚未确定');
  expect(asked.labels).toEqual(['确认起算时间…', '其他级别…', '按《办法》暂不报告…']);
  expect(asked.does).toMatchObject([
    { kind: 'form', form: { form: 'confirm_awareness' } },
    { kind: 'form', form: { form: 'another_level' } },
    { kind: 'form', form: { form: 'not_reportable' } },
  ]);
  await rooms.must({ type: 'answer', fact: 'personal_info_people', value: 1_200_000 });
  await rooms.say('确认', LI);
  expect((await rooms.state()).levelDecision?.level).toBe('major');
});

it('a level that needs a reason opens its form with the level chosen', async () => {
  const rooms = await fresh();
  for (const [line, level] of [
    ['确认一般', 'general'],
    ['改为重大', 'significant'],
    ['confirm major', 'major'],
  ] as const) {
    const { does } = shown(await rooms.say(line, LI));
    expect(does, line).toMatchObject([{ kind: 'form', form: { form: 'another_level', args: { level } } }]);
    const [open] = does;
    const form = open?.kind === 'form' ? await rooms.house.app.form(open.form, LI) : null;
    const field = form && 'fields' in form ? form.fields.find(({ id }) => id === 'level') : null;
    expect(field?.kind === 'one' && field.value).toBe(level);
  }
});

it('a level that waits for a second person is agreed to or refused in words', async () => {
  const rooms = await fresh();
  await rooms.must({ type: 'answer', fact: 'personal_info_people', value: 1_200_000 });
  await rooms.must({ type: 'decide_level', level: 'general', reason: 'records, not people' });
  const wang = person('wang', OPS);
  for (const line of ['确认', '同意重大']) {
    const asked = shown(await rooms.say(line, wang));
    expect(asked.title).toContain('Proposal by li: level 一般 (General');
    expect(asked.labels).toEqual(['Agree', 'Disagree']);
  }
  await rooms.say('同意一般', wang);
  expect((await rooms.state()).levelDecision).toMatchObject({ level: 'general', kind: 'below_floor' });
});

it('同意 is about what waits for a second person while no draft is put up for approval', async () => {
  const rooms = await fresh();
  await rooms.must({ type: 'answer', fact: 'personal_info_people', value: 1_200_000 });
  await rooms.must({ type: 'decide_level', level: 'general', reason: 'records, not people' });
  await rooms.say('同意', person('wang', OPS));
  expect((await rooms.state()).levelDecision).toMatchObject({ level: 'general', kind: 'below_floor' });
});

it('the words of the storyboard go to item 2; what stays unsure has a button for each field, with the words in it', async () => {
  const rooms = await fresh();
  for (const [line, field] of [
    ['记录 影响：约120万名用户', 'art7.2.impact'],
    ['记录措施：断网', 'art7.2.measures'],
    ['修改 2 措施：改口令', 'art7.2.measures'],
    ['记录 原因：弱口令', 'art7.4.cause'],
    ['修改 6 措施：加固', 'art7.6.planned'],
  ] as const) {
    await rooms.say(line, LI);
    expect((await rooms.state()).fields[field]?.current?.text, line).toBe(line.split('：')[1]);
  }
  const asked = shown(await rooms.say('记录 时间：昨晚11点', LI), 'zh-CN');
  expect(asked.labels).toEqual(['发现时间', '发生时间']);
  expect(asked.does).toMatchObject([
    { intent: { type: 'fill_field', value: { state: 'known', text: '昨晚11点' } } },
    { intent: { type: 'fill_field', field: 'art7.2.occurrence_time' } },
  ]);
  const many = shown(await rooms.say('5 VPN 有漏洞', LI), 'zh-CN');
  expect(many).toMatchObject({ title: '要填入第5项的哪一栏？请点选，所写内容将原样填入。' });
  expect(many.labels).toHaveLength(3);
});

it('an answer is corrected in words: nothing named shows all, the name of a fact opens or answers it', async () => {
  const rooms = await fresh();
  await rooms.must({ type: 'answer', fact: 'personal_info_people', value: 5_000 });
  for (const line of ['更正回答', '更正', '修改', '全部回答', '全部答复', 'correct the answer']) {
    expect(shown(await rooms.say(line, LI)).title, line).toContain('answers');
  }
  await rooms.say('修改 人数：120万', LI);
  expect((await rooms.state()).facts['personal_info_people']?.value).toBe(1_200_000);
  await rooms.say('更正 人数 130万', LI);
  expect((await rooms.state()).facts['personal_info_people']?.value).toBe(1_300_000);
  await rooms.say('correct people: 1.4 million', LI);
  expect((await rooms.state()).facts['personal_info_people']?.value).toBe(1_400_000);
  expect(shown(await rooms.say('更正 人数', LI)).does).toMatchObject([
    { form: { form: 'correct', args: { fact: 'personal_info_people' } } },
  ]);
});

const profile = organisationSchema.parse({
  ...secretive,
  people: [
    { id: 'li', name: 'Li Wei', roles: ['lead', 'approver'], accounts: [LI.account] },
    { id: 'wang', name: '王磊', nameEn: 'Wang Lei' },
  ],
});

it('items are given to people of the profile by name, with or without @; they take part from then on', async () => {
  const rooms = await RoomsHouse.start(profile);
  await rooms.declare('case');
  const given = shown(await rooms.say('指派 3 @王磊', LI));
  expect(given.title).toMatch(/tem 3.*王磊/);
  const state = await rooms.state();
  expect(state.people[state.owners['art7.3']?.owner ?? '']?.name).toBe('王磊');
  await rooms.say('assign 4 to @wang lei', LI);
  expect(Object.keys((await rooms.state()).owners)).toContain('art7.3');
  expect(shown(await rooms.say('指派 3 @赵敏', LI), 'zh-CN').title).toBe(
    '参与人员中没有赵敏。发送“邀请 赵敏”可添加，发送“人员”可查看名单。',
  );
  expect(shown(await rooms.say('邀请 王磊', LI), 'zh-CN').title).toBe('王磊已是参与人员。');
});

it('says what is missing behind a word, and never that a word does not work here', async () => {
  const rooms = await fresh();
  for (const [line, said] of [
    ['绑定', '请写上事件编号，如“绑定 INC-2026-0001”。'],
    ['邀请', '请写上姓名，如“邀请 王磊”。'],
    ['转给他人', '请写上序号和姓名，如“转给他人 3 王磊”。'],
    ['note', '请写上内容，如“note 09:50 已隔离两台服务器”。'],
    ['status inc-2026-1', '请写上事件编号，如“status INC-2026-0001”。'],
    ['删除', '请写上序号和栏目，如“删除 2 措施”。'],
    ['移到私密频道', '此处仅成员可见，无须转移。请在显示本事件的公开群或频道中发送。'],
    ['上传', '请在事件页面的“文件”中添加，或在聊天中直接发给机器人。'],
  ] as const) {
    expect(shown(await rooms.say(line, LI), 'zh-CN').title).toBe(said);
  }
  expect(shown(await rooms.say('请法务判断', LI)).does).toMatchObject([{ form: { form: 'judgements' } }]);
  expect(shown(await rooms.say('更多', LI), 'zh-CN').title).toContain('更多');
});

it('in an open room “move” opens the way out of it, and says what there is where no private room can be made', async () => {
  const rooms = await RoomsHouse.start();
  const open = { ...OPS, open: true };
  await rooms.declare('case', open);
  const reply = await rooms.say('move', person('li', open));
  expect(reply).toMatchObject({ view: { view: 'private' } });
  const { does, title } = shown(reply);
  expect(title).toBe('Jishi cannot make a private group from here');
  expect(does).toMatchObject([{ kind: 'form', form: { form: 'rooms' } }]);
});

it('a sentence that was not understood can be kept as it is, without the mention in front', async () => {
  const rooms = await fresh();
  const reply = shown(await rooms.say('@计时 已隔离两台服务器', LI), 'zh-CN');
  const kept = reply.labels.findIndex((label) => label.includes('记为备注'));
  expect(reply.does[kept]).toEqual({ kind: 'intent', intent: { type: 'add_note', text: '已隔离两台服务器' } });
  const { labels } = shown(await rooms.say('已隔离两台服务器', person('li', OPS)));
  expect(labels).toContainEqual(expect.stringMatching(/as a note/i));
  expect(shown(await rooms.say('已隔离两台服务器', person('nobody', BERLIN), null)).labels).toEqual([
    'Open an incident “已隔离两台服务器”',
  ]);
});

it('the form of a drill begins at the speed that was named; a language is confirmed in itself', async () => {
  const rooms = await fresh();
  const { does } = shown(await rooms.say('drill 10x', LI));
  expect(does).toMatchObject([{ form: { form: 'new_incident', args: { drill: 'true', speed: '10' } } }]);
  const [open] = does;
  const form = open?.kind === 'form' ? await rooms.house.app.form(open.form, LI) : null;
  const speed = form && 'fields' in form ? form.fields.find(({ id }) => id === 'speed') : null;
  expect(speed?.kind === 'one' && speed.value).toBe('10');
  expect(shown(await rooms.say('language 中文', LI), 'en').title).toContain('中文');
  expect(shown(await rooms.say('language en', LI), 'zh-CN').title).toContain('English');
});

it.each([
  'drill 5000x Ransomware',
  'drill 0x Ransomware',
  'drill -3x Ransomware',
  'drill 601x',
  '演练 5000倍 勒索软件',
])('a drill that nobody could follow is refused with the speeds there are: %s', async (line) => {
  const rooms = await fresh();
  const before = (await rooms.store.incidents({ limit: 9 })).length;
  expect(shown(await rooms.say(line, LI, null), 'en').title).toBe('drill_speed');
  expect(await rooms.store.incidents({ limit: 9 })).toHaveLength(before);
});

it('words answer the question on the card while the one about a CII is open beside it', async () => {
  const rooms = await fresh();
  await rooms.say('09:20 运维告警', LI);
  expect((await rooms.state()).candidates.at(-1)).toMatchObject({ description: '运维告警' });
  await rooms.say('no', LI);
  expect((await rooms.state()).facts['operator']?.value).toBe('other');
});

/** The question how long the portal has been down is open; the working start is 23:00 of the day before. */
async function outage(): Promise<RoomsHouse> {
  const rooms = await fresh();
  await rooms.must({ type: 'answer', fact: 'operator', value: 'other' });
  await rooms.say('昨晚11点 运维告警', LI);
  await rooms.must({ type: 'answer', fact: 'circumstances', value: ['unknown'] });
  await rooms.must({ type: 'answer', fact: 'affected', value: ['outage'] });
  await rooms.must({ type: 'answer', fact: 'site_kind', value: ['enterprise'] });
  return rooms;
}
const duration = async (rooms: RoomsHouse) => (await rooms.state()).facts['site_outage_minutes']?.value;

it.each(['120万', '1.2 million', '5人', '很久'])('“%s” is no duration: one is asked for', async (line) => {
  const rooms = await outage();
  const reply = await rooms.say(`回答 ${line}`, LI);
  expect(shown(reply, 'zh-CN').title).toBe('这里请填时长并写明单位，如“2小时”“90分钟”；不清楚的，写“不清楚”。');
  expect(shown(reply, 'en').title).toBe(
    'Enter a duration with its unit, e.g. “2 hours” or “90 minutes”, or “don’t know”.',
  );
  expect(await duration(rooms)).toBeUndefined();
});

it('a bare figure may be minutes or hours: both are offered, and a unit is asked for', async () => {
  const rooms = await outage();
  const asked = shown(await rooms.say('回答 120', LI), 'zh-CN').title;
  expect(asked).toBe('您指的是2小时或5天吗？这里请填时长并写明单位，如“2小时”“90分钟”；不清楚的，写“不清楚”。');
});

it.each([
  ['2小时', 120],
  ['90 minutes', 90],
])('“%s” is how long', async (line, minutes) => {
  const rooms = await outage();
  await rooms.say(line, LI);
  expect(await duration(rooms)).toBe(minutes);
});

it('“since when” is answered with a time', async () => {
  const rooms = await outage();
  await rooms.say('昨晚11点起', LI);
  expect(await duration(rooms)).toMatchObject({ since: expect.any(String) });
  expect(await duration(rooms)).not.toHaveProperty('until');
});

it.each(['持续时间：2小时', '时长：2小时', 'duration: 2 hours'])('“%s” names what is asked', async (line) => {
  const rooms = await outage();
  await rooms.say(line, LI);
  expect(await duration(rooms)).toBe(120);
});

/** The question what is affected is open. */
async function whatIsAffected(): Promise<RoomsHouse> {
  const rooms = await fresh();
  await rooms.must({ type: 'answer', fact: 'operator', value: 'other' });
  await rooms.say('昨晚11点 运维告警', LI);
  await rooms.must({ type: 'answer', fact: 'circumstances', value: ['unknown'] });
  return rooms;
}

it.each([
  ['影响：个人信息', ['personal_info']],
  ['影响：个人信息、系统中断', ['personal_info', 'outage']],
  ['受影响方面：个人信息和重要或核心数据', ['personal_info', 'data']],
  ['个人信息，系统中断', ['personal_info', 'outage']],
  ['回答 个人信息', ['personal_info']],
  ['impact: personal information', ['personal_info']],
  ['Personal information and outage', ['personal_info', 'outage']],
  ['影响：不清楚', 'unknown'],
  ['影响：尚不清楚', 'unknown'],
  ['影响：还不知道', 'unknown'],
] as const)('“%s” answers what is affected', async (line, value) => {
  const rooms = await whatIsAffected();
  await rooms.say(line, LI);
  expect((await rooms.state()).facts['affected']?.value).toEqual(value);
});

it.each([
  ['影响：约120万名用户的姓名泄露', 'art7.2.impact'],
  ['impact: names of 1.2 million users leaked', 'art7.2.impact'],
  ['措施：已隔离两台服务器', 'art7.2.measures'],
  ['measures taken: two servers isolated', 'art7.2.measures'],
  ['原因：不清楚', 'art7.4.cause'],
] as const)('“%s” goes to its field, whatever is asked', async (line, field) => {
  const rooms = await whatIsAffected();
  await rooms.say(line, LI);
  const state = await rooms.state();
  expect(state.fields[field]?.current?.text).toBe(/[：:]\s*(.*)/.exec(line)?.[1]);
  expect(state.facts['affected']).toBeUndefined();
});

it('a field that could be several is asked about, with what was written in each button', async () => {
  const rooms = await whatIsAffected();
  const asked = shown(await rooms.say('时间：昨晚11点', LI), 'zh-CN');
  expect(asked).toMatchObject({
    title: '要填入第2项的哪一栏？请点选，所写内容将原样填入。',
    labels: ['发现时间', '发生时间'],
  });
});

it('“发现时间” answers when and from whom it became known', async () => {
  const rooms = await fresh();
  await rooms.say('发现时间：09:20 运维告警', LI);
  expect((await rooms.state()).candidates.at(-1)).toMatchObject({ description: '运维告警' });
});

it('“影响：约120万人” answers how many people, as the range it is', async () => {
  const rooms = await whatIsAffected();
  await rooms.say('影响：个人信息', LI);
  await rooms.say('影响：约120万人', LI);
  const value = { min: 1_080_000, max: 1_320_000 };
  expect((await rooms.state()).facts['personal_info_people']?.value).toEqual(value);
});

it.each([
  ['昨晚11点 供应商来电', '已记录：供应商来电，'],
  ['09:20 运维告警', '已记录：运维告警，09:20'],
])('“%s” is repeated in its own words, not as “other”', async (line, begins) => {
  const rooms = await fresh();
  const { title } = shown(await rooms.say(line, LI), 'zh-CN');
  expect(title).toContain(begins);
  expect(title).not.toContain('其他');
});

it('words that answer no question are offered as a note, with the question again', async () => {
  const rooms = await fresh();
  await rooms.must({ type: 'answer', fact: 'operator', value: 'other' });
  await rooms.say('昨晚11点 运维告警', LI);
  await rooms.must({ type: 'answer', fact: 'personal_info_people', value: 1_200_000 });
  await rooms.must({ type: 'answer', fact: 'circumstances', value: ['unknown'] });
  await rooms.must({ type: 'answer', fact: 'affected', value: ['personal_info'] });
  const reply = await rooms.say('120万', LI);
  expect(shown(reply, 'zh-CN').title).toBe(
    '这句话没有记录。要记为备注吗？待回答：公民个人信息发生了什么情况？（可多选）',
  );
  expect(shown(reply, 'en').title).toMatch(/^Nothing was recorded\. Keep it as a note\? Still open: /);
});

it('上报 neither opens an incident nor records a filing: it asks which of the two is meant', async () => {
  const rooms = await fresh();
  for (const line of ['上报 首报', '上报网信办', '上报支付系统故障']) {
    const asked = shown(await rooms.say(line, LI), 'zh-CN');
    expect(asked.title).toContain('要登记报送，还是另外新建一起事件？');
    expect(asked.labels).toEqual(['登记报送…', expect.stringMatching(/^新建事件“.+”$/)]);
    expect(asked.does).toMatchObject([
      { kind: 'form', form: { form: 'filing' } },
      { kind: 'intent', intent: { type: 'declare' } },
    ]);
  }
  expect((await rooms.state()).filings).toEqual([]);
});

it.each([
  'are you there?',
  'bot, are you there',
  'is anybody there',
  '你好',
  '在吗',
  '在不在',
  '机器人在吗',
  'bye',
  '收工',
])('“%s” is answered in one short line', async (line) => {
  const { title, labels } = shown(await (await fresh()).say(line, LI));
  expect(title).toMatch(/^I am here\. /);
  expect(labels).toEqual([]);
});

it('a pasted alert where nothing is open is offered as an incident, known since the time in it', async () => {
  const rooms = await RoomsHouse.start();
  const alert = '【告警】09:12 主机 web-03 检测到可疑外连，目的IP 45.76.1.2，规则ID 200145，级别：高。设备：安恒EDR';
  expect(shown(await rooms.say(alert, LI)).does).toMatchObject([
    {
      kind: 'intent',
      intent: {
        type: 'declare',
        title: expect.stringMatching(/^【告警】09:12 主机/),
        awareness: expect.stringContaining('T09:12'),
      },
    },
  ]);
});

const DENIED = [
  '不是关基',
  'not CII',
  '不涉及关基',
  '和关基没关系',
  'we are not CII',
  'CII is not involved',
  '不是关基吧',
];
const [ASKED, OTHER] = [
  ['是不是关基', 'is it CII?', '关基处来电话了'],
  ['是关基', 'CII is involved'],
];

/** Kinds of operator that the buttons below a line would record. */
const operatorsOffered = ({ does }: ReturnType<typeof shown>): readonly unknown[] =>
  does.flatMap((one) =>
    one.kind === 'intent' && one.intent.type === 'answer' && one.intent.fact === 'operator' ? [one.intent.value] : [],
  );

it('words about the kind of operator are offered while another question is open, and a question offers none', async () => {
  const rooms = await fresh();
  for (const [lines, values] of [
    [DENIED, ['other']],
    [OTHER, ['cii_involved']],
    [ASKED, []],
  ] as const)
    for (const line of lines) expect(operatorsOffered(shown(await rooms.say(line, LI))), line).toEqual(values);
  expect((await rooms.state()).facts).toEqual({});
  await rooms.must({ type: 'answer', fact: 'operator', value: 'other' });
  expect(operatorsOffered(shown(await rooms.say('not CII', LI)))).toEqual([]);
});

it.each(['police?', 'the police?', 'police informed?', '报警了吗', '报警了没'])(
  '“%s” asks: nobody has said that the police know',
  async (line) => {
    const { title, labels } = shown(await (await fresh()).say(line, LI));
    expect([title, ...labels].join()).toMatch(/Duties|duties|Is this what you mean/);
    expect([title, ...labels].join()).not.toMatch(/informed/);
  },
);

it('a value on record is not offered again: its words name who recorded it', async () => {
  const rooms = await fresh();
  await rooms.must({ type: 'answer', fact: 'incident_type', value: 'data.leak' });
  await rooms.must({ type: 'add_awareness', at: '2026-03-31T09:20:00+08:00', source: 'call', reachedUs: true });
  for (const line of ['known since 09:20', 'data leak']) {
    const { title, labels } = shown(await rooms.say(line, person('chen', OPS)));
    expect(title, line).toMatch(/li has recorded this already/);
    expect(labels, line).toEqual([]);
  }
});

it('a receipt alone goes to the filing that waits for one, after it was read back', async () => {
  const rooms = await fresh();
  await rooms.must({ type: 'answer', fact: 'operator', value: 'other' });
  await rooms.must({ type: 'answer', fact: 'personal_info_people', value: 1_200_000 });
  const at = '2026-03-31T09:42:00+08:00';
  const filing = { obligation: 'cac.art4.other', channel: 'hotline_12387', at, takenBy: '3321' } as const;
  await rooms.must({ type: 'record_filing', ...filing });
  const { title, does } = shown(await rooms.say('受理号2026-0331-17', LI), 'zh-CN');
  expect(title).toContain('受理编号2026-0331-17');
  const [first] = does;
  if (first?.kind !== 'intent') throw new Error(title);
  expect(first.intent).toMatchObject({ type: 'correct_filing', receipt: '2026-0331-17' });
  if (first.intent.type === 'correct_filing') await rooms.must(first.intent);
  expect((await rooms.state()).filings).toMatchObject([{ receipt: '2026-0331-17' }]);
});

it.each(['再出一稿', 'another draft', '重新出稿'])('“%s” compiles a draft', async (line) => {
  const rooms = await fresh();
  await rooms.say(line, LI);
  expect((await rooms.state()).drafts).toHaveLength(1);
});

it('two sentences of one answer end with a full stop between them', async () => {
  const rooms = await fresh();
  const en = shown(await rooms.say('undo', LI)).title;
  expect(en).toMatch(/^Your last action: .*case\. An incident cannot be undone\./);
  expect(shown(await rooms.say('undo', LI), 'zh-CN').title).toMatch(/case。已登记的事件不能撤销/);
});

it('a figure that corrects nothing on record offers the figure, not to undo what was done last', async () => {
  const rooms = await fresh();
  await rooms.say('8 无', LI);
  const { labels } = shown(await rooms.say('刚才那个数不对，改成130万', LI), 'zh-CN');
  expect(labels.join()).toMatch(/130万/);
  expect(labels).not.toContain('撤销');
});
