import { DateTime } from 'luxon';
import type { MessageKey } from '../i18n/keys.ts';
import { translate } from '../i18n/translate.ts';
import type { Entity, Organisation } from '../incident/people/profile.ts';
import type { Period } from '../law/calendar.ts';
import { inForce } from '../law/dated.ts';
import type { ObligationRule, Regime } from '../law/regime.ts';
import type { BilingualText, Source } from '../law/types.ts';
import { dayOf, sectionNumber } from './format.ts';
import type { ReportLanguage, Section } from './model.ts';
import { lineOf, numbered, type Paper, paperOf, proseOf, sectionOf, tableOf } from './paper.ts';
import { messageLanguage } from './sheet.ts';
import { lengthText } from './values.ts';

export interface GuideInput {
  readonly regime: Regime;
  readonly organisation: Organisation | null;
  readonly language: ReportLanguage;
  /** Time of compilation, ISO 8601: the guide contains the rules in force on that day. */
  readonly at: string;
}
/** Input shared by every part of a guide. */
export interface GuideSheet extends GuideInput {
  readonly say: (key: MessageKey, params?: Readonly<Record<string, string | number>>) => string;
  readonly law: (text: BilingualText) => string;
  readonly today: string;
}
export function guideSheet(input: GuideInput): GuideSheet {
  return {
    ...input,
    say: (key, params) => translate(messageLanguage(input.language), key, params),
    law: (text) => text[input.language],
    today: DateTime.fromISO(input.at, { zone: input.regime.zone }).toISODate() ?? '',
  };
}

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
      lineOf('checked', say('guide.checked'), regime.checked),
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

function article({ instrument, article: place }: Source): string {
  return `《${instrument.replace(/^中华人民共和国/, '')}》${place}`;
}

/** 1小时 · 及时 · 30日内 */
export function periodText({ say, language }: GuideSheet, period: Period): string {
  switch (period.kind) {
    case 'promptly':
      return say('report.internal.promptly');
    case 'minutes':
      return lengthText({ language }, period.minutes);
    case 'calendar_days':
      return say('guide.days', { n: period.days });
    case 'business_days':
      return say('guide.business_days', { n: period.days });
    case 'months':
      return say('guide.months', { n: period.months });
  }
}

export function dutiesInForce({ regime, today }: GuideSheet): readonly ObligationRule[] {
  return inForce(regime.obligations, today);
}

function duties(sheet: GuideSheet): Part {
  const { say, law, regime } = sheet;
  const recipient = (id: string) => regime.recipients.find((one) => one.id === id);
  const rows = dutiesInForce(sheet).map((rule) => {
    const to = recipient(rule.recipient);
    return [
      law(rule.title),
      to ? law(to.name) : rule.recipient,
      periodText(sheet, rule.period),
      article(rule.source),
      rule.source.quote,
    ];
  });
  const columns = [
    [say('report.internal.duty'), 20],
    [say('guide.recipient'), 16],
    [say('guide.period'), 12],
    [say('report.internal.rule'), 16],
    [say('report.internal.quote'), 36],
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
    return table ? [proseOf(`level.${level.id}.name`, law(level.name), say('report.internal.level')), table] : [];
  });
  return sectionOf('grading', say('guide.grading'), [proseOf('any', say('guide.any')), ...blocks]);
}

function contents({ say, law, regime, language }: GuideSheet): Part {
  const rows = regime.items.map((item) => [
    sectionNumber(item.n, language),
    law(item.title),
    item.fields.map(({ label }) => law(label)).join(say('report.list')),
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
function openLaw({ say, law, regime, today }: GuideSheet): readonly Part[] {
  const questions = regime.openQuestions.map((question) => [
    law(question.text),
    question.readings.map(({ name }) => law(name)).join('\n'),
  ]);
  const consequences = inForce(regime.notes, today)
    .filter(({ topic }) => topic === 'penalty' || topic === 'leniency' || topic === 'state_secret')
    .map((note) => [article(note.source), note.source.quote]);
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
    sectionOf('consequences', say('guide.consequences'), [
      tableOf(
        'consequences.list',
        [
          [say('report.internal.rule'), 28],
          [say('report.internal.quote'), 72],
        ],
        consequences,
      ),
    ]),
  ];
}
