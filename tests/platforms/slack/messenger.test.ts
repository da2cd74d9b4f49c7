import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Mention, Place } from '../../../src/use-cases/ports.ts';
import { outgoing, type SendingRig, sendingRig } from './rig.ts';

let rig: SendingRig;
beforeEach(async () => {
  rig = await sendingRig();
});
afterEach(() => rig.close());

const post = (title = 'x', key = 'k', place: Place = rig.room) =>
  rig.messenger.post(place, rig.messenger.render(outgoing(title)), key);

describe('outcomes', () => {
  it('429 is refused with the time to come back, kept by channel, and holds back neither other channels nor edits', async () => {
    rig.workspace.addChannel('C2');
    rig.server.fail('chat.postMessage', { kind: 'limited', seconds: 7 });
    expect(await post()).toEqual({
      kind: 'refused',
      reason: 'rate_limited',
      detail: 'ratelimited',
      retryAt: rig.clock.now() + 7_000,
    });
    const before = rig.server.calls.length;
    expect(await post()).toMatchObject({ reason: 'rate_limited' });
    expect(rig.server.calls.length).toBe(before);
    expect(await post('x', 'k2', { ...rig.room, address: 'C2' })).toMatchObject({ kind: 'sent' });
    rig.clock.advance(7_000);
    expect(await post()).toMatchObject({ kind: 'sent' });
  });

  it('a rate-limited countdown delays no answer', async () => {
    const sent = await post();
    if (sent.kind !== 'sent') throw new Error(sent.kind);
    rig.server.fail('chat.update', { kind: 'limited', seconds: 30 });
    await rig.messenger.canEdit?.edit(rig.room, sent.ref, rig.messenger.render(outgoing('y')));
    // The clock stands still: an answer that had to wait would never come.
    await rig.api.call('views.open', {
      trigger_id: 't1',
      view: { type: 'modal', title: { type: 'plain_text', text: 'x' }, blocks: [] },
    });
    expect(rig.server.callsOf('views.open')).toHaveLength(1);
  });

  it.each([
    [{ kind: 'status', status: 503, done: false } as const, { kind: 'unknown' }],
    [{ kind: 'status', status: 500, done: true } as const, { kind: 'unknown' }],
    [{ kind: 'lost' } as const, { kind: 'unknown' }],
    [{ kind: 'error', code: 'fatal_error' } as const, { kind: 'unknown' }],
    [{ kind: 'error', code: 'msg_too_long' } as const, { kind: 'refused', reason: 'invalid' }],
    [{ kind: 'error', code: 'channel_not_found' } as const, { kind: 'refused', reason: 'forbidden' }],
    [{ kind: 'error', code: 'something_new' } as const, { kind: 'refused', reason: 'forbidden' }],
  ])('%j is %j and is asked once, never again by itself', async (fault, expected) => {
    rig.server.fail('chat.postMessage', fault);
    expect(await post()).toMatchObject(expected);
    expect(rig.server.callsOf('chat.postMessage')).toHaveLength(1);
  });

  it('nothing listening is refused for certain: nothing was sent', async () => {
    await rig.server.close();
    // The connection that was open is found broken by the first call, which may have been sent.
    await post();
    expect(await post()).toMatchObject({ kind: 'refused', reason: 'unreachable' });
  });

  it('with a revoked token nobody can be reached here until Slack accepts it again', async () => {
    const account = { platform: 'slack', tenant: rig.room.tenant, id: 'U1' };
    rig.workspace.tokenError = 'token_revoked';
    expect(await post()).toMatchObject({ kind: 'refused', reason: 'unreachable', detail: 'token_revoked' });
    expect(rig.revoked()).toBe('token_revoked');
    expect(rig.messenger.canMessagePeople?.reaches?.(account)).toBe(false);
    rig.workspace.tokenError = null;
    expect(await post()).toMatchObject({ kind: 'sent' });
    expect(rig.messenger.canMessagePeople?.reaches?.(account)).toBe(true);
  });
});

describe('places', () => {
  it('a channel the bot is not in is left alone for a minute, and tried again as soon as it joins', async () => {
    rig.workspace.addChannel('C3', { members: [] });
    const there = { ...rig.room, address: 'C3' };
    expect(await post('x', 'k', there)).toMatchObject({ reason: 'forbidden', detail: 'not_in_channel' });
    expect(await post('x', 'k', there)).toMatchObject({ reason: 'forbidden' });
    expect(rig.server.callsOf('chat.postMessage')).toHaveLength(1);
    rig.workspace.channels.get('C3')?.members.add('U00BOT00001');
    await rig.directory.refreshChannel('C3');
    expect(await post('x', 'k', there)).toMatchObject({ kind: 'sent' });
  });

  it('nothing goes to a channel shared with another organisation', async () => {
    rig.workspace.addChannel('C4', { isShared: true });
    await rig.directory.loadChannels();
    expect(await post('x', 'k', { ...rig.room, address: 'C4' })).toMatchObject({
      reason: 'forbidden',
      detail: 'shared_channel',
    });
    expect(rig.server.callsOf('chat.postMessage')).toHaveLength(0);
  });

  it('a person who cannot be reached is not tried twice: the thread takes over', async () => {
    const account = { platform: 'slack', tenant: rig.room.tenant, id: 'U404' };
    const place = await rig.messenger.canMessagePeople?.direct(account);
    if (!place) throw new Error('unreachable at once');
    expect(await post('x', 'k', place)).toMatchObject({ kind: 'refused' });
    expect(await rig.messenger.canMessagePeople?.direct(account)).toBeNull();
  });
});

it('Slack names the scopes of the token, so that a missing one is logged', async () => {
  rig.server.workspace.scopes = new Set(['chat:write', 'users:read']);
  expect(await rig.directory.introduce()).toEqual(['chat:write', 'users:read']);
});

describe('what goes on the wire', () => {
  it('carries an opaque key, previews nothing and rings nobody', async () => {
    await post('x', 'INC-2026-0007:41:C1');
    const params = rig.server.callsOf('chat.postMessage')[0]?.params ?? {};
    expect(params['metadata']).not.toContain('INC');
    expect(params).toMatchObject({ unfurl_links: 'false', unfurl_media: 'false', link_names: 'false' });
  });

  it('a reminder that rings is also shown in the channel', async () => {
    const root = await post();
    if (root.kind !== 'sent') throw new Error(root.kind);
    const thread = { ...rig.room, thread: root.ref };
    await rig.messenger.post(thread, rig.messenger.render(outgoing('late', { ring: true })), 'k2');
    expect(rig.server.callsOf('chat.postMessage').at(-1)?.params['reply_broadcast']).toBe('true');
  });

  it('calls by name the people of a reminder, or who is there', async () => {
    const account = { platform: 'slack', tenant: 'T1', id: 'U00LIWEI001' };
    const odd = { ...account, id: 'U1> <!channel' };
    const sent = async (mention: Mention) => {
      await rig.messenger.post(
        rig.room,
        rig.messenger.render(outgoing('30 min left', { mention })),
        `k${String(mention)}`,
      );
      const { text = '', blocks = '' } = rig.server.callsOf('chat.postMessage').at(-1)?.params ?? {};
      return { text: text.split(' ')[0], blocks };
    };
    const called = await sent([account, account, odd]);
    expect(called.text).toBe('<@U00LIWEI001>');
    expect(called.blocks).toContain('<@U00LIWEI001>');
    expect(JSON.stringify(called)).not.toContain('<!channel');
    expect((await sent('everybody')).blocks).toContain('<!here>');
    expect((await sent([])).blocks).not.toContain('<');
  });

  it('what a button refers to is on disk before the button is shown', async () => {
    const text = '记'.repeat(3_000);
    const body = rig.messenger.render(
      outgoing('x', {
        card: {
          ...outgoing('x').card,
          blocks: [
            {
              kind: 'actions',
              actions: [{ id: 'a', label: { raw: 'a' }, does: { kind: 'intent', intent: { type: 'add_note', text } } }],
            },
          ],
        },
      }),
    );
    rig.server.fail('chat.postMessage', { kind: 'hang' });
    void rig.messenger.post(rig.room, body, 'k');
    await expect.poll(() => rig.server.callsOf('chat.postMessage').length).toBe(1);
    expect([...rig.kept.values.values()].some((value) => value.includes(text))).toBe(true);
    expect(rig.server.callsOf('chat.postMessage')[0]?.params['blocks']).not.toContain(text);
  });

  it('an upload that fails before it is shared may be done again; one whose answer is lost is found', async () => {
    const file = { name: 'd.pdf', mediaType: 'application/pdf', content: new Uint8Array([1]) };
    const send = () => rig.messenger.canSendFile?.sendFile(rig.room, file, rig.messenger.render(outgoing('x')), 'k');
    rig.server.fail('files.getUploadURLExternal', { kind: 'lost' });
    expect(await send()).toMatchObject({ kind: 'refused', reason: 'unreachable' });
    rig.server.fail('files.completeUploadExternal', { kind: 'lost' });
    expect(await send()).toMatchObject({ kind: 'unknown' });
    expect(await rig.messenger.canFind?.find(rig.room, 'k', rig.clock.now())).toMatchObject({ kind: 'found' });
    expect(rig.workspace.messages).toHaveLength(1);
  });
});
