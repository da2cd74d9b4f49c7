import { DateTime } from 'luxon';
import type { MessageKey } from '../i18n/keys.ts';
import { isMessageKey, translate } from '../i18n/translate.ts';
import type { Organisation } from '../incident/people/profile.ts';
import type { ReportLanguage } from '../incident/report-document.ts';
import type { Period } from '../law/calendar.ts';
import { inForce } from '../law/dated.ts';
import { ruleMarks } from '../law/marks.ts';
import type { ObligationRule, Regime } from '../law/regime.ts';
import type { BilingualText, Source } from '../law/types.ts';
import { citation } from './format.ts';
import { messageLanguage } from './sheet.ts';
import { lengthText } from './values.ts';

export interface GuideInput {
  readonly regime: Regime;
  readonly organisation: Organisation | null;
  readonly language: ReportLanguage;
  /** Time of compilation, ISO 8601: the guide contains the rules in force on that day. */
  readonly at: string;
}
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

/** 《个人信息保护法》第…条: the instrument without the country, with its article. */
export function article({ instrument, article: place }: Source): string {
  return citation({ instrument: instrument.replace(/^中华人民共和国/, ''), article: place });
}

/** Article of a rule, with the notes on its reliability. */
export function ruleText(sheet: GuideSheet, rule: Pick<ObligationRule, 'source' | 'regime'>): string {
  const marks = marksText(sheet, [rule]);
  return marks === '' ? article(rule.source) : sheet.say('guide.marked', { rule: article(rule.source), marks });
}

/** Marks of several rules, each once, in the words of the cards; empty where none is needed. */
export function marksText(
  { say, regime }: Pick<GuideSheet, 'say' | 'regime'>,
  rules: readonly Pick<ObligationRule, 'source' | 'regime'>[],
): string {
  const marks = new Set(rules.flatMap((rule) => ruleMarks(regime, rule)));
  return [...marks].map((mark) => say(`verified.${mark}`)).join(say('report.list'));
}

/** A recipient as the law calls it, e.g. 属地省级网信部门. */
export function lawName({ law, regime }: GuideSheet, recipient: string): string {
  const known = regime.recipients.find(({ id }) => id === recipient);
  return known ? law(known.name) : recipient;
}

type Words = Pick<GuideSheet, 'language' | 'say' | 'law'>;

/** Period as printed: 1小时 · 及时 · 30日内 · at once, at the latest 72 h. */
export function periodText(sheet: Words, { period, urgency, repeat }: PeriodRule): string {
  const { law, say, language } = sheet;
  if (repeat) return say('guide.every', { length: lengthText({ language }, repeat.minutes) });
  if (period.kind === 'promptly' && urgency) return law(urgency);
  const limit =
    'of' in period
      ? period.of.map((part) => simpleText(sheet, part.period)).join(say(`guide.${period.kind}`))
      : simpleText(sheet, period);
  return urgency ? say('guide.at_latest', { word: law(urgency), limit }) : limit;
}

/**
 * Start of the period of a rule, e.g. "发生时" or "获知时"; for several periods each start follows its length. A limit needs
 * its start: 2 h from occurrence may be over when it is read.
 */
export function startText(sheet: GuideSheet, rule: Pick<ObligationRule, 'period' | 'anchor' | 'regime'>): string {
  const { period, anchor, regime } = rule;
  if (!('of' in period)) return anchorText(sheet, anchor, regime);
  return period.of
    .map((part) =>
      sheet.say('guide.start_of', {
        limit: simpleText(sheet, part.period),
        start: anchorText(sheet, part.anchor, regime),
      }),
    )
    .join('\n');
}

function anchorText({ say, law, regime }: GuideSheet, anchor: string, of?: string): string {
  const aware = anchor === 'awareness' ? regime.packs?.find(({ id }) => id === of)?.aware : undefined;
  if (aware) return say('guide.from.awareness_of', { what: law(aware) });
  const key = `guide.from.${anchor}`;
  if (isMessageKey(key)) return say(key);
  const own = regime.packAnchors?.find(({ id }) => id === anchor);
  if (own) return law(own.label);
  const before = regime.obligations.find(({ id }) => anchor.includes(id));
  return before ? say('guide.from.filing', { what: law(before.title) }) : anchor;
}

type PeriodRule = Pick<ObligationRule, 'period' | 'urgency' | 'repeat'>;

function simpleText({ say, language }: Pick<Words, 'say' | 'language'>, period: Period): string {
  switch (period.kind) {
    case 'promptly':
      return say(`urgency.${period.word ?? 'promptly'}`);
    case 'blank':
      return say('guide.blank');
    case 'minutes':
      // 72 hours are not written as 3 days: the law counts hours.
      return period.minutes % 60 === 0
        ? say('guide.hours', { n: period.minutes / 60 })
        : lengthText({ language }, period.minutes);
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

/** Date of the last comparison of the base instrument, with the text it was compared with. */
export function comparedText({ regime, law }: GuideSheet): string {
  const base = Object.values(regime.instruments).find(({ title }) => title === regime.title.zh);
  const last = base?.compared.at(-1);
  return last ? `${last.on} · ${law(last.with)}` : regime.checked;
}
