import { z } from 'zod';

/** Job requested by a payload that needs a call to Slack first. */
export const jobSchema = z.discriminatedUnion('kind', [
  /** A reaction put a message on the record. */
  z.strictObject({ kind: z.literal('pin'), channel: z.string(), ts: z.string(), user: z.string(), team: z.string() }),
  z.strictObject({
    kind: z.literal('file'),
    incident: z.string(),
    file: z.string(),
    name: z.string(),
    channel: z.string(),
    thread: z.string().nullable(),
    user: z.string(),
    team: z.string(),
  }),
  /** The content of an incident declared in an open channel moves to a private one. */
  z.strictObject({
    kind: z.literal('private'),
    incident: z.string(),
    channel: z.string(),
    /** Requester and thread; absent when the profile requires it. */
    asked: z.strictObject({ user: z.string(), thread: z.string().nullable() }).optional(),
  }),
]);
export type Job = z.infer<typeof jobSchema>;
