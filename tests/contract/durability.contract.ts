import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import { verifyChain } from '../../src/incident/record/chain.ts';
import { AT, declaring, LIN, notice, noting, ROOM, WANG } from './fixtures.ts';
import { collect, type Harness } from './harness.ts';

const WRITER = fileURLToPath(new URL('./children/writer.ts', import.meta.url));

export function durabilityContract(harness: () => Harness): void {
  describe('durability', () => {
    it('acknowledges nothing when the commit fails, keeps nothing, and works again after', async () => {
      const h = harness();
      const id = (await h.store.change(declaring('k0'))).id ?? '';
      const before = await h.store.incident(id);
      h.breakCommits(true);
      const extras = {
        timers: [{ key: 't', kind: 'reminder', dueAt: AT }],
        notices: [notice('n')],
        surfaces: [{ room: ROOM, key: 'status' }],
      };
      const group = await Promise.allSettled([
        h.store.change(noting(id, 'a', { actor: WANG, extras })),
        h.store.change(noting(id, 'b')),
        h.store.change(declaring('c', { actor: WANG })),
        h.store.outbox.add([notice('m')]),
        h.store.probe(),
        h.store.blobs.put(new Uint8Array(10)),
      ]);
      expect(group.map((o) => o.status)).toEqual(Array(6).fill('rejected'));
      h.breakCommits(false);
      expect(await h.store.incident(id)).toEqual(before);
      expect(await h.store.incident('INC-2026-0002')).toBeNull();
      expect(await h.store.timers.of(id)).toEqual([]);
      expect(await h.store.outbox.counts()).toMatchObject({ ready: 0 });
      expect(await h.store.actorOf(WANG)).toBeNull();
      await h.store.probe();
      const after = await h.store.change(noting(id, 'b'));
      expect(after).toMatchObject({ kind: 'committed', state: { version: 2 } });
      expect(await h.store.change(declaring('c'))).toMatchObject({ kind: 'committed', id: 'INC-2026-0002' });
      expect(verifyChain(await collect(h.store.record(id)))).toBeNull();
    });

    it('puts a state first read in a failed commit back too', async () => {
      const h = harness();
      const id = (await h.store.change(declaring('k0'))).id ?? '';
      await h.reopen();
      h.breakCommits(true);
      const both = await Promise.allSettled([h.store.change(noting(id, 'a')), h.store.change(noting(id, 'b'))]);
      expect(both.map((o) => o.status)).toEqual(['rejected', 'rejected']);
      h.breakCommits(false);
      expect((await h.store.incident(id))?.version).toBe(1);
      expect(await h.store.change(noting(id, 'c'))).toMatchObject({ state: { version: 2 } });
    });

    it('finishes what is queued when closed, and takes nothing after', async () => {
      const h = harness();
      const change = h.store.change(declaring('k0'));
      const { store } = h;
      const reopened = h.reopen();
      await expect(store.change(declaring('k1'))).rejects.toThrow();
      expect((await change).kind).toBe('committed');
      await reopened;
      expect(await h.store.incident('INC-2026-0001')).not.toBeNull();
      expect(await h.store.incident('INC-2026-0002')).toBeNull();
    });

    it('has everything it acknowledged after SIGKILL, and no half of anything else', async () => {
      const h = harness();
      await h.store.change(declaring('k0', { actor: LIN }));
      const child = await h.whileClosed(() => killedWriter(h.childArguments(), 60));
      expect(child.signal).toBe('SIGKILL');
      expect(child.acknowledged.length).toBeGreaterThanOrEqual(60);
      const known = new Set<string>();
      for (const row of await h.store.incidents({ limit: 10_000 })) {
        const record = await collect(h.store.record(row.id));
        expect(verifyChain(record)).toBeNull();
        expect(record).toHaveLength(row.version);
        for (const entry of (await h.store.incident(row.id))?.notes ?? []) {
          known.add(entry.text);
          expect(await h.store.outbox.get(`notice ${entry.text}`)).not.toBeNull();
        }
      }
      for (const text of child.acknowledged) expect(known).toContain(text);
      const counts = await h.store.outbox.counts();
      expect(counts.ready).toBe(known.size);
      // The platform delivers again what it got no answer to: same keys, nothing doubled.
      const again = await h.store.change(noting('INC-2026-0001', child.acknowledged[0] ?? ''));
      expect(again.kind).toBe('replayed');
    });
  });
}

/** Runs the writer until it has acknowledged `enough` changes, then kills it in the middle of the next ones. */
async function killedWriter(
  args: readonly string[],
  enough: number,
): Promise<{ acknowledged: string[]; signal: string | null }> {
  const child = spawn(process.execPath, [WRITER, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  let complaint = '';
  child.stderr.on('data', (data: Buffer) => {
    complaint += data.toString();
  });
  const ended = new Promise<string | null>((resolve) => child.once('close', (_, signal) => resolve(signal)));
  const acknowledged: string[] = [];
  for await (const line of createInterface({ input: child.stdout })) {
    acknowledged.push(line);
    if (acknowledged.length === enough) child.kill('SIGKILL');
  }
  const signal = await ended;
  if (signal !== 'SIGKILL') throw new Error(`the writer ended by itself: ${complaint}`);
  return { acknowledged, signal };
}
