import { once } from 'node:events';
import { createServer, type Server } from 'node:http';

/**
 * Listens on the port while the store is being opened, which may take as long as another instance's migration. Only
 * `/healthz` answers 200. Rejects if the port is taken. Returns the function that frees the port.
 */
export async function serveWaiting(config: {
  readonly host: string;
  readonly port: number;
}): Promise<() => Promise<void>> {
  const server = createServer((request, response) => {
    const alive = request.url === '/healthz';
    response.writeHead(alive ? 200 : 503, { 'Content-Type': 'application/json', Connection: 'close' });
    response.end(JSON.stringify(alive ? { status: 'ok' } : { status: 'unavailable', store: 'migrating', parts: [] }));
  });
  await listen(server, config);
  return () => close(server);
}

/** Resolves with the port once the server accepts connections; rejects if the port is taken. */
export async function listen(
  server: Server,
  { host, port }: { readonly host: string; readonly port: number },
): Promise<number> {
  server.listen(port, host);
  await once(server, 'listening');
  const address = server.address();
  return address !== null && typeof address === 'object' ? address.port : port;
}

/** Frees the port at once: streams of open pages would keep the server open, and pages reconnect by themselves. */
export function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
