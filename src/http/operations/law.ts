import { z } from 'zod';
import { problem } from '../problems.ts';
import { type Operations, operation } from './operation.ts';

const provision = z.strictObject({
  law: z.string(),
  instrument: z.string(),
  article: z.string(),
  quote: z.string(),
});

/** Questions on the law itself. */
export const law: Operations = {
  'POST /classify': operation(
    {
      summary: 'The verdict on a case, or on several, without an incident: what `npx jishi classify` prints',
      scope: 'read',
      body: z.union([z.looseObject({}), z.array(z.looseObject({})).max(100)]),
      gives: z.union([z.looseObject({ level: z.string() }), z.array(z.looseObject({ level: z.string() }))]),
    },
    ({ app, body, c }) => {
      const result = app.classify(body);
      if (result.ok) return result.output;
      const [first] = result.errors;
      return problem(c, 422, 'invalid', {
        field: first?.field,
        detail: first?.detail ?? '',
        extra: { errors: result.errors },
      });
    },
  ),
  'GET /law': operation(
    {
      summary: 'Provisions the rules rest on, with their quotations; `words` narrows them',
      scope: 'read',
      query: z.object({
        words: z.string().max(200).default(''),
        limit: z.coerce.number().int().min(1).max(200).default(50),
      }),
      gives: z.strictObject({ provisions: z.array(provision), more: z.number() }),
    },
    ({ app, query: { words, limit } }) => {
      const found = app.provisions(words);
      return { provisions: found.slice(0, limit), more: Math.max(0, found.length - limit) };
    },
  ),
};
