import { z } from 'zod';
import { conditionSchema, id } from './condition-schema.ts';
import {
  bilingual,
  count,
  dated,
  day,
  fact,
  instrument,
  kind,
  paperLine,
  question,
  source,
  text,
  verification,
} from './schema-parts.ts';
import { READERS } from './told.ts';
import { RANKS, ROLES_OF_CONTENT } from './types.ts';

/**
 * Schema of a clock pack: the duties of a further law, sector rule or guideline, without levels, criteria, provinces or
 * forms. One file is one pack. Published as `schemas/pack.schema.json`. `docs/regimes.md` explains each key.
 */

/** Id of a holiday calendar (`calendars/ID.yaml`). */
const calendar = { calendar: id };
const hours = z.number().positive();
/** Hour of a day in the zone of the pack, e.g. `17:30`. */
const hour = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/);

/** `day_end`: 24:00 of the last day; `same_time`: the time of day of the anchor. */
const ends = z.enum(['day_end', 'same_time']).default('day_end');
/** Rule for a last day that is not a business day; needs a calendar. */
const rollOver = z.enum(['none', 'next_business_day']).default('none');

const simplePeriods = [
  /** Period without a figure: `urgency` of the duty is the law's word. */
  kind('promptly', {}),
  /** The law has a figure that is not verified or not public: the organisation fills it in (profile, `duties`). */
  kind('blank', {}),
  /** Clock time. `businessDays`: number of business days of the calendar that the period must include at least. */
  kind('hours', { hours, businessDays: z.strictObject({ days: count, ...calendar }).exactOptional() }),
  kind('calendar_days', {
    days: count,
    /** Counting of the anchor's day: day 0 (`excluded`) or day 1 (`included`). */
    firstDay: z.enum(['excluded', 'included']).default('excluded'),
    ends,
    rollOver,
    calendar: id.exactOptional(),
  }),
  /** Business days after the day of the anchor; ends on the last of them at this hour, absent: at 24:00. */
  kind('business_days', { days: count, ...calendar, at: hour.exactOptional() }),
  /** Ends on the same day of a later month, or on the last day of a shorter month. */
  kind('months', { months: count, ends, rollOver, calendar: id.exactOptional() }),
] as const;
const simplePeriod = z.discriminatedUnion('kind', simplePeriods);

/** Known instant (`awareness`), anchor of the pack, or filing of a duty; `which` is `first` unless stated. */
const anchor = z.union([id, z.strictObject({ filing: id, which: z.enum(['first', 'last']).default('first') })]);
/**
 * Several periods, each with its anchor. Parts with unknown anchors do not count: the shortest known limit is shown. A
 * part with `lapses` does not count if that anchor lies after its limit, e.g. an incident classified after 24 hours.
 */
const parts = { of: z.array(z.strictObject({ anchor, period: simplePeriod, lapses: id.exactOptional() })).min(2) };
const period = z.discriminatedUnion('kind', [...simplePeriods, kind('earliest_of', parts), kind('latest_of', parts)]);

/** An instant from which periods run, in addition to those of every incident. */
const anchorDefinition = z.strictObject({
  id,
  label: bilingual,
  /** Question asked once a duty that runs from the anchor is owed; the answer is a time. */
  question: bilingual,
  /**
   * Condition that sets the anchor without a question: the anchor is the time of the answer that made it hold. A time
   * stated by a person takes precedence.
   */
  when: conditionSchema.exactOptional(),
});

/** A fact of the pack. Facts of the base regime and of `shared.yaml` are used by their id and are not repeated here. */
const packFact = fact.omit({ aspects: true, relevance: true, appliesTo: true });

const duty = z.strictObject({
  ...dated,
  title: bilingual,
  /** Circumstances in which the duty is owed, for lists that belong to no incident. */
  applies: bilingual,
  recipient: id,
  /** Role of the document: a notice to people concerned, the first report, an update, or the final report. */
  role: z.enum(ROLES_OF_CONTENT),
  /** Rank of the duty; absent: the rank of the pack. */
  rank: z.enum(RANKS).exactOptional(),
  /** Start of the period; left out with `earliest_of` and `latest_of`, whose parts have their own. */
  anchor: anchor.exactOptional(),
  period,
  /** The law's own word beside the limit, e.g. "without undue delay". */
  urgency: bilingual.exactOptional(),
  /** Repeated duty: owed every N hours from `anchor` on, until the instant of the anchor `until` is known. */
  repeat: z.strictObject({ hours, until: id }).exactOptional(),
  /** A limit on a day that is not a business day moves to this hour of the next one, unless the condition holds. */
  weekend: z
    .strictObject({
      ...calendar,
      until: hour,
      unless: conditionSchema.exactOptional(),
    })
    .exactOptional(),
  /** Other periods under other readings of an open question; the main period is the cautious one. */
  readings: z.array(z.strictObject({ question: id, reading: id, period })).exactOptional(),
  /** Condition under which the duty is owed; absent: in every incident of the entity. */
  when: conditionSchema.exactOptional(),
  /** True for a duty that is listed only once its anchor is known. */
  onceAnchored: z.boolean().default(false),
  /** Id of a duty that must have been filed before this one is listed. */
  after: id.exactOptional(),
  /** True for a duty owed again when its anchor is stated anew: only filings after that instant meet it. */
  again: z.literal(true).exactOptional(),
  /** Word shared by duties that one report meets. */
  together: id.exactOptional(),
  /** Meaning of the quotation in both languages; ours, not official. */
  meaning: bilingual,
  source,
  /** Contents required by the law, from which the paper for this duty is made. */
  contents: z.array(paperLine).min(1).exactOptional(),
  /** Title of the paper, a noun; absent: the title of the duty. */
  paperTitle: bilingual.exactOptional(),
  /** Salutation and first sentence: the paper is then a letter to people, without the heading of an official report. */
  letter: bilingual.exactOptional(),
});

const recipient = z.strictObject({
  id,
  name: bilingual,
  description: bilingual,
  /** Language of papers to the recipient. */
  language: z.enum(['zh', 'en']).default('en'),
  /** Kind of reader: one fact has a wording for each. */
  reader: z.enum(READERS).default('authority'),
  /** Published ways to reach the recipient; absent: the contact of the profile. */
  channels: z
    .array(z.strictObject({ name: bilingual, value: bilingual, url: z.url(), checked: day, verification }))
    .exactOptional(),
});

/** Worked case: input and result of `npx jishi classify` with this pack alone. */
const workedCase = z.strictObject({
  name: text,
  input: z.record(z.string(), z.unknown()),
  /** Expected result: only its keys are compared. `absent`: duties that must not be owed. `error`: part of its text. */
  expect: z.strictObject({
    obligations: z.array(z.looseObject({ id })).exactOptional(),
    absent: z.array(id).exactOptional(),
    error: text.exactOptional(),
  }),
});

export const packSchema = z.strictObject({
  id,
  title: bilingual,
  /** Persons bound by the law, in one sentence. */
  bound: bilingual,
  /** IANA zone in which days begin and due times are written. */
  zone: text,
  rank: z.enum(RANKS),
  effective: day,
  checked: day,
  /**
   * Suggestion to profiles whose sector holds one of the words, or that name one of the countries, to add the pack;
   * with both keys both must fit. The pack applies only once an entity lists it in `packs`.
   */
  suggests: z
    .strictObject({ sectors: z.array(text).default([]), countries: z.array(z.string().length(2)).default([]) })
    .prefault({}),
  /** Event whose awareness starts the clocks of the pack, e.g. "the significant incident"; absent: the incident. */
  aware: bilingual.exactOptional(),
  /** Packs that must not be in force beside this one for one entity, and why. */
  excludes: z.array(z.strictObject({ pack: id, why: bilingual })).default([]),
  instruments: z.record(id, instrument),
  recipients: z.array(recipient).default([]),
  anchors: z.array(anchorDefinition).default([]),
  facts: z.array(packFact).default([]),
  duties: z.array(duty).min(1),
  openQuestions: z.array(question).default([]),
  cases: z.array(workedCase).min(3),
});
export type PackDocument = z.infer<typeof packSchema>;
export type PackDuty = PackDocument['duties'][number];
export type PackPeriod = z.infer<typeof period>;
export type SimplePackPeriod = z.infer<typeof simplePeriod>;

/** Facts and anchors that several packs share: people are asked once for all of these packs. */
export const sharedSchema = z.strictObject({
  anchors: z.array(anchorDefinition).default([]),
  facts: z.array(packFact).default([]),
  /** Rules, in addition to the base law, on sending data abroad; shown before a paper under a foreign law is sent. */
  leaving: z
    .array(
      z.strictObject({
        id,
        text: bilingual,
        source: z.strictObject({ instrument: text, article: text, quote: text, url: z.url(), verification }),
      }),
    )
    .default([]),
});
export type SharedDocument = z.infer<typeof sharedSchema>;

/** Days off of one authority or country, with source; nothing is known outside the years it covers. */
export const calendarSchema = z.strictObject({
  id,
  title: bilingual,
  /** First and last day that the calendar covers. */
  covers: z.strictObject({ from: day, to: day }),
  /** Days of the week that are off, 1 (Monday) to 7. */
  weekend: z.array(z.number().int().min(1).max(7)).default([6, 7]),
  /** Days off beside the weekend. */
  off: z.array(day),
  /** Weekend days that are working days. */
  worked: z.array(day).default([]),
  source: z.strictObject({ title: text, url: z.url(), checked: day, verification }),
});
export type CalendarDocument = z.infer<typeof calendarSchema>;
