import { z } from 'zod';

/** Account of the actor on a platform, taken from its signed payload only. */
export const accountSchema = z.strictObject({
  platform: z.string().min(1).max(32),
  tenant: z.string().min(1).max(128),
  id: z.string().min(1).max(256),
});
/** Account of a person on a platform, e.g. `{ platform: 'chat', tenant: 'T0123', id: 'U0456' }`. */
export type Account = z.infer<typeof accountSchema>;

/** Unified social credit code (GB 32100): 18 digits and capitals without I, O, S, V, Z. */
export const CREDIT_CODE = /^[0-9A-HJ-NPQRTUWXY]{18}$/;

/** Opaque random id; names and accounts are stored in event payloads, which can be erased. */
export type ActorId = string;

/** Actor id of a person of the profile who has not acted in the incident yet, e.g. `person:wang`. */
export function addedActor(person: string): ActorId {
  return `person:${person}`;
}

/** Actors that are not people; they cannot decide. `import` only declares incidents from a list of earlier ones. */
export const CLOCK_ACTOR = 'clock';
export const API_ACTOR = 'api';
export const IMPORT_ACTOR = 'import';

export const ROLES = ['responder', 'lead', 'approver', 'filer', 'legal', 'administrator'] as const;
export type Role = (typeof ROLES)[number];

export const LANGUAGES = ['en', 'zh-CN'] as const;
export type Language = (typeof LANGUAGES)[number];

/** Room in which an incident is shown. `address` is the platform's own id of the place. */
export const roomSchema = z.strictObject({
  platform: z.string().min(1).max(32),
  tenant: z.string().min(1).max(128),
  address: z.string().min(1).max(256),
  location: z.enum(['home', 'abroad']),
  language: z.enum(LANGUAGES),
  /** Name of the room where the platform provides one, as of the moment the incident was shown there. */
  name: z.string().min(1).max(128).optional(),
  /** True for a room that everybody in the workspace can read. */
  open: z.boolean(),
  /** IANA zone of its readers, for the daily digest; Beijing if absent. */
  zone: z.string().min(1).max(64).optional(),
  /** Open room whose content moved to this one: the open room keeps id, clocks and lead. */
  insteadOf: z.string().min(1).max(512).optional(),
  /** True until a named person confirmed a room that the profile does not list: it shows the head only. */
  unconfirmed: z.literal(true).optional(),
  /** True if the bot made the room, as its platform says; not kept on the record. */
  made: z.literal(true).optional(),
  /** True if nobody chose the room's language: it is the language of the first words there. */
  assumed: z.literal(true).optional(),
});
/** Room in which an incident is shown, with the location, language and openness of its readers. */
export type Room = z.infer<typeof roomSchema>;
/** Key of a room: `platform/tenant/address`, e.g. `chat/T0123/C0456`. */
export type RoomId = string;

/**
 * Parts that a named person can release to a room abroad. `overview`: status, clocks, owners, released only for a
 * restricted incident; `answers`: facts and reasons of the level; `tracing`: item 5; `drafts` includes all others.
 */
export const ABROAD_PARTS = [
  'overview',
  'title',
  'answers',
  'texts',
  'files',
  'personal',
  'tracing',
  'drafts',
] as const;
export type AbroadPart = (typeof ABROAD_PARTS)[number];

/** The key of a room: `platform/tenant/address`. */
export function roomId(room: Pick<Room, 'platform' | 'tenant' | 'address'>): RoomId {
  return `${room.platform}/${room.tenant}/${room.address}`;
}

/** Returns true if a room is on the platform and in the workspace of an account. */
export function isOfRoom({ platform, tenant }: Account, room: RoomId): boolean {
  return room.startsWith(`${platform}/${tenant}/`);
}

/** The key of an account: `platform/tenant/id`. */
export function accountKey(account: Account): string {
  return `${account.platform}/${account.tenant}/${account.id}`;
}

/** Account of a key; null if the key is not valid. */
export function accountOfKey(key: string): Account | null {
  const [platform = '', tenant = '', ...id] = key.split('/');
  const account = accountSchema.safeParse({ platform, tenant, id: id.join('/') });
  return account.success ? account.data : null;
}

/** Returns true for the id of a drill, e.g. DRILL-2026-0003; real incidents have ids such as INC-2026-0007. */
export function isDrillId(incident: string): boolean {
  return incident.startsWith('DRILL-');
}
