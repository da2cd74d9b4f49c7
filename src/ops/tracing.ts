import type { Attributes, Context } from '@opentelemetry/api';
import { VERSION } from './version.ts';

/** Global key by which all copies of the API find the SDK that an operator loads (`--import`). */
const REGISTERED = Symbol.for('opentelemetry.js.api.1');
/** OpenTelemetry API; null, and not even loaded, without an SDK. */
let api: typeof import('@opentelemetry/api') | null = null;

/** Loads the API if this process has an OpenTelemetry SDK, and returns true then; called once at the start. */
export async function loadTracing(): Promise<boolean> {
  if (REGISTERED in globalThis) api = await import('@opentelemetry/api');
  return api !== null;
}

/** Maximum number of traces remembered for later work; the oldest is dropped. */
const MOST = 10_000;
const later = new Map<string, Context>();

interface Spanned {
  readonly kind?: 'server' | 'client';
  /** Ids and kinds, never people's words. */
  readonly attributes?: Attributes;
  /** Headers of the request that caused the work, e.g. `traceparent`. */
  readonly from?: Headers;
  /** Key given to `rememberTrace` for the trace of the cause; without it a new trace begins. */
  readonly remembered?: string;
}

/** Adds attributes to the span, and may rename it. */
type Note = (attributes: Attributes, name?: string) => void;
const nothing: Note = () => {};

/** Runs work as a span, e.g. `change`; without an SDK just runs it. */
export async function traced<T>(name: string, spanned: Spanned, run: (note: Note) => Promise<T>): Promise<T> {
  if (api === null) return run(nothing);
  const { SpanKind, SpanStatusCode, trace } = api;
  const { kind, attributes = {} } = spanned;
  const options = {
    attributes,
    kind: kind === undefined ? SpanKind.INTERNAL : kind === 'server' ? SpanKind.SERVER : SpanKind.CLIENT,
  };
  return trace.getTracer('jishi', VERSION).startActiveSpan(name, options, parentOf(api, spanned), async (span) => {
    try {
      return await run((more, other) => {
        span.setAttributes(more);
        if (other !== undefined) span.updateName(other);
      });
    } catch (error) {
      span.setStatus({ code: SpanStatusCode.ERROR });
      // Only the error's name: its message may contain people's words, or an address with a token.
      span.setAttribute('error.type', error instanceof Error ? error.name : 'unknown');
      throw error;
    } finally {
      span.end();
    }
  });
}

function parentOf(
  { context, propagation, ROOT_CONTEXT }: NonNullable<typeof api>,
  { from, remembered }: Spanned,
): Context {
  if (remembered !== undefined) return later.get(remembered) ?? ROOT_CONTEXT;
  if (from === undefined) return context.active();
  return propagation.extract(ROOT_CONTEXT, from, {
    get: (headers, name) => headers.get(name) ?? undefined,
    keys: (headers) => [...headers.keys()],
  });
}

/** Remembers the current trace under the keys of work that this process does later. */
export function rememberTrace(keys: () => readonly string[]): void {
  if (api === null) return;
  const { context, isSpanContextValid, ROOT_CONTEXT, trace } = api;
  const current = trace.getSpanContext(context.active());
  if (!current || !isSpanContextValid(current)) return;
  const parent = trace.setSpanContext(ROOT_CONTEXT, current);
  for (const key of keys()) {
    later.delete(key);
    later.set(key, parent);
  }
  for (const key of later.keys()) {
    if (later.size <= MOST) break;
    later.delete(key);
  }
}
