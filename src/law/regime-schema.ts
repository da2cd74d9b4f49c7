import { z } from 'zod';
import { conditionSchema, id } from './condition-schema.ts';
import {
  bilingual,
  count,
  dated,
  day,
  fact,
  instrument,
  level,
  named,
  paperLine,
  period,
  question,
  source,
  text,
  verification,
} from './schema-parts.ts';
import { READERS } from './told.ts';
import { PREFILLS, ROLES_OF_CONTENT, ROLES_OF_REPORT } from './types.ts';

/**
 * Schema of the files in a regime's folder. Every file holds some of the top-level keys; lists of the same key are
 * joined over the files. Published as `schemas/regime.schema.json` (a test compares), so that editors can help.
 */
const criterion = z.strictObject({
  ...dated,
  level,
  /** Short name for the trace, e.g. 较大第5项. */
  label: bilingual,
  when: conditionSchema,
  /** English of the quotation; ours, not official. */
  translation: text,
  source,
});
/**
 * Kind of document. The role `first` is the report made of `items`, `final` the one made of `parts`. `urgent`: printed
 * on the emergency card beside the first report.
 */
const content = z.strictObject({
  id,
  role: z.enum(ROLES_OF_CONTENT),
  name: bilingual,
  urgent: z.literal(true).exactOptional(),
  /** Point of the internal assessment that is settled by filing this document. */
  point: id.exactOptional(),
});
/** Kind of report in the form: `final` is made of `parts`, every other of `items`. */
const report = z.strictObject({
  id,
  role: z.enum(ROLES_OF_REPORT),
  name: bilingual,
  /** Title of the paper; `{nth}` is the number of this report, for the second and later reports of its kind. */
  title: bilingual,
  /** Name as it is read out on the phone. */
  spoken: bilingual,
  /** Name as used within “now reports the following (…)”; absent: the name of the report. */
  verb: bilingual.exactOptional(),
});
const obligation = z.strictObject({
  ...dated,
  title: bilingual,
  /** Circumstances in which the duty is owed, for papers that list it outside an incident, e.g. 涉嫌违法犯罪（任何级别）. */
  applies: bilingual,
  recipient: id,
  content: id,
  anchor: id,
  period,
  /** Lowest level at which the duty exists. Absent: no threshold; the duty is listed when its condition is met. */
  minLevel: level.exactOptional(),
  when: conditionSchema.exactOptional(),
  /** True for a duty that is listed only once its anchor is known. */
  onceAnchored: z.boolean().default(false),
  /** Word shared by duties that one report meets, e.g. `police`. */
  together: id.exactOptional(),
  /** Exemption in the law. `allowed`: true if its words exempt from this duty, false if only from another duty. */
  exemption: z.strictObject({ allowed: z.boolean(), source }).exactOptional(),
  translation: text,
  source,
});
const field = z.strictObject({
  id,
  label: bilingual,
  example: bilingual,
  required: z.enum(['now', 'may_follow', 'optional']),
  /** Flag that must hold for the field to be asked. */
  onlyIf: id.exactOptional(),
  /** Source in the record that fills the field until a person writes it. */
  from: z.enum(['occurrence', 'awareness', 'level', 'incident_type', 'entity', 'system']).exactOptional(),
  multiline: z.boolean().default(false),
});
const item = z.strictObject({
  id,
  n: count,
  title: bilingual,
  /** Heading of the item in a report, for an item with an enumeration as its title; absent: the title. */
  heading: bilingual.exactOptional(),
  translation: text,
  source,
  /** `may_follow`: the item may be sent later if it cannot be determined in time. */
  required: z.enum(['now', 'may_follow']),
  /** True for an item with tracing clues: data for investigators, released abroad only separately. */
  tracing: z.boolean().default(false),
  fields: z.array(field).min(1),
});
/** Part of the summary report. */
const part = z.strictObject({
  id,
  n: count,
  label: bilingual,
  example: bilingual,
  /** Fields of the first report that fill this part until a person writes it. */
  from: z.array(id).min(1).exactOptional(),
  /** Text that the form offers in addition: the course of handling, or the corrective tasks. */
  offers: z.enum(['course', 'tasks']).exactOptional(),
});
const channel = z.strictObject({
  id,
  kind: z.enum(['website', 'phone', 'mini_program', 'public_account', 'email', 'fax', 'in_person', 'own_contact']),
  name: bilingual,
  value: bilingual,
  recipients: z.array(id).min(1),
  sourceUrls: z.array(z.url()),
  checked: day,
  verification,
});
/** `body`: formal name of the provincial body, printed as the recipient; `short`, e.g. 上海网信办: never in a report. */
const province = z.strictObject({
  id,
  /** Two-digit GB/T 2260 prefix. */
  code: z.string().regex(/^\d\d$/),
  name: bilingual,
  body: bilingual,
  short: bilingual,
});
/** Note that concerns an incident while its level and condition are possible; without both, every incident. */
const note = z.strictObject({
  ...dated,
  topic: z.enum([
    'authority_duty',
    'supplier',
    'follow_up',
    'definition',
    'leniency',
    'neighbouring_duty',
    'penalty',
    'public',
    'state_secret',
    'cross_border',
  ]),
  minLevel: level.exactOptional(),
  when: conditionSchema.exactOptional(),
  text: bilingual,
  source,
  /** Place at which the quotation is shown: beside public channels, in the grading, or before evidence for leniency. */
  beside: z.enum(['channels', 'grading', 'evidence']).exactOptional(),
});

/** A paper to one recipient, and the obligations it discharges. */
const paper = z.strictObject({
  id,
  title: bilingual,
  recipient: id,
  /** Addressee in the words of the law, printed until the profile names the recipient; absent: the law's usual name. */
  to: bilingual.exactOptional(),
  /** True for a paper to each customer: customers known by contract are listed for the sender. */
  customers: z.literal(true).exactOptional(),
  /** Language of the recipient, unless the profile states another; absent: Chinese. */
  language: z.enum(['zh', 'en']).exactOptional(),
  /** Kind of reader whose wordings the paper uses; absent: the wordings of the report. */
  reader: z.enum(READERS).exactOptional(),
  /** Ids of obligations; the source of each is among `sources`. */
  duties: z.array(z.string()),
  /** True for the document that answers requests of authorities, which have no duty of their own in the law. */
  requests: z.literal(true).exactOptional(),
  /** Salutation and first sentence: the paper is then a letter to people, without the heading of an official report. */
  letter: bilingual.exactOptional(),
  /** Sources of the duties and of the required contents. */
  sources: z.array(source).min(1),
  /** Notes for the sender, e.g. preparations; never printed in the document. */
  before: z.array(bilingual).default([]),
  sections: z.array(z.strictObject({ id, heading: bilingual, lines: z.array(paperLine).min(1) })).min(1),
});

const incidentType = named.extend({
  /** Facts that an incident of this type raises although nobody stated them. */
  raises: z.array(id).min(1).exactOptional(),
  /** Flags that an incident of this type leaves open (`unknown`) or sets (`true`) until a person answers. */
  suggests: z.record(id, z.union([z.literal('unknown'), z.literal(true)])).exactOptional(),
});
export const regimeSchema = z.strictObject({
  id,
  title: bilingual,
  /** IANA zone in which days begin and due times are written. */
  zone: text,
  effective: day,
  checked: day,
  instruments: z.record(id, instrument),
  /** Instants that every incident has, as far as they are known; packs add their own. */
  anchors: z.array(id).min(1),
  /** The anchor whose day decides which version of a rule is law. */
  lawOf: id,
  /**
   * Yes-or-no circumstances that duties depend on. Flags from the `profile` of the organisation, or from `relations` to
   * other incidents, are never asked.
   */
  flags: z
    .array(
      z.strictObject({
        id,
        from: z.enum(['profile', 'relations']).exactOptional(),
        name: bilingual.exactOptional(),
        /** Question with its reason; it is asked if a merely possible duty depends on the flag. */
        question: bilingual.exactOptional(),
        why: bilingual.exactOptional(),
      }),
    )
    .default([]),
  contents: z.array(content).min(1),
  /** Points of the internal assessment before a report is approved. Open points never block a first report. */
  points: z.array(named.extend({ from: z.enum(PREFILLS).exactOptional() })).default([]),
  /** Kinds of report; absent: one for each content with the role `first`, `update` or `final`, under its name. */
  reports: z.array(report).min(1),
  /**
   * Levels; the first, the lowest, is for incidents that meet no criterion. `short`: the name as one word. A report is
   * owed from the first level with the role `reported` on. Absent: an incident is notifiable or not (`notifiable`).
   */
  levels: z
    .array(
      z.strictObject({
        id: level,
        role: z.enum(['not_reported', 'reported']),
        name: bilingual,
        short: bilingual,
        source,
      }),
    )
    .min(2),
  /** Instead of `levels`: the provision by which an incident is notifiable or not. */
  notifiable: source.exactOptional(),
  /** `short`: the kind in fewer words, as a clause that follows “if”, e.g. a hospital is involved. */
  operators: z.array(named.extend({ short: bilingual.exactOptional() })).min(1),
  /**
   * Operator kinds by answer to the question on the operator: `usual` for no, `asked` for yes (also for a system that
   * the profile marks as critical infrastructure), `rare` for a third option. `label`, `text`, `why`: its words.
   */
  operatorQuestion: z
    .strictObject({
      usual: id,
      asked: id.exactOptional(),
      rare: id.exactOptional(),
      label: bilingual.exactOptional(),
      text: bilingual.exactOptional(),
      why: bilingual.exactOptional(),
    })
    .exactOptional(),
  recipients: z
    .array(
      z.strictObject({
        id,
        name: bilingual,
        description: bilingual,
        proper: z.literal(true).exactOptional(),
        /** True if the recipient has the name of the province's body. */
        ofProvince: z.literal(true).exactOptional(),
        /** True for people, who request nothing, unlike an authority. */
        people: z.literal(true).exactOptional(),
      }),
    )
    .min(1),
  facts: z.array(fact).min(1),
  criteria: z.array(criterion).min(1),
  obligations: z.array(obligation).min(1),
  openQuestions: z.array(question).default([]),
  /** Parts of the first report, in the order of the law. */
  items: z.array(item).min(1),
  /** Rule on a later supplement: conditions that allow it (any one is enough), and the items it may contain. */
  later: z.strictObject({
    conditions: z.array(z.enum(['cause', 'impact', 'trend'])).min(1),
    items: z.array(id),
    text: bilingual,
    source,
  }),
  /** Parts of the summary report. */
  parts: z.array(part).min(1),
  /** Papers for other duties, made from the same facts. */
  papers: z.array(paper).default([]),
  channels: z.array(channel).min(1),
  typeSource: z.strictObject({ standard: text, effective: day, checked: day, verification }),
  types: z.array(incidentType.extend({ types: z.array(incidentType) })).min(1),
  provinces: z.strictObject({ asOf: day, verification, note: bilingual, list: z.array(province).min(1) }),
  /** Other provisions to show to people: contracts, penalties, leniency, secrets, … */
  notes: z.array(note).default([]),
  /**
   * Worked cases: the expected results of `classify`. `rest: none` answers every other fact with none. Only keys that
   * `expect` names are compared: of criteria the ids, of obligations the named keys.
   */
  cases: z
    .array(
      z.strictObject({
        name: text,
        input: z.record(z.string(), z.unknown()),
        rest: z.literal('none').exactOptional(),
        expect: z.record(z.string(), z.unknown()),
      }),
    )
    .default([]),
});
export type RegimeDocument = z.infer<typeof regimeSchema>;
export type RawSource = z.infer<typeof source>;

/** Content of one file: any of the keys. Lists may be split over several files, any other key may not. */
export const regimeFileSchema = regimeSchema.partial();
