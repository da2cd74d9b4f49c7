import { DateTime } from 'luxon';
import type { OwedObligation } from '../../incident/facts/assessment.ts';
import type { Text } from '../cards/card.ts';
import { dueAt, lawText, plain, type Situation, t } from '../cards/situation.ts';
import { ruleText, urgencyText } from './duties.ts';

/** Clocks that a card in a room shows beside the first report; the others are on the board. */
const SHOWN = 2;

/** The next clocks, and how many more there are. Without clock packs all of them are shown. */
export function nextClocks<T>(
  situation: Pick<Situation, 'regime'>,
  clocks: readonly T[],
): { readonly shown: readonly T[]; readonly more: number } {
  const all = situation.regime.packs === undefined || clocks.length <= SHOWN + 1;
  return all ? { shown: clocks, more: 0 } : { shown: clocks.slice(0, SHOWN), more: clocks.length - SHOWN };
}

/** Due time of a duty, also in the zone of its law; without one the law's word, or what it waits for. */
export function dueOf(situation: Situation, duty: OwedObligation): Text {
  const { uncovered, due } = duty;
  if (uncovered) return t('board.uncovered', { calendar: plain(uncovered.calendar), date: plain(uncovered.date) });
  if (due === null) return waitsFor(situation, duty);
  const local = localTime(situation, duty);
  const params = { due: dueAt(situation, due) };
  return local ? t('board.due_local', { ...params, local }) : t('owed.by', params);
}

/** Rule a duty is from, its rank where it is no law, how well it is verified, and other readings. */
export function marksOf(situation: Situation, duty: OwedObligation): readonly Text[] {
  const { rank, source, otherwise = [], repeats } = duty;
  const { verification } = source;
  const age = ageOf(situation, duty);
  return [
    ...(rank === 'contract' && source.article === '' ? [] : [ruleText(duty)]),
    ...(rank === 'law' ? [] : [t(`rank.${rank}`)]),
    ...(repeats ? [t('board.repeats', { every: { minutes: repeats.minutes } })] : []),
    ...(verification === 'primary' || verification === 'copy' ? [] : [t(`verified.${verification}`)]),
    ...(age === null ? [] : [t('board.old', { n: age })]),
    ...otherwise.map(({ due }) => t('board.otherwise', { due: dueAt(situation, due) })),
  ];
}

/** A duty without a due time: the law's word, a figure to be filled in, or an instant that is not known yet. */
function waitsFor(situation: Situation, duty: OwedObligation): Text {
  const rule = situation.regime.obligations.find(({ id }) => id === duty.id);
  if (rule?.period.kind === 'blank') return t('board.blank');
  if (rule === undefined || rule.period.kind === 'promptly') return urgencyText(situation, duty);
  const anchor = situation.regime.packAnchors?.find(({ id }) => id === duty.anchor);
  return anchor ? t('board.waits', { anchor: lawText(anchor.label) }) : t('board.waits_start');
}

/** Due time in the zone of the law, e.g. `2026-03-09 10:30 Central European Time`; null where that is Beijing time. */
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
/** Days after which a rule should be compared with its source again, unless the profile says otherwise. */
export const FRESH_DAYS = 365;

/** Days since the rule was compared with its source, if that is longer ago than the organisation allows. */
function ageOf({ state, ia }: Situation, { source }: OwedObligation): number | null {
  const days = Math.floor((Date.parse(ia.now) - Date.parse(source.checked)) / DAY);
  return days > (state.organisation?.freshness ?? FRESH_DAYS) ? days : null;
}
