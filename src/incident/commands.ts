import { z } from 'zod';
import { LANGUAGES, roomSchema } from './identity.ts';

/**
 * Everything somebody can want of an incident. The same objects travel as intents in buttons, cards, forms and the API,
 * and are validated with these schemas at every edge.
 */
const iso = z.iso.datetime({ offset: true });
const id = z.string().min(1).max(128);
const line = z.string().trim().min(1).max(200);
const reason = z.string().trim().min(1).max(2_000);
const prose = z.string().trim().min(1).max(20_000);

const range = z.strictObject({ min: z.number().nonnegative().optional(), max: z.number().nonnegative().optional() });
const running = z.strictObject({ since: iso, until: iso.optional() });
const oneOf = z.strictObject({ oneOf: z.array(id).min(1).max(10) });
/** A regime fact, or a context fact such as `operator`, `occurrence`, `affected`. `'unknown'` is a good answer. */
export const statedValueSchema = z.union([
  z.number().nonnegative(),
  z.boolean(),
  z.string().max(500),
  z.array(id).max(40),
  running,
  oneOf,
  range,
]);
export type StatedValue = z.infer<typeof statedValueSchema>;

export const LEVEL_IDS = ['general', 'major', 'significant', 'particularly_significant'] as const;
const level = z.enum(LEVEL_IDS);

export const AWARENESS_SOURCES = [
  'declaration',
  'alert',
  'mail',
  'call',
  'chat',
  'supplier',
  'customer',
  'authority',
  'press',
  'other',
] as const;

export const evidenceRefSchema = z.strictObject({
  file: z.string().regex(/^[0-9a-f]{64}$/, 'a SHA-256 in hex'),
  name: z.string().trim().min(1).max(255),
  size: z.number().int().nonnegative(),
  mediaType: z.string().min(1).max(127),
});

export type EvidenceRef = z.infer<typeof evidenceRefSchema>;

export const commandSchema = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('declare'),
    title: line,
    awareness: iso.optional(),
    drill: z.boolean().optional(),
    speed: z.number().min(1).max(3_600).optional(),
    system: id.optional(),
  }),
  z.strictObject({ type: z.literal('answer'), fact: id, value: statedValueSchema, basis: prose.optional() }),
  z.strictObject({ type: z.literal('rename'), title: line }),
  z.strictObject({
    type: z.literal('add_awareness'),
    at: iso,
    source: z.enum(AWARENESS_SOURCES),
    description: z.string().trim().max(2_000).optional(),
    reachedUs: z.boolean(),
    link: z.string().max(2_000).optional(),
  }),
  z.strictObject({ type: z.literal('confirm_awareness'), candidate: id, reason }),
  z.strictObject({ type: z.literal('decide_level'), level, reason: reason.optional() }),
  /** The second person an override below the floor needs. */
  z.strictObject({ type: z.literal('second_level'), agree: z.boolean(), reason: reason.optional() }),
  z.strictObject({ type: z.literal('not_reportable'), reason, reviewAt: iso }),
  z.strictObject({ type: z.literal('settle_question'), question: id, reading: id, reason }),
  z.strictObject({ type: z.literal('stop_state_secret'), reason: reason.optional() }),
  z.strictObject({ type: z.literal('take_lead') }),
  z.strictObject({ type: z.literal('add_person'), person: id }),
  z.strictObject({ type: z.literal('assign_item'), item: id, person: id.nullable() }),
  z.strictObject({ type: z.literal('take_item'), item: id }),
  z.strictObject({
    type: z.literal('fill_field'),
    field: id,
    value: z.discriminatedUnion('state', [
      z.strictObject({ state: z.literal('known'), text: prose }),
      z.strictObject({ state: z.literal('estimate'), text: prose, asOf: iso }),
      z.strictObject({ state: z.literal('unknown') }),
    ]),
    wording: prose.optional(),
  }),
  z.strictObject({ type: z.literal('confirm_wording'), field: id, wording: prose }),
  /** Two people wrote different things: one is chosen, both are kept. */
  z.strictObject({ type: z.literal('choose_version'), field: id, version: z.number().int().positive() }),
  z.strictObject({
    type: z.literal('add_note'),
    text: prose,
    happenedAt: iso.optional(),
    link: z.string().max(2_000).optional(),
    author: z.string().max(200).optional(),
  }),
  z.strictObject({ type: z.literal('add_evidence'), evidence: evidenceRefSchema, item: id.optional() }),
  z.strictObject({
    type: z.literal('compile_draft'),
    report: z.enum(['initial', 'supplement', 'follow_up', 'summary']),
    cannotDetermine: z.array(z.enum(['cause', 'impact', 'trend'])).default([]),
  }),
  z.strictObject({
    type: z.literal('record_filing'),
    obligation: id,
    channel: id,
    at: iso,
    receipt: z.string().trim().max(200).optional(),
    draft: z.number().int().positive().optional(),
    takenBy: z.string().trim().max(200).optional(),
  }),
  z.strictObject({ type: z.literal('end_handling'), at: iso, reason }),
  z.strictObject({ type: z.literal('close'), reason }),
  z.strictObject({ type: z.literal('reopen'), reason }),
  z.strictObject({ type: z.literal('snooze'), minutes: z.number().int().min(1).max(240) }),
  z.strictObject({ type: z.literal('set_drill_speed'), speed: z.number().min(0).max(3_600) }),
  z.strictObject({ type: z.literal('add_room'), room: roomSchema }),
  z.strictObject({ type: z.literal('remove_room'), room: id }),
  z.strictObject({ type: z.literal('set_language'), language: z.enum(LANGUAGES) }),
  /** Reserved to the clock: a timer of the incident came due. */
  z.strictObject({ type: z.literal('tick'), timer: id, dueAt: iso }),
  /** Reserved to delivery: what became of a notice. */
  z.strictObject({
    type: z.literal('record_delivery'),
    notice: id,
    outcome: z.enum(['sent', 'repeated', 'undeliverable']),
    room: id,
    lateSeconds: z.number().int().nonnegative(),
    failed: z.array(id).max(20).optional(),
  }),
]);
export type Command = z.infer<typeof commandSchema>;
/** Commands by their type. */
export type Commands = { [C in Command as C['type']]: C };
export type CommandOf<T extends Command['type']> = Commands[T];
