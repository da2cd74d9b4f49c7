import { Agent, request } from 'node:http';
import { Agent as SecureAgent, request as secureRequest } from 'node:https';
import { connect, Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { connect as secureConnect } from 'node:tls';

type Dialled = (error: Error | null, socket: Duplex) => void;
interface Target {
  readonly host?: string | null | undefined;
  readonly hostname?: string | null | undefined;
  readonly port?: number | string | null | undefined;
  readonly servername?: string | undefined;
}
const CONNECT_TIMEOUT = 10_000;

/** An agent that makes the sockets of the long connection, through a proxy if there is one; `opened` gets each, to see it live. */
export function dialler(
  options: { readonly secure: boolean; readonly proxy: string | null },
  opened: (socket: Socket) => void,
): Agent {
  const dial = (target: Target, done?: Dialled): Socket | undefined => {
    const host = target.host ?? target.hostname ?? 'localhost';
    const port = Number(target.port ?? (options.secure ? 443 : 80));
    if (options.proxy === null) {
      const socket = options.secure ? secureConnect({ host, port, servername: host }) : connect({ host, port });
      opened(socket);
      return socket;
    }
    tunnel(options.proxy, `${host}:${port}`).then(
      (through) => {
        const socket = options.secure ? secureConnect({ socket: through, servername: host }) : through;
        opened(socket);
        done?.(null, socket);
      },
      (error: unknown) => done?.(error instanceof Error ? error : new Error(String(error)), new Socket()),
    );
    return undefined;
  };
  return options.secure ? new SecureDialler(dial) : new PlainDialler(dial);
}

type Dial = (target: Target, done?: Dialled) => Socket | undefined;
class PlainDialler extends Agent {
  readonly #dial: Dial;
  constructor(dial: Dial) {
    super();
    this.#dial = dial;
  }
  override createConnection(target: Target, done?: Dialled): Socket | undefined {
    return this.#dial(target, done);
  }
}
class SecureDialler extends SecureAgent {
  readonly #dial: Dial;
  constructor(dial: Dial) {
    super();
    this.#dial = dial;
  }
  override createConnection(target: Target, done?: Dialled): Socket | undefined {
    return this.#dial(target, done);
  }
}

/** CONNECT through an HTTP proxy. */
function tunnel(proxy: string, target: string): Promise<Socket> {
  const url = new URL(proxy);
  const user = decodeURIComponent(url.username);
  const credentials = Buffer.from(`${user}:${decodeURIComponent(url.password)}`).toString('base64');
  const call = (url.protocol === 'https:' ? secureRequest : request)({
    host: url.hostname,
    port: url.port || (url.protocol === 'https:' ? 443 : 80),
    method: 'CONNECT',
    path: target,
    timeout: CONNECT_TIMEOUT,
    headers: { host: target, ...(user === '' ? {} : { 'proxy-authorization': `Basic ${credentials}` }) },
  });
  return new Promise((resolve, reject) => {
    call.once('connect', (response, socket: Duplex) => {
      if (response.statusCode === 200 && isSocket(socket)) resolve(socket);
      else reject(new Error(`Proxy response ${response.statusCode ?? ''}`));
    });
    call.once('timeout', () => call.destroy(new Error('the proxy did not answer')));
    call.once('error', reject);
    call.end();
  });
}

function isSocket(stream: Duplex): stream is Socket {
  return 'bytesRead' in stream && 'setNoDelay' in stream;
}
