import { once } from 'node:events';
import { createServer } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { Cluster } from '../../src/storage/postgres/cluster.ts';

it('a connection that is reset before it is one is tried again after a pause', async () => {
  let tries = 0;
  const server = createServer((socket) => {
    tries += 1;
    socket.resetAndDestroy();
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = address !== null && typeof address === 'object' ? address.port : 0;
  const cluster = new Cluster(`postgres://jishi@127.0.0.1:${port}/jishi`, 'here', { heard: () => {} });
  onTestFinished(async () => {
    await cluster.stop();
    server.close();
  });
  cluster.join();
  await new Promise((resolve) => setTimeout(resolve, 800));
  expect(tries).toBeGreaterThan(0);
  expect(tries).toBeLessThan(5);
});
