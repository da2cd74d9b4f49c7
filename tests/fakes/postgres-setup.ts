import { createServer } from 'node:http';
import type { TestProject } from 'vitest/node';
import { type PostgresServer, startPostgres } from './postgres.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Answers with the port of the PostgreSQL of this run; the first who asks has it started. */
    readonly postgresBroker: string;
  }
}

let stop: () => Promise<void> = async () => {};

/** One PostgreSQL for the whole run, started by the first test that needs one and stopped at the end. */
export async function setup(project: TestProject): Promise<void> {
  let server: Promise<PostgresServer> | null = null;
  const broker = createServer((_request, response) => {
    server ??= startPostgres();
    server.then(
      async (started) => response.end(await started.createDatabase()),
      (error: unknown) => {
        response.statusCode = 500;
        response.end(String(error));
      },
    );
  });
  await new Promise<void>((resolve) => broker.listen(0, '127.0.0.1', resolve));
  const address = broker.address();
  const port = address !== null && typeof address === 'object' ? address.port : 0;
  project.provide('postgresBroker', `http://127.0.0.1:${port}`);
  stop = async () => {
    broker.close();
    const started = await server?.catch(() => null);
    await started?.stop();
  };
}

export async function teardown(): Promise<void> {
  await stop();
}
