import { z } from 'zod';
import { comparedReportSchema } from '../../incident/report-document.ts';
import type { IncidentState } from '../../incident/state.ts';
import { PAPER_FORMATS } from '../../use-cases/documents/document-port.ts';
import { verifiedSchema } from '../../use-cases/documents/verified.ts';
import { papersSchema } from '../../use-cases/papers.ts';
import type { Refusal } from '../../use-cases/ports.ts';
import { stamp, submittedAnswer } from '../answers.ts';
import { deliveryOf } from '../body.ts';
import { problem } from '../problems.ts';
import { flag } from './incidents.ts';
import {
  type Asked,
  attachment,
  type DownloadedFile,
  type Operation,
  type Operations,
  operation,
  personal,
  submitted,
} from './operation.ts';

const counselQuery = z.object({ counsel: flag.default('false') });
/** `since`: number of a record entry; only later entries are returned. */
const recordQuery = counselQuery.extend({ since: z.coerce.number().int().min(0).default(0) });
const reportQuery = z.object({
  format: z.enum(['md', 'docx', 'pdf', 'json']).default('md'),
  language: z.enum(['zh', 'en']).default('zh'),
  version: z.enum(['submission', 'internal']).default('submission'),
  draft: z.coerce.number().int().positive().optional(),
});
const languageQuery = reportQuery.pick({ language: true });
const recipientQuery = z.object({ recipient: z.string().max(64).optional() });
const sentAs = z.enum(['docx', 'pdf']).default('docx');
const octets = 'application/octet-stream';
const inspectionQuery = languageQuery.extend({
  entity: z.string().max(64).optional(),
  from: z.iso.date(),
  to: z.iso.date(),
  format: z.enum(['docx', 'pdf', 'md', 'zip']).default('docx'),
  /** True to include the reasons of late filings, if the caller may read them. */
  counsel: flag.default('false'),
});
export const unitsAnswer = z.strictObject({
  allowed: z.boolean(),
  units: z.array(z.strictObject({ id: z.string(), name: z.string() })),
});

const filesAnswer = z.strictObject({
  files: z.array(
    z.looseObject({ file: z.string(), name: z.string(), size: z.number(), mediaType: z.string(), ...stamp }),
  ),
  drafts: z.array(z.looseObject({ draft: z.number(), ...stamp })),
  filings: z.array(z.looseObject({ obligation: z.string(), recipient: z.string(), ...stamp })),
});

/** Defines an operation that answers with a file; `mediaType` is the type that the description of the API names. */
const download = <Q extends z.ZodObject>(
  summary: string,
  query: Q,
  made: (asked: Asked<z.output<Q>, unknown>) => Promise<DownloadedFile | Refusal>,
  mediaType = octets,
): Operation =>
  operation({ summary, scope: 'export', query, answer: mediaType }, async (asked: Asked<z.output<Q>, unknown>) => {
    const file = await made(asked);
    return 'code' in file ? file : attachment(asked.c, file);
  });

export const documents: Operations = {
  'GET /incidents/{id}/report': download('The report as a document', reportQuery, ({ app, id, caller, query }) =>
    app.report(id, caller, query),
  ),
  'GET /incidents/{id}/report/compared': operation(
    {
      summary:
        'The report to read, with its changes since the draft of the same kind before it; `now`: as the record is, with the changes since `draft`',
      scope: 'export',
      query: reportQuery.omit({ format: true }).extend({ now: flag.default('false') }),
      gives: comparedReportSchema,
    },
    ({ app, id, caller, query: { now, ...query } }) =>
      app.comparedReport(id, caller, { ...query, now: now === 'true' }),
  ),
  'GET /incidents/{id}/record': operation(
    {
      summary: 'The record, one event a line; what is for counsel only when asked for by who may read it',
      scope: 'export',
      query: recordQuery,
      answer: 'application/x-ndjson',
    },
    async ({ c, app, id, caller, query }) => {
      const rows = await app.record(id, caller, { counsel: query.counsel === 'true', since: query.since });
      if ('code' in rows) return rows;
      const mediaType = 'application/x-ndjson; charset=utf-8';
      return attachment(c, { name: `${id}-record.jsonl`, mediaType, content: jsonLines(rows) });
    },
  ),
  'GET /incidents/{id}/verify': operation(
    { summary: "Check of the incident's chain of events and of its files", scope: 'export', gives: verifiedSchema },
    ({ app, id, caller }) => app.verify(id, caller),
  ),
  'GET /incidents/{id}/mail': download(
    'The e-mail to a recipient with the report attached, as a draft for a mail program',
    recipientQuery,
    ({ app, id, caller, query }) => app.toSend(id, caller, { what: 'mail', format: 'docx', ...query }),
    'message/rfc822',
  ),
  'GET /incidents/{id}/fax': download(
    'The fax sheet to a recipient',
    recipientQuery.extend({ format: sentAs }),
    ({ app, id, caller, query }) => app.toSend(id, caller, { what: 'fax', ...query }),
  ),
  'GET /incidents/{id}/papers': operation(
    {
      summary: 'Papers for other duties (police, authorities, individuals): to whom, for which duties, what is missing',
      scope: 'export',
      query: languageQuery,
      gives: z.strictObject({ papers: papersSchema }),
    },
    async ({ app, id, caller, query }) => {
      const papers = await app.papers(id, caller, query.language);
      return 'code' in papers ? papers : { papers };
    },
  ),
  'GET /incidents/{id}/paper': download(
    'One of these papers; eml is an e-mail that mail programs open as a draft, json the data file that an authority takes (refused while a field is missing or wrong), json_begun that file as far as it is known',
    z.object({
      language: z.enum(['zh', 'en']).optional().describe('absent: the language of its recipient'),
      paper: z.string().max(128),
      format: z.enum(PAPER_FORMATS).default('docx'),
    }),
    ({ app, id, caller, query }) => app.paper(id, caller, query),
  ),
  'GET /incidents/{id}/article11': download(
    'What Art. 11 is about, each point with its evidence; internal',
    languageQuery.extend({ format: z.enum(['md', 'docx', 'pdf']).default('docx') }),
    ({ app, id, caller, query }) => app.article11(id, caller, query),
  ),
  'GET /incidents/{id}/bundle': download(
    'The evidence bundle: everything about an incident in a zip that can be verified without this program',
    counselQuery,
    ({ app, id, caller, query }) => app.bundle(id, caller, { counsel: query.counsel === 'true' }),
    'application/zip',
  ),
  'GET /inspection': download(
    'The pack for an inspection of an entity and a period of days: every item with the entries that prove it; zip can be verified without this program',
    inspectionQuery,
    ({ app, caller, query: { format, language, counsel, ...asked } }) =>
      app.inspection(caller, { ...asked, counsel: counsel === 'true' }, { format, language }),
  ),
  'GET /inspection/units': operation(
    {
      summary: 'Whether the caller may make the pack for an inspection, and the legal entities of the profile',
      scope: 'export',
      gives: unitsAnswer,
    },
    ({ app, caller }) => app.inspectionUnits(caller),
  ),
  'GET /incidents/{id}/files': operation(
    { summary: 'Files, drafts and filings', scope: 'read', gives: filesAnswer },
    async ({ app, id, caller }) => {
      const state = await app.state(id, caller);
      return state && filesOf(state);
    },
  ),
  'POST /incidents/{id}/files': personal(
    {
      summary: 'Attach a file (the body is its content)',
      query: z.object({ name: z.string().trim().min(1).max(255), item: z.string().max(128).optional() }),
      gives: submittedAnswer,
      status: 201,
    },
    async (asked) => {
      const { c, app, id, origin } = asked;
      const { name, item } = asked.query;
      const content = new Uint8Array(await c.req.arrayBuffer());
      // Web Crypto hashes in another thread: hashing 20 MB in this one would block all requests.
      const digest = Buffer.from(await crypto.subtle.digest('SHA-256', content)).toString('hex');
      const mediaType = c.req.header('content-type')?.split(';')[0]?.trim() || octets;
      const delivery = deliveryOf(c, `${name}\n${item ?? ''}\n${digest}`);
      const given = { incident: id, name, mediaType, content, ...(item ? { item } : {}) };
      return submitted(asked, await app.attach({ ...given, ...origin, delivery }), 201);
    },
  ),
  'GET /incidents/{id}/files/{sha256}': operation(
    { summary: 'The content of a file', scope: 'export', answer: octets },
    async ({ c, app, id, caller }) => {
      const found = await app.file(id, c.req.param('sha256') ?? '', caller);
      if (found === null) return problem(c, 404, 'not_found');
      return attachment(
        c,
        { ...found, mediaType: octets },
        { 'Content-Security-Policy': "default-src 'none'; sandbox" },
      );
    },
  ),
};

async function* jsonLines(rows: AsyncIterable<unknown>): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder();
  for await (const row of rows) yield encoder.encode(`${JSON.stringify(row)}\n`);
}

/** Returns files, drafts and filings of an incident for lists on pages. */
export function filesOf(state: IncidentState) {
  const name = (actor: string) => state.people[actor]?.name ?? actor;
  return {
    files: state.evidence.map((e) => ({ ...e, by: name(e.by) })),
    drafts: state.drafts.map((d) => ({ ...d, by: name(d.by) })),
    // Limit and lateness are those of the entry; the incident has them as they are judged now.
    filings: state.filings.map(({ due: _due, lateSeconds: _late, ...f }) => ({
      ...{ ...f, by: name(f.by), unconfirmed: f.unconfirmed !== undefined },
      ...requestOf(state, f.obligation),
    })),
  };
}

/** Returns the title of an authority's request, which the law does not name; empty for other duties. */
function requestOf({ requests }: IncidentState, obligation: string): { readonly title?: string } {
  const request = requests.find(({ id }) => id === obligation);
  return request ? { title: `${request.from} · ${request.what}` } : {};
}
