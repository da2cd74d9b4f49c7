import { DateTime } from 'luxon';
import type { OwedObligation } from '../../incident/facts/assessment.ts';
import { actionBlock, strongBlock, textBlock } from '../cards/blocks.ts';
import type { Block, Card, Text } from '../cards/card.ts';
import { cardOf } from '../cards/headline.ts';
import { dueAt, form, joined, lawText, plain, recipientText, type Situation, t, view } from '../cards/situation.ts';
import { dutyName, provisoText, ruleText, urgencyText } from './duties.ts';

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

/** Everything owed under all laws and contracts, by time left, grouped by recipient: why each exists, its rank and mark. */
export function clockBoard(situation: Situation): Card {
  const { ia } = situation;
  const open = ia.obligations.filter((o) => !o.filing && o.status !== 'void').toSorted(byDue);
  const groups = [...Map.groupBy(open, ({ recipient }) => recipient)];
  const blocks = groups.flatMap(([recipient, duties]): readonly Block[] => [
    strongBlock(recipientText(situation, recipient)),
    ...duties.map((duty): Block => textBlock(dutyLine(situation, duty))),
  ]);
  const args = { incident: situation.state.id };
  const actions = [
    view('papers', t('act.papers'), 'papers', args),
    ...(situation.state.drill ? [] : [form('file', t('act.file'), 'filing', args)]),
  ];
  const n = open.length;
  return cardOf(situation, t('board.title'), t('board.summary', { n, clocks: open.filter(({ due }) => due).length }), [
    ...(n > 0 ? blocks : [textBlock(t('board.none'))]),
    actionBlock(actions),
  ]);
}

function byDue(a: OwedObligation, b: OwedObligation): number {
  return timeOf(a) - timeOf(b);
}
function timeOf({ due }: OwedObligation): number {
  return due === null ? Number.MAX_SAFE_INTEGER : Date.parse(due);
}

/** Duty and due time, then article, rank, how well the rule is verified, and whether it is certain. */
function dutyLine(situation: Situation, duty: OwedObligation): Text {
  const params = { what: dutyName(situation, duty), marks: joined(marksOf(situation, duty), 'dot') };
  if (duty.uncovered)
    return t('board.uncovered', {
      ...params,
      calendar: plain(duty.uncovered.calendar),
      date: plain(duty.uncovered.date),
    });
  if (duty.due === null) return t('board.no_due', { ...params, when: waitsFor(situation, duty) });
  const local = localTime(situation, duty);
  const due = dueAt(situation, duty.due);
  return local ? t('board.due_local', { ...params, due, local: plain(local) }) : t('board.due', { ...params, due });
}

function marksOf(situation: Situation, duty: OwedObligation): readonly Text[] {
  const { rank, source, otherwise = [], repeats } = duty;
  const { verification } = source;
  const proviso = provisoText(situation, duty);
  const age = ageOf(situation, duty);
  return [
    ...(rank === 'contract' && source.article === '' ? [] : [ruleText(duty)]),
    ...(rank === 'law' ? [] : [t(`rank.${rank}`)]),
    ...(repeats ? [t('board.repeats', { every: { minutes: repeats.minutes } })] : []),
    ...(verification === 'primary' || verification === 'copy' ? [] : [t(`verified.${verification}`)]),
    ...(age === null ? [] : [t('board.old', { n: age })]),
    ...otherwise.map(({ due }) => t('board.otherwise', { due: dueAt(situation, due) })),
    ...(proviso ? [proviso] : []),
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

/** Due time in the zone of the law, e.g. `2026-03-09 10:30 Brussels`; null where that is Beijing time. */
function localTime({ regime }: Situation, { id, due }: OwedObligation): string | null {
  const zone = regime.obligations.find((rule) => rule.id === id)?.zone ?? regime.zone;
  const there = DateTime.fromISO(due ?? '', { zone });
  const here = DateTime.fromISO(due ?? '', { zone: regime.zone });
  if (there.offset === here.offset) return null;
  // Midnight is 24:00 of the day that ends.
  const isMidnight = there.hour === 0 && there.minute === 0;
  const time = isMidnight ? `${there.minus({ days: 1 }).toISODate()} 24:00` : there.toFormat('yyyy-MM-dd HH:mm');
  return `${time} ${zone.split('/').at(-1)?.replace('_', ' ') ?? zone}`;
}

const DAY = 86_400_000;
/** Days after which a rule should be compared with its source again, unless the profile says otherwise. */
export const FRESH_DAYS = 365;

/** Days since the rule was compared with its source, if that is longer ago than the organisation allows. */
function ageOf({ state, ia }: Situation, { source }: OwedObligation): number | null {
  const days = Math.floor((Date.parse(ia.now) - Date.parse(source.checked)) / DAY);
  return days > (state.organisation?.freshness ?? FRESH_DAYS) ? days : null;
}
