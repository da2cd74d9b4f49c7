import { z } from 'zod';
import { id } from './condition-schema.ts';
import { bilingual, day, text, verification } from './schema-parts.ts';

/** Kinds of evidence that the record can give, each computed by one function of `report/inspection/`. */
export const TOPICS = [
  'plan',
  'plan_approval',
  'plan_started',
  'roles',
  'contact_points',
  'graded_systems',
  'safeguards',
  'log_measures',
  'drills_held',
  'drill_scores',
  'drill_trend',
  'drill_problems',
  'incidents_declared',
  'awareness_confirmed',
  'levels_decided',
  'duties',
  'texts_approved',
  'receipts',
  'handling_closed',
  'authority_requests',
  'files_kept',
  'supplier_notices',
  'contract_terms',
  'retention',
  'holds',
  'tasks_open',
  'tasks_done',
  'time_stamps',
] as const;
export type Topic = (typeof TOPICS)[number];

const source = z.strictObject({
  id,
  title: bilingual,
  short: bilingual,
  url: z.url().exactOptional(),
  effective: day.exactOptional(),
  verification,
  /** Statement of how far a person has read the official text; printed beside it. */
  note: bilingual,
});
/** Requirement that an item answers; `place` and `quote` are present only if a person read the text. */
const requirement = z.strictObject({
  source: id,
  place: bilingual.exactOptional(),
  quote: text.exactOptional(),
});
const item = z.strictObject({
  id,
  title: bilingual,
  topic: z.enum(TOPICS),
  /** Ranks of the duties of the topic `duties`; absent: all. */
  ranks: z
    .array(z.enum(['law', 'guideline', 'contract']))
    .min(1)
    .exactOptional(),
  /** Recipients of these duties; absent: all. */
  recipients: z.array(id).min(1).exactOptional(),
  answers: z.array(requirement).default([]),
});

/** Items of an inspection pack and the requirements they answer (`regimes/inspection.yaml`). */
export const inspectionSchema = z
  .strictObject({
    sources: z.array(source).min(1),
    groups: z.array(z.strictObject({ id, title: bilingual, items: z.array(item).min(1) })).min(1),
  })
  .superRefine(({ sources, groups }, context) => {
    const seen = new Set<string>();
    for (const [g, group] of groups.entries()) {
      for (const [i, one] of group.items.entries()) {
        const fault = (path: readonly PropertyKey[], message: string): void =>
          context.addIssue({ code: 'custom', path: ['groups', g, 'items', i, ...path], message });
        if (seen.has(one.id)) fault(['id'], `another item is called ${one.id}`);
        seen.add(one.id);
        for (const [n, { source: named, place, quote }] of one.answers.entries()) {
          const known = sources.find((known) => known.id === named);
          if (!known) fault(['answers', n, 'source'], `no source is called ${named}`);
          if (quote !== undefined && place === undefined) fault(['answers', n], 'a quotation needs its place');
          if (known?.verification === 'unverified' && place !== undefined)
            fault(['answers', n], 'nobody has read this text: no place and no quotation of it');
        }
      }
    }
  });
export type InspectionMap = z.infer<typeof inspectionSchema>;
export type InspectionItem = InspectionMap['groups'][number]['items'][number];
