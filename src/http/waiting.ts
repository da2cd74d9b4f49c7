import { createServer } from 'node:http';

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
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(config.port, config.host, resolve);
  });
  return () =>
    new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
}
