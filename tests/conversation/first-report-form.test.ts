import { beforeEach, describe, expect, it } from 'vitest';
import { checklistCard } from '../../src/conversation/collecting/checklist-card.ts';
import { headEntered } from '../../src/conversation/filing/report-forms.ts';
import type { FormValues } from '../../src/conversation/forms/form-kind.ts';
import { formOf, parseForm } from '../../src/conversation/forms/form-kinds.ts';
import { gapsOf } from '../../src/report/completeness.ts';
import { estimatesOf, itemsNow } from '../../src/report/items.ts';
import { textOf } from '../../src/report/paper.ts';
import { sheetNow } from '../../src/report/sheet.ts';
import { company, regime, Story } from './story.ts';

const START = '2026-03-31T09:42:00+08:00';
const REF = { form: 'first_report', args: { incident: 'INC-2026-0007' } };
const ENTERED: FormValues = {
  words: ['confirm'],
  operator: 'other',
  personal_info_people: '',
  'art7.1.unit': '某某（上海）贸易有限公司',
  'art7.1.system': '会员商城',
  'art7.2.type': 'data.leak',
  'art7.2.place': '上海市浦东新区',
  'art7.2.impact': '约120万名用户手机号泄露',
  'art7.2.impact#as': [],
  'art7.2.measures': '已隔离服务器',
  'art7.2.effect': '外传已停止',
  'art7.2.level': [],
  province: 'shanghai',
  signatory: '赵敏',
  contact_phone: '021-5555 0100',
  cannot: [],
};
/** The record answers it by itself: the clock runs from it. */
const NOT_ASKED = ['art7.2.discovery_time'];

let story: Story;
beforeEach(() => {
  story = new Story(START, null);
  story.do({ type: 'declare', title: '会员数据泄露' }).wait(20);
});

function formNow(remembered?: Readonly<Record<string, string>>) {
  const { state, ia } = story.situation;
  return formOf(REF, { state, ia, regime, now: ia.now, remembered });
}
function fieldNow(id: string, remembered?: Readonly<Record<string, string>>) {
  return formNow(remembered)?.fields.find((field) => field.id === id);
}
function send(values: FormValues): void {
  const { state, ia } = story.situation;
  const parsed = parseForm(REF, values, { state, ia, regime, now: ia.now });
  if ('errors' in parsed) throw new Error(JSON.stringify(parsed.errors));
  for (const command of parsed.commands) story.do(command);
}

describe('the first report in one form', () => {
  it('asks what Art. 7 needs now and what the head needs, the tick for the wording first', () => {
    const ids = formNow()?.fields.map(({ id }) => id) ?? [];
    expect(ids[0]).toBe('words');
    expect(new Set(ids)).toEqual(new Set(Object.keys(ENTERED)));
    const now = regime.items
      .flatMap(({ fields }) => fields)
      .filter(({ required, onlyIf }) => required === 'now' && !onlyIf);
    for (const { id } of now) expect(ids.includes(id) || NOT_ASKED.includes(id), id).toBe(true);
  });

  it('grades by the figure of what the title names: the level is in the paper, and a wrong figure is said at its field', () => {
    const { state, ia } = story.situation;
    const parsed = parseForm(REF, { ...ENTERED, personal_info_people: '30万条' }, { state, ia, regime, now: ia.now });
    expect(parsed).toMatchObject({ errors: { personal_info_people: expect.anything() } });
    send({ ...ENTERED, personal_info_people: '约120万' });
    const level = itemsNow(story.situation)
      .flatMap(({ fields }) => fields)
      .find(({ definition }) => definition.from === 'level');
    expect(textOf(level?.runs ?? [])).toContain('较大');
    expect(fieldNow('personal_info_people')).toBeUndefined();
  });

  it('offers the type that the title names, and shows what was entered when it is opened again', () => {
    expect(fieldNow('art7.2.type')).toMatchObject({ kind: 'one', value: 'data.leak' });
    send(ENTERED);
    expect(fieldNow('art7.2.place')).toMatchObject({ value: '上海市浦东新区' });
    expect(fieldNow('signatory')).toMatchObject({ value: '赵敏' });
    expect(fieldNow('operator')).toBeUndefined();
    expect(fieldNow('art7.2.type')).toBeUndefined();
  });

  it('makes a draft without a gap in head or items 1 and 2, but for the level nobody decided', () => {
    send(ENTERED);
    const gaps = gapsOf(sheetNow(story.situation, 'zh', 'first')).map(({ key }) => key);
    expect(gaps).toEqual([
      'report.gap.level_undetermined',
      'report.gap.awareness_unconfirmed',
      'report.gap.later_without_reason',
    ]);
    const document = story.situation.state.drafts.at(-1)?.text?.document;
    const head = Object.fromEntries(document?.head.map(({ id, runs }) => [id, textOf(runs)]) ?? []);
    expect(head).toMatchObject({
      to: '上海市互联网信息办公室',
      unit: '某某（上海）贸易有限公司（盖章）',
      signatory: '＿＿＿＿＿＿',
      phone: '021-5555 0100',
    });
  });

  it('confirms Chinese text only, and none without the tick', () => {
    send({ ...ENTERED, 'art7.2.place': 'A data centre in Pudong', 'art7.2.effect': '' });
    const wordings = (id: string) => story.situation.state.fields[id]?.wording?.text;
    expect(wordings('art7.2.measures')).toBe('已隔离服务器');
    expect(wordings('art7.2.place')).toBeUndefined();
    expect(itemsNow(story.situation)[1]?.state).toBe('partly');
    send({ ...ENTERED, words: [], 'art7.2.effect': '外传已停止' });
    expect(wordings('art7.2.effect')).toBeUndefined();
  });

  it('counts an estimate that is written as one, and asks no more what was ticked as impossible to determine', () => {
    send({ ...ENTERED, 'art7.2.impact': '初步统计约120万名用户手机号泄露', cannot: ['cause', 'trend'] });
    expect(estimatesOf(itemsNow(story.situation))).toBe(1);
    const gaps = gapsOf(sheetNow(story.situation, 'zh')).map(({ key }) => key);
    expect(gaps).not.toContain('report.gap.later_without_reason');
    expect(fieldNow('cannot')).toMatchObject({ value: ['cause', 'trend'] });
  });

  it('leaves what is unchanged as it is, and takes back what was emptied of the head', () => {
    send(ENTERED);
    const before = story.situation.state.version;
    send({ ...ENTERED, contact_phone: '' });
    expect(story.situation.state.version).toBe(before + 2);
    expect(story.situation.state.facts['contact_phone']?.value).toBe('unknown');
  });

  it('goes out as 较大 while the level is open only where a person ticks it', () => {
    expect(fieldNow('art7.2.level')).toMatchObject({ kind: 'many', value: [] });
    send({ ...ENTERED, 'art7.2.level': ['cautious'] });
    expect(story.situation.state.fields['art7.2.level']?.wording?.text).toContain('较大');
  });

  it('offers the head of the last incident again, and of what a person cleared nothing', () => {
    send({ ...ENTERED, contact_phone: '' });
    const remembered = headEntered(story.situation.state, regime);
    expect(remembered).toEqual({
      'art7.1.unit': '某某（上海）贸易有限公司',
      province: 'shanghai',
      signatory: '赵敏',
    });
    story = new Story(START, null);
    story.do({ type: 'declare', title: '官网被篡改' });
    expect(fieldNow('province', remembered)).toMatchObject({ value: 'shanghai' });
    expect(fieldNow('art7.1.unit', remembered)).toMatchObject({ value: '某某（上海）贸易有限公司' });
    expect(fieldNow('art7.2.place', remembered)).toMatchObject({ value: '' });
  });

  it('does not ask what the profile answers', () => {
    story = new Story(START, company);
    story.do({ type: 'declare', title: '会员数据泄露' }).do({ type: 'answer', fact: 'system', value: 'shop' });
    const ids = formNow()?.fields.map(({ id }) => id) ?? [];
    for (const id of ['art7.1.unit', 'art7.1.system', 'province', 'operator']) expect(ids, id).not.toContain(id);
  });
});

describe('wordings that nobody confirmed', () => {
  const wordings = { form: 'wordings', args: { incident: 'INC-2026-0007' } };
  beforeEach(() => {
    story.do({ type: 'fill_field', field: 'art7.2.place', value: { state: 'known', text: '上海' } });
    story.do({ type: 'fill_field', field: 'art7.2.measures', value: { state: 'known', text: 'two servers isolated' } });
  });
  const parsed = (values: FormValues) => {
    const { state, ia } = story.situation;
    return parseForm(wordings, values, { state, ia, regime, now: ia.now });
  };

  it('are confirmed in one form: Chinese is offered as it stands, other words beside an empty field', () => {
    const { state, ia } = story.situation;
    const fields = formOf(wordings, { state, ia, regime, now: ia.now })?.fields;
    expect(fields?.map((field) => [field.id, 'value' in field && field.value])).toEqual([
      ['art7.2.place', '上海'],
      ['art7.2.measures', ''],
    ]);
    expect(parsed({ 'art7.2.place': '上海市', 'art7.2.measures': '' })).toEqual({
      commands: [{ type: 'confirm_wording', field: 'art7.2.place', wording: '上海市' }],
    });
    expect(parsed({ 'art7.2.place': '', 'art7.2.measures': '' })).toHaveProperty('errors');
  });

  it('keep their item from a green tick and have one row in the checklist', () => {
    expect(itemsNow(story.situation)[1]?.state).toBe('partly');
    const rows = checklistCard(story.situation).blocks.flatMap((block) => (block.kind === 'row' ? block.actions : []));
    const forms = rows.flatMap(({ does }) => (does.kind === 'form' ? does.form.form : []));
    expect(forms.filter((name) => name === 'wordings')).toHaveLength(1);
  });
});
