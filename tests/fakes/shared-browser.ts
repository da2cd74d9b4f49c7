import { type Browser, chromium } from 'playwright-core';
import { inject } from 'vitest';
import { askBroker } from './broker.ts';

/** The Chromium of this run, on a connection of its own: closing it ends the pages opened here and nobody else's. */
export async function openSharedBrowser(): Promise<Browser> {
  return chromium.connect(await askBroker(inject('browserBroker')));
}
