import { contractDuty } from '../incident/people/contracts.ts';
import type { Entity } from '../incident/people/profile.ts';
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
  periodText,
} from './guide-sheet.ts';
import { lineOf, numbered, type Paper, paperOf, proseOf, sectionOf, tableOf } from './paper.ts';
import { amountText } from './values.ts';

/**
 * One page for the day on which chat, this host or the directory is encrypted: clocks, contacts, what to say on the phone.
 * Of one legal entity; without a profile the contacts are left to be filled in by hand.
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

/** First reports, reports of a case and notices by contract, each with its figure and condition: the shortest time first. */
function clocks(sheet: GuideSheet, entity: Entity | null) {
  const { say, law, regime, organisation } = sheet;
  const urgent = new Set(regime.contents.flatMap((one) => (one.role === 'first' || one.urgent ? [one.id] : [])));
  const contracts = (organisation?.contracts ?? []).filter((one) => (one.entity ?? entity?.id) === entity?.id);
  const beside = new Set([...(entity?.packs ?? []), ...contracts.map(({ id }) => contractDuty(id))]);
  const isUrgent = ({ content, regime: pack, rank }: ObligationRule): boolean =>
    pack === undefined ? urgent.has(content) : beside.has(pack) && (content === 'first' || rank === 'contract');
  const timed = dutiesInForce(sheet)
    .filter((rule) => isUrgent(rule) && Number.isFinite(minutesOf(rule)))
    .toSorted((a, b) => minutesOf(a) - minutesOf(b));
  // Recipients of one report, and reports one of which serves the other, share a row.
  const alike = Map.groupBy(
    timed,
    ({ together, source, id }) => together ?? `${source.article} ${id.split('.', 3).join('.')}`,
  );
  const rows = [...alike.values()].flatMap((rules) => {
    const [rule] = rules;
    if (!rule) return [];
    const recipients = new Set(rules.map(({ recipient }) => lawName(sheet, recipient)));
    const places = new Set(
      rules.map(({ source }) => (source.instrument === regime.title.zh ? source.article : article(source))),
    );
    return [{ rule, recipients, places }];
  });
  return tableOf(sheet, 'clocks.list', rows, [
    [
      'guide.period',
      12,
      ({ rule: { period, repeat } }) => periodText(sheet, { period, ...(repeat ? { repeat } : {}) }),
    ],
    ['guide.recipient', 29, ({ recipients }) => [...recipients].join(say('report.list'))],
    ['guide.applies', 35, ({ rule }) => law(rule.applies)],
    ['report.internal.rule', 28, ({ places }) => [...places].join('\n')],
  ]);
}

/** The shortest limit of a rule in minutes; infinite without one. */
function minutesOf({ period }: ObligationRule): number {
  const limits = 'of' in period ? period.of.map((part) => part.period) : [period];
  return Math.min(...limits.map((one) => (one.kind === 'minutes' ? one.minutes : Number.POSITIVE_INFINITY)));
}

/** The figures of the lowest level that has to be reported, in one paragraph. */
function figuresText(sheet: GuideSheet): string {
  const { say, law, regime, today, language } = sheet;
  const criteria = inForce(regime.criteria, today).filter(({ level }) => level === reportedFrom(regime));
  const list = regime.factDefinitions.flatMap((definition) => {
    const [lowest] = thresholdsIn(criteria, definition.id);
    const value = lowest && amountText({ language }, definition.unit, lowest.value);
    return value ? say('card.emergency.figure', { label: law(definition.short ?? definition.label), value }) : [];
  });
  return say('card.emergency.major', { list: list.join(say('report.semicolon')) });
}

function contacts(sheet: GuideSheet, entity: Entity | null) {
  const { say, law, regime, organisation } = sheet;
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
  const rows = [...authorities, ...hotline, ...own, ...people];
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
