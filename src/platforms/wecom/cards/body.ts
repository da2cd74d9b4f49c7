import { z } from 'zod';
import { LANGUAGES } from '../../../incident/identity.ts';
import { boundSchema } from './does.ts';
import type { TemplateCard } from './template.ts';

/** A message of our own making (`WecomMessage`), read back from disk. */
export const bodySchema = z.object({
  revision: z.number(),
  incident: z.string(),
  surface: z.string().nullable(),
  language: z.enum(LANGUAGES),
  repeated: z.boolean(),
  heading: z.string().default(''),
  markdown: z.string().nullable(),
  card: z
    .custom<TemplateCard>((value) => typeof value === 'object' && value !== null && 'card_type' in value)
    .nullable(),
  bound: boundSchema,
});
