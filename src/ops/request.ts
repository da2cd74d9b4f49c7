import { AsyncLocalStorage } from 'node:async_hooks';

/** HTTP request in progress; its fields are added to every log line that is written while it is handled. */
export interface RequestContext {
  readonly request: string;
  /** Address of the client; the proxy's unless the proxy is trusted. Absent outside a server. */
  readonly ip?: string;
  /** Credential of the request: `session:…`, `token:…`, `operator`; absent until it is known. */
  client?: string;
}

const storage = new AsyncLocalStorage<RequestContext>();

export function inRequest<T>(context: RequestContext, run: () => T): T {
  return storage.run(context, run);
}

export function currentRequest(): RequestContext | undefined {
  return storage.getStore();
}
