import { once } from 'node:events';
import type { Socket } from 'node:net';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Card } from '../../../src/conversation/cards/card.ts';
import { createMail } from '../../../src/platforms/mail/messenger.ts';

const card: Card = {
  tone: 'urgent',
  drill: false,
  title: { raw: 'INC-2026-0007: 还有30分钟\r\nBcc: everybody@example.com' },
  summary: { raw: '距13:42还有30分钟' },
  blocks: [
    { kind: 'note', text: { raw: 'It comes this way because Slack has not accepted it since 12:58.' } },
    { kind: 'text', text: { raw: '缺：已采取措施' } },
    { kind: 'actions', actions: [] },
  ],
};
const message = { incident: 'INC-2026-0007', card, language: 'zh-CN', revision: 3, surface: null, ring: true } as const;
const place = { tenant: 'mail', address: 'li.wei@example.com', thread: null };

interface Letter {
  readonly to: readonly string[];
  readonly source: string;
}

/** A real mail server on loopback, which takes what `options` let it take. */
async function server(options: SMTPServerOptions = {}): Promise<{ url: string; letters: Letter[]; hangUp(): void }> {
  const letters: Letter[] = [];
  const smtp = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData: (stream, session, done) => {
      const parts: Buffer[] = [];
      stream.on('data', (part: Buffer) => parts.push(part));
      stream.on('end', () => {
        letters.push({
          to: session.envelope.rcptTo.map(({ address }) => address),
          source: Buffer.concat(parts).toString('utf8'),
        });
        done();
      });
    },
    ...options,
  });
  smtp.on('error', () => {});
  const listening = smtp.listen(0, '127.0.0.1');
  await once(listening, 'listening');
  onTestFinished(() => new Promise<void>((resolve) => smtp.close(resolve)));
  const sockets = new Set<Socket>();
  listening.on('connection', (socket: Socket) => sockets.add(socket));
  const address = listening.address();
  const port = address !== null && typeof address === 'object' ? address.port : 0;
  const hangUp = (): void => {
    for (const socket of sockets) socket.destroy();
  };
  return { url: `smtp://127.0.0.1:${port}?from=jishi@example.com`, letters, hangUp };
}

function mailTo(url: string) {
  const mail = createMail({ url, publicUrl: 'https://jishi.example.com' });
  onTestFinished(() => mail.close());
  return mail;
}

describe('mail', () => {
  it('brings a reminder to one person, in plain text, with the way into the incident', async () => {
    const { url, letters } = await server();
    const mail = mailTo(url);
    expect(await mail.post(place, mail.render(message), 'INC-2026-0007:12:li~4:mail')).toMatchObject({ kind: 'sent' });
    const [letter] = letters;
    expect(letter?.to).toEqual(['li.wei@example.com']);
    const text = decoded(letter?.source ?? '');
    expect(text).toContain('缺：已采取措施');
    expect(text).toContain('https://jishi.example.com/incidents/INC-2026-0007');
    expect(text).toContain('From: jishi@example.com');
    expect(letter?.source.split('\r\n\r\n')[0]).not.toMatch(/^Bcc:/m);
  });

  it('is recognisable as the same letter when it is sent again, and says so', async () => {
    const { url, letters } = await server();
    const mail = mailTo(url);
    await mail.post(place, mail.render(message), 'key');
    await mail.post(place, mail.render({ ...message, possiblyRepeated: true, late: { seconds: 720 } }), 'key');
    const ids = letters.map(({ source }) => /^Message-ID: (.*)$/im.exec(source)?.[1]);
    expect(ids[0]).toMatch(/^<[0-9a-f]{32}@jishi>/);
    expect(ids[1]).toBe(ids[0]);
    expect(decoded(letters[1]?.source ?? '')).toMatch(/可能重复[\s\S]*INC-2026-0007/);
    expect(decoded(letters[1]?.source ?? '')).toMatch(/[迟晚]到12分钟/);
  });

  it('knows what was refused for good, what is worth another try, and what nobody can know', async () => {
    const noSuchPerson = await server({
      onRcptTo: (_address, _session, done) => done(Object.assign(new Error('no such user'), { responseCode: 550 })),
    });
    const mail = mailTo(noSuchPerson.url);
    expect(await mail.post(place, mail.render(message), 'k')).toMatchObject({ kind: 'refused', reason: 'invalid' });

    const busy = await server({
      onRcptTo: (_address, _session, done) => done(Object.assign(new Error('try later'), { responseCode: 451 })),
    });
    const later = mailTo(busy.url);
    expect(await later.post(place, later.render(message), 'k')).toMatchObject({ reason: 'unreachable' });

    const nobody = mailTo('smtp://127.0.0.1:1');
    expect(await nobody.post(place, nobody.render(message), 'k')).toMatchObject({ reason: 'unreachable' });

    // The server takes every byte and goes without a word.
    const silent = await server({
      onData: (stream) => {
        stream.resume();
        stream.on('end', () => silent.hangUp());
      },
    });
    const open = mailTo(silent.url);
    const outcome = open.post(place, open.render(message), 'k');
    expect(await outcome).toMatchObject({ kind: 'unknown' });
  });
});

/** The letter with its encoded words and its base64 or quoted-printable body made readable. */
function decoded(source: string): string {
  const [head = '', ...rest] = source.split('\r\n\r\n');
  const body = rest.join('\r\n\r\n');
  const plain = /base64/i.test(head) ? Buffer.from(body, 'base64').toString('utf8') : unquoted(body);
  return `${head}\n${plain}`;
}
function unquoted(text: string): string {
  const bytes = text
    .replace(/=\r\n/g, '')
    .replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(bytes, 'latin1').toString('utf8');
}
