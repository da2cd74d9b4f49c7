import { IANAZone } from 'luxon';
import { z } from 'zod';
import { conditionSchema } from '../../law/condition-schema.ts';
import { accountSchema, CREDIT_CODE, LANGUAGES, ROLES, roomSchema } from '../identity.ts';

/**
 * Organisation profile: people and policy (`ORGANISATION_FILE`). The parts an incident needs are copied into its first
 * event, so a later change of the file never rewrites a record.
 */
const id = z.string().regex(/^[a-z0-9][a-z0-9_-]{0,63}$/, 'lower-case letters, digits, - and _ (at most 64)');
const text = z.string().trim().min(1).max(300);

const contactSchema = z.strictObject({
  name: text.optional(),
  phone: text.optional(),
  email: text.optional(),
  fax: text.optional(),
  address: text.optional(),
});

/** Contact of a recipient of a further law, with the language its papers are written in. */
const recipientSchema = contactSchema.extend({ language: z.enum(['zh', 'en']).optional() });

export type Contact = z.infer<typeof recipientSchema>;

const entitySchema = z.strictObject({
  id,
  /** Full registered Chinese name: it is printed in the report. */
  name: text,
  nameEn: text.optional(),
  creditCode: z.string().regex(CREDIT_CODE, 'a unified social credit code of 18 characters').optional(),
  /** Two-digit GB/T 2260 prefix or id of the province in the regime's list. */
  province: id,
  /** Kind, or kinds, of operator in the regime's list. */
  operator: z.union([id, z.array(id).min(1)]).optional(),
  sector: text.optional(),
  /** Names of the sector's reporting rules; a report under such rules is owed only if there are some. */
  sectorRules: z.array(text).min(1).optional(),
  recipients: z.record(z.string(), contactSchema).default({}),
  /** Contacts of recipients of clock packs, by the id of the recipient, e.g. `gdpr_authority`. */
  contacts: z.record(z.string(), recipientSchema).optional(),
  /** Clock packs that apply to this entity beside the base regime. */
  packs: z.array(z.string().min(1)).min(1).optional(),
  /** Countries in which the entity is established or active (ISO 3166-1 alpha-2): they only suggest packs. */
  countries: z
    .array(z.string().regex(/^[A-Z]{2}$/, 'two capital letters, e.g. DE'))
    .min(1)
    .optional(),
  contact24h: z.strictObject({ name: text, phone: text }).optional(),
  /** Data protection officer or contact point, for papers of laws that require one; never the 24-hour desk. */
  dataProtection: contactSchema.optional(),
});

const systemSchema = z.strictObject({
  id,
  name: text,
  /** Other names by which people call it in chat, in any language: 商城, "web shop". */
  aliases: z.array(text).optional(),
  entity: id,
  /** True for critical infrastructure; set only after a notice of the protection department. */
  cii: z.boolean().optional(),
  ciiNotice: text.optional(),
  siteKind: z.array(z.string().min(1)).default([]),
  mlpsLevel: z.number().int().min(1).max(5).optional(),
  mlpsFiling: text.optional(),
  deployment: text.optional(),
  owner: id.optional(),
  expectedUsers: z.number().int().nonnegative().optional(),
  /** True for utilities, transport and health: only there are percentages of the population asked. */
  publicService: z.boolean().default(false),
});

const personSchema = z.strictObject({
  id,
  name: text,
  nameEn: text.optional(),
  accounts: z.array(accountSchema).default([]),
  roles: z.array(z.enum(ROLES)).default(['responder']),
  language: z.enum(LANGUAGES).optional(),
  /** Location the person reads from; a person abroad sees only the content of rooms abroad, wherever they read it. */
  location: z.enum(['home', 'abroad']).optional(),
  phone: text.optional(),
  email: text.optional(),
  deputy: id.optional(),
});

/** Supplier that may report an incident by its own link. */
const supplierSchema = z.strictObject({
  id,
  name: text,
  /** Person who gets the supplier's notices; absent: the people on duty who may lead. */
  contact: id.optional(),
});

const dutySchema = z.strictObject({
  person: id,
  from: z.iso.datetime({ offset: true }),
  until: z.iso.datetime({ offset: true }),
});

const profileRoomSchema = roomSchema
  .omit({ unconfirmed: true, made: true })
  .partial({ location: true, language: true, open: true })
  .extend({
    /** Display name of the room. */
    name: text.optional(),
    /** Entities whose incidents are also shown here; empty: only incidents declared here. */
    entities: z.array(id).default([]),
    /** True for a refuge: incidents continue there when chat may be compromised; without one, in the bot's rooms. */
    refuge: z.boolean().optional(),
    /** True for a room where people decide on alerts and suppliers' notices; by default they use the web page only. */
    alerts: z.boolean().optional(),
    /**
     * Readers of a room whose platform does not list its members: `acting` counts everybody who wrote or pressed there
     * within 30 days. Without it such a room shows nothing.
     */
    readers: z.literal('acting').optional(),
    /** Name of this room's group robot, which can mention people in the room. */
    webhook: z.string().trim().min(1).max(64).optional(),
  });

/** Reading of an open legal question for every incident of the company: who adopted it, from when, until when. */
const readingSchema = z.strictObject({
  question: z.string().min(1).max(64),
  reading: z.string().min(1).max(64),
  by: text,
  from: z.iso.datetime({ offset: true }),
  until: z.iso.datetime({ offset: true }).optional(),
  reason: text.optional(),
});

/** Duty to report under a contract; its limit is exactly one of `hours`, `businessDays` and `promptly`. */
const contractSchema = z
  .strictObject({
    id,
    /** Entity bound by the contract; absent: every entity. */
    entity: id.optional(),
    customer: z.strictObject({ zh: text, en: text }),
    /** Place in the contract, e.g. "Data processing agreement, cl. 8.2". */
    clause: text.optional(),
    /** The words of the clause. */
    quote: z.string().trim().min(1).max(2000).optional(),
    /** A condition as in the rules; absent: every incident of the entity. */
    when: conditionSchema.optional(),
    hours: z.number().positive().max(8760).optional(),
    /** Business days: Monday to Friday without the contract's holidays (`off`); the limit ends at `at`, or at 24:00. */
    businessDays: z
      .strictObject({
        days: z.number().int().positive().max(365),
        at: z
          .string()
          .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'an hour of the day, e.g. 18:00')
          .optional(),
        off: z.array(z.iso.date()).max(200).optional(),
      })
      .optional(),
    /** Clause without a figure: `immediately`, or `promptly` ("without undue delay"). */
    promptly: z.enum(['immediately', 'promptly']).optional(),
    /** IANA zone in which its days begin; absent: that of the base law. */
    zone: z
      .string()
      .refine((name) => IANAZone.isValidZone(name), 'an IANA time zone, e.g. Europe/Berlin')
      .optional(),
    from: z.string().min(1).max(100),
    notify: z.strictObject({
      name: text,
      email: text.optional(),
      phone: text.optional(),
      language: z.enum(['zh', 'en']).optional(),
    }),
  })
  .refine(
    ({ hours, businessDays, promptly }) =>
      [hours, businessDays, promptly].filter((one) => one !== undefined).length === 1,
    'needs exactly one of hours, businessDays and promptly',
  );

/** Setting for a duty of a pack: the figure that the law leaves blank, or that the duty is not used. */
const dutySettingSchema = z.union([
  z.strictObject({ hours: z.number().positive().max(8760) }),
  z.strictObject({
    off: z.literal(true),
    reason: text,
    /** Ids of two or more people who approved leaving the duty out; without them it stays owed. */
    approvedBy: z.array(id).min(2).optional(),
  }),
]);

const roles = z.array(z.enum(ROLES)).min(1);
/** Roles that may take the lead, confirm awareness, settle legal questions, and record an authority's statement. */
const rightsSchema = z.strictObject({
  lead: roles.optional(),
  awareness: roles.optional(),
  readings: roles.optional(),
  authority: roles.optional(),
});

const ownPointSchema = z.strictObject({ id, text, textEn: text.optional() });
const approvalSchema = z.strictObject({
  /** Four eyes: the person who compiled a draft or asked for its approval cannot approve it. */
  fourEyes: z.boolean().default(false),
  /** Settings of the internal assessment: points of the regime to omit, and own points to add. */
  assessment: z
    .strictObject({ omit: z.array(id).default([]), add: z.array(ownPointSchema).max(20).default([]) })
    .prefault({}),
});

export const organisationSchema = z.strictObject({
  organisation: text,
  openChannels: z.enum(['private', 'thread']).default('thread'),
  /** True if every incident gets its own private channel, wherever it is declared. */
  channelPerIncident: z.boolean().default(false),
  languages: z
    .strictObject({ rooms: z.enum(LANGUAGES).default('zh-CN'), people: z.enum(LANGUAGES).default('zh-CN') })
    .prefault({}),
  /** Minutes before the deadline at which people are reminded; 30, 15 and 5 always apply. */
  ladder: z.array(z.number().int().positive()).default([60]),
  /** People mentioned in the rooms at a deadline: the lead and the owners of missing items, or everybody there. */
  atDeadline: z.enum(['people', 'everybody']).default('people'),
  entities: z.array(entitySchema).min(1),
  systems: z.array(systemSchema).default([]),
  people: z.array(personSchema).default([]),
  roster: z.array(dutySchema).default([]),
  rooms: z.array(profileRoomSchema).default([]),
  suppliers: z.array(supplierSchema).optional(),
  protectiveMeasures: z.array(text).default([]),
  /** Safeguards in place before an incident, as evidence for leniency. */
  safeguards: z.array(text).default([]),
  /** Days after which data is deleted; without a figure incidents and their files are kept. */
  retention: z
    .strictObject({
      /** Retention of an incident in days after closing; an incident on hold is kept. */
      incidents: z.number().int().min(180).optional(),
      /** Days after closing before people may erase an incident. */
      erasable: z.number().int().min(0).default(30),
      /**
       * Days after the last filing with, or request of, an authority or the police before a record may be erased;
       * without a figure such a record is never erased.
       */
      matters: z.number().int().min(180).optional(),
      /** Retention (days) of messages the bot sent, once they are settled. */
      messages: z.number().int().min(7).default(90),
    })
    .optional(),
  /** Name and version of the emergency plan that is followed. */
  emergencyPlan: text.optional(),
  /** Version and approval of the plan, as evidence that there was one before the incident. */
  emergencyPlanApproval: z
    .strictObject({ version: text.optional(), on: text.optional(), by: text.optional() })
    .optional(),
  /** The company's own layout of the report: a DOCX with placeholders, beside this file. */
  reportTemplate: text.optional(),
  approval: approvalSchema.optional(),
  readings: z.array(readingSchema).default([]),
  contracts: z.array(contractSchema).optional(),
  duties: z.record(z.string(), dutySettingSchema).optional(),
  /** Drafts of packs in force although nobody compared them with the official text: who accepted them, and when. */
  accept: z.record(id, z.strictObject({ by: id, on: z.iso.date() })).optional(),
  /** Days without a new comparison after which a rule is reported as outdated; 365 unless stated. */
  freshness: z.number().int().positive().optional(),
  rights: rightsSchema.optional(),
});
export type Organisation = z.infer<typeof organisationSchema>;
/** Current profile; null without one. It changes with its file. */
export type CurrentProfile = () => Organisation | null;
export type Contract = NonNullable<Organisation['contracts']>[number];
export type Entity = Organisation['entities'][number];
export type System = Organisation['systems'][number];
export type Person = Organisation['people'][number];
