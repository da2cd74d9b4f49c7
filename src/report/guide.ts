import type { Entity } from '../incident/people/profile.ts';
import { inForce } from '../law/dated.ts';
import type { FieldDefinition, NoteTopic } from '../law/regime.ts';
import { dayOf, sectionNumber } from './format.ts';
import {
  article,
  comparedText,
  dutiesInForce,
  type GuideInput,
  type GuideSheet,
  guideSheet,
  periodText,
} from './guide-sheet.ts';
import type { Section } from './model.ts';
import { lineOf, numbered, type Paper, paperOf, proseOf, sectionOf, tableOf } from './paper.ts';

/** The company's own guide on grading and reporting: the law as data, with articles and quotations, and who does what here. */
export function guide(input: GuideInput): Paper {
  const sheet = guideSheet(input);
  const { say, law, regime, organisation, language } = sheet;
  const unit = organisation?.organisation ?? say('guide.unit_blank');
  return paperOf({
    language,
    compiledAt: input.at,
    title: say('guide.title', { unit }),
    head: [
      lineOf('basis', say('guide.basis'), `${law(regime.title)} (${regime.effective})`),
      lineOf('checked', say('guide.checked'), comparedText(sheet)),
      lineOf('made', say('guide.made'), dayOf(input.at, language)),
    ],
    introduction: [proseOf('governs', say('guide.governs'))],
    sections: numbered(sheet, [
      duties(sheet),
      grading(sheet),
      contents(sheet),
      summary(sheet),
      channels(sheet),
      units(sheet),
      people(sheet),
      ...openLaw(sheet),
    ]),
  });
}

type Part = Omit<Section, 'number'> | null;

function duties(sheet: GuideSheet): Part {
  const { say, law, regime } = sheet;
  const recipient = (id: string) => regime.recipients.find((one) => one.id === id);
  const rows = dutiesInForce(sheet).map((rule) => {
    const to = recipient(rule.recipient);
    return [
      law(rule.title),
      to ? law(to.name) : rule.recipient,
      law(rule.applies),
      periodText(sheet, rule),
      article(rule.source),
      rule.source.quote,
    ];
  });
  return sectionOf('duties', say('guide.duties'), [
    proseOf('start', say('guide.start')),
    tableOf(
      sheet,
      'duties.list',
      {
        'report.internal.duty': 17,
        'guide.recipient': 13,
        'guide.applies': 17,
        'guide.period': 11,
        'report.internal.rule': 13,
        'report.internal.quote': 29,
      },
      rows,
    ),
  ]);
}

/** From the highest level down, each criterion in the words of the law. */
function grading(sheet: GuideSheet): Part {
  const { say, law, regime, language, today } = sheet;
  const blocks = regime.levels.toReversed().flatMap((level) => {
    const rules = inForce(regime.criteria, today).filter((rule) => rule.level === level.id);
    const rows = rules.map((rule) => [
      law(rule.label),
      language === 'zh' ? rule.source.quote : `${rule.source.quote}\n${rule.translation}`,
    ]);
    const table = tableOf(
      sheet,
      `level.${level.id}`,
      { 'report.internal.rule': 18, 'report.internal.quote': 82 },
      rows,
    );
    // 通常情况下…可判别为: an indicator decides ordinarily, not always, and the list is limited (有限枚举).
    const name = proseOf(`level.${level.id}.name`, law(level.name), say('report.internal.level'));
    return table ? [name, proseOf(`level.${level.id}.quote`, level.source.quote, article(level.source)), table] : [];
  });
  const limited = inForce(regime.notes, today).filter(({ beside }) => beside === 'grading');
  return sectionOf('grading', say('guide.grading'), [
    proseOf('any', say('guide.any')),
    ...limited.map(({ id, source }) => proseOf(id, source.quote, article(source))),
    ...blocks,
  ]);
}

function contents(sheet: GuideSheet): Part {
  const { say, law, regime, language } = sheet;
  /** Fields of every incident, then those of ransomware only, then those stated if there is something. */
  const fieldsText = (fields: readonly FieldDefinition[]): string => {
    const some = (key: 'always' | 'ransomware' | 'optional', which: (field: FieldDefinition) => boolean): string => {
      const list = fields
        .filter(which)
        .map(({ label }) => law(label))
        .join(say('report.list'));
      return list === '' ? '' : say(`guide.fields.${key}`, { list });
    };
    return [
      some('always', ({ required, onlyIf }) => required !== 'optional' && onlyIf === undefined),
      some('ransomware', ({ onlyIf }) => onlyIf !== undefined),
      some('optional', ({ required }) => required === 'optional'),
    ]
      .filter((text) => text !== '')
      .join('\n');
  };
  const rows = regime.items.map((item) => [
    sectionNumber(item.n, language),
    law(item.title),
    fieldsText(item.fields),
    say(item.required === 'now' ? 'guide.now' : 'guide.may_follow'),
  ]);
  return sectionOf('contents', say('guide.contents'), [
    tableOf(sheet, 'contents.list', { '': 8, 'guide.item': 30, 'guide.fields': 44, 'guide.when': 18 }, rows),
    proseOf('later', regime.later.source.quote, article(regime.later.source)),
  ]);
}

function summary(sheet: GuideSheet): Part {
  const { say, law, regime, language } = sheet;
  const rows = regime.parts.map((part) => [sectionNumber(part.n, language), law(part.label), law(part.example)]);
  return sectionOf('summary', say('guide.summary'), [
    tableOf(sheet, 'summary.list', { '': 8, 'guide.item': 34, 'guide.example': 58 }, rows),
  ]);
}

function channels(sheet: GuideSheet): Part {
  const { say, law, regime } = sheet;
  const rows = regime.channels.map(({ name, value, verification }) => [
    law(name),
    law(value),
    verification === 'unverified' ? say('guide.one_source') : '',
  ]);
  return sectionOf('channels', say('guide.channels'), [
    tableOf(sheet, 'channels.list', { 'guide.channel': 32, 'guide.address': 48, 'guide.note': 20 }, rows),
    proseOf('channels.not', say('guide.not_replaced')),
  ]);
}

/** Contact details of an authority, as agreed with it. */
export function contactRows({ law, regime }: GuideSheet, entity: Entity): readonly (readonly [string, string])[] {
  return Object.entries(entity.recipients).map(([id, { name, phone, email, fax, address }]) => {
    const known = regime.recipients.find((one) => one.id === id);
    return [known ? law(known.name) : id, [name, phone, email, fax, address].filter(Boolean).join(' · ')] as const;
  });
}

function units(sheet: GuideSheet): Part {
  const { say, organisation } = sheet;
  const blocks = (organisation?.entities ?? []).flatMap((entity) => {
    const own = entity.contact24h
      ? [[say('guide.own_24h'), `${entity.contact24h.name} · ${entity.contact24h.phone}`] as const]
      : [];
    const name = [entity.name, entity.creditCode].filter(Boolean).join(' · ');
    return [
      proseOf(`unit.${entity.id}`, name, say('report.head.unit')),
      tableOf(sheet, `unit.${entity.id}.contacts`, { 'guide.recipient': 34, 'guide.contact': 66 }, [
        ...own,
        ...contactRows(sheet, entity),
      ]),
    ];
  });
  const systems = (organisation?.systems ?? []).map((system) => [
    system.name,
    organisation?.entities.find(({ id }) => id === system.entity)?.name ?? '',
    system.mlpsLevel === undefined ? '' : say('report.mlps_level', { n: system.mlpsLevel }),
    system.cii === true ? say('guide.cii') : '',
  ]);
  const listed = tableOf(
    sheet,
    'systems',
    { 'guide.system': 30, 'report.head.unit': 36, 'guide.mlps': 16, 'guide.cii_column': 18 },
    systems,
  );
  return sectionOf('units', say('guide.units'), [...blocks, listed]);
}

function people(sheet: GuideSheet): Part {
  const { say, organisation } = sheet;
  const rows = (organisation?.people ?? []).map((person) => [
    person.name,
    person.roles.map((role) => say(`role.${role}`)).join(say('report.list')),
    [person.phone, person.email].filter(Boolean).join(' · '),
    organisation?.people.find(({ id }) => id === person.deputy)?.name ?? '',
  ]);
  return sectionOf('people', say('guide.people'), [
    tableOf(
      sheet,
      'people.list',
      { 'guide.name': 18, 'guide.roles': 32, 'guide.contact': 34, 'guide.deputy': 16 },
      rows,
    ),
  ]);
}

/** Open legal questions, and the provisions on lateness, leniency and secrets. */
function openLaw(sheet: GuideSheet): readonly Part[] {
  const { say, law, regime, today, language } = sheet;
  const questions = regime.openQuestions.map((question) => [
    law(question.text),
    question.readings.map(({ name }) => law(name)).join('\n'),
  ]);
  const notes = (id: string, topics: readonly NoteTopic[]) =>
    tableOf(
      sheet,
      `${id}.list`,
      { 'report.internal.rule': 28, 'report.internal.quote': 72 },
      inForce(regime.notes, today)
        .filter(({ topic }) => topics.includes(topic))
        .map(({ source, text }) => [
          article(source),
          language === 'zh' ? source.quote : `${source.quote}\n${law(text)}`,
        ]),
    );
  return [
    sectionOf('questions', say('report.internal.questions'), [
      proseOf('questions.text', say('guide.questions')),
      tableOf(sheet, 'questions.list', { 'report.internal.question': 50, 'report.internal.reading': 50 }, questions),
    ]),
    sectionOf('beside', say('guide.beside'), [
      notes('beside', ['supplier', 'authority_duty', 'neighbouring_duty', 'follow_up', 'public']),
    ]),
    sectionOf('consequences', say('guide.consequences'), [
      notes('consequences', ['penalty', 'leniency', 'state_secret']),
    ]),
  ];
}
