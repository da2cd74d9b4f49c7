import { z } from 'zod';
import { localiseCard } from '../../conversation/cards/localise.ts';
import { SWORN } from '../../conversation/sworn.ts';
import { type Command, commandSchema } from '../../incident/commands.ts';
import type { Outcome } from '../../talk/acts.ts';
import { actKey } from '../../talk/filling.ts';
import { cardAnswer } from '../answers.ts';
import { type Asked, type Described, type Operation, type Operations, personal } from '../operations/operation.ts';
import { OPERATIONS } from '../operations/operations.ts';
import { formBody, formRef } from '../operations/people.ts';
import { problem, refused } from '../problems.ts';
import type { HttpContext, Visitor } from '../routes.ts';

/** Operations of the console that its page uses for a visit as well. */
const SHARED = ['POST /forms/open', 'POST /forms/preview', 'POST /views', 'GET /interpret'];
const begun = z.strictObject({ name: z.string(), revision: z.number() });
const done = z.strictObject({ id: z.string(), revision: z.number(), said: cardAnswer.optional() });

/** Operations below `/visit/api/v1`, for the page of one form or card that a person opened from a chat. */
export const VISIT_OPERATIONS: Operations = {
  ...Object.fromEntries(SHARED.flatMap((name) => Object.entries(OPERATIONS).filter(([other]) => other === name))),
  'GET /visit': visited(
    {
      summary: 'The visitor, and the revision of the incident',
      query: z.object({ incident: z.string().optional() }),
      gives: begun,
    },
    async ({ app, caller, query: { incident } }) => {
      const state = incident === undefined ? null : await app.state(incident, caller);
      return { name: caller.name, revision: state?.version ?? 0 };
    },
  ),
  'POST /forms/submit': visited(
    { summary: 'Hand in a form; what has to be confirmed is read back first', body: formBody, gives: done },
    async (asked, { acts, roomFor }) => {
      const { c, caller, language, origin } = asked;
      const { ref, revision, values } = asked.body;
      const { key } = origin.delivery;
      const room = ref.args['incident'] === undefined ? await roomFor(caller.account, key) : null;
      const filling = { ref, revision, key: `${caller.account.id}:${key}`, entriesOf: () => values };
      const filled = await acts.fill({ caller, place: { kind: 'direct', room } }, filling);
      if (filled.kind === 'closed') return filled.refusal;
      if (filled.kind === 'done') return answered(filled, language);
      const { errors, revision: now } = filled;
      return problem(c, 422, 'invalid', {
        detail: errors[''] ?? Object.values(errors)[0] ?? '',
        extra: { errors, revision: now },
      });
    },
  ),
  'POST /incidents/{id}/intents': visited(
    {
      summary: 'A button of the card, or of the answer to a form',
      body: z.strictObject({ intent: commandSchema, revision: z.number().int().nonnegative() }),
      gives: done,
    },
    async ({ c, parts, id, caller, origin, language, body: { intent, revision } }, { acts }) => {
      const body = [id, intent];
      const key = actKey(`${caller.account.id}:${origin.delivery.key}`, JSON.stringify(body));
      const act = { key, body, incident: id, revision, does: { kind: 'intent', intent } } as const;
      const { outcome, card } = await acts.press({ caller, place: { kind: 'direct', room: null } }, act);
      if (outcome?.change?.kind === 'refused')
        return refused(c, outcome.change.refusal, parts.explain, outcome.change.state);
      const answers: Outcome['answers'] = card ? [{ kind: 'card', card, view: null }] : [];
      return answered({ incident: id, revision: outcome?.revision ?? revision, answers }, language);
    },
  ),
};

function visited<Q extends z.ZodObject, B extends z.ZodType>(
  description: Described<Q, B>,
  answer: (asked: Asked<z.output<Q>, z.output<B>, Visitor['caller']>, visitors: Visitor['visitors']) => unknown,
): Operation {
  return personal(description, (asked: Asked<z.output<Q>, z.output<B>, Visitor['caller']>) => {
    const { asker } = asked.c.var;
    return asker.kind === 'visitor' ? answer(asked, asker.visitors) : problem(asked.c, 403, 'forbidden');
  });
}

function answered(
  { incident, revision, answers: [first] }: Pick<Outcome, 'incident' | 'revision' | 'answers'>,
  language: Asked<unknown, unknown>['language'],
) {
  const said = first?.kind === 'card' ? { said: localiseCard(first.card, language) } : {};
  return { id: incident ?? '', revision, ...said };
}

/** Commands that the answer to a form offers: to restore what was replaced, and to record what was read back. */
const AFTERWARDS: ReadonlySet<string> = new Set<Command['type']>([
  ...(['choose_version', 'answer', 'record_filing'] as const),
  ...SWORN,
]);
const wanted = z.object({ intent: z.object({ type: z.string() }) });

/** Returns true if a visit for one form may make this request: nothing but that form, and what its answer offers. */
export async function isWithin(only: Visitor['only'], name: string, c: HttpContext): Promise<boolean> {
  if (only === null || name === 'GET /interpret') return true;
  const { incident } = only.args;
  if (name === 'GET /visit') return c.req.query('incident') === incident;
  const body: unknown = await c.req.json().catch(() => null);
  if (name.startsWith('POST /forms/')) {
    const given =
      name === 'POST /forms/open' ? formRef.safeParse(body) : formBody.transform(({ ref }) => ref).safeParse(body);
    return given.success && isFormOf(only, given.data);
  }
  const type = wanted.safeParse(body).data?.intent.type ?? '';
  return name === 'POST /incidents/{id}/intents' && c.req.param('id') === incident && AFTERWARDS.has(type);
}

/** Returns true for a form with the arguments of a link; a form that is corrected has its entries beside them. */
export function isFormOf(only: z.infer<typeof formRef>, { form, args }: z.infer<typeof formRef>): boolean {
  return form === only.form && Object.entries(only.args).every(([name, value]) => args[name] === value);
}
