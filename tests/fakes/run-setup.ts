import type { TestProject } from 'vitest/node';
import { openBroker } from './broker.ts';
import { serveBrowser } from './browser.ts';
import { startPostgres } from './postgres.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Answers with an empty database in the PostgreSQL of this run. */
    readonly postgresBroker: string;
    /** Answers with the address of the Chromium of this run. */
    readonly browserBroker: string;
  }
}

let stop: () => Promise<void> = async () => {};

/** One PostgreSQL and one Chromium for the whole run, started by the first test that needs them and stopped at the end. */
export async function setup(project: TestProject): Promise<void> {
  const postgres = await openBroker(async () => {
    const server = await startPostgres();
    return { answer: () => server.createDatabase(), stop: () => server.stop() };
  });
  const browser = await openBroker(async () => {
    const server = await serveBrowser();
    return { answer: async () => server.wsEndpoint(), stop: () => server.close() };
  });
  project.provide('postgresBroker', postgres.url);
  project.provide('browserBroker', browser.url);
  stop = async () => {
    await Promise.all([postgres.stop(), browser.stop()]);
  };
}

export async function teardown(): Promise<void> {
  await stop();
}
