import { expect, test } from 'vitest';
import { emlFile } from '../../src/documents/eml.ts';

const draft = { to: ['12387@cert.org.cn'], subject: '网络安全事件报告（首报）', text: '现将报告报上。\n' };
const attachment = {
  name: '首报-v1.docx',
  mediaType: 'application/octet-stream',
  content: new Uint8Array([0, 255, 10]),
};
const AT = '2026-03-31T13:10:00+08:00';

test('a mail program opens it as a draft to the recipient, with the report attached', async () => {
  const message = new TextDecoder().decode(await emlFile(draft, [attachment], AT));
  expect(message).toMatch(/^X-Unsent: 1\r$/m);
  expect(message).toMatch(/^To: 12387@cert\.org\.cn\r$/m);
  expect(message).not.toMatch(/^From:/m);
  expect(message).toContain('Tue, 31 Mar 2026 05:10:00 +0000');
  const subject = /^Subject: ((?:.+\r\n[ \t])*.+)\r$/m.exec(message)?.[1] ?? '';
  const words = [...subject.matchAll(/=\?UTF-8\?B\?(.+?)\?=/g)].map(([, word]) => Buffer.from(word ?? '', 'base64'));
  expect(Buffer.concat(words).toString('utf8')).toBe(draft.subject);
  expect(message).toContain(Buffer.from(draft.text).toString('base64'));
  expect(message).toContain('AP8K');
  expect(message).toMatch(/filename\*0\*=utf-8''|filename="=\?UTF-8/);
});

test('the same draft is the same bytes', async () => {
  expect(await emlFile(draft, [attachment], AT)).toEqual(await emlFile(draft, [attachment], AT));
});

test('what people wrote cannot add a header', async () => {
  const hostile = { ...draft, subject: 'x\r\nBcc: evil@example.org' };
  const message = new TextDecoder().decode(await emlFile(hostile, [], AT));
  expect(message).not.toMatch(/^Bcc:/m);
});
