import { createServer } from 'node:http';

/** Something that all workers of a run share. */
interface Shared {
  /** What one who asks gets: the URL of a database of their own, the address of a browser. */
  answer(): Promise<string>;
  stop(): Promise<void>;
}

interface Broker {
  readonly url: string;
  stop(): Promise<void>;
}

/** Serves on a URL what `start` starts, once, for the first who asks; a run without such a test starts nothing. */
export async function openBroker(start: () => Promise<Shared>): Promise<Broker> {
  let shared: Promise<Shared> | null = null;
  const server = createServer((_request, response) => {
    shared ??= start();
    shared
      .then((one) => one.answer())
      .then(
        (answer) => response.end(answer),
        (error: unknown) => {
          response.statusCode = 500;
          response.end(String(error));
        },
      );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = address !== null && typeof address === 'object' ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}`,
    stop: async () => {
      server.close();
      const started = await shared?.catch(() => null);
      await started?.stop();
    },
  };
}

/** Asks a broker. Rejects with what stood in the way of starting. */
export async function askBroker(url: string): Promise<string> {
  const response = await fetch(url);
  const text = await response.text();
  if (!response.ok) throw new Error(text);
  return text;
}
