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
