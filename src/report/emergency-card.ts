import type { Entity } from '../incident/people/profile.ts';
import { contactRows, dutiesInForce, type GuideInput, type GuideSheet, guideSheet, periodText } from './guide.ts';
import { lineOf, numbered, type Paper, paperOf, proseOf, sectionOf, tableOf } from './paper.ts';

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
      [
        sectionOf('note', say('card.emergency.first'), [proseOf('note.text', say('card.emergency.write_down'))]),
        sectionOf('clocks', say('card.emergency.clocks'), [clocks(sheet)]),
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

/** First reports with a figure: the shortest time first. */
function clocks(sheet: GuideSheet) {
  const { say, law, regime } = sheet;
  const timed = dutiesInForce(sheet).filter(
    ({ content, period }) => content === 'initial_report' && period.kind === 'minutes',
  );
  const rows = timed.map((rule) => {
    const to = regime.recipients.find(({ id }) => id === rule.recipient);
    return [periodText(sheet, rule.period), to ? law(to.name) : rule.recipient, rule.source.article];
  });
  return tableOf(
    'clocks.list',
    [
      [say('guide.period'), 20],
      [say('guide.recipient'), 56],
      [say('report.internal.rule'), 24],
    ],
    rows,
  );
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
  return tableOf(
    'contacts.list',
    [
      [say('guide.name'), 44],
      [say('guide.contact'), 56],
    ],
    entity ? rows : [...rows, [blank, blank], [blank, blank]],
  );
}

function script({ say, language }: GuideSheet, entity: Entity | null): string {
  const blank = say('report.blank');
  const params = { unit: entity?.name ?? blank, contact: blank, kind: say('phone.kind.initial'), number: blank };
  const phone = entity?.contact24h?.phone ?? blank;
  const lines = [
    say('phone.opening', params),
    say('card.emergency.say', { blank }),
    say('phone.closing', { phone }),
    say('phone.ask'),
  ];
  return lines.join(language === 'zh' ? '' : ' ');
}
