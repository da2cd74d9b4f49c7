/** Calls of the server. Every act has its own key, so that a repeated one takes effect once. */
import { changed } from './model.js';
import { readRoute } from './route.js';
import { language, t } from './words.js';

/** Refusal or error of the server, with a sentence a person can act on. */
export class Problem extends Error {
  /** @param {{ status: number, code: string, detail: string, field?: string, errors?: Record<string, string>, revision?: number }} body */
  constructor(body) {
    super(body.detail);
    this.status = body.status;
    this.code = body.code;
    this.field = body.field;
    this.errors = body.errors ?? {};
    /** Newest revision, for a form that is out of date. */
    this.revision = body.revision;
  }
}

/** Error of an unreachable server; whether the request took effect is unknown. */
export class Offline extends Error {}

/**
 * @param {string} path below `/api/v1`
 * @param {{ method?: string, json?: unknown, body?: Blob, key?: string, signal?: AbortSignal }} [options]
 * @returns {Promise<any>}
 */
export async function call(path, options = {}) {
  const { method = options.json === undefined && !options.body ? 'GET' : 'POST', json, body, key, signal } = options;
  /** @type {Record<string, string>} */
  const headers = { 'Accept-Language': language() };
  // The room of an act decides what the person sees: a room abroad shows what was released to it.
  const route = readRoute();
  if (route.view === 'room') headers['X-Jishi-Room'] = encodeURIComponent(route.address);
  if (json !== undefined) headers['Content-Type'] = 'application/json';
  if (body) headers['Content-Type'] = body.type || 'application/octet-stream';
  if (method !== 'GET') headers['Idempotency-Key'] = key ?? newKey();
  const response = await send(route.view === 'visit' ? `/visit/api/v1${path}` : `/api/v1${path}`, {
    method,
    headers,
    body: json === undefined ? body : JSON.stringify(json),
    signal,
  });
  const type = response.headers.get('content-type') ?? '';
  if (response.ok) return type.includes('json') ? response.json() : response.text();
  const problem = type.includes('json') ? await response.json() : {};
  throw new Problem({ status: response.status, code: 'failed', detail: response.statusText, ...problem });
}

/** @param {string} path @param {RequestInit} init */
async function send(path, init) {
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

/** Returns a path below `/api/v1` for a part of an incident. @param {string} id @param {string} [what] e.g. `/files` */
export function pathOfIncident(id, what = '') {
  return `/incidents/${encodeURIComponent(id)}${what}`;
}

/** @param {unknown} error */
export function wordsFor(error) {
  if (error instanceof Problem) return error.message;
  if (error instanceof Offline) return t('trouble.offline');
  return t('trouble.other');
}

/**
 * Runs a request of a view: its entry is busy meanwhile, and contains the error afterwards.
 * @param {{ busy?: boolean, trouble: string | null }} entry @param {() => Promise<unknown>} run
 */
export async function attempt(entry, run) {
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

/** Returns the address of an incident's report as a file. @param {string} incident @param {Record<string, string | number | null | undefined>} which format, language, version, draft @param {string} [as] `/compared`: to read */
export function reportAddress(incident, which, as = '') {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(which)) if (value != null) query.set(name, String(value));
  return `/api/v1${pathOfIncident(incident, `/report${as}`)}?${query}`;
}

/** Downloads a file at once, without a second dialog after a choice of format. @param {string} address */
export function download(address) {
  const link = document.createElement('a');
  link.href = address;
  link.download = '';
  document.body.append(link);
  link.click();
  link.remove();
}
