import { z } from 'zod';
import { supposedDuty, supposedVerdict, whatIfAnswer, whatIfInput } from '../../use-cases/what-if-answer.ts';
import { instant, named } from '../answers.ts';
import { type Operations, operation } from './operation.ts';

named('SupposedDuty', supposedDuty);
named('SupposedVerdict', supposedVerdict);
const choice = z.strictObject({ id: z.string(), label: z.string() });
export const choicesAnswer = z.strictObject({
  awareness: instant.nullable(),
  facts: z.array(
    choice.extend({
      kind: z.string(),
      unit: z.string().nullable(),
      options: z.array(choice),
      text: z.string().nullable(),
    }),
  ),
  readings: z.array(
    z.strictObject({
      id: z.string(),
      text: z.string(),
      reading: z.string().nullable(),
      readings: z.array(choice),
    }),
  ),
  laws: z.array(choice),
});

/** Questions about an incident under supposed facts; they change nothing. */
export const suppositions: Operations = {
  'GET /incidents/{id}/what-if': operation(
    {
      summary: 'Facts, readings of open questions and laws that can be supposed of an incident',
      scope: 'read',
      gives: choicesAnswer,
    },
    ({ app, id, caller, language }) => app.whatIfChoices(id, caller, language),
  ),
  'POST /incidents/{id}/what-if': operation(
    {
      summary:
        'Verdict, limits and margins under other facts, readings or law, beside what they are; nothing is recorded',
      scope: 'read',
      body: whatIfInput,
      gives: whatIfAnswer,
    },
    ({ app, id, caller, body, language }) => app.whatIf(id, caller, body, language),
  ),
};
