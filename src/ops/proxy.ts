import { Agent, type Dispatcher, EnvHttpProxyAgent } from 'undici';

/** Proxy for requests that go out. `except`: hosts that are reached directly, e.g. `.example.com`, `10.0.0.1:8080`, `*`. */
export interface OutgoingProxy {
  readonly address: string;
  readonly except: readonly string[];
}

/** Connections of requests, each through the proxy unless its host is an exception. */
export function dispatcherBy(proxy: OutgoingProxy | null): Dispatcher {
  if (proxy === null) return new Agent();
  const { address, except } = proxy;
  return new EnvHttpProxyAgent({
    ...{ httpProxy: address, httpsProxy: address, noProxy: except.join(','), proxyTunnel: true },
  });
}

/** Address of the proxy for a URL, for protocols other than HTTP; null: direct. Matches as `dispatcherBy` does. */
export function proxyTowards(url: string, proxy: OutgoingProxy | null): string | null {
  if (proxy === null) return null;
  const { hostname, port, protocol } = new URL(url);
  const at = port || (/^(?:https|wss):$/.test(protocol) ? '443' : '80');
  const isDirect = proxy.except.some((entry) => {
    const [, host = entry, only = at] = /^(.+):(\d+)$/.exec(entry) ?? [];
    const name = host.replace(/^\*?\./, '').toLowerCase();
    return entry === '*' || (only === at && (hostname === name || hostname.endsWith(`.${name}`)));
  });
  return isDirect ? null : proxy.address;
}
