import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Marked } from '../../src/use-cases/ports.ts';
import { createSecondReader } from '../../src/wiring/second-reader.ts';
import { BERLIN, GROUP, person } from '../delivery/rooms-house.ts';
import { silent } from '../platforms/slack/kept.ts';
import { Conversation } from './conversation.ts';

const at = { room: GROUP };
const ME = person('li', GROUP);
const TEXT = '昨夜运维反馈库里大概出去了120万个人的资料，最早那条记录写着3月31日 08:41，其余还在查';
const PEOPLE: Marked = { fact: 'personal_info_people', quote: '120万个人', from: TEXT.indexOf('120万个人') };
const START: Marked = { fact: 'first_notice', quote: '3月31日 08:41', from: TEXT.indexOf('3月31日') };

async function declared(): Promise<Conversation> {
  const talk = await Conversation.start();
  await talk.rooms.declare('会员数据泄露', GROUP);
  return talk;
}

/** Proposals for a text, as its writer sees them. */
async function read(talk: Conversation, text = TEXT, who = ME) {
  const { version } = await talk.state();
  const place = { kind: 'room', room: who.room ?? GROUP } as const;
  const line = { caller: who, place, text, command: talk.rooms.house.app.read(text), about: null };
  const outcome = await talk.talk.secondReading(
    { ...line, delivery: { platform: 'talk', key: 'k', body: '' } },
    talk.rooms.incident,
  );
  // Whatever a reader says, nothing is recorded before a press.
  expect((await talk.state()).version).toBe(version);
  return outcome && Conversation.heard(outcome.answers, GROUP);
}

describe('marks of the second reader', () => {
  it('are proposals, with their words and a press each; what is confirmed says where it stood', async () => {
    const talk = await declared();
    talk.rooms.marks = () => [PEOPLE, START];
    const found = await read(talk);
    expect(found?.buttons).toEqual(['记录', '记录']);
    expect(found?.text).toContain('120万人（“夜运维反馈库里大概出去了【120万个人】的资料，最早那条记录写着”）');
    if (!found) throw new Error('nothing was found');
    await talk.press(found, '记录', at);
    const entry = (await talk.state()).facts['personal_info_people'];
    expect(entry?.value).toBe(1_200_000);
    expect(entry?.basis).toMatch(/^由stand-in标出：“120万个人”，位置\d+–\d+；全文 SHA-256 [0-9a-f]{64}$/);
  });

  it.each<[string, readonly Marked[]]>([
    ['words that do not stand in the text', [{ ...PEOPLE, quote: '500万人' }]],
    ['an unknown fact', [{ ...PEOPLE, fact: 'everything' }]],
    ['a judgement', [{ ...PEOPLE, fact: 'data_threat', quote: '其余' }]],
    ['words our reader cannot read as that fact', [{ ...PEOPLE, quote: '其余还在查' }]],
    ['no words', [{ ...PEOPLE, quote: ' ' }]],
    ['a time to come', [{ ...START, quote: '其余' }]],
    ['a part of a number', [{ ...PEOPLE, quote: '20万个人' }]],
    ['a time without its day', [{ ...START, quote: '08:41' }]],
    ['a time as a number of people', [{ ...PEOPLE, quote: '3月31日 08:41' }]],
  ])('%s are dropped', async (_, marks) => {
    const talk = await declared();
    talk.rooms.marks = () => marks;
    expect(await read(talk)).toBe(null);
  });

  it('that are cut out of a number or a time never come to another one', async () => {
    const talk = await declared();
    const { version } = await talk.state();
    for (const fact of [PEOPLE.fact, START.fact])
      for (let from = 0; from < TEXT.length; from += 1)
        for (let to = from + 1; to <= Math.min(TEXT.length, from + 14); to += 1) {
          const quote = TEXT.slice(from, to);
          if (!/\d/.test(quote)) continue;
          talk.rooms.marks = () => [{ fact, quote, from }];
          const place = { kind: 'room', room: GROUP } as const;
          const line = { caller: ME, place, text: TEXT, command: talk.rooms.house.app.read(TEXT), about: null };
          const outcome = await talk.talk.secondReading(
            { ...line, delivery: { platform: 'talk', key: 'k', body: '' } },
            talk.rooms.incident,
          );
          const said = outcome ? Conversation.heard(outcome.answers, GROUP).text : '';
          const wanted = fact === PEOPLE.fact ? /120万人/ : /08:41/;
          if (said !== '') expect(said, quote).toMatch(wanted);
        }
    expect((await talk.state()).version).toBe(version);
  });

  it('with a wrong place are looked up by their words; of ten thousand there are six at most, one of each fact', async () => {
    const talk = await declared();
    talk.rooms.marks = () => Array.from({ length: 10_000 }, (_, n) => ({ ...PEOPLE, from: n }));
    expect((await read(talk))?.buttons).toEqual(['记录']);
  });

  it('are not asked for in a room abroad, after a stop, about a secret, or abroad while data may be affected', async () => {
    const talk = await declared();
    let asked = 0;
    talk.rooms.marks = () => {
      asked += 1;
      return [PEOPLE];
    };
    expect(await read(talk, TEXT, person('li', BERLIN))).toBe(null);
    expect(await read(talk, `${TEXT}，涉密`)).toBe(null);
    talk.rooms.reader.isAbroad = true;
    expect(await read(talk)).toBe(null);
    expect(asked).toBe(0);
    await talk.rooms.must({ type: 'answer', fact: 'affected', value: ['outage'] }, ME);
    expect(await read(talk)).not.toBe(null);
    talk.rooms.reader.isAbroad = false;
    await talk.rooms.must({ type: 'stop_state_secret' }, ME);
    expect(await read(talk)).toBe(null);
    expect(asked).toBe(1);
  });

  it('come to nothing where the incident was stopped meanwhile', async () => {
    const talk = await declared();
    talk.rooms.reader.mark = async () => {
      await talk.rooms.must({ type: 'stop_state_secret' }, ME);
      return [PEOPLE];
    };
    const { version } = await talk.state();
    const line = { caller: ME, place: { kind: 'room', room: GROUP } as const, text: TEXT, about: null };
    const whole = {
      ...line,
      command: talk.rooms.house.app.read(TEXT),
      delivery: { platform: 'talk', key: 'k', body: '' },
    };
    expect(await talk.talk.secondReading(whole, talk.rooms.incident)).toBe(null);
    expect((await talk.state()).version).toBe(version + 1);
  });
});

describe('the server of the second reader', () => {
  const FACTS = [{ id: 'personal_info_people', about: 'people' }];
  /** Marks by a server that answers so; the request it got. */
  async function marked(answer: (response: ServerResponse) => void, timeout = 60_000) {
    const requests: { readonly body: string; readonly key: string | undefined }[] = [];
    const server = createServer((request, response) => {
      const parts: Buffer[] = [];
      request.on('data', (part: Buffer) => parts.push(part));
      request.on('end', () => {
        requests.push({ body: Buffer.concat(parts).toString(), key: request.headers.authorization });
        answer(response);
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const settings = { url: `http://127.0.0.1:${port}/v1`, model: 'm', key: 'secret', isAbroad: false };
    const reader = createSecondReader(settings, { proxy: null, log: silent, timeout });
    onTestFinished(async () => {
      await reader.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    });
    return { marks: await reader.mark(TEXT, FACTS), requests };
  }
  const says = (content: unknown) => (response: ServerResponse) =>
    void response.end(
      JSON.stringify({
        choices: [{ message: { content: typeof content === 'string' ? content : JSON.stringify(content) } }],
      }),
    );

  it('gets the text and the open facts, no tools and no history, and marks places', async () => {
    const { marks, requests } = await marked(says({ found: [PEOPLE] }));
    expect(marks).toEqual([PEOPLE]);
    expect(requests.map(({ key }) => key)).toEqual(['Bearer secret']);
    const sent = JSON.parse(requests[0]?.body ?? '');
    expect(Object.keys(sent).toSorted()).toEqual(['messages', 'model', 'response_format', 'temperature']);
    expect(JSON.parse(sent.messages[1].content)).toEqual({ text: TEXT, facts: FACTS });
    expect(sent.messages).toHaveLength(2);
  });

  it.each<[string, (response: ServerResponse) => void, timeout?: number]>([
    ['broken JSON', says('{"found":[{"fact":')],
    ['a text', (response) => void response.end('<html>busy</html>')],
    ['another shape', says({ answers: [1] })],
    ['a list of anything', says({ found: [1, null, 'x', { fact: 3 }, []] })],
    ['an error', (response) => void response.writeHead(500).end('{}')],
    ['an address elsewhere', (response) => void response.writeHead(302, { location: 'http://127.0.0.1:1/' }).end()],
    ['no end', (response) => void response.write(' '.repeat(400_000)), 300],
    ['silence', () => {}, 300],
    ['a closed connection', (response) => void response.socket?.destroy()],
  ])('that answers with %s has found nothing', async (_, answer, timeout) => {
    expect((await marked(answer, timeout)).marks).toEqual([]);
  });

  it('that marks ten thousand places is cut short', async () => {
    const found = Array.from({ length: 2_000 }, () => ({ fact: 'x', quote: 'y', from: 0 }));
    expect((await marked(says({ found }))).marks.length).toBe(50);
  });
});
