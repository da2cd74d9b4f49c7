import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Card } from '../../src/conversation/cards/card.ts';
import type { Account } from '../../src/incident/identity.ts';
import type { Messenger, OutgoingMessage, Place } from '../../src/use-cases/ports.ts';

/** One platform under test, with a room that takes messages and an eye on what its readers see. */
export interface MessengerHarness {
  readonly messenger: Messenger;
  readonly room: Place;
  /** Somebody who can be written to directly, and somebody of elsewhere. */
  readonly person: Account;
  readonly stranger: Account;
  /** Everything readable below a place (null thread: the roots), oldest first; `text` holds at least title and body. */
  seen(place: Place): Promise<readonly { readonly text: string }[]>;
  /** The next send does its work, but the answer is lost. Null where that cannot happen (a store of our own). */
  readonly loseNextAnswer: (() => void) | null;
  /** A handle as if of a message that somebody has deleted. */
  readonly goneRef: string;
  destroy(): Promise<void>;
}

const card = (title: string, blocks: Card['blocks'] = []): Card => ({
  tone: 'running',
  drill: false,
  title: { raw: title },
  summary: { key: 'status.no_clock' },
  blocks: [
    ...blocks,
    {
      kind: 'actions',
      actions: [
        { id: 'lead', label: { key: 'act.take_lead' }, does: { kind: 'intent', intent: { type: 'take_lead' } } },
      ],
    },
  ],
});

const message = (title: string, more: Partial<OutgoingMessage> = {}): OutgoingMessage => ({
  incident: 'INC-2026-0007',
  card: card(title),
  language: 'en',
  revision: 3,
  surface: 'status',
  ring: false,
  ...more,
});

/** What every Messenger promises, whatever the platform. */
export function platformContract(name: string, make: () => Promise<MessengerHarness>): void {
  describe(`Messenger contract: ${name}`, () => {
    let h: MessengerHarness;
    beforeEach(async () => {
      h = await make();
    });
    afterEach(() => h.destroy());

    const post = async (title: string, key: string, place: Place = h.room): Promise<string> => {
      const outcome = await h.messenger.post(place, h.messenger.render(message(title)), key);
      if (outcome.kind !== 'sent') throw new Error(JSON.stringify(outcome));
      return outcome.ref;
    };
    const print = (body: string): string => h.messenger.fingerprint?.(body) ?? body;

    it('renders the same message to the same bytes', () => {
      expect(h.messenger.render(message('a'))).toBe(h.messenger.render(message('a')));
      expect(h.messenger.render(message('a'))).not.toBe(h.messenger.render(message('b')));
    });

    it('binds the revision without making it a reason to edit', () => {
      const [third, fourth] = [h.messenger.render(message('a')), h.messenger.render(message('a', { revision: 4 }))];
      expect(third).not.toBe(fourth);
      expect(print(third)).toBe(print(fourth));
      expect(print(third)).not.toBe(print(h.messenger.render(message('b'))));
    });

    it('says that a message is late, and that it may be a repetition', () => {
      const plain = print(h.messenger.render(message('a')));
      const late = print(h.messenger.render(message('a', { late: { seconds: 720 } })));
      const repeated = print(h.messenger.render(message('a', { possiblyRepeated: true })));
      expect(new Set([plain, late, repeated]).size).toBe(3);
    });

    it('posts what people then see, in its thread if it has one', async () => {
      const root = await post('the root', 'k1');
      const thread = { ...h.room, thread: root };
      await post('below it', 'k2', thread);
      expect((await h.seen(h.room)).map(({ text }) => text)).toEqual([expect.stringContaining('the root')]);
      expect((await h.seen(thread)).map(({ text }) => text)).toEqual([expect.stringContaining('below it')]);
    });

    it('edits in place', async () => {
      const { canEdit } = h.messenger;
      if (!canEdit) return;
      const ref = await post('before', 'k1');
      expect(await canEdit.edit(h.room, ref, h.messenger.render(message('after')))).toEqual({ kind: 'sent', ref });
      const seen = await h.seen(h.room);
      expect(seen).toHaveLength(1);
      expect(seen[0]?.text).toContain('after');
      expect(seen[0]?.text).not.toContain('before');
    });

    it('says so when the message to edit is gone, so that it is posted again', async () => {
      const outcome = await h.messenger.canEdit?.edit(h.room, h.goneRef, h.messenger.render(message('x')));
      if (h.messenger.canEdit) expect(outcome).toMatchObject({ kind: 'refused', reason: 'gone' });
    });

    it('finds a message by its key, and only that one', async () => {
      const { canFind } = h.messenger;
      if (!canFind) return;
      const root = await post('one', 'k1');
      await post('two', 'k2');
      const thread = { ...h.room, thread: root };
      const below = await post('three', 'k3', thread);
      expect(await canFind.find(h.room, 'k1', 0)).toEqual({ kind: 'found', ref: root });
      expect(await canFind.find(thread, 'k3', 0)).toEqual({ kind: 'found', ref: below });
      expect(await canFind.find(h.room, 'k4', 0)).toEqual({ kind: 'absent' });
    });

    it('a lost answer is unknown, and the message can be found: it is there once', async () => {
      const { canFind } = h.messenger;
      if (!h.loseNextAnswer || !canFind) return;
      h.loseNextAnswer();
      const outcome = await h.messenger.post(h.room, h.messenger.render(message('once')), 'k1');
      expect(outcome.kind).toBe('unknown');
      expect(await canFind.find(h.room, 'k1', 0)).toMatchObject({ kind: 'found' });
      expect(await h.seen(h.room)).toHaveLength(1);
    });

    it('writes to a person, and knows whom it cannot reach', async () => {
      const { canMessagePeople, canFind } = h.messenger;
      if (!canMessagePeople) return;
      const place = await canMessagePeople.direct(h.person);
      if (!place) throw new Error('not reachable');
      await post('to you', 'k1', place);
      expect((await h.seen(place))[0]?.text).toContain('to you');
      if (canFind) expect(await canFind.find(place, 'k1', 0)).toMatchObject({ kind: 'found' });
      expect(await canMessagePeople.direct(h.stranger)).toBeNull();
    });

    it('sends a file with its message, and finds it again', async () => {
      const { canSendFile, canFind } = h.messenger;
      if (!canSendFile) return;
      const root = await post('root', 'k1');
      const thread = { ...h.room, thread: root };
      const file = { name: 'draft.docx', mediaType: 'application/zip', content: new TextEncoder().encode('PK') };
      const outcome = await canSendFile.sendFile(thread, file, h.messenger.render(message('the draft')), 'k2');
      if (outcome.kind !== 'sent') throw new Error(JSON.stringify(outcome));
      expect((await h.seen(thread))[0]?.text).toContain('draft.docx');
      if (canFind) expect(await canFind.find(thread, 'k2', 0)).toMatchObject({ kind: 'found', ref: outcome.ref });
    });

    it('never throws, wherever it is sent', async () => {
      const nowhere = { tenant: 'nowhere', address: 'nowhere', thread: null };
      const body = h.messenger.render(message('x'));
      for (const outcome of [
        await h.messenger.post({ ...nowhere, thread: 'none' }, body, 'k1'),
        await h.messenger.canEdit?.edit(nowhere, 'none', body),
      ]) {
        expect(['sent', 'refused', 'unknown', undefined]).toContain(outcome?.kind);
      }
    });
  });
}
