import { z } from 'zod';
import type { Text } from '../../conversation/cards/card.ts';
import { localise, localiseCard, localised } from '../../conversation/cards/localise.ts';
import * as answers from '../answers.ts';
import { decidedAnswer, reportsAnswer } from '../integration-answers.ts';
import { problem, refused } from '../problems.ts';
import { type Asked, type Operations, personal, submitted } from './operation.ts';

const args = z.record(z.string().max(64), z.string().max(2_000));
export const formRef = z.strictObject({ form: z.string().min(1).max(64), args });
/** Filled-in form, for the revision it was opened for. */
export const formBody = z.strictObject({
  ref: formRef,
  revision: z.number().int().nonnegative(),
  values: z.record(z.string().max(128), z.union([z.string().max(20_000), z.array(z.string().max(500)).max(60)])),
});

const formAnswer = answers.named(
  'Form',
  z.looseObject({
    ref: answers.formRef,
    title: z.string(),
    intro: z.array(z.string()),
    fields: z.array(z.looseObject({ id: z.string(), kind: z.string(), label: z.string(), required: z.boolean() })),
    submit: z.string(),
  }),
);
const previewAnswer = z.union([
  z.strictObject({ document: z.unknown(), twin: z.unknown() }),
  z.strictObject({ card: answers.cardAnswer }),
]);

/** Operations for people's pages: what waits for them, forms, views, decisions on reports from outside. */
export const people: Operations = {
  'GET /waiting': personal(
    { summary: 'Steps of open incidents that wait for the caller', gives: answers.waitingAnswer },
    async ({ app, caller, language }) => ({ waiting: await app.waiting(caller, language) }),
  ),
  'POST /forms/open': personal(
    { summary: 'An input form as it is now', body: formRef, gives: formAnswer },
    async ({ app, body, caller, language }) => {
      const form = await app.form(body, caller);
      return 'code' in form ? form : localised(form, language);
    },
  ),
  'POST /forms/preview': personal(
    {
      summary: 'The report a form would compile, in both languages, or the filing it would record; nothing changes',
      body: formBody,
      gives: previewAnswer,
    },
    async (asked) => {
      const { app, body, origin, language } = asked;
      const shown = await app.preview({ ...body, ...origin });
      // Wrong entries are reported for their field.
      if ('errors' in shown) return invalidEntries(asked, shown.errors);
      if ('card' in shown) return { card: localiseCard(shown.card, language) };
      return 'code' in shown ? shown : { document: shown.document, twin: shown.twin };
    },
  ),
  'POST /forms/submit': personal(
    { summary: 'Hand in a form', body: formBody, gives: answers.submittedAnswer },
    async (asked) => {
      const result = await asked.app.submitForm({ ...asked.body, ...asked.origin });
      return result.kind === 'invalid' ? invalidEntries(asked, result.errors) : submitted(asked, result);
    },
  ),
  'POST /views': personal(
    {
      summary: 'A card for the asker only',
      body: z.strictObject({ view: z.string().min(1).max(64), args }),
      gives: answers.cardAnswer,
    },
    async ({ app, body, caller, language }) => {
      const card = await app.view(body, caller);
      return 'code' in card ? card : localiseCard(card, language);
    },
  ),
  'GET /reports': personal(
    {
      summary: "Alerts and suppliers' notices with the decisions on them, newest first; for people",
      query: z.object({
        limit: z.coerce.number().int().min(1).max(200).default(50),
        /** Cursor: `next` of the page before. */
        before: z.string().max(64).optional(),
      }),
      gives: reportsAnswer,
    },
    ({ app, caller, query: { limit, before } }) => app.reports(caller, { limit, ...(before ? { before } : {}) }),
  ),
  'POST /reports/{ref}': personal(
    {
      summary: 'Decide on one: open an incident, add it to one, or set it aside; for people',
      /** `choice`: `new`, the id of an incident, or `none`. */
      body: z.strictObject({
        choice: z.string().min(1).max(64),
        reason: z.string().trim().max(2_000).optional(),
      }),
      gives: decidedAnswer,
    },
    async ({ c, app, parts, body, origin, language }) => {
      const ref = c.req.param('ref') ?? '';
      const result = await app.decideReport({ ...body, ...origin, ref });
      if (result.kind === 'refused') return refused(c, result.refusal, parts.explain, result.state);
      const said = result.kind === 'said' ? result.card.summary : result.said()?.summary;
      const incident = result.kind === 'said' ? null : result.incident;
      if (incident !== null) parts.changes.call(incident);
      return { ref, incident, said: said ? localise(said, language) : '' };
    },
  ),
};

function invalidEntries(
  { c, language }: Pick<Asked<unknown, unknown>, 'c' | 'language'>,
  entries: Readonly<Record<string, Text>>,
): Response {
  const errors = Object.fromEntries(Object.entries(entries).map(([id, text]) => [id, localise(text, language)]));
  const [field = '', detail = ''] = Object.entries(errors)[0] ?? [];
  return problem(c, 422, 'invalid', { field, detail, extra: { errors } });
}
