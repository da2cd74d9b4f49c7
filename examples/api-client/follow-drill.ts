/**
 * A program that uses the API with types: declares a drill, answers its first question, prints its clocks and what is missing
 * for the report, and downloads the draft.
 *
 *   npx jishi tokens add example --scopes read,declare,answer,export
 *   JISHI_URL=https://jishi.example.com JISHI_TOKEN=jishi_… node examples/api-client/follow-drill.ts
 *
 * The types are those of `openapi.json`; a program elsewhere makes them with `npx openapi-typescript`.
 */
import createClient from 'openapi-fetch';
import type { components, paths } from './jishi-api.d.ts';

type Incident = components['schemas']['Incident'];

const { JISHI_URL = 'http://127.0.0.1:3000', JISHI_TOKEN = '' } = process.env;
const api = createClient<paths>({
  baseUrl: `${JISHI_URL}/api/v1`,
  headers: { authorization: `Bearer ${JISHI_TOKEN}`, 'accept-language': 'en' },
});

const declared = await api.POST('/incidents', {
  body: { title: 'Drill by a program', drill: true, speed: 60 },
  // The same key is the same drill, however often this is sent.
  params: { header: { 'Idempotency-Key': `example-${Date.now()}` } },
});
if (!declared.data) throw new Error(declared.error.detail);
const { id } = declared.data;

const incident = await read(id);
for (const clock of incident.clocks) console.log(`${clock.recipient}: ${clock.status}, due ${clock.due}`);
const first = incident.question?.options[0];
if (first) {
  console.log(`${incident.question?.text} ${first.label}`);
  const answered = await api.POST('/incidents/{id}/intents', {
    params: { path: { id } },
    body: { intent: first.intent, revision: incident.revision },
  });
  if (!answered.data) throw new Error(answered.error.detail);
}

const { items } = await read(id);
const open = items.flatMap((item) => item.fields).filter(({ value }) => value == null);
console.log(`${id}: ${open.length} fields are empty, e.g. ${open[0]?.id}`);
const report = await api.GET('/incidents/{id}/report', {
  params: { path: { id }, query: { format: 'md', language: 'en' } },
  parseAs: 'text',
});
console.log(report.data?.split('\n').find((line) => line.startsWith('#')));

async function read(incident: string): Promise<Incident> {
  const { data, error } = await api.GET('/incidents/{id}', { params: { path: { id: incident } } });
  if (!data) throw new Error(error.detail);
  return data;
}
