import { z } from 'zod';
import type { GivenReport } from '../../use-cases/intake/report.ts';

/** JSON pointer (RFC 6901) into a payload: `/labels/alertname` in one alert, `^/groupKey` in the whole payload. */
const pointer = z
  .string()
  .regex(/^\^?(?:\/(?:[^~]|~[01])*)+$/, 'must be a JSON pointer such as /labels/alertname or ^/groupKey');
/** Pointers in order of preference: the first with a value is used. */
const places = z.union([pointer.transform((one) => [one]), z.array(pointer).min(1)]);
const isOneOf = z.strictObject({ at: pointer, in: z.array(z.string()).min(1) });

/** Mapping of a payload to alerts. It is data, so that a new source needs no code. */
export const mappingSchema = z.strictObject({
  /** Pointer to the list of alerts; without it the payload is one alert. */
  each: pointer.optional(),
  /** Pointers whose values together identify an alert: equal values are the same alert. */
  key: z.array(pointer).min(1),
  /** Pointers whose values together identify a group: people get one message for all alerts of a group. */
  group: z.array(pointer).min(1).optional(),
  title: places,
  text: places.optional(),
  /** Pointer to an object, e.g. labels, whose names and values are the text of an alert without another text. */
  labels: pointer.optional(),
  severity: places.optional(),
  startedAt: places.optional(),
  link: places.optional(),
  /** Values that a payload must have; other payloads are refused. */
  must: z.array(isOneOf).optional(),
  /** Values of the alerts that are kept; others are acknowledged and dropped. */
  only: isOneOf.optional(),
  /** Values that mark an alert as ended. */
  ended: isOneOf.optional(),
  /** Signature in hex by HMAC-SHA256 over the body, or over `timestamp:body` if the sender adds a timestamp. */
  signature: z
    .strictObject({ header: z.string().toLowerCase(), timestamp: z.string().toLowerCase().optional() })
    .optional(),
});
export type Mapping = z.output<typeof mappingSchema>;

type Given = Omit<GivenReport, 'kind' | 'source'>;
/** Readable alerts of a payload, and the position and reason of its first error; null without one. */
export interface Mapped {
  readonly alerts: readonly Given[];
  readonly fault: { readonly field: string; readonly detail: string } | null;
}

/** Maximum number of alerts in one payload; more are an error of the source. */
const MOST = 500;

export function mapAlerts(mapping: Mapping, payload: unknown): Mapped {
  const wrong = mapping.must?.find((rule) => !holds(rule, payload, payload));
  if (wrong) return failed(wrong.at, `must be ${wrong.in.join(' or ')}`);
  const list = mapping.each === undefined ? [payload] : lookUp(mapping.each, payload, payload);
  if (!Array.isArray(list)) return failed(mapping.each ?? '', 'must be a list');
  if (list.length > MOST) return failed(mapping.each ?? '', `holds more than ${MOST} alerts`);
  const alerts: Given[] = [];
  let fault: Mapped['fault'] = null;
  for (const [index, item] of list.entries()) {
    if (mapping.only && !holds(mapping.only, item, payload)) continue;
    const found = alertOf(mapping, item, payload);
    if (!('detail' in found)) alerts.push(found);
    else fault ??= { ...found, field: mapping.each ? `${mapping.each}/${index}${found.field}` : found.field };
  }
  return { alerts, fault };
}

function alertOf(mapping: Mapping, item: unknown, payload: unknown): Given | NonNullable<Mapped['fault']> {
  const at = (place: string): string | undefined => wordsOf(lookUp(place, item, payload));
  const first = (found: readonly string[] | undefined) => found?.map(at).find((value) => value !== undefined);
  const key = mapping.key.map(at);
  const [missing] = mapping.key.filter((_, index) => key[index] === undefined);
  if (missing !== undefined) return { field: missing, detail: 'is missing: it tells one alert from another' };
  const title = first(mapping.title);
  if (title === undefined) return { field: mapping.title[0] ?? '', detail: 'is missing: an alert needs a title' };
  const [severity, startedAt, link] = [mapping.severity, mapping.startedAt, mapping.link].map(first);
  const text =
    first(mapping.text) ?? labelled(mapping.labels === undefined ? null : lookUp(mapping.labels, item, payload));
  const group = mapping.group?.map((place) => at(place) ?? '');
  return {
    key: key.join('\n'),
    ...{ title, text, severity, startedAt, link },
    group: group?.some((one) => one !== '') ? group.join('\n') : undefined,
    ...(mapping.ended && holds(mapping.ended, item, payload) ? { ended: true } : {}),
  };
}

function failed(field: string, detail: string): Mapped {
  return { alerts: [], fault: { field, detail } };
}

function holds(rule: z.output<typeof isOneOf>, item: unknown, payload: unknown): boolean {
  const value = wordsOf(lookUp(rule.at, item, payload));
  return value !== undefined && rule.in.includes(value);
}

/** Returns a value as text; undefined for a nested, empty or overlong value. */
function wordsOf(value: unknown): string | undefined {
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  return typeof value === 'string' && value.trim() !== '' && value.length <= 20_000 ? value : undefined;
}

/** Returns names with their values, one per line: `host: shop-1`; undefined if there are none. */
function labelled(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const lines = Object.entries(value).flatMap(([name, one]) => {
    const words = wordsOf(one);
    return words === undefined ? [] : [`${name}: ${words}`];
  });
  return wordsOf(lines.join('\n'));
}

/** Returns the value at a pointer; only own properties count, so `/constructor` finds nothing. */
function lookUp(place: string, item: unknown, payload: unknown): unknown {
  const isOfPayload = place.startsWith('^');
  let value = isOfPayload ? payload : item;
  for (const part of place
    .slice(isOfPayload ? 1 : 0)
    .split('/')
    .slice(1)) {
    const name = part.replaceAll('~1', '/').replaceAll('~0', '~');
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined;
    value = Object.entries(value).find(([own]) => own === name)?.[1];
  }
  return value;
}
