import { createHash } from 'node:crypto';
import { z } from 'zod';
import { evidenceRefSchema, titleOf } from '../../incident/commands/parts.ts';

const iso = z.iso.datetime({ offset: true });

/** Report from outside that may be an incident: an alert of a monitoring system, or a supplier's notice. */
export const reportSchema = z.strictObject({
  /** Reference, e.g. `A-7K2QX9M`; the same alert always gets the same one. */
  ref: z.string(),
  kind: z.enum(['alert', 'supplier']),
  source: z.string(),
  title: z.string(),
  text: z.string(),
  link: z.string().nullable(),
  severity: z.string().nullable(),
  /** Start as stated by the source; for a supplier the time of its own awareness. */
  startedAt: iso.nullable(),
  receivedAt: iso,
  more: z.number(),
  files: z.array(evidenceRefSchema),
  decided: z
    .strictObject({
      choice: z.enum(['opened', 'joined', 'dismissed']),
      incident: z.string().nullable(),
      by: z.string(),
      at: iso,
      reason: z.string().nullable(),
    })
    .nullable(),
});
export type Report = z.infer<typeof reportSchema>;

/** Report as received. `key`: the same key from the same source is the same report. */
export interface GivenReport extends Pick<Report, 'kind' | 'source' | 'title'> {
  readonly key: string;
  /** Group of an alert; all alerts of a group give one message. */
  readonly group?: string | undefined;
  readonly text?: string | undefined;
  readonly link?: string | undefined;
  readonly severity?: string | undefined;
  readonly startedAt?: string | undefined;
  /** Files with their content, which is stored before the report. */
  readonly attached?: readonly { readonly name: string; readonly mediaType: string; readonly content: Uint8Array }[];
  /** True if the source reports the end of the matter, so that no incident is opened. */
  readonly ended?: boolean;
  /** Person of the profile to notify; absent: the people on duty. */
  readonly contact?: string | undefined;
}

const MOST = { title: 160, text: 6_000, short: 100, link: 500 };
/** Minimum number of characters in a reference. */
const SHORTEST = 7;
/** Alphabet without letters and digits that look alike. */
const ALPHABET = '23456789ABCDEFGHJKMNPQRSTUVWXYZ';

type Named = Pick<GivenReport, 'kind' | 'source' | 'key'>;

function digestOf({ kind, source, key }: Named): Buffer {
  return createHash('sha256').update(`${kind}\n${source}\n${key}`).digest();
}

/** Identity of a report: the same only for the same key of the same source. */
export function identityOf(given: Named): string {
  return digestOf(given).toString('hex');
}

/**
 * References that people can type, from the source and its key, e.g. `A-7K2QX9M`; the shortest first, longer ones in
 * case another report already has it.
 */
export function* refsOf(given: Named): Generator<string> {
  const signs = [...digestOf(given)].map((byte) => ALPHABET[byte % ALPHABET.length] ?? '');
  for (let length = SHORTEST; length <= signs.length; length += 1)
    yield `${given.kind === 'alert' ? 'A' : 'S'}-${signs.slice(0, length).join('')}`;
}

/** Beginnings of all references, so that reports can be read in parts, e.g. `A-7`. */
export const REF_STARTS: readonly string[] = ['A', 'S'].flatMap((kind) =>
  ALPHABET.split('').map((sign) => `${kind}-${sign}`),
);

/** Report as stored: limited lengths, no control characters, only web links. */
export function keptReport(ref: string, given: GivenReport, files: Report['files'], receivedAt: string): Report {
  const { kind, source, title, text = '', link, severity, startedAt } = given;
  const isWeb = link !== undefined && /^https?:\/\/\S+$/.test(link) && link.length <= MOST.link;
  return {
    ref,
    kind,
    source: cut(titleOf(source), MOST.short),
    title: cut(titleOf(title), MOST.title),
    text: cut(
      text.replace(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu, (sign) => (sign === '\n' ? sign : ' ')).trim(),
      MOST.text,
    ),
    link: isWeb ? link : null,
    severity: severity ? cut(titleOf(severity), MOST.short) : null,
    startedAt: instantBefore(startedAt, receivedAt),
    receivedAt,
    more: 0,
    files,
    decided: null,
  };
}

function cut(text: string, most: number): string {
  const signs = [...text];
  return signs.length > most ? `${signs.slice(0, most - 1).join('')}…` : text;
}

/** Time from the source, if valid: not in the future, and not a zero that means "unknown". */
function instantBefore(text: string | undefined, now: string): string | null {
  const at = text === undefined ? Number.NaN : Date.parse(text);
  const isPast = at > Date.parse('2000-01-01T00:00:00Z') && at <= Date.parse(now);
  return isPast ? new Date(at).toISOString() : null;
}
