import { expect, test } from 'vitest';
import { startHouse } from '../fakes/house.ts';
import { person } from '../fakes/people.ts';
import { ANSWERS, underThreeLaws } from '../laws/three-laws.ts';
import { violations } from './support/axe.ts';
import { Desk } from './support/desk.ts';
import { dialog, fromMenu, openAccount, openMore, unfold } from './support/page.ts';
import { stage } from './support/stage.ts';

/** Details of the console that once were wrong, as somebody meets them in a browser. */
const at = stage();

const ago = (minutes: number): string => new Date(Date.now() - minutes * 60_000).toISOString();
const LOOKS = [
  { name: 'phone', language: 'zh-CN', phone: true, dark: true, screen: { width: 390, height: 844 } } as const,
  { name: 'wide', language: 'en', screen: { width: 1360, height: 850 } } as const,
];

test.each(LOOKS)(
  'a drill is chosen, paused and ended by the bar above its page, $name',
  { tags: 'soak' },
  async ({ screen, ...look }) => {
    const { page, troubles } = await person(at.browser, at.url, `Drill ${look.name}`, look);
    await page.setViewportSize(screen);
    const { id } = await (
      await page.request.post(`${at.url}/api/v1/incidents`, { data: { title: look.name, drill: true, speed: 60 } })
    ).json();
    const real = await new Desk(page, at.url).declare({ title: `Real ${look.name}`, awareness: ago(5) });
    await page.goto(`${at.url}/incidents/${id}`);
    const bar = page.locator('.drill-bar');
    await bar.waitFor();
    const below = async () => {
      const [box, panel] = await Promise.all([bar.boundingBox(), page.locator('.panel').boundingBox()]);
      return box && panel && box.y + box.height - panel.y;
    };
    await expect.poll(below).toBeLessThanOrEqual(1);
    await bar.getByRole('button', { name: /^(Pause|暂停)$/ }).click();
    await page.locator('.tags .drill', { hasText: /paused|已暂停/ }).waitFor();
    await expect.poll(() => violations(page)).toEqual([]);
    await bar.getByRole('button', { name: /^(Resume|继续)$/ }).click();
    await page.locator('.tags .drill', { hasText: '60×' }).waitFor();
    await bar.getByRole('button', { name: /^(Score|成绩)/ }).click();
    await dialog(page).locator('.row').first().waitFor();
    await expect.poll(() => violations(page)).toEqual([]);
    await page.keyboard.press('Escape');
    // Above the drill in the list of what runs, however short the drill's clock is.
    const listed = async () => {
      const rows = await page.locator('.side-incident .fine').allTextContents();
      return [real.id, id].map((one) => rows.findIndex((row) => row.includes(one)));
    };
    await expect.poll(async () => Math.min(...(await listed()))).toBeGreaterThanOrEqual(0);
    const [ahead = 0, behind = 0] = await listed();
    expect(ahead).toBeLessThan(behind);
    expect(troubles).toEqual([]);
  },
);

test.each(LOOKS)(
  'the drills to choose from are told in a sentence each, $name',
  { tags: 'soak' },
  async ({ screen, ...look }) => {
    const empty = await startHouse();
    try {
      const { page } = await person(at.browser, await empty.listen(), 'Chooser', look);
      await page.setViewportSize(screen);
      await page.getByRole('button', { name: /^(Other drills|其他演练)/ }).click();
      await dialog(page).locator('.row').nth(7).waitFor();
      await expect.poll(() => violations(page)).toEqual([]);
      await dialog(page).locator('.row button').nth(1).click();
      await page.locator('.drill-bar').waitFor();
    } finally {
      await empty.stop();
    }
  },
);

test('a dialog is renewed when the record changes, also by somebody else', async () => {
  const { page, troubles } = await person(at.browser, at.url, 'Reader');
  const desk = new Desk(page, at.url);
  const { id } = await desk.declare({ title: 'Answers', awareness: ago(5) });
  await desk.submit(id, { type: 'answer', fact: 'affected', value: ['personal_info'] });
  await desk.submit(id, { type: 'answer', fact: 'personal_info_people', value: { min: 300_000, max: 399_999 } });
  await page.goto(`${at.url}/incidents/${id}`);
  await openMore(page);
  await dialog(page).getByRole('button', { name: 'All answers' }).click();
  await dialog(page).getByText('300,000 to under 400,000 people').waitFor();
  await desk.submit(id, { type: 'answer', fact: 'personal_info_people', value: 1_200_000 });
  await dialog(page).getByText('1.2 million people').waitFor();
  await page.keyboard.press('Escape');
  await expect.poll(() => page.locator('dialog[open]').count()).toBe(0);
  // The website a report is sent by is a link.
  await desk.submit(id, { type: 'answer', fact: 'operator', value: 'other' });
  await openMore(page);
  await dialog(page).getByRole('button', { name: 'Text to send' }).click();
  await dialog(page).locator('a[href="https://12387.cert.org.cn"]').first().waitFor();
  expect(troubles).toEqual([]);
});

test('a conversation opens at its end, the time line can be scrolled with the keyboard, ids may be small', {
  tags: 'soak',
}, async () => {
  const { page } = await person(at.browser, at.url, 'Talker');
  const { id } = await new Desk(page, at.url).declare({ title: 'Long talk', awareness: ago(5) });
  await page.goto(`${at.url}/incidents/${id.toLowerCase()}`);
  await page.locator('.panel').waitFor();
  const line = page.locator('.composer-text');
  for (let n = 0; n < 14; n += 1) {
    await line.fill(`note ${n}: a line that is long enough to need a second line in the pane beside the cards`);
    await line.press('Enter');
    await expect.poll(() => line.inputValue()).toBe('');
  }
  await page.locator('.tab-timeline').click();
  await page.locator('.activity-list').waitFor();
  await expect.poll(() => page.locator('.activity-list').getAttribute('tabindex')).toBe('0');
  await expect.poll(() => violations(page)).toEqual([]);
  await page.locator('.tab-talk').click();
  const toEnd = '-document.querySelector(".log").scrollTop';
  await expect.poll(() => page.evaluate(toEnd)).toBeLessThan(10);
  await page.goto(`${at.url}/rooms/none`);
  await page.getByRole('heading', { name: 'none is not here' }).waitFor();
  await expect.poll(() => page.locator('.composer').count()).toBe(0);
});

test('a finger has 42 px for everything it presses', async () => {
  const { page } = await person(at.browser, at.url, 'Finger', { phone: true });
  const { id } = await new Desk(page, at.url).declare({ title: 'Touch', awareness: ago(5) });
  await page.goto(`${at.url}/incidents/${id}`);
  for (const name of ['checklist', 'owed'] as const) await unfold(page, name);
  await page.locator('.duty').first().waitFor();
  const small = `[...document.querySelectorAll('.button, .filter')].map((one) => [one.textContent.trim(), one.getBoundingClientRect().height]).filter(([, height]) => height > 0 && height < 42)`;
  await expect.poll(() => page.evaluate(small)).toEqual([]);
  // Declared from within another incident, the page goes to the new one.
  await page.locator('.composer-text').fill('/incident new Another one');
  await page.locator('.composer-text').press('Enter');
  await expect.poll(() => page.url()).not.toContain(id);
});

test('every tab is in view on a small screen, names are whole, and settings have words', { tags: 'soak' }, async () => {
  const { page } = await person(at.browser, at.url, 'Anna-Katharina Kellermann');
  const { id } = await new Desk(page, at.url).declare({ title: 'Narrow', awareness: ago(600) });
  await page.setViewportSize({ width: 1024, height: 768 });
  await page.goto(`${at.url}/incidents/${id}`);
  const right = async () => {
    const box = await page.locator('.tab-files').boundingBox();
    return (box?.x ?? Number.NaN) + (box?.width ?? 0);
  };
  await expect.poll(right).toBeLessThanOrEqual(1024);
  // An overdue clock does not say "by".
  await page.locator('.face[data-clock="overdue"]', { hasText: 'was due at' }).first().waitFor();
  await expect.poll(() => page.locator('.face[data-clock="overdue"] .due-ahead').first().isVisible()).toBe(false);
  await page.setViewportSize({ width: 1920, height: 1000 });
  await expect
    .poll(() => page.evaluate('document.querySelector(".me").scrollWidth - document.querySelector(".me").clientWidth'))
    .toBe(0);
  await openAccount(page);
  const words = async () => (await page.locator('.account .button').allInnerTexts()).map((one) => one.trim());
  await expect.poll(words).toEqual(['Alerts…', 'Keys and commands', 'Sign out']);
});

test('a menu opened on a narrow page is the side of the page once that is wide', { tags: 'soak' }, async () => {
  const { page } = await person(at.browser, at.url, 'Turned', { phone: true });
  await page.locator('.topbar [popovertarget]').click();
  await page.locator('#sidebar:popover-open').waitFor();
  await page.setViewportSize({ width: 1280, height: 720 });
  const edge = async (part: string, side: 'x' | 'end') => {
    const { x = Number.NaN, width = Number.NaN } = (await page.locator(part).boundingBox()) ?? {};
    return side === 'x' ? x : x + width;
  };
  await expect.poll(() => Promise.all([edge('#sidebar', 'end'), edge('#view', 'x')])).toEqual([264, 264]);
});

test('nothing that was read moves when more arrives', { tags: 'soak' }, async () => {
  const { page } = await person(at.browser, at.url, 'Steady');
  const desk = new Desk(page, at.url);
  for (let n = 0; n < 12; n += 1) await desk.declare({ title: `Steady ${n}`, awareness: ago(n) });
  await page.addInitScript(`
    window.moved = 0;
    new PerformanceObserver((list) => {
      for (const { value, hadRecentInput } of list.getEntries()) if (!hadRecentInput) window.moved += value;
    }).observe({ type: 'layout-shift', buffered: true });
  `);
  for (const [path, last] of [
    ['/incidents', '.by-month'],
    [`/incidents/INC-${new Date().getFullYear()}-0001`, '.panel-foot'],
  ] as const) {
    // The list of what runs comes after the page, the figures after the table.
    await page.route(/\/(desk|register\/figures)(\?|$)/, async (route) => {
      await page.waitForTimeout(600);
      await route.continue();
    });
    await page.goto(at.url + path);
    await page.locator(last).waitFor();
    await page.locator('.side-incident').first().waitFor();
    await page.waitForTimeout(800);
    expect([path, Number(await page.evaluate('window.moved'))]).toEqual([path, expect.toSatisfy((n) => n <= 0.02)]);
  }
});

test('the next two of several laws stand in the panel, the others in the list; a clock that is no law says so', {
  tags: 'soak',
}, async () => {
  const accounts = [{ platform: 'console', tenant: 'local', id: 'Li Wei' }];
  const laws = await startHouse({
    organisation: underThreeLaws([{ id: 'li', name: 'Li Wei', roles: ['lead'], accounts }]),
  });
  try {
    const address = await laws.listen();
    const { page } = await person(at.browser, address, 'Li Wei');
    const desk = new Desk(page, address);
    const { id } = await desk.declare({ title: 'Customer data leaked', awareness: ago(5) });
    for (const [fact, value] of Object.entries(ANSWERS))
      await desk.submit(id, { type: 'answer', fact, value: typeof value === 'object' ? [...value] : value });
    await page.goto(`${address}/incidents/${id}`);
    await page.locator('.face', { hasText: 'Acme' }).locator('.tag', { hasText: 'contract' }).waitFor();
    await expect.poll(() => page.locator('.face', { hasText: 'First report' }).locator('.tag').count()).toBe(0);
    await expect.poll(() => page.locator('.face').count()).toBe(2);
    await page.getByRole('link', { name: '2 more' }).click();
    await expect
      .poll(() => page.evaluate('document.querySelector(".surface-owed").getBoundingClientRect().top'))
      .toBeLessThan(500);
    await page.locator('.duty').first().waitFor();
  } finally {
    await laws.stop();
  }
});

test('a refused form brings its first error into view, also that of a choice', { tags: 'soak' }, async () => {
  const { page } = await person(at.browser, at.url, 'Refused');
  const desk = new Desk(page, at.url);
  const { id } = await desk.declare({ title: 'Refused', awareness: ago(5) });
  await desk.submit(id, { type: 'answer', fact: 'operator', value: 'other' });
  await page.setViewportSize({ width: 1280, height: 720 });
  await page.goto(`${at.url}/incidents/${id}`);
  await unfold(page, 'owed');
  await fromMenu(page.locator('.duty').first(), 'Record the filing…');
  const form = dialog(page);
  await form.locator('.drop').scrollIntoViewIfNeeded();
  await form.locator('[type=submit]').click();
  const error = form.locator('.error:visible').first();
  await error.waitFor();
  const inView = async () => {
    const box = await error.boundingBox();
    return box !== null && box.y > 0 && box.y + box.height < 650;
  };
  await expect.poll(inView).toBe(true);
  await expect.poll(() => page.evaluate('document.activeElement?.closest(".wrong") !== null')).toBe(true);
});
