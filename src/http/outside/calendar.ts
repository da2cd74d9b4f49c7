import type { Hono } from 'hono';
import { z } from 'zod';
import { translate } from '../../i18n/translate.ts';
import type { Language } from '../../incident/identity.ts';
import { parseJson } from '../../ops/json.ts';
import type { Caller } from '../../use-cases/app.ts';
import type { RegisterRow } from '../../use-cases/register.ts';
import { Limits } from '../limits.ts';
import { consoleAccount, type Members } from '../members.ts';
import type { HttpContext, HttpEnv, HttpParts } from '../routes.ts';
import { outsideLinkOf } from './outside-links.ts';

const DAY = 86_400_000;
/** Days for which a past or cancelled deadline stays in the feed. */
const KEPT_DAYS = 60;
/** Maximum number of requests for one feed per hour; calendar programs poll every quarter of an hour. */
const MOST = 60;

const givenSchema = z.record(
  z.string(),
  z.strictObject({
    due: z.string(),
    summary: z.string(),
    sequence: z.number(),
    changed: z.number(),
    open: z.boolean(),
  }),
);
type Given = z.infer<typeof givenSchema>;

/** Mounts `/calendar/….ics`: deadlines a person may see. No titles, as calendar services may keep them anywhere. */
export function mountCalendar(http: Hono<HttpEnv>, parts: HttpParts): void {
  const limits = new Limits();
  http.get('/calendar/:link', (c) => feed(c, parts, limits));
}

async function feed(c: HttpContext, parts: HttpParts, limits: Limits): Promise<Response> {
  const { outsideLinks, clock, app, calendarEntries: kept, members, config } = parts;
  const link = await outsideLinkOf(outsideLinks, 'calendar', c.req.param('link') ?? '');
  const callers = link ? await callersOf(members, link.who) : [];
  const [caller] = callers;
  if (!link || !caller) return c.text('', 404);
  const { language } = caller;
  const now = clock.now();
  if (!limits.takes(link.id, MOST, 3_600_000, now)) return c.text('', 429, { 'Retry-After': '900' });
  const before = givenSchema.safeParse(parseJson(await kept.get(`given:${link.id}`))).data ?? {};
  const rows = await Promise.all(callers.map((one) => app.register(one, {}, language)));
  const after = changed(before, rows.flat(), now, language);
  if (JSON.stringify(after) !== JSON.stringify(before)) await kept.put(`given:${link.id}`, JSON.stringify(after));
  return c.body(calendarOf(after, language, config.publicUrl), 200, {
    'Content-Type': 'text/calendar; charset=utf-8',
    'Content-Disposition': 'inline; filename="jishi.ics"',
  });
}

/**
 * Returns the person of a link as a caller with each account, as one on a chat that an incident left sees nothing of it;
 * empty once the profile does not list them.
 */
async function callersOf(members: Members, who: string): Promise<readonly Caller[]> {
  const { profile } = members;
  const by = 'calendar';
  if (profile === null) return [{ account: consoleAccount(who), name: who, language: 'zh-CN', by }];
  const found = members.person(who);
  if (!found) return [];
  const entered = await members.enter(found);
  const own = entered ? [consoleAccount(entered.name)] : [];
  const chats = found.accounts.filter(({ platform }) => own.every((one) => one.platform !== platform));
  const language = found.language ?? profile.languages.people;
  return [...own, ...chats].map((account) => ({ account, name: found.name, language, by }));
}

/** Open deadlines of the register, by the UID of their entry. */
export function deadlinesOf(
  rows: readonly Pick<RegisterRow, 'id' | 'phase' | 'duties'>[],
  language: Language,
): ReadonlyMap<string, { readonly due: string; readonly summary: string }> {
  return new Map(
    rows.flatMap(({ id, phase, duties }) =>
      duties.flatMap((duty) =>
        duty.due === null || duty.filedAt !== null || duty.status === 'void' || (phase === 'closed' && duty.provisional)
          ? []
          : [[`${id}.${duty.id}@jishi`, { due: duty.due, summary: summaryOf(id, duty, language) }] as const],
      ),
    ),
  );
}

/** Updates a feed's entries: a dropped entry stays as cancelled, with the next sequence number. */
function changed(before: Given, rows: readonly RegisterRow[], now: number, language: Language): Given {
  const current = deadlinesOf(rows, language);
  const uids = new Set([...Object.keys(before), ...current.keys()]);
  const entries = [...uids].flatMap((uid) => {
    const was = before[uid];
    const is = current.get(uid);
    const entry = is ?? was;
    if (!entry) return [];
    const isSame = was !== undefined && was.due === entry.due && was.summary === entry.summary && was.open === !!is;
    const { due, summary } = entry;
    const next = { due, summary, open: !!is, sequence: was ? was.sequence + 1 : 0, changed: now };
    const kept = isSame ? was : next;
    return now - Math.max(Date.parse(due), kept.changed) > KEPT_DAYS * DAY ? [] : [[uid, kept] as const];
  });
  return Object.fromEntries(entries);
}

/** Returns the title of an entry; a duty that is only possible, or due at the latest, is marked. */
function summaryOf(id: string, { what, to, provisional, latest }: RegisterRow['duties'][number], language: Language) {
  const name = [id, what, to].filter(Boolean).join(' · ');
  const condition = translate(language, 'remind.at_latest');
  const limited = latest ? translate(language, 'remind.on_condition', { what: name, condition }) : name;
  return provisional ? translate(language, 'close.provisional', { what: limited }) : limited;
}

/** Returns the feed as iCalendar (RFC 5545): instants in UTC, lines of at most 75 bytes. */
function calendarOf(entries: Given, language: Language, publicUrl: string | null): string {
  const name = translate(language, 'calendar.name');
  const events = Object.entries(entries).flatMap(([uid, { due, summary, sequence, changed: at, open }]) => [
    'BEGIN:VEVENT',
    `UID:${escaped(uid)}`,
    `SEQUENCE:${sequence}`,
    `DTSTAMP:${utc(at)}`,
    `LAST-MODIFIED:${utc(at)}`,
    `DTSTART:${utc(Date.parse(due))}`,
    'DURATION:PT15M',
    `SUMMARY:${escaped(summary)}`,
    `STATUS:${open ? 'CONFIRMED' : 'CANCELLED'}`,
    'CLASS:CONFIDENTIAL',
    'TRANSP:TRANSPARENT',
    ...(publicUrl === null ? [] : [`URL:${publicUrl}/incidents/${uid.split('.')[0] ?? ''}`]),
    'END:VEVENT',
  ]);
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Jishi//Deadlines//EN',
    'METHOD:PUBLISH',
    `NAME:${escaped(name)}`,
    `X-WR-CALNAME:${escaped(name)}`,
    `X-WR-CALDESC:${escaped(translate(language, 'calendar.no_alarm'))}`,
    'REFRESH-INTERVAL;VALUE=DURATION:PT15M',
    'X-PUBLISHED-TTL:PT15M',
    ...events,
    'END:VCALENDAR',
  ];
  return lines.map((line) => `${folded(line)}\r\n`).join('');
}

function utc(at: number): string {
  return `${new Date(at).toISOString().slice(0, 19).replace(/[-:]/g, '')}Z`;
}
function escaped(text: string): string {
  return text
    .replace(/[\\;,]/g, (sign) => `\\${sign}`)
    .replace(/\r?\n/g, '\\n')
    .replace(/\p{Cc}/gu, ' ');
}

/** Splits a line into pieces of at most 75 bytes without cutting a character. */
function folded(line: string): string {
  const pieces: string[] = [];
  let piece = '';
  for (const sign of line) {
    if (Buffer.byteLength(piece + sign) > 74) {
      pieces.push(piece);
      piece = '';
    }
    piece += sign;
  }
  return [...pieces, piece].join('\r\n ');
}
