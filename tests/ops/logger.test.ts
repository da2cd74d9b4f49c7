import { globSync, readFileSync } from 'node:fs';
import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createLogger } from '../../src/ops/logger.ts';
import { workedSince } from '../fakes/processor-time.ts';

function logged(write: (log: ReturnType<typeof createLogger>) => void): string {
  const lines: string[] = [];
  const out = new PassThrough();
  out.on('data', (part: Buffer) => lines.push(part.toString('utf8')));
  write(createLogger('trace', out));
  return lines.join('');
}

/** Fields a line may have. Whoever adds one here has made sure that it never holds words, names or secrets of people. */
const FIELDS = [
  'about',
  'address',
  'advice',
  'alarm',
  'attempt',
  'attempts',
  'before',
  'build',
  'channel',
  'code',
  'command',
  'detail',
  'due',
  'err',
  'event',
  'failures',
  'incident',
  'incidents',
  'job',
  'kind',
  'method',
  'minutes',
  'missing',
  'ms',
  'node',
  'notice',
  'other',
  'outcome',
  'path',
  'platform',
  'platforms',
  'profile',
  'reason',
  'since',
  'status',
  'store',
  'tenant',
  'type',
  'version',
  'webhook',
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
      `/calendar/x1Jd0c1yQ2mWZ5o9b7tK4g.SECRET${'x'.repeat(37)}.ics`,
      `/supplier/x1.SECRET${'-'.repeat(37)}`,
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
      '身份证11010519491231002X',
      '身份证号：110105 19491231 0021',
      '+8613800138001',
      '8613800138002',
      '+86138 0013 8003',
      '138-0013-8004',
      '１３８００１３８００５',
      '电话021-62345671',
      '(0755) 82345672',
      '+1 (415) 555-2671',
      'one line\nwang.wu@example.com\u001bzhao.liu@example.com',
      '+44 20 7946 0958',
      'password=PPASS1&x',
      '密码：PPASS2',
      'https://x.example.com/?token=TTOKEN2',
      '{"access_token":"TTOKEN3","expires_in":7200}',
      JSON.stringify({ answer: '{"client_secret": "SSECRET4"}' }),
      'Basic dXNlcjpQQVNT',
      'https://hooks.slack.com/services/T0HOOK/B0HOOK/HOOKKEY',
      'xwfp-1234-WWFP',
      'xoxe.xoxp-1-OOLD',
      '/wecom/callback?msg_signature=SSIGN&timestamp=1',
    ];
    const needles =
      /xoxb-1234|xapp-1-A1|abc\.def|TTTOKEN|SSSECRET|KKKEY|PGPASS|SMTPPASS|li\.wei|13800138000|1949123|13800138|0013.800|１３８|6234567|8234567|555-2671|7946|PPASS|wang|wu@|zhao|liu@|TTOKEN|SSECRET|dXNl|HOOK|WWFP|OOLD|SSIGN|SECRETx|SECRET-/;
    const line = logged((log) => {
      for (const secret of secrets) {
        log.info({ detail: secret }, secret);
        log.warn({ err: new Error(`request to ${secret} failed`, { cause: new Error(secret) }) }, 'failed');
        log.error({ err: Object.assign(new Error('failed'), { config: { url: secret }, response: secret }) }, 'failed');
      }
    });
    expect(line.split('\n').length).toBeGreaterThan(secrets.length * 3);
    expect(line).not.toMatch(needles);
    for (const one of line.trim().split('\n')) expect(() => JSON.parse(one)).not.toThrow();
  });

  it('stays one readable line of JSON: ids, times and hashes are what one looks for', () => {
    const said = [
      'INC-2026-0007 DRILL-2026-0003, event 150 at 2026-03-31T09:42:00.000+08:00 and 2026-03-31T01:42:00.000Z',
      'epoch 1774921320000, Slack 1774921320.123456, GMT+0800, pid 138001, 127.0.0.1:13800',
      '3fa9c1d0138001380005c1e2aa90b1c2d3e4f5061728394a5b6c7d8e9f001122',
      '13800138000c1d03fa95c1e2aa90b1c2d3e4f5061728394a5b6c7d8e9f00112a',
      '7f3b0c1e-0212-4345-8789-012345678901',
      'Basic authentication is not offered; token expired, the key is new',
      'at deliver (file:///app/src/delivery/outbox.ts:138:20)',
    ].join(' | ');
    const line = logged((log) => log.warn({ incident: 'INC-2026-0007', detail: said, err: new Error(said) }, said));
    expect(JSON.parse(line)).toMatchObject({
      incident: 'INC-2026-0007',
      detail: said,
      err: { message: said },
      msg: said,
    });
    const secret = logged((log) => log.warn({ detail: '{"access_token":"a"}' }, 'password=x'));
    expect(JSON.parse(secret)).toMatchObject({ detail: '{"access_token":"[redacted]"}', msg: 'password=[redacted]' });
  });

  it('looks at a line of a quarter of a megabyte in no time', () => {
    for (const part of ['a', '1', '1 ', '+1', 'a.', 'key=', 'Basic ', '//', '\\"', '0', 'token":', '１', '0-']) {
      const start = process.cpuUsage();
      logged((log) => log.info({ detail: part.repeat(250_000 / part.length) }, 'long'));
      expect(workedSince(start), part).toBeLessThan(250);
    }
  });

  it('names the failure of the system behind an error of a library, and no other cause', () => {
    const refused = Object.assign(new Error('connect ECONNREFUSED 127.0.0.1:9'), {
      code: 'ECONNREFUSED',
      syscall: 'connect',
    });
    const failed = new TypeError('fetch failed', { cause: refused });
    const ofLibrary = Object.assign(new Error('A request error occurred'), { original: failed });
    const lines: string[] = [];
    const log = createLogger('info', { write: (line) => void lines.push(line) });
    log.warn({ err: ofLibrary }, 'x');
    log.warn({ err: new Error('outer', { cause: new Error('what 李伟 wrote') }) }, 'x');
    expect(JSON.parse(lines[0] ?? '').err.cause).toBe(refused.message);
    expect(lines[1]).not.toContain('李伟');
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
        log.info({ a: { b: [{ c: { d: { [field]: words } } }] } }, 'line');
        log.info({ a: { b: { c: { d: { e: { f: { g: words } } } } } } }, 'line');
        log.info({ detail: Object.assign(new Error('failed'), { [field]: words }) }, 'line');
      }
    });
    expect(line).not.toContain(words);
  });
});
