import { expect, test } from 'vitest';
import { loginLinkCard } from '../../src/conversation/login-link.ts';
import { drawing } from '../../src/platforms/feishu/draw.ts';
import { createMail } from '../../src/platforms/mail/messenger.ts';
import { drawn } from '../../src/platforms/shared/card-view.ts';
import { messageBody } from '../../src/platforms/slack/render/body.ts';
import { compose } from '../../src/platforms/wecom/cards/compose.ts';
import { appBody } from '../../src/platforms/wecom-app/body.ts';

const LINK = 'https://jishi.example.com/login?token=eyJuYW1lIjoi5p2O5LyfIn0_-x.abc_def-0';
const card = loginLinkCard(LINK, '2026-03-31T03:15:00+08:00');

test.each(['en', 'zh-CN'] as const)('the link to sign in can be followed on every platform, in %s', (language) => {
  const message = { incident: '', card, language, revision: 0, surface: null, ring: false } as const;
  const label = language === 'en' ? 'Sign in' : '登录';
  const mail = createMail({ url: 'smtp://bot@mail.example.com', publicUrl: 'https://jishi.example.com' });
  const { text } = JSON.parse(mail.render(message));
  expect(text.split('\n')).toContain(`${label} ${LINK}`);
  expect(text).not.toContain('/incidents/');
  const markdown = `[${label}](${LINK})`;
  for (const body of [compose(message, { flavour: 'bot' }), appBody(message, 'https://jishi.example.com')])
    expect(body.markdown?.split('\n').at(-1)).toBe(markdown);
  expect(JSON.stringify(messageBody(message, null))).toContain(`"url":"${LINK}"`);
  const feishu = JSON.stringify(drawn(message, 'feishu', drawing));
  expect(feishu).toContain(`"default_url":"${LINK}"`);
  expect(feishu).not.toContain('<at id=all>');
});
