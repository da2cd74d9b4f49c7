/** Calls of the server. Every act has its own key, so that a repeated one takes effect once. */
import { changed } from './model.ts';
import { readRoute } from './route.ts';
import { type Shapes, shaped } from './shapes.ts';
import { language, t } from './words.ts';

/** Refusal or error of the server, with a sentence a person can act on. */
export class Problem extends Error {
  readonly body: Shapes['problem'];
  constructor(body: Shapes['problem']) {
    super(body.detail);
    this.body = body;
  }
}

/** Error of an unreachable server; whether the request took effect is unknown. */
export class Offline extends Error {}

type Options = { method?: string; json?: unknown; body?: Blob; key?: string; signal?: AbortSignal };

/** Requests a path below `/api/v1`. `shape` names the type of the answer in `Shapes`, e.g. `desk`. */
export async function call<K extends keyof Shapes>(shape: K, path: string, options: Options = {}): Promise<Shapes[K]> {
  const { json, body, key = newKey(), signal = null } = options;
  const { method = json === undefined && !body ? 'GET' : 'POST' } = options;
  const headers: Record<string, string> = { 'Accept-Language': language() };
  // The room of an act decides what the person sees: a room abroad shows what was released to it.
  const route = readRoute();
  if (route.view === 'room') headers['X-Jishi-Room'] = encodeURIComponent(route.address);
  if (json !== undefined) headers['Content-Type'] = 'application/json';
  if (body) headers['Content-Type'] = body.type || 'application/octet-stream';
  if (method !== 'GET') headers['Idempotency-Key'] = key;
  const response = await send(route.view === 'visit' ? `/visit/api/v1${path}` : `/api/v1${path}`, {
    ...{ method, headers, signal },
    body: json === undefined ? (body ?? null) : JSON.stringify(json),
  });
  const text = await response.text();
  if (response.ok) return shaped(shape, text || 'null');
  const isJson = response.headers.get('content-type')?.includes('json');
  const { status, statusText: detail } = response;
  throw new Problem({ status, code: 'failed', detail, ...(isJson && shaped('problem', text)) });
}

async function send(path: string, init: RequestInit) {
  try {
    return await fetch(path, init);
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    throw new Offline('offline');
  }
}

export function newKey() {
  // Function randomUUID exists in secure contexts only, and a console in a private network may use plain http.
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** Returns a path below `/api/v1` for a part of an incident, e.g. `/files`. */
export const pathOfIncident = (id: string, what = '') => `/incidents/${encodeURIComponent(id)}${what}`;

export function wordsFor(error: unknown) {
  if (error instanceof Problem) return error.message;
  return t(error instanceof Offline ? 'trouble.offline' : 'trouble.other');
}

export type Request = { busy?: boolean; trouble: string | null };
/** Runs a request of a view: its entry is busy meanwhile, and contains the error afterwards. */
export async function attempt(entry: Request, run: () => Promise<unknown>) {
  Object.assign(entry, { busy: true, trouble: null });
  changed();
  try {
    await run();
  } catch (error) {
    entry.trouble = wordsFor(error);
  }
  entry.busy = false;
  changed();
}

/** Returns the address of an incident's report as a file, in a format, language and version; `/compared`: to read. */
export function reportAddress(id: string, which: Record<string, string | number | null | undefined>, as = '') {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(which)) if (value != null) query.set(name, String(value));
  return `/api/v1${pathOfIncident(id, `/report${as}`)}?${query.toString()}`;
}

/** Downloads a file at once, without a second dialog after a choice of format. */
export function download(address: string) {
  const link = document.createElement('a');
  link.href = address;
  link.download = '';
  document.body.append(link);
  link.click();
  link.remove();
}
