import { describe, expect, it } from 'vitest';
import type { LoggedMessage } from '../../src/use-cases/ports.ts';
import { AT } from './fixtures.ts';
import type { Harness } from './harness.ts';

export function roomLogContract(harness: () => Harness): void {
  describe('the room log', () => {
    const append = (address: string, key: string, thread: string | null = null) =>
      harness().store.roomLog.append({ address, thread, key, author: null, body: `body of ${key}`, at: AT });
    const refs = (messages: readonly LoggedMessage[]) => messages.map((m) => m.ref);

    it('keeps the first of two messages under one key of a room', async () => {
      const { store } = harness();
      const first = await append('a', 'k1');
      const again = await store.roomLog.append({
        address: 'a',
        thread: 'x',
        key: 'k1',
        author: 'y',
        body: 'z',
        at: AT + 1,
      });
      expect(again).toEqual(first);
      expect(first).toMatchObject({
        address: 'a',
        thread: null,
        author: null,
        body: 'body of k1',
        at: AT,
        editedAt: null,
      });
      expect((await append('b', 'k1')).ref).not.toBe(first.ref);
      expect(await store.roomLog.find('a', 'k1')).toEqual(first);
      expect(await store.roomLog.find('a', 'k2')).toBeNull();
    });

    it('gives what came after a seq, edits included, over restarts', async () => {
      const h = harness();
      const one = await append('a', 'k1');
      const two = await append('a', 'k2');
      await append('b', 'k3');
      const edited = await h.store.roomLog.edit(one.ref, 'changed', AT + 5);
      expect(edited).toMatchObject({ ref: one.ref, body: 'changed', at: AT, editedAt: AT + 5 });
      await h.reopen();
      const four = await append('a', 'k4');
      expect(refs(await h.store.roomLog.since('a', 0, 9))).toEqual([two.ref, one.ref, four.ref]);
      expect(refs(await h.store.roomLog.since('a', two.seq, 1))).toEqual([one.ref]);
      expect(refs(await h.store.roomLog.since('a', edited?.seq ?? 0, 9))).toEqual([four.ref]);
      expect(await h.store.roomLog.since('a', four.seq, 9)).toEqual([]);
    });

    it('edits nothing that is not there', async () => {
      for (const ref of ['99', 'nonsense', '']) expect(await harness().store.roomLog.edit(ref, 'x', AT)).toBeNull();
    });

    it('pages through a thread or the roots, newest page first, in the order of posting', async () => {
      const { store } = harness();
      const roots = [await append('a', 'r1'), await append('a', 'r2'), await append('a', 'r3')];
      const thread = roots[0]?.ref ?? '';
      const answers = [await append('a', 't1', thread), await append('a', 't2', thread)];
      await append('b', 'other');
      await store.roomLog.edit(thread, 'edited roots keep their place', AT + 1);
      const page = async (of: string | null, before: string | null, limit: number) =>
        refs(await store.roomLog.page('a', of, before, limit));
      expect(await page(null, null, 2)).toEqual([roots[1]?.ref, roots[2]?.ref]);
      expect(await page(null, roots[1]?.ref ?? '', 2)).toEqual([thread]);
      expect(await page(thread, null, 9)).toEqual(refs(answers));
      expect(await page(thread, answers[0]?.ref ?? '', 9)).toEqual([]);
    });

    it('tells listeners of each committed append and edit once, until cancelled', async () => {
      const h = harness();
      const heard: string[] = [];
      const cancel = h.store.roomLog.onChange((m) => heard.push(m.body));
      const { ref } = await append('a', 'k1');
      await append('a', 'k1');
      await h.store.roomLog.edit(ref, 'edited', AT);
      h.breakCommits(true);
      await expect(append('a', 'k2')).rejects.toThrow();
      h.breakCommits(false);
      cancel();
      await append('a', 'k3');
      expect(heard).toEqual(['body of k1', 'edited']);
    });
  });
}
