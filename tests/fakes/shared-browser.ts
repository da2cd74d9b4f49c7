import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, chromium, type Download } from 'playwright-core';
import { inject } from 'vitest';
import { askBroker } from './broker.ts';

/** How long a page may take (ms) on a machine with much else to do; what is there is found at once. */
const PATIENCE = 120_000;

/** The Chromium of this run, on a connection of its own: closing it ends the pages opened here and nobody else's. */
export async function openSharedBrowser(): Promise<Browser> {
  const browser = await chromium.connect(await askBroker(inject('browserBroker')));
  browser.on('context', (context) => context.setDefaultTimeout(PATIENCE));
  return browser;
}

/** The bytes of a download. The browser belongs to another process, so its own file cannot be read. */
export async function contentOf(download: Download): Promise<Buffer> {
  const folder = await mkdtemp(join(tmpdir(), 'jishi-download-'));
  try {
    const file = join(folder, 'download');
    await download.saveAs(file);
    return await readFile(file);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
