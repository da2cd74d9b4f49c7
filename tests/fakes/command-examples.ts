import { z } from 'zod';
import { type Command, commandSchema } from '../../src/incident/commands.ts';

const shape = z.looseObject({
  const: z.unknown().optional(),
  enum: z.array(z.unknown()).optional(),
  anyOf: z.array(z.unknown()).optional(),
  oneOf: z.array(z.unknown()).optional(),
  type: z.string().optional(),
  format: z.string().optional(),
  pattern: z.string().optional(),
  minimum: z.number().optional(),
  items: z.unknown().optional(),
  minItems: z.number().optional(),
  properties: z.record(z.string(), z.unknown()).default({}),
  required: z.array(z.string()).default([]),
});

function exampleOf(schema: unknown): unknown {
  const s = shape.parse(schema);
  if (s.const !== undefined) return s.const;
  const [first] = s.enum ?? [];
  if (first !== undefined) return first;
  const [one] = s.anyOf ?? s.oneOf ?? [];
  if (one !== undefined) return exampleOf(one);
  switch (s.type) {
    case 'object':
      return Object.fromEntries(s.required.map((name) => [name, exampleOf(s.properties[name])]));
    case 'array':
      return Array.from({ length: s.minItems ?? 0 }, () => exampleOf(s.items));
    case 'string':
      if (s.format === 'date-time') return '2026-03-31T09:00:00+08:00';
      return s.pattern?.includes('0-9a-f') ? 'a'.repeat(64) : 'x';
    case 'boolean':
      return true;
    case 'null':
      return null;
    default:
      return Math.max(1, s.minimum ?? 1);
  }
}

/** The smallest example of each command, from its schema. */
export const commandExamples: readonly Command[] = z
  .object({ oneOf: z.array(z.unknown()) })
  .parse(z.toJSONSchema(commandSchema, { io: 'input' }))
  .oneOf.map((schema) => commandSchema.parse(exampleOf(schema)));
