import { expect, it, vi } from 'vitest';
import { z } from 'zod';

const pageSchema = z.object({ state: z.object({ open: z.array(z.object({ id: z.string() })) }) });
const loadSchema = z.object({ loadOpen: z.custom<() => Promise<void>>((value) => typeof value === 'function') });

/** Ids of the open incidents in the order of the page, which runs without a browser as far as that. */
async function ordered(incidents: readonly object[]): Promise<readonly string[]> {
  vi.stubGlobal('location', { pathname: '/incidents', search: '' });
  vi.stubGlobal('requestAnimationFrame', () => 0);
  vi.stubGlobal('addEventListener', () => {});
  vi.stubGlobal('fetch', async () => Response.json({ incidents }));
  const lib = '../../../src/platforms/console/web/lib';
  const { loadOpen } = loadSchema.parse({ ...(await import(`${lib}/load.js`)) });
  await loadOpen();
  const { state } = pageSchema.parse({ ...(await import(`${lib}/model.js`)) });
  vi.unstubAllGlobals();
  return state.open.map(({ id }) => id);
}

it('real incidents stand above drills, the next deadline first, those without one last and the newest above', async () => {
  const row = (id: string, nextDue: string | null, declaredAt = '10:00') => ({
    ...{ id, title: id, drill: id.startsWith('DRILL'), nextDue: nextDue && `2026-03-31T${nextDue}:00+08:00` },
    declaredAt: `2026-03-31T${declaredAt}:00+08:00`,
  });
  const wanted = [
    row('INC-3', '11:00'),
    row('INC-1', '12:00'),
    row('INC-5', null, '09:30'),
    row('INC-2', null, '09:00'),
    row('DRILL-2', null, '09:59'),
    row('DRILL-1', null, '09:00'),
  ];
  for (const given of [wanted, wanted.toReversed(), wanted.toSorted((a, b) => a.id.localeCompare(b.id))])
    expect(await ordered(given)).toEqual(wanted.map(({ id }) => id));
  const soon = { ...row('DRILL-3', '09:50'), now: null };
  expect((await ordered([soon, ...wanted]))[4]).toBe('DRILL-3');
});
