import { Agent } from 'node:http';
import { Agent as SecureAgent } from 'node:https';
import { Socket } from 'node:net';
import { HttpsProxyAgent } from 'https-proxy-agent';
import { type OutgoingProxy, proxyTowards } from '../../ops/proxy.ts';

/** Agent for a long connection to `url`, through the proxy unless its host is an exception; `opened` gets each socket, to count its bytes. */
export function dialler(
  { url, proxy }: { readonly url: string; readonly proxy: OutgoingProxy | null },
  opened: (socket: Socket) => void,
): Agent {
  const address = proxyTowards(url, proxy);
  const isSecure = /^(?:https|wss):/.test(url);
  const agent = address !== null ? new HttpsProxyAgent(address) : isSecure ? new SecureAgent() : new Agent();
  const create = agent.createConnection.bind(agent);
  agent.createConnection = (options, done) => {
    const socket = create(options, done);
    if (socket instanceof Socket) opened(socket);
    return socket;
  };
  return agent;
}
