import type { Regime } from '../../law/regime.ts';
import type { Organisation } from '../people/profile.ts';

/** Findings for a point: settled, still to be examined, or not applicable to this incident. */
export const FINDINGS = ['settled', 'open', 'not_applicable'] as const;
export type Finding = (typeof FINDINGS)[number];

/** A point of the internal assessment: one of the regime, or one the organisation added. */
export type Point = Pick<Regime['points'][number], 'id' | 'name' | 'from'>;

/** Points of an incident: the regime's without those the profile omits, then the profile's own. */
export function pointsOf({ points }: Pick<Regime, 'points'>, organisation: Organisation | null): readonly Point[] {
  const { omit = [], add = [] } = organisation?.approval?.assessment ?? {};
  return [
    ...points.filter(({ id }) => !omit.includes(id)),
    ...add.map(({ id, text, textEn }): Point => ({ id, name: { zh: text, en: textEn ?? text } })),
  ];
}
