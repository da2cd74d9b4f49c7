/** The internal assessment before a report is approved. It never blocks a first report. */
export const POINTS = [
  'facts',
  'level',
  'mlps',
  'cross_border',
  'consent',
  'crime',
  'sector',
  'individuals',
  'state_secrets',
] as const;
export type PointId = (typeof POINTS)[number];

/** Findings for a point: in order, still to be examined, or not applicable to this incident. */
export const FINDINGS = ['settled', 'open', 'not_applicable'] as const;
export type Finding = (typeof FINDINGS)[number];
