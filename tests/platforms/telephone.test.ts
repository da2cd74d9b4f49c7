import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Hono } from 'hono';
import { describe, expect, it, onTestFinished } from 'vitest';
import { doctorCommand } from '../../src/cli/doctor.ts';
import type { HttpEnv } from '../../src/http/routes.ts';
import { organisationSchema } from '../../src/incident/people/profile.ts';
import { createAliyun, reportPathOf } from '../../src/platforms/aliyun/gateway.ts';
import { aliyun } from '../../src/platforms/aliyun/index.ts';
import { consoleRoom } from '../../src/platforms/console/platform.ts';
import type { ChatPlatform } from '../../src/platforms/description.ts';
import { createHttpGateway } from '../../src/platforms/http-gateway/gateway.ts';
import { httpGateway } from '../../src/platforms/http-gateway/index.ts';
import { numberOf, type TelephoneNeeds } from '../../src/platforms/shared/telephone.ts';
import { createTwilio, signatureOf } from '../../src/platforms/twilio/gateway.ts';
import { twilio } from '../../src/platforms/twilio/index.ts';
import type { Messenger } from '../../src/use-cases/ports.ts';
import { SECRET, secretive } from '../conversation/secrets.ts';
import { GROUP, MINUTE, RoomsHouse } from '../delivery/rooms-house.ts';
import { newDataFolder } from '../fakes/folder.ts';
import { variants } from '../fakes/soak.ts';
import { ALIYUN, Exchange, type Mood, TWILIO } from '../fakes/telephone/exchange.ts';

const config = { publicUrl: 'https://jishi.example', proxy: null };
const account = (id: string) => ({ platform: 'two', tenant: 't', id });
const one = (id: string, roles: readonly string[], phone: string) => ({
  ...{ id, name: id, roles, phone, language: 'en', accounts: [account(id)] },
});
const people = [
  one('li', ['responder'], '13800000000'),
  one('wang', ['lead', 'approver'], '138 0000 0001'),
  one('zhao', ['filer'], '+86 138-0000-0002'),
];
const organisation = organisationSchema.parse({ ...secretive, people, roster: [], rooms: [GROUP] });
const must = <T>(value: T | null | undefined): T => {
  if (value === null || value === undefined) throw new Error('missing');
  return value;
};

/** Each service, as its settings make it at an address. */
const SERVICES: Readonly<Record<string, (url: string, needs: TelephoneNeeds) => ChatPlatform>> = {
  'a gateway over HTTP': (url, needs) => {
    const given = httpGateway.read({
      ...{ CALL_URL: `${url}/call`, CALL_BODY: '{"to":"{number}","say":"{text}","callback":"{answer}"}' },
      ...{ SMS_URL: `${url}/sms`, SMS_BODY: 'to={number}&text={text}&callback={answer}' },
      ...{ GATEWAY_HEADER: 'Authorization: Bearer gateway', GATEWAY_ACCEPTED: '"code":0' },
    });
    return createHttpGateway(must(given), { ...needs, config });
  },
  'Alibaba Cloud': (url, needs) =>
    createAliyun(must(aliyun.read({ ...ALIYUN, ALIYUN_API_URL: url })), { ...needs, config }),
  Twilio: (url, needs) => createTwilio(must(twilio.read({ ...TWILIO, TWILIO_API_URL: url })), { ...needs, config }),
};
type Service = keyof typeof SERVICES;

/** A house whose people are called by a service; declared by somebody who may not lead, and nobody answers. */
async function start(service: Service, lost: () => boolean = () => false, profile = organisation) {
  const exchange = new Exchange();
  const url = await exchange.listen();
  onTestFinished(() => exchange.close());
  const made: ChatPlatform[] = [];
  const more = (needs: TelephoneNeeds) => {
    exchange.clock = needs.clock;
    made.push(must(SERVICES[service])(url, needs));
    return made.map(
      ({ messenger }): Messenger => ({
        ...messenger,
        post: async (...given) => {
          const outcome = await messenger.post(...given);
          return lost() ? { kind: 'unknown', detail: 'the process ended before the response' } : outcome;
        },
      }),
    );
  };
  const rooms = await RoomsHouse.start(profile, more, [consoleRoom('en')]);
  const http = new Hono<HttpEnv>();
  const explain = () => ({ tone: 'calm' as const, drill: false, title: { raw: '' }, summary: { raw: '' }, blocks: [] });
  for (const platform of made) platform.serve({ app: rooms.house.app, explain }).routes.mount?.(http);
  await rooms.declare(SECRET.title, GROUP, { account: account('li'), name: 'li', language: 'en', room: GROUP });
  const report = (path: string, body: string, headers = {}) => http.request(path, { method: 'POST', body, headers });
  return { rooms, exchange, report };
}

const rungNumbers = ({ arrived }: Pick<Exchange, 'arrived'>): readonly string[] =>
  arrived.map(({ fields }) => fields['to'] ?? fields['To'] ?? fields['CalledNumber'] ?? fields['PhoneNumbers'] ?? '');

describe.each(Object.keys(SERVICES))('%s', (service) => {
  it('calls and texts who was asked and who is next after three minutes, once each, without content', async () => {
    const { rooms, exchange } = await start(service);
    await rooms.follow(2.5 * MINUTE);
    expect(exchange.arrived).toEqual([]);
    await rooms.follow(MINUTE);
    const numbers = rungNumbers(exchange).map((number) => number.slice(-11));
    expect(numbers.toSorted()).toEqual(['13800000001', '13800000001', '13800000002', '13800000002']);
    const all = exchange.arrived.map(({ body }) => decodeURIComponent(body)).join('\n');
    expect(all).toContain(rooms.incident);
    for (const secret of Object.values(SECRET)) expect(all).not.toContain(secret);
    expect(exchange.above).toEqual([]);
    // The record names people, never their numbers.
    const record = JSON.stringify(await rooms.state());
    expect(record.replaceAll(JSON.stringify(organisation), '')).not.toMatch(/telephone\/\+?\d{6}/);
  });

  it.each(['refuses', 'hangs up'] as const)('that %s is asked once, and other ways follow', async (mood) => {
    const { rooms, exchange } = await start(service);
    exchange.mood = mood;
    await rooms.follow(3.5 * MINUTE);
    await rooms.pass(20 * MINUTE);
    const [first] = exchange.arrived;
    const same = exchange.arrived.filter(({ path, fields }) => {
      const kind = (of: typeof fields) => of['Action'] ?? '';
      return path === first?.path && kind(fields) === kind(first.fields);
    });
    // wang and zhao, in the one round in which their turn is.
    expect(same.length).toBe(2);
    const undelivered = (await rooms.state()).undeliverable.filter(({ room }) => room.includes('/telephone/'));
    expect(undelivered.length).toBe(2);
  });
});

describe('a call during which the process ended', () => {
  /** Follows the calls of one person whose first response is lost, until nothing more is due. */
  async function interrupted(service: Service, then: (running: Awaited<ReturnType<typeof start>>) => Promise<void>) {
    // The first response for each of wang and zhao.
    const lost = [true, true];
    const running = await start(service, () => lost.pop() === true);
    await running.rooms.follow(3.1 * MINUTE);
    await then(running);
    await running.rooms.follow(2 * MINUTE);
    const toWang = running.exchange.arrived.filter(
      (one) => rungNumbers({ arrived: [one] })[0]?.endsWith('13800000001') === true,
    );
    return { ...running, texts: toWang.map(({ body }) => decodeURIComponent(body).replaceAll('+', ' ')) };
  }
  const spoken = /Twiml|"say"|CalledNumber/;

  it.each(['a gateway over HTTP', 'Twilio'] as const)('is made again by %s, and says so', async (service) => {
    const { texts, exchange } = await interrupted(service, async () => {});
    const calls = texts.filter((text) => spoken.test(text));
    expect(calls.map((text) => text.includes('Possible duplicate'))).toEqual([false, true]);
    expect(exchange.above).toEqual([]);
    // By its id a gateway can drop it.
    const ids = calls.map((text) => /\/(?:answer|key)\/(\w+)/.exec(text)?.[1]);
    expect([ids[0]?.length, ids[1]]).toEqual([15, ids[0]]);
  });

  it('is not made again by Alibaba Cloud, which refuses the nonce, and counts as possibly made twice', async () => {
    const { texts, exchange, rooms } = await interrupted('Alibaba Cloud', async () => {});
    const nonces = texts.filter((text) => spoken.test(text)).map((text) => /SignatureNonce=(\w+)/.exec(text)?.[1]);
    expect([nonces.length, nonces[1]]).toEqual([2, nonces[0]]);
    expect(exchange.above).toEqual([]);
    const outcomes = (await rooms.state()).undeliverable.map(({ outcome }) => outcome);
    expect(outcomes).toEqual(['repeated', 'repeated']);
  });

  it('is not made again once somebody has the incident', async () => {
    const { texts } = await interrupted('Twilio', async ({ rooms }) => {
      await rooms.must({ type: 'take_charge' }, by('zhao'));
    });
    expect(texts.filter((text) => spoken.test(text)).length).toBe(1);
  });
});

it.each(variants<Service>('a gateway over HTTP', 'Alibaba Cloud', 'Twilio'))(
  'a person is not rung above the limits of %s, whatever is due',
  {
    tags: 'grows',
  },
  async (service) => {
    const { rooms, exchange } = await start(service);
    await rooms.must({ type: 'answer', fact: 'operator', value: 'other' }, { ...by('li') });
    await rooms.must({ type: 'answer', fact: 'personal_info_people', value: 1_200_000 }, { ...by('li') });
    await rooms.follow(26 * 60 * MINUTE);
    expect(exchange.arrived.length).toBeGreaterThan(4);
    expect(exchange.above).toEqual([]);
  },
);

const by = (id: string) => ({ account: account(id), name: id, language: 'en' as const, room: GROUP });

describe('an answer by telephone is [I am on it]', () => {
  const charged = async (rooms: RoomsHouse) => {
    await rooms.house.settle();
    const { charge, people: all } = await rooms.state();
    return charge && all[charge.by]?.person;
  };

  it('a key reported to the address that the gateway was given', async () => {
    const { rooms, exchange, report } = await start('a gateway over HTTP');
    await rooms.follow(3.5 * MINUTE);
    const call = must(exchange.arrived.find(({ fields }) => fields['to']?.endsWith('2') && fields['say']));
    const path = new URL(must(call.fields['callback'])).pathname;
    expect((await report('/gateway/answer/guess', '')).status).toBe(404);
    expect((await report(path, '{"digits":"9"}')).status).toBe(404);
    for (const body of ['%', 'text=%E4%B', '[[[', '\0']) expect((await report(path, body)).status, body).toBe(404);
    expect((await report(path, 'x'.repeat(100_000))).status).toBe(413);
    expect(await charged(rooms)).toBe(null);
    expect((await report(path, '{"digits":"1"}')).status).toBe(204);
    expect(await charged(rooms)).toBe('zhao');
    // Nobody else is called.
    const before = exchange.arrived.length;
    await rooms.follow(20 * MINUTE);
    expect(exchange.arrived.length).toBe(before);
  });

  it('a key that Twilio reports, and a reply, if the report is signed', async () => {
    const { rooms, exchange, report } = await start('Twilio');
    await rooms.follow(3.5 * MINUTE);
    const call = must(exchange.arrived.find(({ fields }) => fields['Twiml'] && fields['To'] === '+8613800000001'));
    const path = new URL(must(/action="([^"]*)"/.exec(must(call.fields['Twiml']))?.[1])).pathname;
    const signed = (to: string, form: URLSearchParams) => ({
      'x-twilio-signature': signatureOf(TWILIO.TWILIO_AUTH_TOKEN, `${config.publicUrl}${to}`, form).toString('base64'),
    });
    const key = new URLSearchParams({ Digits: '1', CallSid: 'CA1' });
    expect((await report(path, key.toString())).status).toBe(403);
    expect((await report(path, key.toString(), signed('/elsewhere', key))).status).toBe(403);
    expect(await charged(rooms)).toBe(null);
    expect((await report(path, key.toString(), signed(path, key))).status).toBe(200);
    expect(await charged(rooms)).toBe('wang');
    const reply = new URLSearchParams({ From: '+8613800000002', Body: 'I have it', MessageSid: 'SM2' });
    await report('/twilio/reply', reply.toString(), signed('/twilio/reply', reply));
    expect(await charged(rooms)).toBe('zhao');
  });

  it('a key and a reply that Alibaba Cloud reports to the secret address', async () => {
    const { rooms, exchange, report } = await start('Alibaba Cloud');
    await rooms.follow(3.5 * MINUTE);
    const path = reportPathOf({ secret: ALIYUN.ALIYUN_ACCESS_KEY_SECRET });
    const call = must(exchange.arrived.find(({ fields }) => fields['CalledNumber'] === '13800000001'));
    const key = JSON.stringify([{ call_id: '116', out_id: call.fields['OutId'], dtmf: '1' }]);
    expect((await report('/aliyun/reports/guess', key)).status).toBe(404);
    expect(await (await report(path, key)).json()).toMatchObject({ code: 0 });
    expect(await charged(rooms)).toBe('wang');
    const reply = [{ phone_number: '13800000002', content: '我来处理', sequence_id: 7 }];
    await report(path, JSON.stringify(reply));
    expect(await charged(rooms)).toBe('zhao');
  });
});

describe('an answer by telephone counts', () => {
  const report = async ({ exchange, report: send }: Awaited<ReturnType<typeof start>>, number: string) => {
    const call = must(exchange.arrived.findLast(({ fields }) => fields['to']?.endsWith(number) && fields['say']));
    return send(new URL(must(call.fields['callback'])).pathname, '{"digits":"1"}');
  };

  it('from a person whose only account is on the chat that the incident left', async () => {
    const running = await start('a gateway over HTTP');
    await running.rooms.must({ type: 'leave_chat' }, by('wang'));
    await running.rooms.follow(225 * MINUTE);
    expect((await report(running, '2')).status).toBe(204);
    const { charge, people: all } = await running.rooms.state();
    expect(charge && all[charge.by]?.person).toBe('zhao');
  });

  it('as that of the person who was called, where several people share a telephone', async () => {
    const shared = people.map((person) => ({ ...person, phone: '13800000009' }));
    const profile = organisationSchema.parse({ ...organisation, people: shared });
    const { rooms, report: send } = await start('Alibaba Cloud', () => false, profile);
    await rooms.follow(3.5 * MINUTE);
    const reply = [{ phone_number: '13800000009', content: '1', sequence_id: 7 }];
    await send(reportPathOf({ secret: ALIYUN.ALIYUN_ACCESS_KEY_SECRET }), JSON.stringify(reply));
    const { charge, people: all } = await rooms.state();
    expect(['wang', 'zhao']).toContain(charge && all[charge.by]?.person);
  });
});

describe('jishi doctor --ring', () => {
  /** Runs it with Twilio set up for a profile that lists wang. */
  async function ring(name: string, mood: Mood = 'takes', settings: Record<string, string> = TWILIO) {
    const exchange = new Exchange();
    exchange.mood = mood;
    const url = await exchange.listen();
    const folder = newDataFolder('ring');
    onTestFinished(async () => {
      await exchange.close();
      rmSync(folder, { recursive: true, force: true });
    });
    const file = join(folder, 'organisation.yaml');
    const listed = '{ id: wang, name: 王磊, nameEn: Wang Lei, phone: "138 0000 0001", roles: [lead] }';
    writeFileSync(
      file,
      `organisation: x\nentities: [{ id: a, name: 兰庭, province: shanghai }]\npeople: [${listed}]\n`,
    );
    const lines: string[] = [];
    const say = (line: string): void => void lines.push(line);
    const address = 'TWILIO_NUMBER' in settings ? { TWILIO_API_URL: url } : {};
    const env = { DATA_DIR: folder, ORGANISATION_FILE: file, LANG: 'en', ...address, ...settings };
    const code = await doctorCommand(['--ring', name], { env, out: say, error: say, stdin: async () => '' });
    return { code, lines: lines.join('\n'), exchange };
  }

  it.each(['wang', '王磊', 'Wang Lei'])(
    'calls %s by what is set up, and says what the service answered',
    async (name) => {
      const { code, lines, exchange } = await ring(name);
      expect([code, lines]).toEqual([0, expect.stringContaining('王磊 is being called: CA1 SM1')]);
      expect(rungNumbers(exchange)).toEqual(['+8613800000001', '+8613800000001']);
    },
  );

  it.each([
    ['wang', 'refuses', TWILIO, 'was not called: HTTP 400: 21211'],
    ['zhao', 'takes', TWILIO, 'nobody with the id or name zhao'],
    ['wang', 'takes', {}, 'docs/telephone.md'],
  ] as const)('%s (%s): says what is wrong', async (name, mood, settings, words) => {
    const { code, lines } = await ring(name, mood, settings);
    expect([code, lines]).toEqual([1, expect.stringContaining(words)]);
  });
});

it.each([
  ['13800000000', '+8613800000000'],
  ['138 0000-0000', '+8613800000000'],
  ['0086 138 0000 0000', '+8613800000000'],
  ['+1 (415) 555-0100', '+14155550100'],
  ['021-60000000 ext. 8', null],
  ['call me', null],
  [undefined, null],
])('number %s is called as %s', (phone, number) => {
  expect(numberOf(phone)).toBe(number);
});
