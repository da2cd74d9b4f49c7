import { once } from 'node:events';
import { createServer } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { Cluster } from '../../src/storage/postgres/cluster.ts';

it('a connection that is reset before it is one is tried again after a pause', async () => {
  const tries: number[] = [];
  const server = createServer((socket) => {
    tries.push(performance.now());
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
  await expect.poll(() => tries.length).toBeGreaterThan(1);
  const [first = 0, second = 0] = tries;
  // Half a second, of which the first connection may have used some to be accepted.
  expect(second - first).toBeGreaterThan(400);
});
