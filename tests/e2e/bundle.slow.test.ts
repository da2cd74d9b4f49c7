import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { strFromU8, unzipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { exportCommand } from '../../src/cli/export.ts';
import { API_TOKEN, type RunningHouse, startHouse } from '../fakes/house.ts';
import { Client } from '../fakes/http-client.ts';
import { FOR_COUNSEL, incidentWithEvidence } from './support/evidence.ts';
import { changesMissed, python, verified } from './support/verifier.ts';

const home = mkdtempSync(join(tmpdir(), 'jishi-bundle-'));
let house: RunningHouse;
let id: string;
let zip: Uint8Array;
let files: Readonly<Record<string, Uint8Array>>;
beforeAll(async () => {
  house = await startHouse({ dataDir: home });
  id = await incidentWithEvidence(house.house.app);
  const api = new Client(house, { authorization: `Bearer ${API_TOKEN}` });
  const response = await api.get(`/api/v1/incidents/${id}/bundle`);
  expect(response.headers.get('content-type')).toBe('application/zip');
  expect(response.headers.get('content-disposition')).toContain(`${id}-evidence.zip`);
  zip = new Uint8Array(await response.arrayBuffer());
  files = unzipSync(zip);
});
afterAll(async () => {
  await house.stop();
  rmSync(home, { recursive: true });
});

const text = (path: string): string => strFromU8(files[path] ?? new Uint8Array());
const manifest = () =>
  z
    .looseObject({
      head: z.object({ version: z.number(), hash: z.string() }),
      files: z.array(z.object({ path: z.string(), size: z.number(), sha256: z.string() })),
    })
    .parse(JSON.parse(text('manifest.json')));

describe('an evidence bundle', () => {
  test('holds every report version, lists, record and attachments', () => {
    const paths = Object.keys(files);
    for (const folder of ['draft-01-initial', 'draft-02-supplement', 'current']) {
      for (const version of ['submission', 'internal']) {
        for (const language of ['zh', 'en']) {
          for (const format of ['md', 'docx', 'pdf', 'json']) {
            expect(paths).toContain(`reports/${folder}/${version}.${language}.${format}`);
          }
        }
      }
    }
    expect(paths.filter((path) => path.startsWith('attachments/'))).toEqual([
      expect.stringMatching(/^attachments\/[0-9a-f]{16}-__受理回执\.pdf$/),
    ]);
    expect(text('record.jsonl').trim().split('\n')).toHaveLength(manifest().head.version);
    expect(JSON.parse(text('filings.json'))).toMatchObject([
      { by: '陈宇', what: { receipt: '2026-0331-17', draft: 1 } },
    ]);
    expect(JSON.parse(text('decisions.json'))).toMatchObject([
      { type: 'awareness_candidate_added' },
      { type: 'awareness_candidate_added' },
      // An answer that changed what is owed is a decision.
      {
        type: 'fact_stated',
        what: { fact: 'operator' },
        duties: { removed: [expect.any(String), expect.any(String)] },
      },
      { type: 'fact_stated', what: { fact: 'affected' } },
      { type: 'fact_stated', what: { fact: 'personal_info_people' } },
      { type: 'level_decided', what: { level: 'major' } },
    ]);
    expect(JSON.parse(text('access.json'))).toContainEqual(expect.objectContaining({ type: 'person_joined' }));
    expect(JSON.parse(text('manifest.json'))).toMatchObject({ timestamps: null });
  });

  test('shows each draft as it was compiled, not as the record is now', () => {
    expect(text('reports/draft-01-initial/submission.zh.md')).not.toContain('上海市浦东新区');
    expect(text('reports/draft-02-supplement/submission.zh.md')).toContain('上海市浦东新区');
  });

  test('signs no text that nobody approved: it was sent as it was, and the paper says so', () => {
    expect(text('reports/draft-01-initial/submission.zh.md')).toMatch(/签发人：＿＿＿＿＿＿（未签发，先行报送）/);
    expect(text('reports/current/submission.zh.md')).toMatch(/签发人：＿＿＿＿＿＿ *\n/);
    expect(text('filings.json')).not.toContain('"approved": true');
  });

  test('has a time line that a spreadsheet opens without running anything', () => {
    for (const language of ['zh', 'en']) {
      const rows = text(`timeline.${language}.csv`);
      expect(files[`timeline.${language}.csv`]?.slice(0, 3)).toEqual(new Uint8Array([0xef, 0xbb, 0xbf]));
      expect(rows).toContain(`"'=HYPERLINK(""http://evil.example"") 记录"`);
    }
  });

  test('leaves out what is for counsel only, and says so; asked for, it is there', async () => {
    const points = (content: Readonly<Record<string, Uint8Array>>) =>
      strFromU8(content['record.jsonl'] ?? new Uint8Array())
        .split('\n')
        .filter((line) => line.includes('point_assessed'));
    expect(Object.values(files).some((content) => strFromU8(content).includes(FOR_COUNSEL))).toBe(false);
    expect(points(files)).toEqual([expect.stringContaining('"bytes":null,"salt":null')]);
    expect(manifest()).toMatchObject({ withheld: [expect.any(Number)] });
    const api = new Client(house, { authorization: `Bearer ${API_TOKEN}` });
    const whole = await api.get(`/api/v1/incidents/${id}/bundle?counsel=true`);
    const all = unzipSync(new Uint8Array(await whole.arrayBuffer()));
    expect(points(all)).toEqual([expect.stringContaining(FOR_COUNSEL)]);
  });

  test('is the same from the command line', async () => {
    const said: string[] = [];
    const file = join(home, 'cli.zip');
    const code = await exportCommand([id, '--bundle', file], {
      env: { DATA_DIR: home },
      out: (line) => said.push(line),
      error: (line) => said.push(line),
      stdin: async () => '',
    });
    expect([code, said.join()]).toEqual([0, expect.stringContaining('ok: ')]);
  });
});

describe.skipIf(python === null)('verified by a program that shares no code with this one (needs python3)', () => {
  test('holds, and names the head of the record', () => {
    const { hash } = manifest().head;
    expect(verified(zip)).toEqual({ status: 0, said: expect.stringContaining(`head ${hash}`) });
    expect(verified(zip, hash).status).toBe(0);
    expect(verified(zip, 'f'.repeat(64))).toMatchObject({ status: 1, said: expect.stringContaining('anchor') });
  });

  test('has at most 110 lines', () => {
    expect(text('verify.py').trim().split('\n').length).toBeLessThanOrEqual(110);
  });

  test('a random change of a byte is always found (1,000 of them in the case that is played: filing.test.ts)', () => {
    expect(changesMissed(zip, 100)).toEqual({ changed: 100, missed: [] });
  });
});
