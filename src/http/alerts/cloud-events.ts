import type { HttpContext } from '../routes.ts';

/** Attributes of an event in binary mode, e.g. `ce-id`. */
const HEADER = /^ce-([a-z0-9]{1,20})$/;

/** A CloudEvents request as one list: structured (one event), batch (a list), or binary (attributes in headers). */
export function readCloudEvents(c: HttpContext, body: unknown): unknown {
  const type = c.req.header('content-type') ?? '';
  if (type.startsWith('application/cloudevents-batch+json')) return { events: body };
  if (type.startsWith('application/cloudevents+json')) return { events: [body] };
  const attributes = Object.entries(c.req.header()).flatMap(([name, value]) => {
    const [, attribute] = HEADER.exec(name) ?? [];
    return attribute === undefined ? [] : [[attribute, decoded(value)] as const];
  });
  return { events: [attributes.length === 0 ? body : { ...Object.fromEntries(attributes), data: body }] };
}

/** Headers carry other letters than ASCII percent-encoded. */
function decoded(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}
