import { expect, it, onTestFinished } from 'vitest';
import { AT, declaring, notice } from '../contract/fixtures.ts';
import { Power } from '../simulation/power.ts';
import { sqliteHarness } from './sqlite-harness.ts';

/** A store on a disk that keeps only what somebody waited for once the power goes. */
async function onDisk() {
  const hooks = { synced: (): void => {} };
  const h = await sqliteHarness({ synced: () => hooks.synced() });
  onTestFinished(() => h.destroy());
  const power = new Power(h.file);
  hooks.synced = () => power.synced();
  return {
    h,
    /** The power goes and comes back; answers whether anything was lost. */
    cut: async (): Promise<boolean> => {
      const cut = power.cut();
      await h.whileClosed(async () => cut?.restore());
      return cut !== null;
    },
  };
}

it('what was acknowledged and what was claimed is there after a power cut, how a send ended may be forgotten', async () => {
  const { h, cut } = await onDisk();
  const first = await h.store.change(declaring('k1', { extras: { notices: [notice('n1')] } }));
  const [claimed] = await h.store.outbox.claim(AT + 1_000, 10);
  expect(await h.store.outbox.settle('n1', claimed?.fence ?? 0, { state: 'sent', ref: 'm1' })).toBe(true);
  expect(await cut()).toBe(true);
  expect(await h.store.incident(first.id ?? '')).toMatchObject({ title: 'Outage' });
  const again = await h.store.outbox.claim(AT + 2_000, 10);
  expect(again).toMatchObject([{ key: 'n1', wasUnknown: false, fence: 2 }]);
});

it('what is written later takes a note along', async () => {
  const { h, cut } = await onDisk();
  await h.store.change(declaring('k1', { extras: { notices: [notice('n1')] } }));
  const [claimed] = await h.store.outbox.claim(AT + 1_000, 10);
  const settling = h.store.outbox.settle('n1', claimed?.fence ?? 0, { state: 'sent', ref: 'm1' });
  await Promise.all([settling, h.store.change(declaring('k2'))]);
  expect(await cut()).toBe(false);
  expect(await h.store.outbox.get('n1')).toMatchObject({ state: 'sent', ref: 'm1' });
});

it('a killed process forgets no note', async () => {
  const { h } = await onDisk();
  await h.store.change(declaring('k1', { extras: { notices: [notice('n1')] } }));
  const [claimed] = await h.store.outbox.claim(AT + 1_000, 10);
  await h.store.outbox.settle('n1', claimed?.fence ?? 0, { state: 'sent', ref: 'm1' });
  await h.reopen();
  expect(await h.store.outbox.get('n1')).toMatchObject({ state: 'sent' });
});
