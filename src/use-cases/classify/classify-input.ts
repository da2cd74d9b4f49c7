import { z } from 'zod';
import { keptFor } from '../../law/kept-for.ts';
import { dutyOfAnchor } from '../../law/limits.ts';
import { definitionOf, lawSet, type Pack } from '../../law/pack.ts';
import type { FactDefinition, Regime } from '../../law/regime.ts';
import type { AssessmentInput, Facts, FactValue, Operator } from '../../law/types.ts';
import { isRunning, timesOf } from '../../law/value.ts';
import type { InputError } from './classify.ts';

/** ISO 8601 with offset, with or without seconds. */
const instant = z.union(
  [z.iso.datetime({ offset: true }), z.iso.datetime({ offset: true, precision: -1 })],
  'must be a time with an offset, e.g. 2026-03-01T02:00:00+08:00',
);
const figure = z.number('must be a number').nonnegative('must not be negative');
const flag = z.union([z.boolean(), z.literal('unknown')], 'must be true, false or "unknown"');

const envelope = z.strictObject(
  {
    regime: z.string('must name a regime, e.g. cn-cac-2025'),
    operator: z.unknown().optional(),
    now: instant.exactOptional(),
    packs: z.array(z.string(), 'must be a list of clock packs, e.g. ["eu-gdpr"]').default([]),
    anchors: z.record(z.string(), instant, 'must be an object of times').default({}),
    /** Filings of named duties, for periods that run from them and for repeated duties. */
    filings: z
      .record(z.string(), z.union([instant.transform((at) => [at]), z.array(instant)]), 'must be an object of times')
      .default({}),
    flags: z.record(z.string(), flag).default({}),
    facts: z.record(z.string(), z.unknown(), 'must be an object of facts').default({}),
  },
  {
    error: (issue) => (issue.code === 'invalid_type' ? 'must be an object with regime, operator and facts' : undefined),
  },
);

const range = z
  .strictObject({ min: figure.exactOptional(), max: figure.exactOptional() })
  .refine(
    ({ min, max }) => min !== undefined || max !== undefined,
    'needs min or max; if neither is known say "unknown"',
  )
  .refine(({ min, max }) => min === undefined || max === undefined || min <= max, 'min must not be above max');
const running = z
  .strictObject({ since: instant, until: instant.exactOptional() })
  .refine(({ since, until }) => until === undefined || Date.parse(since) <= Date.parse(until), {
    path: ['until'],
    error: 'must not be before since',
  });

/** Several durations, each with its times or in minutes. */
const spans = z.strictObject({ spans: z.array(z.union([running, figure])).min(2) });

export type ReadCase =
  | { readonly regime: Regime; readonly input: AssessmentInput }
  | { readonly errors: readonly InputError[] };

/** Checks one case against the contract and the known facts of its regime. */
export function readCase(
  regimes: ReadonlyMap<string, Regime>,
  packs: ReadonlyMap<string, Pack>,
  json: unknown,
): ReadCase {
  const parsed = envelope.safeParse(json);
  if (!parsed.success) return { errors: issuesOf(parsed.error, '') };
  const { regime: id, now, anchors, filings, flags } = parsed.data;
  const base = regimes.get(id);
  if (base === undefined) {
    const known = [...regimes.keys()].join(', ');
    return { errors: [{ field: 'regime', code: 'unknown_regime', detail: `${id} is not a regime; known: ${known}` }] };
  }
  const named = parsed.data.packs.map((name) => packs.get(name));
  const regime = lawSet(
    base,
    named.flatMap((pack) => pack ?? []),
  );
  const operator = operatorSchema(regime).safeParse(parsed.data.operator);
  const facts = readFacts(regime, parsed.data.facts);
  const errors = [
    ...(operator.success ? [] : issuesOf(operator.error, 'operator')),
    ...facts.errors,
    ...unknownNames(parsed.data, regime, packs),
    ...timeErrors(facts.facts, now),
  ];
  if (errors.length > 0 || !operator.success) return { errors };
  const input: AssessmentInput = {
    operator: operator.data,
    facts: facts.facts,
    flags,
    anchors,
    ...(Object.keys(filings).length === 0 ? {} : { filings }),
    ...(now === undefined ? {} : { now }),
  };
  return { regime, input };
}

/** Errors for packs, anchors and duties that the law set does not have. */
function unknownNames(
  { packs: names, anchors, filings, flags }: z.infer<typeof envelope>,
  { anchors: common, packAnchors = [], obligations, flags: known }: Regime,
  packs: ReadonlyMap<string, Pack>,
): readonly InputError[] {
  const instants: readonly string[] = [...common, ...packAnchors.map(({ id }) => id)];
  const unknownAnchor = (name: string) =>
    !instants.includes(name) && !obligations.some(({ id }) => id === dutyOfAnchor(name));
  return [
    ...names
      .filter((name) => !packs.has(name))
      .map((name) => ({
        field: 'packs',
        code: 'unknown_pack',
        detail: `${name} is not a clock pack; known: ${[...packs.keys()].join(', ')}`,
      })),
    ...Object.keys(anchors)
      .filter(unknownAnchor)
      .map((name) => ({ field: `anchors.${name}`, code: 'unknown_field', detail: `known: ${instants.join(', ')}` })),
    ...Object.keys(flags)
      .filter((name) => !known.some(({ id }) => id === name))
      .map((name) => ({ field: `flags.${name}`, code: 'unknown_field', detail: 'is not a known field; remove it' })),
    ...Object.keys(filings)
      .filter((duty) => !obligations.some(({ id }) => id === duty))
      .map((duty) => ({ field: `filings.${duty}`, code: 'unknown_field', detail: 'no duty has this id' })),
  ];
}

function operatorSchema(regime: Regime): z.ZodType<Operator> {
  const ids = regime.operators.map(({ id }) => id);
  const kind = z.enum(ids);
  const several = z.array(kind).min(1, 'name at least one kind of operator');
  const hint = `must be ${ids.join(', ')}, an array of these, {"oneOf": [...]} or "unknown"`;
  return z.union([z.literal('unknown'), kind, several, z.strictObject({ oneOf: several })], hint);
}

function readFacts(regime: Regime, given: Record<string, unknown>): { facts: Facts; errors: readonly InputError[] } {
  const errors: InputError[] = [];
  const facts: Record<string, FactValue> = {};
  for (const [id, value] of Object.entries(given)) {
    const definition = definitionOf(regime, id);
    if (definition === null) {
      const known = [...regime.factDefinitions, ...(regime.packFacts ?? [])].map((one) => one.id).join(', ');
      errors.push({
        field: `facts.${id}`,
        code: 'unknown_fact',
        detail: `not a fact of ${regime.id}; known: ${known}`,
      });
      continue;
    }
    const parsed = schemaFor(definition, value).safeParse(value);
    if (parsed.success) facts[id] = parsed.data;
    else errors.push(...issuesOf(parsed.error, `facts.${id}`));
  }
  return { facts, errors };
}

/** Returns the schema by the form of the value, so that an error refers to the form that was meant. */
function schemaFor(definition: FactDefinition, value: unknown): z.ZodType<FactValue> {
  if (value === 'unknown') return unknown;
  const schemas = schemasOf(definition);
  if (definition.kind === 'boolean') return yesOrNo;
  if (definition.kind === 'many') return typeof value === 'string' ? schemas.option : schemas.options;
  if (definition.kind === 'one' || definition.kind === 'judgement') return schemas.option;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return schemas.figure;
  if (definition.kind !== 'duration') return schemas.range;
  if ('spans' in value) return spans;
  return 'since' in value || 'until' in value ? running : schemas.range;
}

const unknown = z.literal('unknown');
const yesOrNo = z.boolean('must be true, false or "unknown"');

interface FactSchemas {
  readonly option: z.ZodType<string>;
  readonly options: z.ZodType<readonly string[]>;
  readonly figure: z.ZodType<number>;
  readonly range: typeof range;
}
// Cached, because building a schema is expensive and the facts of a regime never change.
const schemasOf = keptFor((definition: FactDefinition): FactSchemas => {
  const { kind, options = [], max = Number.POSITIVE_INFINITY } = definition;
  const ids = options.map(({ id }) => id);
  const option = z.enum(ids, `must be one of ${ids.join(', ')} or "unknown"`);
  const shapes = kind === 'duration' ? 'a range {min, max}, {since, until?}, {spans: [...]}' : 'a range {min, max}';
  return {
    option,
    options: z
      .array(option, 'must be one option or an array of options')
      .min(1, 'name at least one option; if it is not known say "unknown"')
      .refine(
        (chosen) => !chosen.includes('none') || new Set(chosen).size === 1,
        'none cannot stand beside other options',
      ),
    figure: z
      .number(`must be a number, ${shapes} or "unknown"`)
      .nonnegative('must not be negative')
      .max(max, `must not be above ${max}`),
    range: range.refine((given) => (given.min ?? 0) <= max && (given.max ?? 0) <= max, `must not be above ${max}`),
  };
});

/** Errors of times: a running duration needs `now`, and a past event must not be in the future. */
function timeErrors(facts: Facts, now: string | undefined): readonly InputError[] {
  return Object.entries(facts).flatMap(([id, value]) => {
    if (now === undefined) {
      const detail = `is needed because ${id} is still running; give now, or until in facts.${id}`;
      return isRunning(value) ? [{ field: 'now', code: 'missing', detail }] : [];
    }
    return timesOf(value).flatMap((span) =>
      (['since', 'until'] as const).flatMap((end) => {
        const at = span[end];
        if (at === undefined || Date.parse(at) <= Date.parse(now)) return [];
        return [
          {
            field: `facts.${id}.${end}`,
            code: 'in_future',
            detail: `${at} is after now (${now}); give a time in the past`,
          },
        ];
      }),
    );
  });
}

function issuesOf(error: z.ZodError, at: string): readonly InputError[] {
  return error.issues.flatMap((issue) => {
    const path = [at, ...issue.path.map(String)].filter((part) => part !== '');
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.map((key) => ({
        field: [...path, key].join('.'),
        code: 'unknown_field',
        detail: 'is not a known field; remove it',
      }));
    }
    return [{ field: path.join('.') || 'input', code: codeOf(issue), detail: issue.message }];
  });
}

function codeOf(issue: z.core.$ZodIssue): string {
  return issue.code === 'custom' || issue.code === 'invalid_union' ? 'invalid' : issue.code;
}
