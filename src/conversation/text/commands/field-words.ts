import type { FactUnit } from '../../../law/regime.ts';

/** A name in front of a colon that means when it was found. Takes folded text. */
export const meansDiscovery = (name: string): boolean => name === '发现时间';

/** A name that means when it became known here. */
export const meansAwareness = (name: string): boolean =>
  /^(?:得知时间|获知时间|发现时间|起算时间|知悉时间|(?:time of )?(?:awareness|discovery)|discovery time|awareness time)$/i.test(
    name.trim(),
  );

/** Words for a figure of this kind in front of a colon; matched against folded text. */
export const FIGURE_WORDS: Readonly<Record<FactUnit, RegExp>> = {
  minutes: /时长|持续|时间$|duration|how long/,
  people: /人数|people/,
  cny: /损失|金额|loss|amount/,
  percent: /比例|占比|share|per ?cent/,
  count: /次数|数量|times|number/,
};
