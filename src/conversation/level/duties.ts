import { DateTime } from 'luxon';
import { ruleKnown } from '../../incident/facts/law-set.ts';
import type { OwedObligation } from '../../incident/facts/owed.ts';
import { ruleMarks } from '../../law/marks.ts';
import type { ObligationRule } from '../../law/regime.ts';
import type { Source } from '../../law/types.ts';
import type { Text } from '../cards/card.ts';
import {
  contentText,
  dueAt,
  joined,
  lawText,
  ofPart,
  plain,
  recipientText,
  type Situation,
  t,
  titleOfDuty,
} from '../cards/situation.ts';

/** Duties that do not depend on the level. */
export function dutiesOf({ ia }: Pick<Situation, 'ia'>): readonly OwedObligation[] {
  return ia.obligations.filter((o) => o.form !== 'first' && o.form !== 'final' && !o.filing && o.status !== 'void');
}
/** Duties in groups: duties met by one report are together; duties of one article follow each other. */
export function dutyGroups(situation: Pick<Situation, 'ia' | 'regime'>): readonly (readonly OwedObligation[])[] {
  const groups = Map.groupBy(dutiesOf(situation), (duty) => {
    const together = ruleOf(situation, duty)?.together ?? duty.id;
    return `${duty.regime} ${together} ${duty.due ?? ''} ${duty.provisional}`;
  });
  return [...groups.values()];
}
function ruleOf({ regime }: Pick<Situation, 'regime'>, { id }: Pick<OwedObligation, 'id'>): ObligationRule | undefined {
  return regime.obligations.find((rule) => rule.id === id);
}
/** Word of the law for a duty whose deadline is no figure: 及时 and 立即 are never mixed up. */
export function urgencyText(situation: Pick<Situation, 'regime'>, duty: Pick<OwedObligation, 'id'>): Text {
  const rule = ruleOf(situation, duty);
  if (rule?.urgency) return lawText(rule.urgency);
  const period = rule?.period;
  return t(`urgency.${(period?.kind === 'promptly' && period.word) || 'promptly'}`);
}
/** Returns true for a duty not named by the document sent: of a clock pack or contract ("Notify the ICO"), or a request. */
export function hasOwnName(
  { regime }: Pick<Situation, 'regime'>,
  { regime: of, content }: Pick<OwedObligation, 'regime' | 'content'>,
): boolean {
  return content === 'authority_request' || (regime.packs?.some(({ id }) => id === of) ?? false);
}
/** Title of a law without 中华人民共和国, in 《》 if it is Chinese, and its article; for a request the authority's name. */
export function articleText({ instrument, article, url }: Pick<Source, 'instrument' | 'article' | 'url'>): Text {
  if (url === '') return ofPart('texts', instrument);
  const title = instrument.replace('中华人民共和国', '');
  // A year of amendment stands behind the title: 《网络安全法》（2025年修正）.
  const text = /\p{Script=Han}/u.test(title)
    ? `${title.replace(/^(.*?)(（[^（）]*）)?$/, '《$1》$2')}${article}`
    : `${title} ${article}`;
  return lawText({ zh: text, en: text });
}
/** Article of a duty, or the clause of its contract. */
export function ruleText({ rank, source }: Pick<OwedObligation, 'rank' | 'source'>): Text {
  if (rank !== 'contract') return articleText(source);
  return source.article === '' ? t('rank.contract') : ofPart('texts', source.article);
}
export function dutyName(situation: Situation, duty: Pick<OwedObligation, 'id' | 'content'>): Text {
  const rule = ruleKnown(situation.state, situation.regime, duty.id);
  return rule ? titleOfDuty(situation, rule) : contentText(situation.regime, duty.content);
}

/** Name of a duty with its recipient, which the name of a first or final report has already. */
export function dutyAndRecipient(
  situation: Situation,
  duty: Pick<OwedObligation, 'id' | 'content' | 'form' | 'recipient'>,
): Text {
  const name = dutyName(situation, duty);
  const isNamed = duty.form === 'first' || duty.form === 'final';
  return isNamed ? name : joined([name, recipientText(situation, duty.recipient)], 'dot');
}

/** Number of clocks that a room's card shows beside the first report; the board lists all. */
const SHOWN = 2;

/** Next clocks and the number of further ones. Without clock packs all are shown. */
export function nextClocks<T>(
  situation: Pick<Situation, 'regime'>,
  clocks: readonly T[],
): { readonly shown: readonly T[]; readonly more: number } {
  const all = situation.regime.packs === undefined || clocks.length <= SHOWN + 1;
  return all ? { shown: clocks, more: 0 } : { shown: clocks.slice(0, SHOWN), more: clocks.length - SHOWN };
}

/** Due time of a duty, also in the zone of its law; a duty without one gets the law's word or the awaited event. */
export function dueOf(situation: Situation, duty: OwedObligation): Text {
  const { uncovered, due } = duty;
  if (uncovered) return t('board.uncovered', { calendar: plain(uncovered.calendar), date: plain(uncovered.date) });
  if (due === null) return waitsFor(situation, duty);
  const local = localTime(situation, duty);
  const params = { due: dueAt(situation, due) };
  return local ? t('board.due_local', { ...params, local }) : t('owed.by', params);
}

/** Marks of a duty: its rank if it is not a law, the verification, and other readings. */
export function marksOf(situation: Situation, duty: OwedObligation): readonly Text[] {
  const { rank, otherwise = [], repeats } = duty;
  const age = ageOf(situation, duty);
  return [
    ...(rank === 'law' ? [] : [t(`rank.${rank}`)]),
    ...(repeats ? [t('board.repeats', { every: { minutes: repeats.minutes } })] : []),
    ...ruleMarks(situation.regime, duty).map((mark) => t(`verified.${mark}`)),
    ...(age === null ? [] : [t('board.old', { n: age })]),
    ...otherwise.map(({ due }) => t('board.otherwise', { due: dueAt(situation, due) })),
  ];
}

/** Text for a duty without a due time: the law's word, a blank, or an instant that is not known yet. */
function waitsFor(situation: Situation, duty: OwedObligation): Text {
  const rule = ruleOf(situation, duty);
  if (rule?.period.kind === 'blank') return t('board.blank');
  if (rule === undefined || rule.period.kind === 'promptly') return urgencyText(situation, duty);
  const anchor = situation.regime.packAnchors?.find(({ id }) => id === duty.anchor);
  return anchor ? t('board.waits', { anchor: lawText(anchor.label) }) : t('board.waits_start');
}

/** Due time in the zone of the law, e.g. `2026-03-09 10:30 Central European Time`; null if it is Beijing time. */
function localTime({ regime }: Situation, { id, due }: OwedObligation): Text | null {
  const zone = regime.obligations.find((rule) => rule.id === id)?.zone ?? regime.zone;
  const there = DateTime.fromISO(due ?? '', { zone });
  const here = DateTime.fromISO(due ?? '', { zone: regime.zone });
  if (there.offset === here.offset) return null;
  // Midnight is 24:00 of the day that ends.
  const isMidnight = there.hour === 0 && there.minute === 0;
  const time = isMidnight ? `${there.minus({ days: 1 }).toISODate()} 24:00` : there.toFormat('yyyy-MM-dd HH:mm');
  const nameIn = (language: string): string =>
    there
      .setLocale(language)
      .toLocaleParts({ timeZoneName: 'longGeneric' })
      .find(({ type }) => type === 'timeZoneName')?.value ?? zone;
  return lawText({ zh: `${nameIn('zh-CN')}${time}`, en: `${time} ${nameIn('en')}` });
}

const DAY = 86_400_000;
/** Days after which a rule should be compared with its source again, unless the profile sets another number. */
export const FRESH_DAYS = 365;

/** Days since the rule was compared with its source; null if within the limit of the organisation. */
function ageOf({ state, ia }: Situation, { source }: OwedObligation): number | null {
  const days = Math.floor((Date.parse(ia.now) - Date.parse(source.checked)) / DAY);
  return days > (state.organisation?.freshness ?? FRESH_DAYS) ? days : null;
}
