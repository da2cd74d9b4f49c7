import { globSync, readFileSync } from 'node:fs';
import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createLogger } from '../../src/ops/logger.ts';

function logged(write: (log: ReturnType<typeof createLogger>) => void): string {
  const lines: string[] = [];
  const out = new PassThrough();
  out.on('data', (part: Buffer) => lines.push(part.toString('utf8')));
  write(createLogger('trace', out));
  return lines.join('');
}

/** Fields a line may have. Whoever adds one here has made sure that it never holds words, names or secrets of people. */
const FIELDS = [
  'advice',
  'address',
  'alarm',
  'about',
  'attempts',
  'channel',
  'code',
  'detail',
  'err',
  'event',
  'failures',
  'incident',
  'incidents',
  'job',
  'kind',
  'method',
  'missing',
  'notice',
  'outcome',
  'path',
  'reason',
  'type',
  'where',
];

describe('the log', () => {
  const calls = globSync('src/**/*.ts').flatMap((file) =>
    [
      ...readFileSync(file, 'utf8').matchAll(/\blog(?:ger)?\.(?:trace|debug|info|warn|error|fatal)\(\s*\{([^}]*)\}/g),
    ].map(([, fields = '']) => ({
      file,
      fields: [...fields.matchAll(/(?:^|,)\s*(\w+)/g)].map(([, name = '']) => name),
    })),
  );

  it('is only ever given fields that are known to be harmless', () => {
    expect(calls.length).toBeGreaterThan(20);
    const unknown = calls.flatMap(({ file, fields }) =>
      fields.filter((name) => !FIELDS.includes(name)).map((name) => `${file}: ${name}`),
    );
    expect(unknown).toEqual([]);
  });

  it('keeps secrets and people out, whichever way they come in', () => {
    const secrets = [
      'xoxb-1234-abcdef',
      'xapp-1-A1-abcdef',
      'Bearer abc.def',
      'https://qyapi.example.com/send?access_token=TTTOKEN&x=1',
      'https://qyapi.example.com/gettoken?corpid=w&corpsecret=SSSECRET',
      'https://qyapi.example.com/webhook?key=KKKEY-0000',
      'postgres://jishi:PGPASS@db/jishi',
      'smtps://mail-user:SMTPPASS@mail.example.com',
      'li.wei@example.com',
      '联系人电话13800138000',
    ];
    const needles = /xoxb-1234|xapp-1-A1|abc\.def|TTTOKEN|SSSECRET|KKKEY|PGPASS|SMTPPASS|li\.wei|13800138000/;
    const line = logged((log) => {
      for (const secret of secrets) {
        log.info({ detail: secret }, secret);
        log.warn({ err: new Error(`request to ${secret} failed`, { cause: new Error(secret) }) }, 'failed');
        log.error({ err: Object.assign(new Error('failed'), { config: { url: secret }, response: secret }) }, 'failed');
      }
    });
    expect(line.split('\n').length).toBeGreaterThan(secrets.length * 3);
    expect(line).not.toMatch(needles);
  });

  it('keeps what people wrote out of errors about it', () => {
    const words = '张三的身份证号';
    const line = logged((log) => {
      for (const fail of [
        () => JSON.parse(`{"a": ${words}}`),
        () => z.object({ type: z.enum(['a']) }).parse({ type: words }),
        () => z.strictObject({}).parse({ a: words }),
      ]) {
        try {
          fail();
        } catch (error) {
          log.error({ err: error }, 'failed');
        }
      }
      for (const field of ['title', 'text', 'body', 'name', 'value', 'payload', 'email', 'phone']) {
        log.info({ [field]: words }, 'line');
        log.info({ deep: { [field]: words } }, 'line');
      }
    });
    expect(line).not.toContain(words);
  });
});
