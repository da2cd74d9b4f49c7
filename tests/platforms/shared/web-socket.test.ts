import { once } from 'node:events';
import { createServer } from 'node:http';
import { Agent, request } from 'undici';
import { expect, it, onTestFinished } from 'vitest';
import { dialWebSocket } from '../../../src/platforms/shared/web-socket.ts';

it('another failed request to the same host does not end a connection that is opening', async () => {
  const server = createServer((asked) => void asked.socket.destroy());
  const refuse: (() => void)[] = [];
  const isAsked = new Promise<void>((asked) => {
    server.on('upgrade', (_, socket) => {
      refuse.push(() => socket.destroy());
      asked();
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  const dispatcher = new Agent();
  onTestFinished(async () => {
    await dispatcher.destroy();
    server.close();
  });
  const lost: string[] = [];
  const gone = Promise.withResolvers<void>();
  const link = dialWebSocket(
    {
      address: async () => `ws://127.0.0.1:${address.port}/socket?ticket=1`,
      http: { dispatcher },
      received: () => {},
    },
    {
      ready: () => {},
      replace: () => {},
      heard: () => {},
      lost: (reason) => {
        lost.push(reason);
        gone.resolve();
      },
    },
  );
  await isAsked;
  await expect(request(`http://127.0.0.1:${address.port}/api`, { dispatcher })).rejects.toThrow();
  expect(lost).toEqual([]);
  for (const end of refuse) end();
  await gone.promise;
  expect(lost[0]).toMatch(/other side closed|socket|ECONNRESET/i);
  link.close();
});
