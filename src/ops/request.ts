import { AsyncLocalStorage } from 'node:async_hooks';

/** One HTTP request, as every log line written while it is handled names it. */
export interface RequestContext {
  readonly request: string;
  /** Address of the client; the proxy's address unless the proxy is trusted to name the client. Absent outside a server. */
  readonly ip?: string;
  /** Credential of the request: `session:…`, `token:…`, `operator`; absent until it is known. */
  client?: string;
}

const storage = new AsyncLocalStorage<RequestContext>();

/** Runs something as part of a request. */
export function inRequest<T>(context: RequestContext, run: () => T): T {
  return storage.run(context, run);
}

/** Current request; undefined outside of one. */
export function currentRequest(): RequestContext | undefined {
  return storage.getStore();
}
