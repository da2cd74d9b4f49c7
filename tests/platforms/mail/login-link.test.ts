import { expect, test } from 'vitest';
import { loginLinkCard } from '../../../src/http/link-sender.ts';
import { createMail } from '../../../src/platforms/mail/messenger.ts';

const LINK = 'https://jishi.example.com/login?token=eyJuYW1lIjoi5p2O5LyfIn0_-x.abc_def-0';

// In chat the contract suites look at the link, on every platform.
test.each(['en', 'zh-CN'] as const)('the link to sign in can be followed in a mail, in %s', (language) => {
  const card = loginLinkCard(LINK, '2026-03-31T03:15:00+08:00');
  const mail = createMail({ url: 'smtp://bot@mail.example.com', publicUrl: 'https://jishi.example.com' });
  const message = { incident: '', card, language, revision: 0, surface: null, ring: false } as const;
  const { text } = JSON.parse(mail.render(message));
  expect(text.split('\n')).toContain(`${language === 'en' ? 'Sign in' : '登录'} ${LINK}`);
  expect(text).not.toContain('/incidents/');
});
