import { expect, it } from 'vitest';
import { reasonOf } from '../../src/cli/reason.ts';
import { sentenceIn } from '../../src/cli/sentence-translations.ts';

it.each([
  { codes: ['SQLITE_FULL', 'ENOSPC', 'EDQUOT'], en: /make space/, zh: /腾出空间/ },
  { codes: ['SQLITE_IOERR', 'SQLITE_IOERR_WRITE', 'EIO'], en: /the disk failed .*; check it/, zh: /检查磁盘/ },
  {
    codes: ['SQLITE_CANTOPEN', 'SQLITE_READONLY', 'EACCES', 'EPERM', 'EROFS'],
    en: /change the owner/,
    zh: /修改所有者/,
  },
  { codes: ['ENOENT'], en: /name one that exists/, zh: /另行指定/ },
])('a command that failed with $codes says what to do, in both languages', ({ codes, en, zh }) => {
  for (const code of codes) {
    const reason = reasonOf(Object.assign(new Error('disk I/O error'), { code }));
    expect(reason).toMatch(en);
    expect(sentenceIn('zh-CN', reason)).toMatch(zh);
  }
});
