import { expect, it } from 'vitest';
import { sentenceCard } from '../../src/conversation/cards/sentence.ts';
import { keepEvidence } from '../../src/talk/evidence.ts';
import type { App } from '../../src/use-cases/app.ts';

/** Bytes of these characters, each below 256, as the platform delivers them. */
const file = (name: string, mediaType: string, content: string) => ({
  ...{ name, mediaType },
  content: Buffer.from(content, 'latin1'),
});

async function keptAs(fetched: ReturnType<typeof file>, key = 'file:INC-2026-0001:m1') {
  const kept: string[] = [];
  const attach: App['attach'] = async ({ name, mediaType }) => {
    kept.push(name, mediaType);
    return { kind: 'refused', incident: null, state: null, refusal: { code: 'stopped' } };
  };
  const account = { platform: 'some', tenant: 't', id: 'li' };
  const given = {
    incident: 'INC-2026-0001',
    caller: { account, name: '李', language: 'zh-CN' as const },
    delivery: { platform: 'some', key, body: '' },
  };
  const texts = { kept: 'chat.file_kept', too_large: 'chat.file_too_large', gone: 'chat.file_gone' } as const;
  await keepEvidence({ app: { attach }, explain: () => sentenceCard({ raw: '' }) }, given, fetched, texts);
  return kept;
}

const UNKNOWN = 'application/octet-stream';
it.each([
  ['a photo without name or type', file('', UNKNOWN, '\xff\xd8\xff\xe0'), /^[\da-f]{8}\.jpg$/, 'image/jpeg'],
  ['a picture whose type is told', file('', 'image/png', '?'), /^[\da-f]{8}\.png$/, 'image/png'],
  ['a film', file('', UNKNOWN, '\0\0\0\x18ftypmp42'), /\.mp4$/, 'video/mp4'],
  ['unknown bytes', file('', UNKNOWN, '?'), /^[\da-f]{8}\.bin$/, UNKNOWN],
  ['a document, which is a ZIP', file('报告.docx', 'application/msword', 'PK'), /^报告\.docx$/, 'application/msword'],
  ['a document of an unknown type', file('报告.docx', UNKNOWN, 'PK'), /^报告\.docx$/, 'application/zip'],
  ['a path', file('../a\\b\n.png', UNKNOWN, '\x89PNG'), /^\.\._a_b_\.png$/, 'image/png'],
  ['a long name', file('长'.repeat(300), UNKNOWN, '%PDF'), /^长{200}$/, 'application/pdf'],
])('%s', async (_, given, name, type) => {
  expect(await keptAs(given)).toEqual([expect.stringMatching(name), type]);
});

it('the same message has the same name, another has another', async () => {
  const nameless = file('', UNKNOWN, '?');
  const [[one], [again], [other]] = await Promise.all([keptAs(nameless), keptAs(nameless), keptAs(nameless, 'b')]);
  expect(again).toBe(one);
  expect(other).not.toBe(one);
});
