import { z } from 'zod';
import { DRILL_SPEEDS } from './drill-clock.ts';
import { FINDINGS } from './facts/assessment-points.ts';
import { ABROAD_PARTS, LANGUAGES, roomSchema } from './identity.ts';

/**
 * Schemas of all commands. The same objects travel as intents in buttons, cards, forms and the API, and are validated
 * with these schemas at every edge.
 */
const iso = z.iso.datetime({ offset: true });
const id = z.string().min(1).max(128);
const address = z.string().min(1).max(420);
const line = z.string().trim().min(1).max(200);
/** A title as one line: control characters and marks that turn the writing direction become spaces. */
export function titleOf(text: string): string {
  return text.replace(/[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069]+/gu, ' ').trim();
}
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

/** The law it is about; absent: the one incidents are graded by, or the one whose question is settled. */
const regime = id.optional();
/** Id of a level of the regime of the incident. */
const level = id;
const sha256 = z.string().regex(/^[0-9a-f]{64}$/, 'a SHA-256 in hex');

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

const draft = z.number().int().positive();
const comment = z.strictObject({ text: reason, item: id.optional() });

/**
 * Relations between incidents. A duplicate points to the incident that goes on, which points back; `none` takes a relation
 * back. No relation ends a clock: a duplicate's duties are filed or settled like any others.
 */
export const RELATIONS = ['related', 'duplicate_of', 'has_duplicate', 'none'] as const;

export const evidenceRefSchema = z.strictObject({
  file: sha256,
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
    speed: z.number().min(DRILL_SPEEDS.slowest).max(DRILL_SPEEDS.fastest).optional(),
    /** Id of the scenario a drill plays. */
    scenario: id.optional(),
    system: id.optional(),
  }),
  /** Withdraws a mistaken declaration: only while nothing was filed, and always by two people. */
  z.strictObject({ type: z.literal('withdraw_declaration'), reason: reason.optional() }),
  z.strictObject({ type: z.literal('answer'), fact: id, value: statedValueSchema, basis: prose.optional() }),
  z.strictObject({ type: z.literal('rename'), title: line }),
  z.strictObject({ type: z.literal('relate'), incident: id, how: z.enum(RELATIONS), reason: reason.optional() }),
  z.strictObject({
    type: z.literal('add_awareness'),
    at: iso,
    source: z.enum(AWARENESS_SOURCES),
    description: z.string().trim().max(2_000).optional(),
    reachedUs: z.boolean(),
    link: z.string().max(2_000).optional(),
    /** SHA-256 of files already attached to the incident that prove it: the alert, the mail, the call record. */
    proofs: z.array(sha256).max(20).optional(),
  }),
  z.strictObject({ type: z.literal('confirm_awareness'), candidate: id, reason }),
  z.strictObject({
    type: z.literal('decide_level'),
    regime,
    level,
    reason: reason.optional(),
    /** The authority that set this level. */
    authority: line.optional(),
    /** Proof of the authority's word: a file of the incident, its message, or the office and person it came from. */
    proof: z
      .strictObject({ file: sha256.optional(), message: reason.optional(), office: line.optional() })
      .refine((given) => Object.values(given).some((value) => value !== undefined))
      .optional(),
  }),
  /** The second person of a proposal (`proposal_made`): agrees to it, or refuses. */
  z.strictObject({ type: z.literal('second'), proposal: id, agree: z.boolean(), reason: reason.optional() }),
  /** Agrees to the level that is proposed, without its id. */
  z.strictObject({ type: z.literal('second_level'), agree: z.boolean(), reason: reason.optional() }),
  z.strictObject({
    type: z.literal('not_reportable'),
    regime,
    reason,
    reviewAt: iso,
    /** Considerations of voluntary reporting that were gone through. */
    considered: z.array(id).max(20).optional(),
  }),
  /**
   * Takes back a decision that is in force, so that what it ended is owed again: the level or "not reportable"
   * (`level`), the reading of a question, or a duty that was said not to be owed, e.g. `request.1`.
   */
  z.strictObject({ type: z.literal('withdraw_decision'), about: id, reason: reason.optional() }),
  z.strictObject({ type: z.literal('settle_question'), regime, question: id, reading: id, reason }),
  /**
   * Puts a law or contract in force that the incident does not have, or the text of one as it is loaded now; `law` is the
   * id of a pack or `contract.ID`, `version` the text that was shown.
   */
  z.strictObject({ type: z.literal('take_law'), law: id, version: sha256.optional(), reason }),
  z.strictObject({ type: z.literal('stop_state_secret'), reason: reason.optional() }),
  /** The stop was a mistake, or the secrecy office says so: collecting goes on. */
  z.strictObject({ type: z.literal('lift_stop'), reason }),
  z.strictObject({ type: z.literal('take_lead') }),
  /** "I have it": whoever says so sees to what is due, so nobody else is called for now. */
  z.strictObject({ type: z.literal('take_charge') }),
  /** Asks somebody to take over what the actor has: the lead and items. Nothing changes before they accept. */
  z.strictObject({ type: z.literal('hand_over'), person: id }),
  z.strictObject({ type: z.literal('take_over') }),
  /** Asks to take part, by a reader of an open room that keeps the content out. */
  z.strictObject({ type: z.literal('ask_to_join') }),
  /** Asks those who have a right of `rights.json` to use it, by a person who lacks it. */
  z.strictObject({ type: z.literal('ask_for'), right: id }),
  /** Adds a person of the profile, or the actor who asked to take part. */
  z.strictObject({ type: z.literal('add_person'), person: id }),
  /** Takes a participant, or a person of the profile, out of the incident and keeps them out. */
  z.strictObject({ type: z.literal('remove_person'), person: id, reason: reason.optional() }),
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
    regime,
    /** Id of a report of the regime's form. */
    report: id,
    cannotDetermine: z.array(z.enum(['cause', 'impact', 'trend'])).default([]),
    /** Text (Chinese) of the correction or explanation; only for 更正 and 情况说明. */
    statement: prose.optional(),
  }),
  z.strictObject({ type: z.literal('request_approval'), draft }),
  z.strictObject({ type: z.literal('approve'), draft, hash: sha256 }),
  z.strictObject({ type: z.literal('send_back'), draft, comments: z.array(comment).min(1).max(20) }),
  /** The internal assessment; the note is for counsel only. */
  z.strictObject({ type: z.literal('assess_point'), point: id, finding: z.enum(FINDINGS), note: reason.optional() }),
  z.strictObject({
    type: z.literal('record_filing'),
    obligation: id,
    channel: id,
    at: iso,
    receipt: z.string().trim().max(200).optional(),
    /** Reason why there is no receipt yet. */
    noReceipt: reason.optional(),
    draft: draft.optional(),
    /** Office it was sent to, as it calls itself; absent: the recipient of the duty by its formal name. */
    to: line.optional(),
    /** Office that passed it on to that recipient, if it did not go there itself. */
    forwardedBy: line.optional(),
    /** Name of the official who took the call. */
    takenBy: z.string().trim().max(200).optional(),
    /** SHA-256 of a file already attached to the incident. */
    proof: sha256.optional(),
    /** True when it was sent unsealed and the sealed copy follows (盖章件后补). */
    sealFollows: z.boolean().optional(),
    /** Reason for sending a text that nobody approved. */
    withoutApproval: reason.optional(),
    /** Reason for a channel that is none of the recipient's, or for a summary report not by the first report's (原渠道). */
    otherChannel: reason.optional(),
    /** Reason for filing a text that contradicts the record, or a level below the rules. */
    contradictionsKept: reason.optional(),
    lateReason: reason.optional(),
  }),
  /**
   * A receipt or proof that came later; time, channel or text that were recorded wrongly, with a reason; or the entry is
   * taken back and its clock runs again, because it went to another office or is a mistake.
   */
  z.strictObject({
    type: z.literal('correct_filing'),
    /** Version of the record entry with the filing. */
    filing: z.number().int().positive(),
    receipt: z.string().trim().min(1).max(200).optional(),
    proof: sha256.optional(),
    at: iso.optional(),
    channel: id.optional(),
    draft: draft.optional(),
    reason: reason.optional(),
    /** Reason why the text that was sent, another than recorded, contradicts the record. */
    contradictionsKept: reason.optional(),
    /** Reason why it does not count. */
    mistaken: reason.optional(),
    /** Other office that received the filing, with `mistaken`; absent: the entry itself is wrong. */
    sentTo: line.optional(),
  }),
  /** Simulated filing in a drill, marked as such everywhere: a drill is never filed. */
  z.strictObject({
    type: z.literal('practise_filing'),
    obligation: id,
    channel: id,
    draft: draft.optional(),
    contradictionsKept: reason.optional(),
  }),
  z.strictObject({ type: z.literal('explain_delay'), obligation: id, reason }),
  z.strictObject({
    type: z.literal('add_request'),
    /** The authority, as it calls itself. */
    from: line,
    /** Kind of authority, in the regime's list of recipients. */
    recipient: id,
    what: prose,
    receivedAt: iso,
    due: iso.optional(),
  }),
  z.strictObject({ type: z.literal('drop_request'), request: id, reason }),
  /** A duty that is not owed, or a compiled report (`draft.N`) that was not sent, and why. */
  z.strictObject({ type: z.literal('not_owed'), obligation: id, reason }),
  z.strictObject({
    type: z.literal('add_task'),
    text: line,
    item: id.optional(),
    person: id.optional(),
    due: iso.optional(),
  }),
  z.strictObject({
    type: z.literal('change_task'),
    task: id,
    person: id.nullable().optional(),
    due: iso.nullable().optional(),
  }),
  z.strictObject({ type: z.literal('finish_task'), task: id, note: reason.optional() }),
  z.strictObject({ type: z.literal('end_handling'), regime, at: iso, reason }),
  z.strictObject({ type: z.literal('close'), reason }),
  z.strictObject({ type: z.literal('reopen'), reason }),
  /** A legal hold: nothing is erased until it is released. */
  z.strictObject({ type: z.literal('hold'), reason }),
  z.strictObject({ type: z.literal('release_hold'), reason }),
  z.strictObject({ type: z.literal('erase'), reason }),
  /** Reserved to the clock: the time for which incidents are kept may be over. */
  z.strictObject({ type: z.literal('expire') }),
  z.strictObject({ type: z.literal('snooze'), minutes: z.number().int().min(1).max(240) }),
  z.strictObject({ type: z.literal('set_drill_speed'), speed: z.number().min(0).max(DRILL_SPEEDS.fastest) }),
  z.strictObject({ type: z.literal('add_room'), room: roomSchema }),
  z.strictObject({ type: z.literal('remove_room'), room: address }),
  /** A room that the profile does not list may show the content. */
  z.strictObject({ type: z.literal('confirm_room'), room: address }),
  /** Our chat may be compromised: the incident goes on elsewhere. */
  z.strictObject({
    type: z.literal('leave_chat'),
    reason: reason.optional(),
    /** Nor are people written to there with number and time left. */
    quiet: z.literal(true).optional(),
  }),
  z.strictObject({ type: z.literal('return_to_chat'), reason }),
  z.strictObject({
    type: z.literal('release_abroad'),
    room: address,
    what: z.array(z.enum(ABROAD_PARTS)).min(1),
    reason,
    /** Ground on which the data may leave, in the words of the person who releases it. */
    legalBasis: reason,
  }),
  z.strictObject({ type: z.literal('withdraw_release'), room: address, reason }),
  z.strictObject({ type: z.literal('set_language'), language: z.enum(LANGUAGES) }),
  /** Reserved to the bot: name and language a platform gives for the person behind an account. */
  z.strictObject({
    type: z.literal('name_person'),
    actor: id,
    name: z.string().trim().min(1).max(200),
    language: z.enum(LANGUAGES),
  }),
  /** Answer of a time-stamping authority about the hash of an entry of the record. */
  z.strictObject({
    type: z.literal('record_stamp'),
    version: z.number().int().positive(),
    hash: sha256,
    at: iso,
    authority: z.string().min(1).max(300),
    response: z
      .string()
      .regex(/^[A-Za-z0-9+/]+={0,2}$/)
      .max(70_000),
  }),
  /** Reserved to the clock: a timer of the incident came due. */
  z.strictObject({ type: z.literal('tick'), timer: id, dueAt: iso }),
  /**
   * Reserved to the clock: the record comes from a backup and holds nothing after `upTo`. `missing`: entries it had before
   * the restore; `due`: its next deadline then.
   */
  z.strictObject({
    type: z.literal('note_restored'),
    upTo: iso,
    missing: z.number().int().positive().optional(),
    due: iso.optional(),
  }),
  /** Reserved to delivery: what became of a notice. */
  z.strictObject({
    type: z.literal('record_delivery'),
    notice: z.string().min(1).max(1_000),
    /**
     * `delayed`: not accepted within the time after which another way is tried; it may still arrive. `superseded`: not
     * sent, because a newer one arrived there and covers it; `settled`: not sent, because nothing it was about is open.
     */
    outcome: z.enum(['sent', 'repeated', 'undeliverable', 'delayed', 'superseded', 'settled']),
    /** True with `superseded` and `settled` if an earlier attempt with an unknown outcome may have arrived. */
    mayHaveArrived: z.literal(true).optional(),
    room: address,
    lateSeconds: z.number().int().nonnegative(),
    failed: z.array(id).max(20).optional(),
    /** True if the room refused it, not its platform: people can still be written to there. */
    refused: z.literal(true).optional(),
  }),
]);
export type Command = z.infer<typeof commandSchema>;
/** Commands by their type. */
export type Commands = { [C in Command as C['type']]: C };
export type CommandOf<T extends Command['type']> = Commands[T];

/** Commands that can wait for a second person: every one that changes an incident. */
export type Proposable = Exclude<Command, CommandOf<'declare' | 'second' | 'second_level'>>;
