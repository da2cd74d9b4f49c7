import { describe, expect, it } from 'vitest';
import { variants } from '../fakes/soak.ts';
import { checkGolden } from './check.ts';
import { firstDifferences } from './fixtures.ts';
import { Transcript } from './transcript.ts';
import { PURE } from './transcripts.ts';

// @module-tag grows

const isEnglish = ([name]: readonly [string, unknown]): boolean => name.endsWith('-en');
const [english, others] = [true, false].map((is) => Object.entries(PURE).filter((one) => isEnglish(one) === is));
const [played = []] = variants(others ?? [], english ?? []);
checkGolden(Object.fromEntries(played), 120_000);

describe('a transcript', () => {
  const written = (...bodies: readonly unknown[]): string => {
    const transcript = new Transcript();
    transcript.step('said');
    for (const body of bodies) transcript.put('post', body, 'one message');
    return transcript.toString();
  };

  it('has the first body of a message in full and a later one as its change', () => {
    expect(written({ text: 'a', more: [1] }, { text: 'b', more: [1] })).toBe(
      '## said\n# post\n{\n "text": "a",\n "more": [\n  1\n ]\n}\n# post\n+  "text": "b",\n-  "text": "a",\n',
    );
  });

  it('opens JSON that travels as text, and has names for ids, timestamps, hashes and ports', () => {
    const blocks = JSON.stringify([
      { id: 'gold-000000000017', ts: '1774921320.000004', at: 'http://127.0.0.1:4321/x' },
    ]);
    expect(written({ blocks, hash: 'a'.repeat(64) })).toContain('"ts": "<ts>"');
    expect(written({ blocks })).toContain('"id": "<id>"');
    expect(written({ blocks })).toContain('"http://<server>/x"');
    expect(written({ hash: 'a'.repeat(64) })).toContain('"hash": "<hash>"');
  });

  it('that differs is told by its line, its step and both texts; equal ones by nothing', () => {
    const [before, after] = [written({ text: 'due at 13:42' }), written({ text: 'due at 13:43' })];
    expect(firstDifferences(before, before)).toBeNull();
    const told = firstDifferences(before, after) ?? '';
    expect(told).toContain('line 4, below # post');
    expect(told).toContain('-  "text": "due at 13:42"');
    expect(told).toContain('+  "text": "due at 13:43"');
    expect(firstDifferences(null, after)).toContain('npm run golden');
  });
});
