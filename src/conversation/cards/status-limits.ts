import type { Clock } from '../../incident/facts/owed.ts';
import { needLine } from '../closing.ts';
import type { Action, Block, Text } from './card.ts';
import { dutyAhead, dutyLine } from './headline.ts';
import { actionsOf, rowBlock, textBlock, withActions } from './sentence.ts';
import { openClocks, type Situation, show, t } from './situation.ts';

/** Limits of a status card below its title, in every state of the incident. */
export const STATUS_LIMITS = { lines: 9, buttons: 5 } as const;
/** Number of duties beside the report that are named; beyond it, only the next one and the total are shown. */
export const MOST_BESIDE = 2;
/** Buttons removed in this order if space is short: [More], the answers or a later step offer them too. */
const GIVES_WAY = [
  'correct_start',
  'people',
  'confirm_start',
  'add_information',
  'withdraw_level',
  'owed',
  'take_lead',
];

interface Shown {
  readonly blocks: readonly Block[];
  /** Actions without space on the card. */
  readonly left: readonly Action[];
}

/** Blocks of a status card within its limits; `compose` builds them with at most `most` duties named one by one. */
export function withinLimits(compose: (most: number) => readonly Block[]): Shown {
  const whole = compose(MOST_BESIDE);
  const blocks = linesOf(whole).length > STATUS_LIMITS.lines ? compose(1) : whole;
  const surplus = blocks.flatMap(actionsOf).length - STATUS_LIMITS.buttons;
  const left = GIVES_WAY.flatMap((id) => blocks.flatMap(actionsOf).filter((one) => one.id === id));
  const gone = new Set(left.slice(0, Math.max(surplus, 0)));
  const within = blocks.map((block) => withActions(block, (all) => all.filter((one) => !gone.has(one))));
  return { blocks: within, left: [...gone] };
}

const linesOf = (blocks: readonly Block[]): readonly Block[] => blocks.filter(({ kind }) => kind !== 'actions');

/**
 * Blocks on duties beside the report that the card's clock does not name; after handling ended, on all duties owed.
 * `opens`: readers may open the list.
 */
export function dutiesBeside(situation: Situation, most: number, opens: boolean): readonly Block[] {
  const texts = dutyTexts(situation);
  const actions = opens ? [show(situation, 'owed')] : [];
  const [next] = texts;
  if (next === undefined) return [];
  if (texts.length > most) return [rowBlock('open', t('status.more_duties', { n: texts.length, next }), actions)];
  const isEnded = situation.state.handlingEnded !== null;
  return texts.map((text, n) =>
    isEnded && n === texts.length - 1 ? rowBlock('open', text, actions) : textBlock(text),
  );
}

function dutyTexts(situation: Situation): readonly Text[] {
  const { state, ia } = situation;
  const ahead = dutyAhead(situation);
  const beside = openClocks(situation).filter(({ form }) => form !== 'first' && form !== 'final');
  const clocks = distinct(situation, ahead ? [ahead, ...beside] : beside).filter((one) => one !== ahead);
  const lines = clocks.map((clock) => dutyLine(situation, clock));
  if (!state.handlingEnded || state.closed) return lines;
  const timed = new Set(openClocks(situation).map(({ id }) => id));
  return [...lines, ...ia.owed.filter((id) => !timed.has(id)).map((id) => needLine(situation, id))];
}

/** Clocks without those that read the same as an earlier one, e.g. one report owed to two bodies. */
export function distinct(situation: Situation, clocks: readonly Clock[]): readonly Clock[] {
  const byLine = Map.groupBy(clocks, (clock) => JSON.stringify(dutyLine(situation, clock)));
  return [...byLine.values()].flatMap(([first]) => first ?? []);
}
