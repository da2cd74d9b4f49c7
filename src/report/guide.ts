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
    sections: numbered(
      [
        duties(sheet),
        grading(sheet),
        contents(sheet),
        summary(sheet),
        channels(sheet),
        units(sheet),
        people(sheet),
        ...openLaw(sheet),
      ],
      (n) => sectionNumber(n, language),
    ),
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
  const columns = [
    [say('report.internal.duty'), 17],
    [say('guide.recipient'), 13],
    [say('guide.applies'), 17],
    [say('guide.period'), 11],
    [say('report.internal.rule'), 13],
    [say('report.internal.quote'), 29],
  ] as const;
  return sectionOf('duties', say('guide.duties'), [
    proseOf('start', say('guide.start')),
    tableOf('duties.list', columns, rows),
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
      `level.${level.id}`,
      [
        [say('report.internal.rule'), 18],
        [say('report.internal.quote'), 82],
      ],
      rows,
    );
    // 通常情况下…可判别为: an indicator decides ordinarily, not always, and the list is limited (有限枚举).
    const name = proseOf(`level.${level.id}.name`, law(level.name), say('report.internal.level'));
    return table ? [name, proseOf(`level.${level.id}.quote`, level.source.quote, article(level.source)), table] : [];
  });
  const limited = inForce(regime.notes, today).filter(({ id }) => id === 'art12.guide' || id === 'annex.inclusive');
  return sectionOf('grading', say('guide.grading'), [
    proseOf('any', say('guide.any')),
    ...limited.map(({ id, source }) => proseOf(id, source.quote, article(source))),
    ...blocks,
  ]);
}

function contents({ say, law, regime, language }: GuideSheet): Part {
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
      some('ransomware', ({ onlyIf }) => onlyIf === 'ransomware'),
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
  const columns = [
    ['', 8],
    [say('guide.item'), 30],
    [say('guide.fields'), 44],
    [say('guide.when'), 18],
  ] as const;
  return sectionOf('contents', say('guide.contents'), [
    tableOf('contents.list', columns, rows),
    proseOf('later', regime.later.source.quote, article(regime.later.source)),
  ]);
}

function summary({ say, law, regime, language }: GuideSheet): Part {
  const rows = regime.parts.map((part) => [sectionNumber(part.n, language), law(part.label), law(part.example)]);
  const columns = [
    ['', 8],
    [say('guide.item'), 34],
    [say('guide.example'), 58],
  ] as const;
  return sectionOf('summary', say('guide.summary'), [tableOf('summary.list', columns, rows)]);
}

function channels({ say, law, regime }: GuideSheet): Part {
  const rows = regime.channels.map(({ name, value, verification }) => [
    law(name),
    law(value),
    verification === 'unverified' ? say('guide.one_source') : '',
  ]);
  const columns = [
    [say('guide.channel'), 32],
    [say('guide.address'), 48],
    [say('guide.note'), 20],
  ] as const;
  return sectionOf('channels', say('guide.channels'), [
    tableOf('channels.list', columns, rows),
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
  const columns = [
    [say('guide.recipient'), 34],
    [say('guide.contact'), 66],
  ] as const;
  const blocks = (organisation?.entities ?? []).flatMap((entity) => {
    const own = entity.contact24h
      ? [[say('guide.own_24h'), `${entity.contact24h.name} · ${entity.contact24h.phone}`] as const]
      : [];
    const name = [entity.name, entity.creditCode].filter(Boolean).join(' · ');
    return [
      proseOf(`unit.${entity.id}`, name, say('report.head.unit')),
      tableOf(`unit.${entity.id}.contacts`, columns, [...own, ...contactRows(sheet, entity)]),
    ];
  });
  const systems = (organisation?.systems ?? []).map((system) => [
    system.name,
    organisation?.entities.find(({ id }) => id === system.entity)?.name ?? '',
    system.mlpsLevel === undefined ? '' : say('report.mlps_level', { n: system.mlpsLevel }),
    system.cii === true ? say('guide.cii') : '',
  ]);
  const listed = tableOf(
    'systems',
    [
      [say('guide.system'), 30],
      [say('report.head.unit'), 36],
      [say('guide.mlps'), 16],
      [say('guide.cii_column'), 18],
    ],
    systems,
  );
  return sectionOf('units', say('guide.units'), [...blocks, listed]);
}

function people({ say, organisation }: GuideSheet): Part {
  const rows = (organisation?.people ?? []).map((person) => [
    person.name,
    person.roles.map((role) => say(`role.${role}`)).join(say('report.list')),
    [person.phone, person.email].filter(Boolean).join(' · '),
    organisation?.people.find(({ id }) => id === person.deputy)?.name ?? '',
  ]);
  const columns = [
    [say('guide.name'), 18],
    [say('guide.roles'), 32],
    [say('guide.contact'), 34],
    [say('guide.deputy'), 16],
  ] as const;
  return sectionOf('people', say('guide.people'), [tableOf('people.list', columns, rows)]);
}

/** Open legal questions, and the provisions on lateness, leniency and secrets. */
function openLaw({ say, law, regime, today, language }: GuideSheet): readonly Part[] {
  const questions = regime.openQuestions.map((question) => [
    law(question.text),
    question.readings.map(({ name }) => law(name)).join('\n'),
  ]);
  const notes = (id: string, topics: readonly NoteTopic[]) =>
    tableOf(
      `${id}.list`,
      [
        [say('report.internal.rule'), 28],
        [say('report.internal.quote'), 72],
      ],
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
      tableOf(
        'questions.list',
        [
          [say('report.internal.question'), 50],
          [say('report.internal.reading'), 50],
        ],
        questions,
      ),
    ]),
    sectionOf('beside', say('guide.beside'), [
      notes('beside', ['supplier', 'authority_duty', 'neighbouring_duty', 'follow_up', 'public']),
    ]),
    sectionOf('consequences', say('guide.consequences'), [
      notes('consequences', ['penalty', 'leniency', 'state_secret']),
    ]),
  ];
}
