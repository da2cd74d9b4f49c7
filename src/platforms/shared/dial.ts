import { Agent } from 'node:http';
import { Agent as SecureAgent } from 'node:https';
import { Socket } from 'node:net';
import { HttpsProxyAgent } from 'https-proxy-agent';

/** Agent for a long connection, through a proxy if there is one; `opened` gets each socket, to count its bytes. */
export function dialler(
  { secure, proxy }: { readonly secure: boolean; readonly proxy: string | null },
  opened: (socket: Socket) => void,
): Agent {
  const agent = proxy !== null ? new HttpsProxyAgent(proxy) : secure ? new SecureAgent() : new Agent();
  const create = agent.createConnection.bind(agent);
  agent.createConnection = (options, done) => {
    const socket = create(options, done);
    if (socket instanceof Socket) opened(socket);
    return socket;
  };
  return agent;
}
