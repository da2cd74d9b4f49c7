import { z } from 'zod';
import { statedValueSchema } from './commands/parts.ts';

import { DRILL_SPEEDS } from './drill-clock.ts';
import type { EventType } from './record/events.ts';
import type { IncidentState } from './state.ts';

const bilingual = z.strictObject({ zh: z.string().trim().min(1).max(600), en: z.string().trim().min(1).max(900) });
const id = z.string().regex(/^[a-z0-9][a-z0-9-]{0,40}$/);
const minutes = z.number().int().min(0).max(14_400);

/** Acts of people that a scenario may wait for, with the events that prove them. */
export const EXPECTED_ACTS = {
  confirm_awareness: ['awareness_confirmed'],
  answer: ['fact_stated'],
  fill_field: ['field_filled', 'wording_confirmed'],
  decide_level: ['level_decided', 'not_reportable_decided'],
  compile: ['draft_compiled'],
  ask_approval: ['approval_requested'],
  approve: ['draft_approved'],
  file: ['filing_practised'],
  note: ['note_added', 'evidence_added'],
  request: ['request_received'],
  stop: ['state_secret_stopped'],
  leave_chat: ['chat_left'],
  end_handling: ['handling_ended'],
} as const satisfies Readonly<Record<string, readonly EventType[]>>;
export type ExpectedAct = keyof typeof EXPECTED_ACTS;
const ACTS = Object.keys(EXPECTED_ACTS).filter((act): act is ExpectedAct => act in EXPECTED_ACTS);

/** Buttons of the next step that a guided drill explains; `questions` means every question. */
export const COACHED = [
  'questions',
  'confirm_level',
  'first_report',
  'ask_approval',
  'review',
  'file',
  'confirm_start',
  'close',
] as const;
export type Coached = (typeof COACHED)[number];

export const injectSchema = z.strictObject({
  id,
  /** Minutes of incident time after the declaration; 0: together with it. */
  at: minutes,
  /** Present if `at` counts from the first practised filing or call: an officer calls back about the report. */
  after: z.literal('filing').optional(),
  /** Bringer of the news, e.g. the person on duty. */
  from: bilingual,
  text: bilingual,
  /** Act expected after the news, and the minutes (incident time) for it; `fact`: fact that an answer should state. */
  expect: z.strictObject({ act: z.enum(ACTS), fact: z.string().min(1).optional(), within: minutes.min(1) }).optional(),
  /**
   * Request of an authority in the news: recorded with it, due after this many minutes. Its Chinese text is the
   * request.
   */
  request: z.strictObject({ recipient: z.string().min(1), within: minutes.min(1) }).optional(),
  /** Chat of the drill fails (`down`) or recovers: only in the drill's story, no platform is touched. */
  chat: z.enum(['down', 'back']).optional(),
});
export type Inject = z.infer<typeof injectSchema>;

/**
 * Story of a drill: news by time, and the answers that players should reach. Data of `src/scenarios` or of the
 * organisation (`SCENARIOS_DIR`); each drill records a copy, so a changed file changes no score.
 */
export const scenarioSchema = z
  .strictObject({
    id,
    title: bilingual,
    /** Story in one paragraph: the subject of the drill, without the solution. */
    story: bilingual,
    goals: z.array(bilingual).min(1).max(6),
    /** Minutes that the drill takes if people read everything; absent: minutes until its last news. */
    takes: minutes.min(1).optional(),
    /** Speed at which the drill starts: minutes of incident time per minute. */
    speed: z.number().min(DRILL_SPEEDS.slowest).max(DRILL_SPEEDS.fastest),
    injects: z.array(injectSchema).min(1).max(20),
    answers: z.strictObject({
      level: id,
      /** Facts that lead to the level; one that differs at the end counts as missed. */
      facts: z.record(z.string().min(1), statedValueSchema),
      /** Recipients that are owed a report of any kind. */
      recipients: z.array(z.string().min(1)).max(6),
    }),
    /** Usual mistakes; shown with the score only. */
    traps: z.array(bilingual).min(1).max(6),
    /** Guidance for a newcomer: why the button of the next step is pressed. It ends with the first practised filing. */
    coach: z.partialRecord(z.enum(COACHED), bilingual).optional(),
  })
  .refine(
    ({ injects }) => new Set(injects.map((one) => one.id)).size === injects.length,
    'ids of injects are used twice',
  )
  .refine(
    ({ injects }) => injects.some(({ at, after }) => at === 0 && after === undefined),
    'no inject comes with the declaration (at: 0)',
  );
export type Scenario = z.infer<typeof scenarioSchema>;

/** All news of a drill: those of its story, and the officer's call after a practised call. */
export function injectsOf({ scenario, calls }: Pick<IncidentState, 'scenario' | 'calls'>): readonly Inject[] {
  return [...(scenario?.injects ?? []), ...calls.flatMap(({ ended }) => ended?.callBack ?? [])];
}

/**
 * News still to be given, each with its instant (incident time, epoch ms), earliest first; none once the drill is
 * closed. An officer's call counts from the first practised filing, or the first call that ended with a receipt.
 */
export function injectsAhead(
  state: Pick<IncidentState, 'scenario' | 'calls' | 'injects' | 'declared' | 'closed' | 'filings'>,
): { readonly inject: Inject; readonly at: number }[] {
  if (state.closed || (!state.scenario && state.calls.length === 0)) return [];
  const start = Date.parse(state.declared.at);
  const called = state.calls.flatMap(({ ended }) => (ended?.receipt ? [ended.at] : []));
  const filed = [...state.filings.slice(0, 1).map(({ filedAt }) => filedAt), ...called].map((at) => Date.parse(at));
  return injectsOf(state)
    .filter(({ id }) => !state.injects.some(({ inject }) => inject === id))
    .flatMap((inject) => {
      if (inject.after === undefined) return [{ inject, at: start + inject.at * 60_000 }];
      return filed.length === 0 ? [] : [{ inject, at: Math.min(...filed) + inject.at * 60_000 }];
    })
    .toSorted((a, b) => a.at - b.at);
}
