import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { questionOf } from '../../src/conversation/asking/fact-forms.ts';
import { optionsOf } from '../../src/conversation/asking/named-options.ts';
import { BARE_FIGURE, readAnswer } from '../../src/conversation/asking/read-answer.ts';
import { localised } from '../../src/conversation/cards/localise.ts';
import { formOf, parseForm } from '../../src/conversation/forms/form-kinds.ts';
import { meant } from '../../src/conversation/meaning/command-meaning.ts';
import { levelWords } from '../../src/conversation/text/commands/command-arguments.ts';
import { parseCommand } from '../../src/conversation/text/commands/commands.ts';
import type { Command } from '../../src/incident/commands.ts';
import { LANGUAGES, type Language } from '../../src/incident/identity.ts';
import { organisationSchema } from '../../src/incident/people/profile.ts';
import { allItems } from '../../src/report/items.ts';
import { valuesOf } from '../../src/talk/form-lines.ts';
import { allPacks } from '../fakes/law.ts';
import { variants } from '../fakes/soak.ts';

import { company, regime, Story } from './story.ts';

const fields = allItems({ regime }).flatMap((item) => item.fields.flatMap(({ label }) => [label.zh, label.en]));
const GRAMMAR = { fields, levels: levelWords(regime) };

/** What people send as an answer: figures, lengths, times, labels, yes and no, and what is no answer. */
const TEXTS = [
  ...[
    '120万',
    '1.2 million',
    '30万人',
    '30万条',
    '3-5万',
    '约95万',
    '0',
    '没有',
    '没有（0）',
    'none',
    'none (0)',
    '无',
    '2吧',
  ],
  ...[
    '6小时',
    '90分钟',
    '半小时',
    '1小时10分',
    '6 hours',
    '半个小时吧',
    '2小时前',
    'since 08:00',
    '8点到9点',
    '从8点到现在',
  ],
  ...[
    '09:20',
    '昨晚11点',
    '是',
    '否',
    'yes',
    'No.',
    '不是',
    '不清楚',
    "don't know",
    '正在核实',
    '30%',
    '三成',
    '3000美元',
  ],
  ...['500万元', '1200次', '-5', '很多', '攻击路径：VPN 弱口令', '措施：断网', '现在怎么办', 'the shop', '均不涉及'],
];

const TYPED = TEXTS.map((text) => ({ text, command: parseCommand(text, GRAMMAR) }));

const packs = new Map([...allPacks()].map(([id, { pack }]) => [id, pack]));
const organisation = organisationSchema.parse({
  ...company,
  entities: company.entities.map((entity) => ({ ...entity, packs: [...packs.keys()] })),
});
const story = new Story('2026-03-31T09:42:00+08:00', organisation, [...packs.values()]);
story.do({ type: 'declare', title: '会员数据泄露' }).do({ type: 'answer', fact: 'system', value: 'shop' }).wait(20);
const { situation } = story;
const CONTEXT = ['system', 'operator', 'affected', 'suspected_crime', 'ongoing'];
const FACTS = [...CONTEXT, ...situation.regime.factDefinitions.map(({ id }) => id)];

it.each(variants<Language>('zh-CN', 'en'))(
  'every fact takes the same words as a line, in its form and as a line of its form (%s)',
  { tags: 'grows' },
  (language) => {
    for (const fact of FACTS) {
      const question = questionOf(situation, fact);
      if (!question) continue;
      const ref = { form: 'correct', args: { incident: situation.state.id, fact } };
      const context = { ...situation, now: situation.ia.now };
      const form = formOf(ref, context);
      if (!form) throw new Error(`no form of ${fact}`);
      const field = form.fields[0];
      if (!field) throw new Error(`no field of ${fact}`);
      const commandsOf = (values: Parameters<typeof parseForm>[1]): readonly Command[] => {
        const parsed = parseForm(ref, values, context);
        return 'commands' in parsed ? parsed.commands : [];
      };
      for (const { text, command } of TYPED) {
        const reading = readAnswer(question, text, situation);
        // A field of the report is never the answer to a question it does not name.
        const said = command.type === 'field' || reading?.kind !== 'commands' ? [] : reading.commands;
        const where = `${fact} ← ${text}`;
        if (field.kind === 'number' || field.kind === 'time')
          expect(commandsOf({ [field.id]: text }), where).toEqual(said);
        const entered = valuesOf(localised(form, language), text, command, language);
        const byLine = entered === null ? [] : commandsOf(entered.values);
        // A label is typed in the language in which the form shows it; a question knows both.
        if (field.kind === 'number' || field.kind === 'time' || byLine.length > 0) expect(byLine, where).toEqual(said);
      }
    }
  },
);

it('every option is taken by its label, as a line and as a line of the form, in both languages', () => {
  for (const fact of FACTS) {
    const question = questionOf(situation, fact);
    const ref = { form: 'correct', args: { incident: situation.state.id, fact } };
    const context = { ...situation, now: situation.ia.now };
    const form = formOf(ref, context);
    if (!question || !form) continue;
    for (const language of LANGUAGES) {
      const local = localised(form, language);
      const [field] = local.fields;
      if (!field || !('options' in field)) continue;
      for (const { label } of field.options) {
        const entered = valuesOf(local, label, parseCommand(label, GRAMMAR), language);
        const parsed = entered && parseForm(ref, entered.values, context);
        const byForm = parsed && 'commands' in parsed ? parsed.commands : [];
        const reading = readAnswer(question, label, situation);
        const byLine = reading?.kind === 'commands' ? reading.commands : [];
        expect(byLine, `${fact} ← ${label}`).toHaveLength(1);
        expect(byForm, `${fact} ← ${label}`).toEqual(byLine);
      }
    }
  }
});

it('no option of a question about a number is named by a bare figure', () => {
  const numbers = FACTS.flatMap((fact) => questionOf(situation, fact) ?? []).filter(({ kind }) => kind === 'number');
  expect(numbers.length).toBeGreaterThan(5);
  const labels = numbers.flatMap((question) => optionsOf(question).flatMap((option) => option.labels));
  expect(labels.filter((label) => BARE_FIGURE.test(label))).toEqual([]);
  expect(['120万', '1,200', '0', '1.2亿'].every((text) => BARE_FIGURE.test(text))).toBe(true);
});

it('the named words of a figure that is none: 没有（0） is taken wherever it is offered', () => {
  for (const { id, kind } of situation.regime.factDefinitions) {
    const question = questionOf(situation, id);
    if (!question || (kind !== 'number' && kind !== 'duration')) continue;
    for (const text of ['没有', '没有（0）', 'none (0)', '0']) {
      expect(readAnswer(question, text, situation), `${id} ← ${text}`).toEqual({
        kind: 'commands',
        commands: [{ type: 'answer', fact: id, value: 0 }],
      });
    }
  }
});

it.each(['hold', 'close', 'not_reportable', 'send_back'])(
  'a field of the report, and “cancel”, never fill the form %s',
  (name) => {
    const ref = { form: name, args: { incident: situation.state.id, draft: '1' } };
    const form = formOf(ref, { ...situation, now: situation.ia.now });
    if (!form) return;
    for (const language of LANGUAGES) {
      for (const text of [
        '攻击路径：VPN 弱口令',
        '措施：断网',
        '2 地点：上海',
        'Attack path: weak VPN password',
        '4 原因：弱口令',
        '取消',
        '算了，还是报吧',
        '等一下',
        'forget it',
      ]) {
        const entered = valuesOf(localised(form, language), text, parseCommand(text, GRAMMAR), language);
        expect(entered, `${name} ← ${text}`).toBeNull();
      }
    }
    expect(
      meant(parseCommand('攻击路径：VPN 弱口令', GRAMMAR), { situation, room: null, me: null, quoted: null }),
    ).toMatchObject({
      kind: 'commands',
      commands: [{ type: 'fill_field', field: 'art7.5.path' }],
    });
  },
);

it('one file reads lines: the grammar is imported by one other', () => {
  const root = new URL('../../src/', import.meta.url);
  const users = readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && /\bparseCommand\b/.test(readFileSync(new URL(name, root), 'utf8')))
    .toSorted();
  expect(users).toEqual(['conversation/text/commands/commands.ts', 'use-cases/lines.ts']);
});
