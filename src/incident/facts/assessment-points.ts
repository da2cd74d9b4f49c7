import type { Organisation } from '../people/profile.ts';
import { POINTS, type PointId } from './points.ts';

type OwnPoint = NonNullable<Organisation['approval']>['assessment']['add'][number];
/** A point of the internal assessment; `own` is one the organisation added. */
export type Point = { readonly id: PointId; readonly own: null } | { readonly id: string; readonly own: OwnPoint };

/** The points of an incident: the usual ones the profile keeps, then its own. */
export function pointsOf(organisation: Organisation | null): readonly Point[] {
  const { omit = [], add = [] } = organisation?.approval?.assessment ?? {};
  return [
    ...POINTS.filter((id) => !omit.includes(id)).map((id): Point => ({ id, own: null })),
    ...add.map((own): Point => ({ id: own.id, own })),
  ];
}
