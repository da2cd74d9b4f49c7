import { expect, test } from 'vitest';
import { loginLink } from '../../src/http/sessions.ts';
import { organisationSchema } from '../../src/incident/people/profile.ts';
import type { Messenger } from '../../src/use-cases/ports.ts';
import { openAccount } from './support/page.ts';
import { stage } from './support/stage.ts';

const SECRET = 'a-console-secret-of-some-length';
const organisation = organisationSchema.parse({
  organisation: '某公司',
  entities: [{ id: 'sh', name: '某公司', province: '31' }],
  people: [
    { id: 'li-wei', name: '李伟', roles: ['administrator'] },
    { id: 'zhao', name: '赵敏', email: 'zhao@example.com' },
  ],
});
const letters: string[] = [];
const mail: Messenger = {
  platform: 'mail',
  render: ({ card }) => JSON.stringify(card),
  post: async (_place, body) => {
    letters.push(body);
    return { kind: 'sent', ref: '1' };
  },
};

const at = stage(() => {
  letters.length = 0;
  return { consoleSecret: SECRET, organisation, messengers: [mail] };
});

async function page() {
  const context = await at.browser.newContext({ locale: 'en' });
  return context.newPage();
}

test('somebody has a link sent and is in; an administrator ends the session, and the page is signed out by itself', {
  tags: 'soak',
}, async () => {
  const zhao = await page();
  await zhao.goto(at.url);
  await zhao.getByLabel('Your name, e-mail address or account').fill('赵敏');
  await zhao.keyboard.press('Enter');
  await zhao.getByText('a link is on its way').waitFor();
  await expect.poll(() => letters.length).toBe(1);
  const token = /token=([\w.-]+)/.exec(letters[0] ?? '')?.[1] ?? '';
  await zhao.goto(`${at.url}/login?token=${token}`);
  await zhao.getByRole('button', { name: 'Sign in as 赵敏' }).click();
  await openAccount(zhao);
  await zhao.getByRole('button', { name: 'Sign out' }).waitFor();

  const wei = await page();
  await wei.goto(loginLink({ secret: SECRET, name: '李伟', person: 'li-wei', publicUrl: at.url, now: Date.now() }));
  await wei.getByRole('button', { name: 'Sign in as 李伟' }).click();
  await openAccount(wei);
  await wei.getByRole('button', { name: 'Access' }).click();
  await wei.getByRole('row', { name: /赵敏/ }).getByRole('button', { name: 'End session' }).click();
  await wei.getByRole('dialog').getByRole('button', { name: 'End session' }).click();
  await expect.poll(() => wei.getByRole('row', { name: /赵敏/ }).count()).toBe(0);
  await zhao.getByRole('button', { name: 'Send me a link' }).waitFor();
  await expect.poll(() => zhao.getByRole('button', { name: 'Access' }).count()).toBe(0);
});

test('a token is shown once, works, and is refused once it is revoked', async () => {
  const wei = await page();
  await wei.goto(loginLink({ secret: SECRET, name: '李伟', person: 'li-wei', publicUrl: at.url, now: Date.now() }));
  await wei.getByRole('button', { name: 'Sign in as 李伟' }).click();
  await openAccount(wei);
  await wei.getByRole('button', { name: 'Access' }).click();
  await wei.getByLabel('Name').fill('nightly export');
  await wei.reload();
  expect(await wei.getByLabel('Name').inputValue()).toBe('nightly export');
  await wei.getByRole('button', { name: 'Make a token' }).click();
  const token = await wei.locator('.made code').textContent();
  const status = async () =>
    (await fetch(`${at.url}/api/v1/incidents`, { headers: { authorization: `Bearer ${token}` } })).status;
  expect(await status()).toBe(200);
  await wei.getByRole('button', { name: 'I have copied it' }).click();
  await wei.reload();
  await wei.getByRole('row', { name: /nightly export/ }).waitFor();
  await expect.poll(() => wei.content()).not.toContain(token?.split('.')[1]);
  await wei.getByRole('button', { name: 'Revoke' }).click();
  await wei.getByRole('dialog').getByRole('button', { name: 'Revoke' }).click();
  await wei.getByText('No tokens yet.').waitFor();
  expect(await status()).toBe(401);
});
