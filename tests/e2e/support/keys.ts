import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { z } from 'zod';

const focusSchema = z.object({ name: z.string(), ring: z.boolean(), inView: z.boolean() });

/** What has the focus, by the name it is read out with; whether one sees that it has it. Null: nothing in the page. */
export async function focus(page: Page): Promise<z.infer<typeof focusSchema> | null> {
  return focusSchema.nullable().parse(await page.evaluate(FOCUS));
}
/** A ring around it or around what stands for it (the label of a box, the line of the composer), or a border of that colour. */
const FOCUS = `(() => {
  const e = document.activeElement;
  if (!e || e === document.body) return null;
  const probe = document.body.appendChild(document.createElement('i'));
  probe.style.color = 'var(--focus)';
  const colour = getComputedStyle(probe).color;
  probe.remove();
  const marked = (one) => {
    const style = getComputedStyle(one);
    const ring = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2 && style.outlineColor === colour;
    return ring || (style.borderTopStyle !== 'none' && style.borderTopColor === colour);
  };
  const box = e.getBoundingClientRect();
  const name = e.getAttribute('aria-label') ?? e.labels?.[0]?.textContent ?? e.textContent ?? '';
  return {
    name: name.trim(),
    ring: [e, e.parentElement].some(marked),
    inView: box.bottom > 0 && box.right > 0 && box.top < innerHeight && box.left < innerWidth,
  };
})()`;

/** Goes on with Tab until something of this name has the focus; at every stop on the way one sees where one is. */
export async function tabTo(page: Page, name: RegExp): Promise<void> {
  const passed: string[] = [];
  while (passed.length < MOST_STOPS) {
    await page.keyboard.press('Tab');
    const now = await focus(page);
    // Behind the last stop the browser itself has its turn; then it begins again.
    if (now) expect(now).toEqual({ name: now.name, ring: true, inView: true });
    passed.push(now?.name ?? '(browser)');
    if (now && name.test(now.name)) return;
  }
  throw new Error(`no ${name} among ${passed.join(' | ')}`);
}
const MOST_STOPS = 80;
