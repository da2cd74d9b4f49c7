import { describe, expect, test } from 'vitest';
import type { Card } from '../../../src/conversation/cards/card.ts';
import { readBody, show } from '../../../src/platforms/console/body.ts';
import { createConsoleMessenger } from '../../../src/platforms/console/messenger.ts';
import { createUsedLinks } from '../../../src/platforms/console/platform.ts';
import type { OutgoingMessage } from '../../../src/use-cases/ports.ts';
import { ManualClock } from '../../fakes/clock.ts';
import { memoryRoomLog } from '../../fakes/room-log.ts';

const card: Card = {
  tone: 'running',
  drill: false,
  title: { law: { zh: '已立案', en: 'Declared' } },
  summary: { key: 'common.yes' },
  blocks: [{ kind: 'text', text: { raw: '<b>raw</b>' } }],
};
const message: OutgoingMessage = {
  incident: 'INC-2026-0007',
  card,
  language: 'zh-CN',
  revision: 4,
  surface: 'status',
  ring: false,
};
const main = { tenant: 'local', address: 'main', thread: null };

function setUp() {
  const log = memoryRoomLog();
  return { log, messenger: createConsoleMessenger({ log, clock: new ManualClock() }) };
}

describe('a message', () => {
  test('is kept as keys, and everybody reads it in their own language', async () => {
    const { log, messenger } = setUp();
    await messenger.post(main, messenger.render(message), 'k1');
    const [logged] = await log.page('main', null, null, 10);
    if (!logged) throw new Error('nothing was posted');
    expect(show(logged, readBody(logged.body), 'en').card?.title).toBe('Declared');
    expect(show(logged, readBody(logged.body), 'zh-CN').card).toMatchObject({ title: '已立案', summary: '是' });
    expect(show(logged, readBody(logged.body), 'en')).toMatchObject({
      incident: 'INC-2026-0007',
      revision: 4,
      surface: 'status',
      author: null,
    });
  });

  test('that is late, or may be a repetition, says so first, in the words every platform uses', async () => {
    const { log, messenger } = setUp();
    await messenger.post(main, messenger.render({ ...message, late: { seconds: 725 }, possiblyRepeated: true }), 'k1');
    const [logged] = await log.page('main', null, null, 10);
    if (!logged) throw new Error('nothing was posted');
    expect(show(logged, readBody(logged.body), 'zh-CN').card?.blocks.slice(0, 2)).toEqual([
      { kind: 'note', text: '本提醒晚到12分钟，请以所列时限为准。' },
      { kind: 'note', text: '本条可能重复：无法确认上一次是否送达。' },
    ]);
  });

  test('posted twice under one key is there once', async () => {
    const { log, messenger } = setUp();
    const body = messenger.render(message);
    const first = await messenger.post(main, body, 'k1');
    expect(await messenger.post(main, body, 'k1')).toEqual(first);
    expect(await log.page('main', null, null, 10)).toHaveLength(1);
  });

  test('with another revision alone needs no edit; with another text it does', () => {
    const { messenger } = setUp();
    const seen = (m: OutgoingMessage) => messenger.fingerprint?.(messenger.render(m));
    expect(seen({ ...message, revision: 5 })).toBe(seen(message));
    expect(seen({ ...message, card: { ...card, tone: 'urgent' } })).not.toBe(seen(message));
  });

  test('is found by its key after an unknown outcome', async () => {
    const { messenger } = setUp();
    expect(await messenger.canFind?.find(main, 'k1', 0)).toEqual({ kind: 'absent', isFinal: true });
    const sent = await messenger.post(main, messenger.render(message), 'k1');
    expect(sent.kind).toBe('sent');
    expect(await messenger.canFind?.find(main, 'k1', 0)).toMatchObject({ kind: 'found' });
  });

  test('that is gone cannot be edited: delivery posts it again', async () => {
    const { messenger } = setUp();
    expect(await messenger.canEdit?.edit(main, '999', messenger.render(message))).toMatchObject({
      kind: 'refused',
      reason: 'gone',
    });
  });

  test('that rings stands in the thread and in the room', async () => {
    const { log, messenger } = setUp();
    const root = await messenger.post(main, messenger.render(message), 'root');
    if (root.kind !== 'sent') throw new Error('not sent');
    const thread = { ...main, thread: root.ref };
    const body = messenger.render({ ...message, surface: null, ring: true });
    await messenger.post(thread, body, 'due');
    await messenger.post(thread, body, 'due');
    expect(await log.page('main', root.ref, null, 10)).toHaveLength(1);
    expect(await log.page('main', null, null, 10)).toHaveLength(2);
  });

  test('a store that fails is an unknown outcome, not an exception', async () => {
    const { log, messenger } = setUp();
    log.failWith(new Error('disk full'));
    expect(await messenger.post(main, messenger.render(message), 'k1')).toMatchObject({
      kind: 'unknown',
      detail: 'disk full',
    });
    expect(await messenger.canFind?.find(main, 'k1', 0)).toEqual({ kind: 'unknown' });
  });
});

test('people of the console are reached directly, others are not', async () => {
  const { messenger } = setUp();
  const direct = messenger.canMessagePeople?.direct;
  expect(await direct?.({ platform: 'console', tenant: 'local', id: '陈宇' })).toEqual({
    tenant: 'local',
    address: 'dm:陈宇',
    thread: null,
  });
  expect(await direct?.({ platform: 'elsewhere', tenant: 'T', id: 'U' })).toBeNull();
});

test('a login link is used once, also by two at the same time', async () => {
  const log = memoryRoomLog();
  let n = 0;
  const links = createUsedLinks(log, new ManualClock(), { next: () => `claim-${n++}` });
  expect(await Promise.all([links.use('nonce', 'Li Wei'), links.use('nonce', 'Li Wei')])).toEqual([true, false]);
  expect(await links.use('nonce', 'Li Wei')).toBe(false);
  expect(await links.use('another', 'Li Wei')).toBe(true);
});
