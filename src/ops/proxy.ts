import { Agent, type Dispatcher, EnvHttpProxyAgent } from 'undici';

/** Proxy for outgoing requests. `except`: hosts reached directly, e.g. `.example.com`, `10.0.0.1:8080`, `*`. */
export interface OutgoingProxy {
  readonly address: string;
  readonly except: readonly string[];
}

/** Returns a dispatcher that uses the proxy unless the host is an exception. */
export function dispatcherBy(proxy: OutgoingProxy | null): Dispatcher {
  if (proxy === null) return new Agent();
  const { address, except } = proxy;
  return new EnvHttpProxyAgent({
    ...{ httpProxy: address, httpsProxy: address, noProxy: except.join(','), proxyTunnel: true },
  });
}

/** Returns the proxy's address for a URL, for protocols other than HTTP; null: direct. Same rules as `dispatcherBy`. */
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
