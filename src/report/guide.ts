import type { Entity } from '../incident/people/profile.ts';
import type { Section } from '../incident/report-document.ts';
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
  lawName,
  periodText,
  ruleText,
  startText,
} from './guide-input.ts';
import { lineOf, numbered, type Paper, paperOf, proseOf, sectionOf, tableOf } from './paper.ts';

/** The company's own guide on grading and reporting: the law with articles and quotations, and the people in charge. */
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

/** A quotation of the law; for readers of English with its translation below. */
function inBoth({ language }: GuideSheet, quote: string, translation: string): string {
  return language === 'zh' ? quote : `${quote}\n${translation}`;
}

function duties(sheet: GuideSheet): Part {
  const { say, law } = sheet;
  return sectionOf('duties', say('guide.duties'), [
    proseOf('start', say('guide.start')),
    tableOf(sheet, 'duties.list', dutiesInForce(sheet), [
      ['report.internal.duty', 16, (rule) => law(rule.title)],
      ['guide.recipient', 16, (rule) => lawName(sheet, rule.recipient)],
      ['guide.applies', 15, (rule) => law(rule.applies)],
      ['guide.period', 10, (rule) => periodText(sheet, rule)],
      ['guide.from', 12, (rule) => startText(sheet, rule)],
      ['report.internal.rule', 12, (rule) => ruleText(sheet, rule)],
      ['report.internal.quote', 23, ({ source }) => source.quote],
    ]),
  ]);
}

/** Part of the guide with each criterion in the words of the law, from the highest level down. */
function grading(sheet: GuideSheet): Part {
  const { say, law, regime, today } = sheet;
  const blocks = regime.levels.toReversed().flatMap((level) => {
    const rules = inForce(regime.criteria, today).filter((rule) => rule.level === level.id);
    const table = tableOf(sheet, `level.${level.id}`, rules, [
      ['report.internal.rule', 18, ({ label }) => law(label)],
      ['report.internal.quote', 82, (rule) => inBoth(sheet, rule.source.quote, rule.translation)],
    ]);
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
  /** Required fields, then those that depend on a flag, then optional ones. */
  const fieldsText = (fields: readonly FieldDefinition[]): string => {
    const some = (
      key: 'always' | 'only_if' | 'optional',
      which: (field: FieldDefinition) => boolean,
      flag = '',
    ): string => {
      const list = fields
        .filter(which)
        .map(({ label }) => law(label))
        .join(say('report.list'));
      return list === '' ? '' : say(`guide.fields.${key}`, { list, flag });
    };
    return [
      some('always', ({ required, onlyIf }) => required !== 'optional' && onlyIf === undefined),
      ...regime.flags.map(({ id, name }) => some('only_if', ({ onlyIf }) => onlyIf === id, name ? law(name) : id)),
      some(
        'optional',
        ({ required, onlyIf }) => required === 'optional' && !regime.flags.some(({ id }) => id === onlyIf),
      ),
    ]
      .filter((text) => text !== '')
      .join('\n');
  };
  return sectionOf('contents', say('guide.contents'), [
    tableOf(sheet, 'contents.list', regime.items, [
      ['', 8, ({ n }) => sectionNumber(n, language)],
      ['guide.item', 30, ({ title }) => law(title)],
      ['guide.fields', 44, ({ fields }) => fieldsText(fields)],
      ['guide.when', 18, ({ required }) => say(required === 'now' ? 'guide.now' : 'guide.may_follow')],
    ]),
    proseOf('later', regime.later.source.quote, article(regime.later.source)),
  ]);
}

function summary(sheet: GuideSheet): Part {
  const { say, law, regime, language } = sheet;
  return sectionOf('summary', say('guide.summary'), [
    tableOf(sheet, 'summary.list', regime.parts, [
      ['', 8, ({ n }) => sectionNumber(n, language)],
      ['guide.item', 34, ({ label }) => law(label)],
      ['guide.example', 58, ({ example }) => law(example)],
    ]),
  ]);
}

function channels(sheet: GuideSheet): Part {
  const { say, law, regime } = sheet;
  return sectionOf('channels', say('guide.channels'), [
    tableOf(sheet, 'channels.list', regime.channels, [
      ['guide.channel', 32, ({ name }) => law(name)],
      ['guide.address', 48, ({ value }) => law(value)],
      ['guide.note', 20, ({ verification }) => (verification === 'unverified' ? say('guide.one_source') : '')],
    ]),
    proseOf('channels.not', say('guide.not_replaced')),
  ]);
}

/** Contact details of an authority, and of a recipient under another law, as agreed with that body. */
export function contactRows(sheet: GuideSheet, entity: Entity): readonly (readonly [string, string])[] {
  return Object.entries({ ...entity.contacts, ...entity.recipients }).map(
    ([id, { name, phone, email, fax, address }]) => [
      lawName(sheet, id),
      [name, phone, email, fax, address].filter(Boolean).join(' · '),
    ],
  );
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
      tableOf(
        sheet,
        `unit.${entity.id}.contacts`,
        [...own, ...contactRows(sheet, entity)],
        [
          ['guide.recipient', 34, ([recipient]) => recipient],
          ['guide.contact', 66, ([, contact]) => contact],
        ],
      ),
    ];
  });
  const listed = tableOf(sheet, 'systems', organisation?.systems ?? [], [
    ['guide.system', 30, ({ name }) => name],
    ['report.head.unit', 36, ({ entity }) => organisation?.entities.find(({ id }) => id === entity)?.name ?? ''],
    ['guide.mlps', 16, ({ mlpsLevel: n }) => (n === undefined ? '' : say('report.mlps_level', { n }))],
    ['guide.cii_column', 18, ({ cii, ciiNotice }) => (cii === true ? (ciiNotice ?? say('guide.cii')) : '')],
  ]);
  return sectionOf('units', say('guide.units'), [...blocks, listed]);
}

function people(sheet: GuideSheet): Part {
  const { say, organisation } = sheet;
  return sectionOf('people', say('guide.people'), [
    tableOf(sheet, 'people.list', organisation?.people ?? [], [
      ['guide.name', 18, ({ name }) => name],
      ['guide.roles', 32, ({ roles }) => roles.map((role) => say(`role.${role}`)).join(say('report.list'))],
      ['guide.contact', 34, ({ phone, email }) => [phone, email].filter(Boolean).join(' · ')],
      ['guide.deputy', 16, ({ deputy }) => organisation?.people.find(({ id }) => id === deputy)?.name ?? ''],
    ]),
  ]);
}

/** Open legal questions, and the provisions on lateness, leniency and secrets. */
function openLaw(sheet: GuideSheet): readonly Part[] {
  const { say, law, regime, today } = sheet;
  const notes = (id: 'beside' | 'consequences', topics: readonly NoteTopic[]) => {
    const told = inForce(regime.notes, today).filter(({ topic }) => topics.includes(topic));
    const table = tableOf(sheet, `${id}.list`, told, [
      ['report.internal.rule', 28, ({ source }) => article(source)],
      ['report.internal.quote', 72, ({ source, text }) => inBoth(sheet, source.quote, law(text))],
    ]);
    return sectionOf(id, say(`guide.${id}`), [table]);
  };
  return [
    sectionOf('questions', say('report.internal.questions'), [
      proseOf('questions.text', say('guide.questions')),
      tableOf(sheet, 'questions.list', regime.openQuestions, [
        ['report.internal.question', 50, ({ text }) => law(text)],
        ['report.internal.reading', 50, ({ readings }) => readings.map(({ name }) => law(name)).join('\n')],
      ]),
    ]),
    notes('beside', ['supplier', 'authority_duty', 'neighbouring_duty', 'follow_up', 'public']),
    notes('consequences', ['penalty', 'leniency', 'state_secret']),
  ];
}
