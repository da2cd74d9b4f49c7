import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';

/** The panel of an incident's page, and the cards below it. */
export type Surface = 'panel' | 'question' | 'checklist' | 'draft' | 'owed';
export const surface = (page: Page, name: Surface): Locator =>
  page.locator(name === 'panel' ? '.panel' : `.surface-${name}`);

/** A button of the panel, or of a card below it that does not repeat what the panel offers. */
export const offered = (page: Page, name: Surface, label: string | RegExp): Locator =>
  page.locator(`.panel, .surface-${name}`).getByRole('button', { name: label, exact: true });

/** Waits for words of the draft's card; one that asks for nothing any more is one line until it is opened. */
export async function reads(page: Page, text: string | RegExp): Promise<void> {
  const found = surface(page, 'draft').getByText(text).first();
  const folded = page.locator('details.surface-draft:not([open]) > summary');
  await found.waitFor({ state: 'attached' });
  const isShown = async () => {
    await folded.evaluateAll('(lines) => lines.forEach((line) => line.click())');
    return found.isVisible();
  };
  await expect.poll(isShown).toBe(true);
}

/** Opens a card or board below the panel that is one line, as all of them are until the level is decided. */
export async function unfold(page: Page, name: 'checklist' | 'owed'): Promise<void> {
  const line = page.locator(`.surface-${name} > summary`);
  await line.waitFor();
  await line.click();
}

/** Opens everything else that can be done. */
export const openMore = (page: Page): Promise<void> =>
  page
    .locator('.incident-head')
    .getByRole('button', { name: /^(More|更多)$/ })
    .click();

/** Reads a draft to its end, after which it can be approved. */
export async function readToEnd(page: Page): Promise<void> {
  await dialog(page).locator('.paper h3').first().waitFor();
  await page.evaluate("[...document.querySelectorAll('dialog[open] .paper')].at(-1).lastElementChild.scrollIntoView()");
}

/** The button that records a filing, once the bar asks for the filing of the approved draft instead of what else is owed. */
export const toRecord = (page: Page): Locator =>
  page
    .locator('.panel', { hasText: /is approved|已获批准/ })
    .getByRole('button', { name: /^(Record the filing|登记报送)…$/ });

/** Opens the menu of the person who is signed in. */
export const openAccount = (page: Page): Promise<void> => page.locator('.account > summary').click();

/** Opens the menu of further actions of a row. */
export const openMenu = (row: Locator): Promise<void> => row.locator('.menu > summary').click();

/** Presses an action of the menu of a row. */
export async function fromMenu(row: Locator, label: string): Promise<void> {
  await openMenu(row);
  await press(row.getByRole('button', { name: label, exact: true }));
}

/** Presses a button once it takes presses: one that has just appeared takes none. */
export const press = (target: Locator): Promise<void> => target.click();

export const dialog = (page: Page): Locator => page.locator('dialog[open]').last();

/** A field of the open form by the beginning of its label. */
export const field = (page: Page, label: RegExp): Locator => dialog(page).getByLabel(label).first();

/** Opens a form, fills it in and sends it; it closes when it was taken. */
export async function fillForm(page: Page, opener: Locator, fill: () => Promise<void>): Promise<void> {
  await press(opener);
  await dialog(page).locator('.fields').waitFor();
  await fill();
  await dialog(page).locator('[type=submit]').click();
  await page.locator('dialog .fields').waitFor({ state: 'detached' });
}

/** A new draft opens itself: waits for its text and closes it. */
export async function closeReading(page: Page): Promise<void> {
  await dialog(page).locator('.paper h3').waitFor();
  await page.keyboard.press('Escape');
  await page.locator('dialog').waitFor({ state: 'detached' });
}

/** A row of the checklist by the number of its item. */
export function itemRow(page: Page, n: number): Locator {
  return surface(page, 'checklist').locator('.row', { hasText: new RegExp(`^\\s*(第${n}项|${n}) `) });
}

/** Seconds left on the largest clock, `3:39:07` or `2 d 09:24`; negative once it is overdue. */
export async function secondsLeft(page: Page): Promise<number> {
  const text = (await page.locator('.face.first .digits').textContent()) ?? '';
  const [, late, days, first, second, third] = /^(\+?)(?:(\d+) \D+)?(\d+):(\d+)(?::(\d+))?$/.exec(text) ?? [];
  const seconds = Number(days ?? 0) * 86_400 + Number(first) * 3600 + Number(second) * 60 + Number(third ?? 0);
  return late === '+' ? -seconds : seconds;
}

export function incidentOf(page: Page): string {
  const id = /(?:INC|DRILL)-\d{4}-\d{4}/.exec(page.url())?.[0];
  if (!id) throw new Error(`no incident at ${page.url()}`);
  return id;
}

/** The page is no wider than its screen. */
export async function expectNoSidewaysScroll(page: Page): Promise<void> {
  await expect.poll(() => page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
}
