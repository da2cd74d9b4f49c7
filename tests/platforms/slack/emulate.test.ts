import { createEmulator, type Emulator } from 'emulate';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Directory } from '../../../src/platforms/slack/directory.ts';
import { createApi, type SlackApi } from '../../../src/platforms/slack/send/api.ts';
import { backupPass } from '../../../src/platforms/slack/send/backups.ts';
import { createMessenger, PressResponses } from '../../../src/platforms/slack/send/messenger.ts';
import { SCOPES } from '../../../src/platforms/slack/setup/manifest.ts';
import { channelList, history, scheduledList } from '../../../src/platforms/slack/shapes.ts';
import type { Messenger } from '../../../src/use-cases/ports.ts';
import { ManualClock } from '../../fakes/clock.ts';
import { memoryKept, silent } from './kept.ts';
import { outgoing } from './rig.ts';

/**
 * The sending half against a Slack that somebody else wrote, with strict scopes: what it refuses with `missing_scope`, our
 * manifest forgot.
 */
const OURS = 'xoxb-ours';
const POOR = 'xoxb-poor';
let emulator: Emulator;
const opened: SlackApi[] = [];
let channel = '';

function talker(token: string): { api: SlackApi; messenger: Messenger; directory: Directory; clock: ManualClock } {
  const clock = new ManualClock(Date.now());
  const kept = memoryKept();
  const api = createApi({ token, apiUrl: `${emulator.url}/api`, proxy: null, clock, log: silent });
  opened.push(api);
  const directory = new Directory({ api, clock, kept, log: silent, profile: () => null });
  const messenger = createMessenger({
    ...{ api, clock, kept, directory },
    presses: new PressResponses(clock),
    publicUrl: null,
    standing: { refusalOf: () => null },
  });
  return { api, messenger, directory, clock };
}

beforeAll(async () => {
  emulator = await createEmulator({
    service: 'slack',
    port: 0,
    seed: {
      slack: {
        strict_scopes: true,
        users: [{ name: 'chen', real_name: 'Chen Yu' }],
        channels: [{ name: 'ops-china', is_private: true }],
        tokens: [
          { token: OURS, type: 'bot', user: 'chen', scopes: [...SCOPES.required, ...SCOPES.optional] },
          { token: POOR, type: 'bot', user: 'chen', scopes: ['channels:read', 'groups:read'] },
        ],
      },
    },
  });
  const { api } = talker(OURS);
  const { channels } = channelList.parse(
    await api.call('conversations.list', { types: 'public_channel,private_channel' }),
  );
  channel = channels.find((c) => c.name === 'ops-china')?.id ?? '';
});
afterAll(async () => {
  await Promise.all(opened.map(({ http }) => http.close()));
  await emulator.close();
});

describe('against emulate, strict scopes', () => {
  it('says who we are, what a channel is and who somebody is', async () => {
    const { directory } = talker(OURS);
    await directory.introduce();
    // emulate does not know users.conversations.
    await directory.refreshChannel(channel);
    expect(directory.team).toMatch(/^T/);
    expect(directory.channel(channel)?.is_private).toBe(true);
    expect((await directory.people.learn(directory.botUser))?.name).toBe('Chen Yu');
  });

  it('posts, replies, edits and finds by key; the text is what a notification shows', async () => {
    const { api, messenger } = talker(OURS);
    const place = { tenant: 'T', address: channel, thread: null };
    const root = await messenger.post(place, messenger.render(outgoing('root <!channel>')), 'k-root');
    if (root.kind !== 'sent') throw new Error(JSON.stringify(root));
    const thread = { ...place, thread: root.ref };
    const reply = await messenger.post(thread, messenger.render(outgoing('reply')), 'k-reply');
    expect(reply.kind).toBe('sent');
    expect(await messenger.canEdit?.edit(place, root.ref, messenger.render(outgoing('edited')))).toEqual(root);
    expect(await messenger.canFind?.find(place, 'k-root', 0)).toEqual({ kind: 'found', ref: root.ref });
    expect(await messenger.canFind?.find(thread, 'k-reply', 0)).toMatchObject({ kind: 'found' });
    expect(await messenger.canFind?.find(place, 'k-none', 0)).toEqual({ kind: 'absent' });
    const { messages } = history.parse(await api.call('conversations.replies', { channel, ts: root.ref }));
    expect(messages.map((m) => m.text.split('\n')[0])).toEqual(['🟡 edited', '🟡 reply']);
    expect(await messenger.canEdit?.edit(place, '1.000001', messenger.render(outgoing('x')))).toMatchObject({
      reason: 'gone',
    });
  });

  it('writes to a person and uploads a file into the thread', async () => {
    const { api, messenger, directory } = talker(OURS);
    await directory.introduce();
    const person = await messenger.canMessagePeople?.direct({
      platform: 'slack',
      tenant: directory.team,
      id: directory.botUser,
    });
    if (!person) throw new Error('unreachable');
    const place = { tenant: directory.team, address: channel, thread: null };
    const root = await messenger.post(place, messenger.render(outgoing('for the file')), 'k-file-root');
    if (root.kind !== 'sent') throw new Error(root.kind);
    const file = { name: 'draft.docx', mediaType: 'application/zip', content: new TextEncoder().encode('PK') };
    const thread = { ...place, thread: root.ref };
    const sent = await messenger.canSendFile?.sendFile(thread, file, messenger.render(outgoing('the draft')), 'k-file');
    expect(sent).toMatchObject({ kind: 'sent' });
    const { messages } = history.parse(await api.call('conversations.replies', { channel, ts: root.ref }));
    expect(messages.at(-1)?.files).toHaveLength(1);
    expect(await messenger.canFind?.find(thread, 'k-file', 0)).toMatchObject({ kind: 'found' });
  });

  it('places a backup reminder once and takes it back', async () => {
    const { api, clock } = talker(OURS);
    const wanted = [
      {
        incident: 'INC-2026-0007',
        room: `slack/T/${channel}`,
        thread: null,
        postAt: clock.now() + 3_600_000,
        mention: [],
        language: 'en' as const,
        summary: 's',
      },
    ];
    const list = async () => scheduledList.parse(await api.call('chat.scheduledMessages.list')).scheduled_messages;
    const pass = (now: typeof wanted) =>
      backupPass({
        ...{ api, clock, log: silent, backups: async () => now },
        directory: { place: 'slack/T', teams: [undefined] },
      });
    await pass(wanted);
    await pass(wanted);
    expect(await list()).toHaveLength(1);
    await pass([]);
    expect(await list()).toHaveLength(0);
  });

  it('a missing scope is a refusal, not an unknown outcome', async () => {
    const { messenger } = talker(POOR);
    const outcome = await messenger.post(
      { tenant: 'T', address: channel, thread: null },
      messenger.render(outgoing('x')),
      'k',
    );
    expect(outcome).toMatchObject({ kind: 'refused', reason: 'forbidden', detail: 'missing_scope' });
  });
});
