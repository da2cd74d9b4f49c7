import { describe, expect, it, onTestFinished } from 'vitest';
import webPush from 'web-push';
import type { Card } from '../../../src/conversation/cards/card.ts';
import { createLogger } from '../../../src/ops/logger.ts';
import { createConsoleMessenger, directAddress } from '../../../src/platforms/console/messenger.ts';
import { Push } from '../../../src/platforms/console/push.ts';
import type { OutgoingMessage } from '../../../src/use-cases/ports.ts';
import { ManualClock } from '../../fakes/clock.ts';
import { startHouse } from '../../fakes/house.ts';
import { Client, signIn } from '../../fakes/http-client.ts';
import { PushService } from '../../fakes/push/service.ts';

const { publicKey, privateKey } = webPush.generateVAPIDKeys();

/** A house with notifications switched on, and the service of the browsers of its people. */
async function start() {
  const service = new PushService(publicKey);
  const services = [await service.listen(), 'https://*.push.example'];
  onTestFinished(() => service.close());
  const push = { privateKey, contact: 'mailto:security@example.com', services };
  const running = await startHouse({ push });
  onTestFinished(() => running.stop());
  const li = await signIn(new Client(running, { 'accept-language': 'en' }), 'Li Wei');
  const wang = await signIn(new Client(running, { 'accept-language': 'zh-CN' }), 'Wang Fang');
  return { service, running, li, wang, push };
}

async function idOf(answer: Response): Promise<string> {
  expect(answer.status).toBe(201);
  return ((await answer.json()) as { readonly id: string }).id;
}

describe('a device', () => {
  it('rings once the test arrived there, for nobody but who added it', async () => {
    const { service, li, wang } = await start();
    const device = service.register();
    const id = await idOf(await li.post('/api/v1/push', device.subscription));
    expect(await (await li.get('/api/v1/push')).json()).toMatchObject({
      key: publicKey,
      devices: [{ id, arrived: null }],
    });
    const [sent] = device.arrived;
    expect(sent).toMatchObject({ title: 'Jishi: test', url: '/', test: { id } });
    const word = sent?.test?.word ?? '';
    const said = (by: Client, given: string) => by.post(`/api/v1/push/${id}/arrived`, { word: given });
    expect((await said(wang, word)).status).toBe(404);
    expect((await said(li, `${word}x`)).status).toBe(404);
    expect((await said(li, word)).status).toBe(204);
    expect(await (await li.get('/api/v1/push')).json()).toMatchObject({
      devices: [{ id, arrived: expect.any(Number) }],
    });
    expect(await (await wang.get('/api/v1/push')).json()).toMatchObject({ devices: [] });
    await wang.raw(`/api/v1/push/${id}`, { method: 'DELETE' });
    expect(await (await li.get('/api/v1/push')).json()).toMatchObject({ devices: [{ id }] });
    await li.raw(`/api/v1/push/${id}`, { method: 'DELETE' });
    expect(await (await li.get('/api/v1/push')).json()).toMatchObject({ devices: [] });
  });

  it.each([
    'http://127.0.0.1:1/send/x',
    'https://push.example.evil.example/x',
    'https://a.b.push.example/x',
    'https://push.example/x',
    'http://one.push.example/x',
    'https://one.push.example:8443/x',
    'file:///etc/passwd',
  ])('of a service that is not listed is refused with a sentence: %s', async (endpoint) => {
    const { service, wang } = await start();
    const { keys } = service.register().subscription;
    const answer = await wang.post('/api/v1/push', { endpoint, keys });
    expect(answer.status).toBe(422);
    expect(await answer.json()).toMatchObject({ field: 'endpoint' });
    expect(await (await wang.get('/api/v1/push')).json()).toMatchObject({ devices: [] });
  });

  it('is one of ten at most', async () => {
    const { service, li } = await start();
    for (let n = 0; n < 10; n += 1) await idOf(await li.post('/api/v1/push', service.register().subscription));
    const eleventh = await li.post('/api/v1/push', service.register().subscription);
    expect(await eleventh.json()).toMatchObject({
      detail: 'Ten of your devices get notifications already. Turn them off on one of these first.',
    });
  });

  it('cannot be added while notifications are off', async () => {
    const running = await startHouse();
    onTestFinished(() => running.stop());
    const li = await signIn(new Client(running), 'Li Wei');
    expect(await (await li.get('/api/v1/push')).json()).toEqual({ key: null, devices: [] });
    const subscription = {
      endpoint: 'https://fcm.googleapis.com/x',
      keys: { p256dh: 'A'.repeat(87), auth: 'A'.repeat(22) },
    };
    expect((await li.post('/api/v1/push', subscription)).status).toBe(404);
  });
});

const SECRET = '客户数据库被拖库';
const clock = (due: string): Card['blocks'][number] => ({ kind: 'clock', text: { raw: SECRET }, due, tone: 'urgent' });
const card = (...blocks: Card['blocks']): Card => ({
  ...{ tone: 'urgent', drill: false, title: { raw: SECRET }, summary: { raw: SECRET }, blocks },
});

describe('a message to a person', () => {
  /** Messenger of a console with a device of Li Wei that rings and one whose test never arrived. */
  async function ringing() {
    const { service, running, push: settings } = await start();
    const { store } = running;
    const holders = new Map([['li', 'li-wei']]);
    const push = await Push.open({
      config: { push: settings, proxy: null },
      ...{
        kept: store.kept,
        clock: new ManualClock(),
        ids: { next: () => crypto.randomUUID() },
        log: createLogger('silent'),
        personOf: (account) => holders.get(account) ?? null,
      },
    });
    if (!push) throw new Error('off');
    onTestFinished(() => push.close());
    const [device, silent] = [service.register(), service.register()];
    for (const one of [device, silent]) await push.add('li', one.subscription, 'en');
    const test = device.arrived[0]?.test;
    await push.arrived('li', test?.id ?? '', test?.word ?? '');
    device.arrived.length = 0;
    silent.arrived.length = 0;
    const now = new ManualClock();
    const messenger = createConsoleMessenger({ log: store.roomLog, clock: now, push });
    const send = (given: Partial<OutgoingMessage>, address = directAddress('li')) => {
      const about = { incident: 'INC-2026-0007', card: card(), revision: 3, surface: null, ring: true };
      const body = messenger.render({ ...about, language: 'zh-CN', ...given });
      return messenger.post({ tenant: 'local', address, thread: null }, body, crypto.randomUUID());
    };
    const quiet = (id: string) => messenger.canMessagePeople?.quiet?.({ platform: 'console', tenant: 'local', id });
    return { service, push, holders, device, silent, messenger, send, quiet, now };
  }

  it('rings on devices that proved it, in the language of the device, with the time left and no content', async () => {
    const { device, silent, send, quiet, now } = await ringing();
    const due = (minutes: number) => new Date(now.now() + minutes * 60_000).toISOString();
    expect([quiet('li'), quiet('wang')]).toEqual([false, true]);
    for (const blocks of [[clock(due(30))], [clock(due(-1))], []])
      expect(await send({ card: card(...blocks) })).toMatchObject({ kind: 'sent' });
    const shown = { title: 'INC-2026-0007', url: '/incidents/INC-2026-0007' };
    expect(device.arrived).toEqual([
      { ...shown, body: '30 min left. Open Jishi.' },
      { ...shown, body: 'Overdue. Open Jishi.' },
      { ...shown, body: 'Something in Jishi needs your action.' },
    ]);
    expect(silent.arrived).toEqual([]);
  });

  it('counts the time of a drill by its own clock', async () => {
    const { device, send, now } = await ringing();
    const segment = {
      wall: new Date(now.now() - 60_000).toISOString(),
      incidentTime: '2026-01-01T00:00:00.000Z',
      rate: 10,
    };
    const block = { ...clock('2026-01-01T01:00:00.000Z'), segment } as Card['blocks'][number];
    await send({ card: { ...card(block), drill: true } });
    expect(device.arrived[0]?.body).toBe('50 min left. Open Jishi.');
  });

  it('to a room, to somebody else or without a ring notifies nobody', async () => {
    const { device, send } = await ringing();
    await send({}, 'main');
    await send({}, directAddress('wang'));
    await send({ ring: false });
    expect(device.arrived).toEqual([]);
  });

  it.each([
    ['refuses it', 500],
    ['asks to wait', 429],
  ])('is reached another way, and kept in the console, where the service %s', async (_, status) => {
    const { service, send, quiet } = await ringing();
    service.trouble = status;
    expect(await send({})).toMatchObject({ kind: 'refused', partly: true });
    expect(quiet('li')).toBe(false);
  });

  it.each([
    ['left the profile', null],
    ['passed the account on', 'li-na'],
  ])('does not reach, nor count on, the device of a person who %s', async (_, holder) => {
    const { push, holders, device, send, quiet } = await ringing();
    if (holder === null) holders.delete('li');
    else holders.set('li', holder);
    expect([quiet('li'), push.devices('li')]).toEqual([true, []]);
    await send({});
    expect(device.arrived).toEqual([]);
    holders.set('li', 'li-wei');
    expect(quiet('li')).toBe(false);
  });

  it('does not count on a device whose browser is gone', async () => {
    const { service, device, send, quiet } = await ringing();
    service.forget(device);
    expect(await send({})).toMatchObject({ kind: 'refused', partly: true });
    expect(quiet('li')).toBe(true);
    expect(await send({})).toMatchObject({ kind: 'sent' });
  });
});
