import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { createPictureReader, ocrPackages } from '../../src/wiring/picture-reader.ts';
import { silent } from '../platforms/slack/kept.ts';

const picture = () => readFileSync('tests/fixtures/pictures/alert.png');
const installed = !('missing' in ocrPackages('.'));

it.skipIf(!installed)('a real screenshot in Chinese and English is read on this machine', async () => {
  const reader = createPictureReader('.', { log: silent });
  try {
    const text = await reader.read(picture());
    expect(text).toContain('3月31日08:41发现数据库异常导出');
    expect(text).toContain('120万人');
    expect(text).toContain('ALERT host db-prod-01: 1.2 million people leaked');
    const huge = picture();
    huge.writeUInt32BE(60_000, 16);
    huge.writeUInt32BE(60_000, 20);
    for (const no of [huge, Buffer.from('GIF89a'), Buffer.from([0xff, 0xd8, 1]), Buffer.alloc(11 * 1024 * 1024)])
      expect(await reader.read(no)).toBeNull();
    const broken = picture().subarray(0, 200);
    expect(await reader.read(broken)).toBeNull();
  } finally {
    await reader.close();
  }
});

it('packages that are missing are named, and nothing is read', async () => {
  expect(ocrPackages('/nowhere')).toEqual({
    missing: ['tesseract.js', '@tesseract.js-data/chi_sim', '@tesseract.js-data/eng'],
  });
  const reader = createPictureReader('/nowhere', { log: silent });
  expect(await reader.read(picture())).toBeNull();
  await reader.close();
});
