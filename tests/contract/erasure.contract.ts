import { describe, expect, it } from 'vitest';
import { verifyChain } from '../../src/incident/record/chain.ts';
import type { IncidentEvent } from '../../src/incident/record/events.ts';
import { AT, commits, declaring, notice, noting, ROOM } from './fixtures.ts';
import { collect, type Harness } from './harness.ts';

const SECRET = '会员姓名和手机号';
const ERASED: IncidentEvent = {
  type: 'erased',
  payload: { reason: 'asked for', drill: false, regimes: ['cn-cac-2025'], by: null },
};

export function erasureContract(harness: () => Harness): void {
  const evidence = (file: string): IncidentEvent => ({
    type: 'evidence_added',
    payload: { evidence: { file, name: `${SECRET}.txt`, size: 1, mediaType: 'text/plain' } },
  });
  /** Two incidents that share a file; the first has one of its own, messages and a card. Answers the files. */
  async function twoIncidents(): Promise<{ own: string; shared: string }> {
    const { store } = harness();
    const own = (await store.blobs.put(new TextEncoder().encode(SECRET))).sha256;
    const shared = (await store.blobs.put(new TextEncoder().encode('both'))).sha256;
    await store.change(declaring('a', { title: SECRET }));
    await store.change(declaring('b'));
    const extras = {
      notices: [notice('n1', { incident: 'INC-2026-0001' })],
      surfaces: [{ room: ROOM, key: 'status' }],
    };
    for (const file of [own, shared]) {
      await store.change(
        noting('INC-2026-0001', `f-${file}`, { decide: (current) => commits(current, [evidence(file)], extras) }),
      );
    }
    await store.change(noting('INC-2026-0002', 'g', { decide: (current) => commits(current, [evidence(shared)]) }));
    const root = await store.roomLog.append({
      address: 'main',
      thread: null,
      key: 'r',
      author: null,
      body: '{}',
      at: AT,
      incident: 'INC-2026-0001',
    });
    await store.roomLog.append({ address: 'main', thread: root.ref, key: 't', author: 'x', body: SECRET, at: AT });
    await store.roomLog.append({
      address: 'main',
      thread: null,
      key: 'o',
      author: 'x',
      body: 'something else',
      at: AT,
    });
    return { own, shared };
  }
  const erase = () =>
    harness().store.change(
      noting('INC-2026-0001', 'erase', {
        decide: (current) => commits(current, [ERASED], { row: { title: '—', phase: 'closed' } }),
      }),
    );

  describe('erasing', () => {
    it('drops content and salts; the chain still verifies and the incident still folds, also after a restart', async () => {
      const h = harness();
      await twoIncidents();
      await erase();
      await h.store.erasure.erase('INC-2026-0001', []);
      await h.reopen();
      const rows = await collect(h.store.record('INC-2026-0001'));
      expect(verifyChain(rows)).toBeNull();
      expect(rows.map(({ bytes }) => bytes === null)).toEqual([...rows.slice(1).map(() => true), false]);
      expect(rows.map(({ salt }) => salt === null)).toEqual(rows.map(({ bytes }) => bytes === null));
      expect(JSON.stringify(rows)).not.toContain(SECRET);
      const state = await h.store.incident('INC-2026-0001');
      expect(state).toMatchObject({ version: rows.length, title: '—', evidence: [], erased: { reason: 'asked for' } });
      expect((await h.store.events('INC-2026-0001')).map(({ event }) => event.type)).toEqual(['erased']);
    });

    it('drops what platforms keep of its cards and forms, but not of others that name it in words', async () => {
      const { store } = harness();
      await twoIncidents();
      const [one, two] = ['INC-2026-0001', 'INC-2026-0002'];
      const card = { incident: one, heading: SECRET };
      const values: Readonly<Record<string, string>> = {
        'wecom:task:1': JSON.stringify(card),
        'slack:value:2': `1774921320000|${JSON.stringify({ intent: { ...card, type: 'add_note' } })}`,
        'talk:form:3': JSON.stringify({ ref: { form: 'note', args: { incident: one } }, entered: { text: SECRET } }),
        'wecom:task:4': JSON.stringify({ incident: two, heading: `see {"incident":"${one}"}` }),
        'talk:focus:5': one,
      };
      for (const [key, value] of Object.entries(values)) await store.kept.put(key, value);
      await erase();
      await store.erasure.erase(one, []);
      const left = await Promise.all(Object.keys(values).map((key) => store.kept.get(key)));
      expect(left.map((value) => value !== null)).toEqual([false, false, false, true, true]);
    });

    it('drops files only it names, its messages, its notices and its cards', async () => {
      const { store } = harness();
      const { own, shared } = await twoIncidents();
      expect(await store.firstNaming(shared)).toBe('INC-2026-0001');
      await erase();
      await store.erasure.erase('INC-2026-0001', [own, shared]);
      expect(await Promise.all([own, shared].map((file) => store.firstNaming(file)))).toEqual([null, 'INC-2026-0002']);
      expect(await store.blobs.get(own)).toBeNull();
      expect(await store.blobs.get(shared)).not.toBeNull();
      expect(await store.outbox.get('n1')).toBeNull();
      expect(await store.surfaces.get('INC-2026-0001', ROOM, 'status')).toBeNull();
      expect((await store.roomLog.since('main', 0, 10)).map(({ body }) => body)).toEqual(['something else']);
      expect(await store.incident('INC-2026-0002')).toMatchObject({ evidence: [{ file: shared }] });
    });

    it('leaves what other incidents need: threads that name it, words of people, files of reports that wait', async () => {
      const { store } = harness();
      const { own } = await twoIncidents();
      const said = { address: 'main', author: 'x', at: AT };
      const names = { ...said, body: '{"card":"related to INC-2026-0001","incident":"INC-2026-0002"}' };
      const root = await store.roomLog.append({ ...names, thread: null, key: 'b', incident: 'INC-2026-0002' });
      await store.roomLog.append({ ...said, thread: root.ref, key: 'b1', body: 'we unplugged server 7' });
      await store.roomLog.append({ ...said, thread: null, key: 'm', body: 'see INC-2026-0001' });
      await store.roomLog.append({ ...said, thread: null, key: 'l', body: 'x', incident: 'INC-2026-00012' });
      const waiting = JSON.stringify({ text: '"incident":"INC-2026-0001"', files: [{ file: own }], decided: null });
      await store.kept.put('intake:report:S-WAITING', waiting);
      await store.outbox.add([notice('intake:S-WAITING:room', { incident: null })]);
      await erase();
      await store.erasure.erase('INC-2026-0001', [own]);
      const left = (await store.roomLog.since('main', 0, 20)).map(({ body }) => body);
      expect(left).toEqual(['something else', names.body, 'we unplugged server 7', 'see INC-2026-0001', 'x']);
      expect(await store.blobs.get(own)).not.toBeNull();
      expect(await store.kept.get('intake:report:S-WAITING')).toBe(waiting);
      expect(await store.outbox.get('intake:S-WAITING:room')).not.toBeNull();
    });

    it('takes the reports along that opened or joined it, with their notices, and the kept answers', async () => {
      const { store } = harness();
      await twoIncidents();
      const report = (incident: string) =>
        JSON.stringify({ text: SECRET, decided: { choice: 'opened', incident, by: 'x' } });
      for (const [ref, incident] of [
        ['A-ONE', 'INC-2026-0001'],
        ['A-TWO', 'INC-2026-0002'],
      ] as const) {
        await store.kept.put(`intake:report:${ref}`, report(incident));
        await store.kept.put(`intake:told:${ref}`, '');
        await store.outbox.add([notice(`intake:${ref}:person:li`, { incident: null })]);
      }
      await erase();
      await store.erasure.erase('INC-2026-0001', []);
      const kept = (await store.kept.list('intake:', 9)).map(({ key }) => key);
      expect(kept).toEqual(['intake:report:A-TWO', 'intake:told:A-TWO']);
      expect(await store.outbox.get('intake:A-ONE:person:li')).toBeNull();
      expect(await store.outbox.get('intake:A-TWO:person:li')).not.toBeNull();
      const again = await store.change(noting('INC-2026-0001', 'erase'));
      expect(again).toMatchObject({ replayed: false });
    });

    it('drops files of a report that is gone, unless a record or another report names them', async () => {
      const { store } = harness();
      const { own } = await twoIncidents();
      const put = async (text: string) => (await store.blobs.put(new TextEncoder().encode(text))).sha256;
      const [aside, waiting] = [await put('set aside'), await put('still waits')];
      await store.kept.put('intake:report:S-WAITING', JSON.stringify({ files: [{ file: waiting }], decided: null }));
      await store.erasure.dropFiles([own, aside, waiting]);
      await store.erasure.dropFiles([]);
      const left = await Promise.all([own, aside, waiting].map((file) => store.blobs.get(file)));
      expect(left.map((one) => one !== null)).toEqual([true, false, true]);
    });

    it('touches nothing unless the record says that it was erased', async () => {
      const { store } = harness();
      const { own } = await twoIncidents();
      await store.erasure.erase('INC-2026-0001', [own]);
      expect(await store.blobs.get(own)).not.toBeNull();
      expect((await store.incident('INC-2026-0001'))?.evidence).toHaveLength(2);
    });

    it('that was interrupted is found until it is done', async () => {
      const { store } = harness();
      await twoIncidents();
      await erase();
      expect(await store.erasure.unfinished()).toEqual(['INC-2026-0001']);
      await store.erasure.erase('INC-2026-0001', []);
      expect(await store.erasure.unfinished()).toEqual([]);
    });
  });

  describe('pruning the outbox', () => {
    it('drops what is settled and old, and nothing else', async () => {
      const { store, clock } = harness();
      await store.outbox.add([notice('old'), notice('waiting'), notice('new', { dueAt: AT + 1 })]);
      const claimed = await store.outbox.claim(clock.now(), 3);
      for (const { key, fence } of claimed) {
        if (key !== 'waiting') await store.outbox.settle(key, fence, { state: 'sent', ref: 'r' });
      }
      expect(await store.outbox.prune(AT + 1)).toBe(1);
      expect(await store.outbox.get('old')).toBeNull();
      expect(await store.outbox.get('waiting')).not.toBeNull();
      expect(await store.outbox.get('new')).not.toBeNull();
    });
  });
}
