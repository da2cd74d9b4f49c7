import { beforeEach, describe, expect, it } from 'vitest';
import { askCircumstances } from '../../src/conversation/asking/context-questions.ts';
import type { FormRef } from '../../src/conversation/cards/card.ts';
import { localise, localised } from '../../src/conversation/cards/localise.ts';
import { FORM_KINDS } from '../../src/conversation/commands.ts';
import type { FormValues } from '../../src/conversation/forms/form-kind.ts';
import { formOf, parseForm } from '../../src/conversation/forms/form-kinds.ts';
import { meant } from '../../src/conversation/meaning/command-meaning.ts';
import { actOfForm } from '../../src/conversation/rooms/abroad.ts';
import { parseCommand } from '../../src/conversation/text/commands/commands.ts';
import type { Command } from '../../src/incident/commands.ts';
import { actorOf, company, regime, Story } from './story.ts';

let story: Story;
beforeEach(() => {
  story = new Story('2026-03-31T09:42:00+08:00', company);
  story.do({ type: 'declare', title: '会员数据泄露' }).do({ type: 'answer', fact: 'system', value: 'shop' }).wait(20);
});

const ref = (form: string, args: FormRef['args'] = {}): FormRef => ({
  form,
  args: { incident: 'INC-2026-0007', ...args },
});
function parse(of: FormRef, values: FormValues) {
  const { state, ia } = story.situation;
  return parseForm(of, values, { state, ia, regime, now: ia.now });
}
function commands(of: FormRef, values: FormValues): readonly Command[] {
  const parsed = parse(of, values);
  if ('errors' in parsed) throw new Error(JSON.stringify(parsed.errors));
  return parsed.commands;
}
function errors(of: FormRef, values: FormValues): Record<string, string> {
  const parsed = parse(of, values);
  const entries = 'errors' in parsed ? Object.entries(parsed.errors) : [];
  return Object.fromEntries(entries.map(([field, text]) => [field, localise(text, 'en')]));
}
function shown(of: FormRef) {
  const { state, ia } = story.situation;
  const form = formOf(of, { state, ia, regime, now: ia.now });
  return form && localised(form, 'en');
}

it('every form needs a right, of its own or of the command of its name', () => {
  expect(Object.keys(FORM_KINDS).filter((form) => actOfForm({ form, args: {} }, regime) === null)).toEqual([]);
});

it('an item form names every mistake at once, and takes no text together with “not yet known”', () => {
  const wrong = errors(ref('item', { item: 'art7.2' }), {
    'art7.2.occurrence_time': 'tomorrow 5 pm',
    'art7.2.place': 'Shanghai',
    'art7.2.place#as': ['estimate', 'unknown'],
    as_of: 'some day',
  });
  expect(Object.keys(wrong).toSorted()).toEqual(['art7.2.occurrence_time', 'art7.2.place', 'as_of']);
  expect(wrong['art7.2.place']).toContain('not both');
});

it.each([
  ['登记报送 12387 回执2026-0331-17', 'filing', 'receipt', '2026-0331-17'],
  ['暂不报告 未达标准', 'not_reportable', 'reason', '未达标准'],
])('%s opens a form with the words behind it in their field', (line, form, field, words) => {
  const reader = { situation: story.situation, me: null, room: null, quoted: null };
  const meaning = meant(parseCommand(line), reader);
  expect(meaning).toMatchObject({ kind: 'form', ref: { form, args: { [field]: words } } });
  const fields = meaning.kind === 'form' ? shown(meaning.ref)?.fields : [];
  expect(fields?.find(({ id }) => id === field)).toMatchObject({ value: words });
});

it('takes no unified social credit code that is none', () => {
  const item = ref('item', { item: 'art7.1' });
  expect(Object.keys(errors(item, { 'art7.1.credit_code': '12345' }))).toEqual(['art7.1.credit_code']);
  expect(errors(item, { 'art7.1.credit_code': '91350100M000100Y43' })).toEqual({});
});

it('offers another type than the one the title names', () => {
  const { state, ia } = story.situation;
  expect(askCircumstances({ state, ia, regime })?.form).toMatchObject({ ref: { form: 'type' } });
});

it('separates the source of awareness from what was written about it', () => {
  const at = story.situation.ia.now;
  story.do({ type: 'add_awareness', at, source: 'customer', description: 'Customer mail to support', reachedUs: true });
  const [field] = shown(ref('confirm_awareness'))?.fields ?? [];
  const labels = field?.kind === 'one' ? field.options.map(({ label }) => label) : [];
  expect(labels).toContainEqual(expect.stringMatching(/ · customer · Customer mail to support$/));
});

it('a judgement that was left out stays open', () => {
  const form = ref('judgements');
  for (const field of shown(form)?.fields ?? []) expect('value' in field && field.value, field.id).toBe('');
});

it('who is affected can be corrected to the rare kind of operator as well', () => {
  const correct = ref('correct', { fact: 'operator' });
  const [field] = shown(correct)?.fields ?? [];
  const central =
    field?.kind === 'one' ? field.options.find(({ label }) => label === 'Central Party or state organ') : undefined;
  expect(commands(correct, { value: central?.value ?? '' })).toEqual([
    { type: 'answer', fact: 'operator', value: 'central_state_organ' },
  ]);
});

describe('numbers and times', () => {
  it.each([
    ['120万', 1_200_000],
    ['1.2 million', 1_200_000],
    ['3-5万', { min: 30_000, max: 50_000 }],
    ["don't know", 'unknown'],
  ])('%s', (text, value) => {
    const answer = { type: 'answer', fact: 'personal_info_people', value, basis: 'export log' };
    expect(commands(ref('number', { fact: 'personal_info_people' }), { value: text, basis: 'export log' })).toEqual([
      answer,
    ]);
  });

  it('asks back instead of guessing, with what to enter', () => {
    const people = ref('number', { fact: 'personal_info_people' });
    expect(errors(people, { value: '30万条' })['value']).toContain('people, not records');
    expect(errors(people, { value: 'many' })['value']).toContain('3-5 million');
    expect(errors(people, { value: '' })['value']).toBe('Please fill this in.');
    expect(errors(ref('number', { fact: 'direct_loss_cny' }), { value: '3000 USD' })['value']).toContain('RMB');
    expect(errors(ref('number', { fact: 'population_percent_province' }), { value: '120%' })['value']).toBeDefined();
  });

  it('takes a span in one field or in two', () => {
    const outage = ref('ongoing', { fact: 'site_outage_minutes' });
    const value = { since: '2026-03-31T09:10:00.000+08:00', until: '2026-03-31T09:40:00.000+08:00' };
    for (const entered of [
      { since: '09:10 to 09:40', until: '' },
      { since: '09:10', until: '09:40' },
    ]) {
      const [command] = commands(outage, { ...entered, basis: '' });
      expect(command?.type === 'answer' && typeof command.value === 'object' && 'since' in command.value).toBe(true);
      if (command?.type !== 'answer' || typeof command.value !== 'object' || !('since' in command.value)) continue;
      expect(Date.parse(command.value.since)).toBe(Date.parse(value.since));
      expect(Date.parse(command.value.until ?? '')).toBe(Date.parse(value.until));
    }
    expect(errors(outage, { since: '09:40', until: '09:10' })).toEqual({
      until: 'The end is before the start. Check both times.',
    });
    expect(commands(outage, { since: '09:10', until: '' })[0]).toMatchObject({ value: { since: expect.any(String) } });
  });

  it('keeps what only a supplier knew apart', () => {
    const entered = { at: 'yesterday 23:00', source: 'supplier', reached: 'no', description: 'mail' };
    expect(commands(ref('awareness'), entered)).toEqual([
      expect.objectContaining({ type: 'add_awareness', source: 'supplier', reachedUs: false, description: 'mail' }),
    ]);
  });
});

describe('items', () => {
  const item = ref('item', { item: 'art7.2' });

  it('shows an example under each field and what the record already says', () => {
    const form = shown(item);
    const place = form?.fields.find(({ id }) => id === 'art7.2.place');
    expect(place?.example).toContain('Pudong');
    expect(form?.fields.find(({ id }) => id === 'art7.2.discovery_time')?.hint).toContain(
      'If empty: 31 March 2026, 09:42 (Beijing, UTC+8)',
    );
  });

  it('sends only what changed, with estimates, unknowns and confirmed words', () => {
    const entered = {
      'art7.2.place': '上海',
      'art7.2.impact': '约120万人',
      'art7.2.impact#as': ['estimate'],
      'art7.2.effect#as': ['unknown'],
      as_of: '09:50',
      words: ['confirm'],
    };
    const sent = commands(item, entered);
    expect(sent).toEqual([
      { type: 'fill_field', field: 'art7.2.place', value: { state: 'known', text: '上海' }, wording: '上海' },
      expect.objectContaining({
        field: 'art7.2.impact',
        wording: '约120万人',
        value: expect.objectContaining({ state: 'estimate' }),
      }),
      { type: 'fill_field', field: 'art7.2.effect', value: { state: 'unknown' } },
    ]);
    for (const command of sent) story.do(command);
    expect(commands(item, { ...entered, as_of: '' })).toEqual([]);
  });

  it('refuses an occurrence to come, and a discovery before the time from which the deadline runs', () => {
    const errorsOf = (field: string, text: string) => {
      const { state, ia } = story.situation;
      const result = parseForm(item, { [field]: text }, { state, ia, regime, now: ia.now });
      return 'errors' in result ? localise(result.errors[field] ?? { raw: '' }, 'zh-CN') : null;
    };
    expect(errorsOf('art7.2.occurrence_time', '明天下午5点')).toContain('4月1日');
    expect(errorsOf('art7.2.discovery_time', '2026年3月31日09时00分')).toContain(
      '早于已记录的获知时间（09:42，即起算时间）',
    );
    expect(errorsOf('art7.2.discovery_time', '2026年3月31日09时42分')).toBeNull();
    expect(errorsOf('art7.2.occurrence_time', '约01时10分（依据日志）')).toBeNull();
  });

  it('confirms words that already stand without writing them again', () => {
    story.do({ type: 'fill_field', field: 'art7.2.place', value: { state: 'known', text: '上海' } });
    expect(commands(item, { 'art7.2.place': '上海', words: ['confirm'] })).toEqual([
      { type: 'confirm_wording', field: 'art7.2.place', wording: '上海' },
    ]);
  });

  it('asks the fields of a ransom only after ransomware', () => {
    const ransom = () => shown(item)?.fields.filter(({ id }) => /ransom_[a-z]+$/.test(id)).length;
    expect(ransom()).toBe(0);
    story.do({ type: 'answer', fact: 'incident_type', value: 'malware.ransomware' });
    expect(ransom()).toBe(4);
  });

  it('adds somebody of the profile before giving them an item', () => {
    const assign = ref('assign', { item: 'art7.4' });
    expect(commands(assign, { person: 'zhao-min' })).toEqual([
      { type: 'add_person', person: 'zhao-min' },
      { type: 'assign_item', item: 'art7.4', person: 'zhao-min' },
    ]);
    expect(commands(assign, { person: actorOf('Li Wei') })).toHaveLength(1);
    expect(commands(assign, { person: '-' })).toEqual([{ type: 'assign_item', item: 'art7.4', person: null }]);
    expect(errors(assign, { person: 'nobody-we-know' })).toEqual({ person: 'Please choose one.' });
  });

  it('shows two versions that stand against each other and keeps both', () => {
    const fill = (text: string, basedOn: number, who: string) =>
      story.apply(
        { type: 'field_filled', payload: { field: 'art7.2.place', value: { state: 'known', text }, basedOn } },
        actorOf(who),
      );
    const seen = story.situation.state.version;
    fill('上海', seen, 'Li Wei');
    fill('北京', seen, 'Chen Yu');
    const choose = ref('choose_version', { item: 'art7.2' });
    const field = shown(choose)?.fields[0];
    expect(field?.kind === 'one' && field.options.map(({ label }) => label)).toEqual([
      expect.stringContaining('上海'),
      expect.stringContaining('北京'),
    ]);
    const version = story.situation.state.fields['art7.2.place']?.versions[0]?.version ?? 0;
    for (const command of commands(choose, { 'art7.2.place': String(version) })) story.do(command);
    expect(story.situation.state.fields['art7.2.place']?.current?.text).toBe('上海');
    expect(shown(choose)).toBeNull();
  });
});

describe('decisions', () => {
  it('needs a date to come for looking again', () => {
    const form = ref('not_reportable');
    expect(commands(form, { reason: '无影响', review: 'tomorrow 09:00' })[0]).toMatchObject({ type: 'not_reportable' });
    expect(errors(form, { reason: '无影响', review: '09:00' })['review']).toContain('in the past');
    expect(errors(form, { reason: '', review: 'tomorrow 09:00' })).toEqual({ reason: 'Please fill this in.' });
  });

  it('offers the readings of an open question, the one in use marked', () => {
    const [question] = regime.openQuestions;
    const form = shown(ref('settle_question', { question: question?.id ?? '' }));
    const field = form?.fields[0];
    expect(field?.kind === 'one' && field.options[0]?.label).toContain('used until decided');
    expect(shown(ref('settle_question', { question: 'no_such' }))).toBeNull();
  });

  it('records a filing with channel, receipt and draft; never in a drill', () => {
    story.do({ type: 'answer', fact: 'personal_info_people', value: 2_000_000 });
    story.do({ type: 'compile_draft', report: 'initial', cannotDetermine: [] });
    const entered = {
      obligation: 'cac.art4.other',
      channel: 'web_12387',
      at: '10:00',
      receipt: '17',
      taken_by: '',
      draft: '1',
    };
    expect(errors(ref('filing'), entered)['without_approval']).toContain('not approved');
    expect(commands(ref('filing'), { ...entered, without_approval: 'ten minutes left' })).toEqual([
      expect.objectContaining({
        type: 'record_filing',
        obligation: 'cac.art4.other',
        channel: 'web_12387',
        receipt: '17',
        draft: 1,
        withoutApproval: 'ten minutes left',
      }),
    ]);
    expect(errors(ref('filing'), { ...entered, at: '23:00' })['at']).toContain('in the future');
    const drill = new Story('2026-03-31T09:42:00+08:00').do({ type: 'declare', title: 'x', drill: true });
    expect(formOf(ref('filing'), { ...drill.situation, now: drill.situation.ia.now })).toBeNull();
  });

  it('opens an incident, or a drill at 60×', () => {
    const now = '2026-03-31T09:42:00+08:00';
    const open = (values: FormValues) =>
      parseForm({ form: 'new_incident', args: {} }, values, { state: null, ia: null, regime, now });
    expect(open({ title: 'x', awareness: '', drill: [], speed: '1' })).toEqual({
      commands: [{ type: 'declare', title: 'x' }],
    });
    expect(open({ title: 'x', awareness: '', drill: ['drill'], speed: '60' })).toEqual({
      commands: [{ type: 'declare', title: 'x', drill: true, speed: 60 }],
    });
    expect('errors' in open({ title: '', awareness: '', speed: '1' })).toBe(true);
    expect('errors' in open({ title: 'x', awareness: '23:00', speed: '1' })).toBe(true);
  });

  it('takes the message it was opened from as a candidate for awareness, if that is one', () => {
    const now = '2026-03-31T09:42:00+08:00';
    const from = (args: Readonly<Record<string, string>>) =>
      parseForm({ form: 'new_incident', args }, { title: 'x', awareness: '' }, { state: null, ia: null, regime, now });
    const message = { at: '2026-03-31T01:20:00.000Z', author: 'Li Wei', text: 'leak', link: 'https://acme.example/p1' };
    const { at, link } = message;
    const candidate = { type: 'add_awareness', at, source: 'chat', description: 'Li Wei: leak', reachedUs: true, link };
    expect(from(message)).toEqual({ commands: [{ type: 'declare', title: 'x' }, candidate] });
    for (const odd of [{}, { at }, { link }, { ...message, at: 'yesterday' }, { ...message, link: 'x'.repeat(5_000) }])
      expect(from(odd)).toEqual({ commands: [{ type: 'declare', title: 'x' }] });
  });

  it('prints what cannot be determined', () => {
    expect(commands(ref('first_report'), { cannot: ['cause', 'trend'] })).toEqual([
      { type: 'compile_draft', report: 'initial', cannotDetermine: ['cause', 'trend'] },
    ]);
  });

  it('corrects an answer with one choice or several', () => {
    expect(commands(ref('correct', { fact: 'affected' }), { value: ['loss', 'outage'], basis: '' })).toEqual([
      { type: 'answer', fact: 'affected', value: ['loss', 'outage'] },
    ]);
    expect(errors(ref('correct', { fact: 'affected' }), { value: ['loss', 'none'] })['value']).toBeDefined();
    expect(commands(ref('correct', { fact: 'site_kind' }), { value: ['enterprise', 'platform_large'] })).toEqual([
      { type: 'answer', fact: 'site_kind', value: ['enterprise', 'platform_large'] },
    ]);
    expect(commands(ref('correct', { fact: 'suspected_crime' }), { value: '1', basis: 'police' })).toEqual([
      { type: 'answer', fact: 'suspected_crime', value: true, basis: 'police' },
    ]);
  });
});
