import { once } from 'node:events';
import { createServer, type Server } from 'node:http';

/**
 * Serves the port while the store is still being opened, which may take as long as another instance migrates it: alive,
 * not ready. The returned function frees the port. Rejects if it is taken.
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

/** Resolves with the port once it accepts connections; rejects if it is taken. */
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
