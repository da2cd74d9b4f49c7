import { contractDuty } from '../incident/people/contracts.ts';
import type { Entity } from '../incident/people/profile.ts';
import type { Period } from '../law/calendar.ts';
import { inForce } from '../law/dated.ts';
import { reportedFrom } from '../law/levels.ts';
import { type ObligationRule, thresholdsIn } from '../law/regime.ts';
import { contactRows } from './guide.ts';
import {
  article,
  dutiesInForce,
  type GuideInput,
  type GuideSheet,
  guideSheet,
  lawName,
  marksText,
  periodText,
  startText,
} from './guide-input.ts';
import { lineOf, numbered, type Paper, paperOf, proseOf, sectionOf, tableOf } from './paper.ts';
import { amountText } from './values.ts';

/**
 * One page for the day on which chat, this host or the directory is encrypted: clocks, contacts, words for the phone.
 * It covers one legal entity; without a profile the contacts are left blank.
 */
export function emergencyCard(input: GuideInput, entity: Entity | null): Paper {
  const sheet = guideSheet(input);
  const { say, language } = sheet;
  return paperOf({
    language,
    compiledAt: input.at,
    compact: true,
    title: say('card.emergency.title'),
    head: [lineOf('unit', say('report.head.unit'), entity?.name ?? say('report.blank'))],
    sections: numbered(
      sheet,
      [
        sectionOf('note', say('card.emergency.first'), [proseOf('note.text', say('card.emergency.write_down'))]),
        sectionOf('clocks', say('card.emergency.clocks'), [
          clocks(sheet, entity),
          proseOf('clocks.not_all', say('card.emergency.not_all')),
          proseOf('figures', figuresText(sheet)),
        ]),
        sectionOf('contacts', say('card.emergency.contacts'), [
          contacts(sheet, entity),
          proseOf('contacts.not', say('guide.not_replaced')),
        ]),
        sectionOf('script', say('card.emergency.script'), [proseOf('script.text', script(sheet, entity))]),
      ],
      (n) => `${n}. `,
    ),
  });
}

/** Key of duties that one report meets: `together` within one law. */
function sharedReport({ together, regime = '' }: ObligationRule): string | undefined {
  return together && `${regime} ${together}`;
}

/** Table of the urgent duties, each with its figure, its start and its condition. */
function clocks(sheet: GuideSheet, entity: Entity | null) {
  const { say, law, regime } = sheet;
  const timed = urgentRules(sheet, entity);
  // Duties of one report share a row; so do reports of which one includes the other.
  const alike = Map.groupBy(
    timed,
    (rule) =>
      sharedReport(rule) ??
      (isAtOnce(rule)
        ? `${rule.source.instrument} ${rule.source.article}`
        : `${rule.source.article} ${rule.id.split('.', 3).join('.')}`),
  );
  const rows = [...alike.values()].flatMap((rules) => {
    const [rule] = rules;
    if (!rule) return [];
    const recipients = new Set(rules.map(({ recipient }) => lawName(sheet, recipient)));
    const bound = rule.rank === 'contract' ? undefined : regime.packs?.find(({ id }) => id === rule.regime);
    const places = new Set(
      rules.map(({ source }) => (source.instrument === regime.title.zh ? source.article : article(source))),
    );
    const marks = [marksText(sheet, rules)].filter((text) => text !== '');
    return [
      { rule, recipients, places, marks, under: bound ? say('card.emergency.under', { law: law(bound.title) }) : '' },
    ];
  });
  return tableOf(sheet, 'clocks.list', rows, [
    [
      'guide.period',
      11,
      ({ rule: { period, repeat } }) => periodText(sheet, { period, ...(repeat ? { repeat } : {}) }),
    ],
    ['guide.from', 11, ({ rule }) => startText(sheet, rule)],
    ['guide.recipient', 28, ({ recipients, under }) => `${[...recipients].join(say('report.list'))}${under}`],
    ['guide.applies', 26, ({ rule }) => law(rule.applies)],
    ['report.internal.rule', 24, ({ places, marks }) => [...places, ...marks].join('\n')],
  ]);
}

/**
 * Urgent rules: first reports, contents marked urgent, and notices by contract. Order: duties owed at once, then by
 * shortest limit, then those without a figure.
 */
function urgentRules(sheet: GuideSheet, entity: Entity | null): readonly ObligationRule[] {
  const { regime, organisation } = sheet;
  const urgent = new Set(regime.contents.flatMap((one) => (one.role === 'first' || one.urgent ? [one.id] : [])));
  const contracts = (organisation?.contracts ?? []).filter((one) => (one.entity ?? entity?.id) === entity?.id);
  const beside = new Set([...(entity?.packs ?? []), ...contracts.map(({ id }) => contractDuty(id))]);
  const isUrgent = (rule: ObligationRule): boolean => {
    const { content, regime: pack, rank, anchor } = rule;
    if (pack === undefined) return (urgent.has(content) && Number.isFinite(minutesOf(rule))) || isAtOnce(rule);
    return beside.has(pack) && (content === 'first' || rank === 'contract' || anchor === 'occurrence');
  };
  return dutiesInForce(sheet)
    .filter(isUrgent)
    .toSorted((a, b) => Number(!isAtOnce(a)) - Number(!isAtOnce(b)) || minutesOf(a) - minutesOf(b));
}

/** Returns true for a duty that is owed at once (立即) without a figure. */
function isAtOnce({ period }: ObligationRule): boolean {
  return period.kind === 'promptly' && period.word === 'immediately';
}

/** Shortest limit of a rule in minutes, with a month as thirty days; infinite without a figure. */
function minutesOf({ period }: ObligationRule): number {
  const limits = 'of' in period ? period.of.map((part) => part.period) : [period];
  return Math.min(...limits.map(lengthOf));
}

function lengthOf(period: Period): number {
  switch (period.kind) {
    case 'minutes':
      return period.minutes;
    case 'calendar_days':
    case 'business_days':
      return period.days * DAY;
    case 'months':
      return period.months * 30 * DAY;
    default:
      return Number.POSITIVE_INFINITY;
  }
}
const DAY = 24 * 60;

/** The figures of the lowest level that has to be reported, in one paragraph. */
function figuresText(sheet: GuideSheet): string {
  const { say, law, regime, today, language } = sheet;
  const criteria = inForce(regime.criteria, today).filter(({ level }) => level === reportedFrom(regime));
  const thresholds = thresholdsIn(criteria);
  const list = regime.factDefinitions.flatMap((definition) => {
    const [lowest] = thresholds.get(definition.id) ?? [];
    const value = lowest && amountText({ language }, definition.unit, lowest.value);
    return value ? say('card.emergency.figure', { label: law(definition.short ?? definition.label), value }) : [];
  });
  const [rank, all] = [regime.levels.findIndex(({ id }) => id === reportedFrom(regime)), regime.levels.length];
  const { zh, en } = regime.levels[rank]?.short ?? { zh: '', en: '' };
  const name = { zh, en: `${en.charAt(0).toUpperCase()}${en.slice(1)}`, rank: rank + 1, all };
  const from = all === 2 ? say('level.of_two', name) : say('level.named', name);
  return say('card.emergency.major', { from, list: list.join(say('report.semicolon')) });
}

function contacts(sheet: GuideSheet, entity: Entity | null) {
  const { say, law, regime, organisation } = sheet;
  const known = { ...entity?.contacts, ...entity?.recipients };
  const unknown = urgentRules(sheet, entity)
    .filter(({ regime: pack, rank, recipient }) => pack !== undefined && rank !== 'contract' && !(recipient in known))
    .map(({ recipient }) => [lawName(sheet, recipient), say('report.blank')] as const);
  const hotline = regime.channels
    .filter(({ kind }) => kind === 'phone' || kind === 'website')
    .map((one) => [law(one.name), law(one.value)] as const);
  const people = (organisation?.people ?? [])
    .filter(({ phone, roles }) => phone !== undefined && roles.some((role) => role !== 'responder'))
    .map(({ name, phone, roles }) => {
      const held = roles.map((role) => say(`role.${role}`)).join(say('report.list'));
      return [say('card.emergency.person', { name, roles: held }), phone ?? ''] as const;
    });
  const own = entity?.contact24h ? [[entity.contact24h.name, entity.contact24h.phone] as const] : [];
  const authorities = entity ? contactRows(sheet, entity) : [];
  const customers = (organisation?.contracts ?? [])
    .filter((one) => (one.entity ?? entity?.id) === entity?.id)
    .map(({ customer, notify: { name, phone, email } }) => {
      const reached = [name, phone, email].filter(Boolean).join(' · ');
      return [law(customer), reached] as const;
    });
  const open = new Map(unknown);
  const rows = [...authorities, ...open, ...customers, ...hotline, ...own, ...people];
  const blank = say('report.blank');
  const blanks = entity ? [] : [[blank, blank] as const, [blank, blank] as const];
  return tableOf(
    sheet,
    'contacts.list',
    [...rows, ...blanks],
    [
      ['guide.name', 44, ([name]) => name],
      ['guide.contact', 56, ([, contact]) => contact],
    ],
  );
}

function script({ say, language, regime }: GuideSheet, entity: Entity | null): string {
  const blank = say('report.blank');
  const first = regime.reports.find(({ role }) => role === 'first');
  const params = { unit: entity?.name ?? blank, contact: blank, kind: first?.spoken[language] ?? '', number: blank };
  const phone = entity?.contact24h?.phone ?? blank;
  const lines = [
    say('phone.opening', params),
    say('card.emergency.say', { blank }),
    say('phone.closing', { phone }),
    say('phone.ask'),
  ];
  return lines.join(language === 'zh' ? '' : ' ');
}
