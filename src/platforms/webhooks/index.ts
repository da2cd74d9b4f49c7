import { z } from 'zod';
import { byName, pairs } from '../../config/integration-settings.ts';
import { secretVariable, web } from '../../config/settings.ts';
import { describePlatform, sendsOnly } from '../description.ts';
import { secretOf } from './signature.ts';

const EXAMPLE = 'name=https://…,name=https://…';
const variables = z.object({
  WEBHOOK_URLS: secretVariable(
    pairs.refine((all) => all.every(({ value }) => web('').safeParse(value).success), `must be ${EXAMPLE}`).optional(),
    'Endpoints that receive events, as name=https://…,name=https://… (Standard Webhooks; docs/integrations.md).',
  ),
  WEBHOOK_SECRETS: secretVariable(
    pairs
      .refine(
        (all) => all.every(({ value }) => secretOf(value) !== null),
        'must be name=whsec_… pairs, each with 24 to 64 random bytes in Base64',
      )
      .optional(),
    'Their secrets, as name=whsec_…; while one is exchanged, name the endpoint twice. Make one: echo "whsec_$(openssl rand -base64 32)"',
  ),
});

/** Endpoints of programs that receive incident events: a name, an id and a link, never content. */
export const webhooks = describePlatform({
  name: 'webhooks',
  title: { en: 'webhooks', zh: 'Webhook 端点' },
  settings: {
    title: 'Webhooks',
    variables,
    needs: [['WEBHOOK_URLS'], ['WEBHOOK_SECRETS']],
  },
  read: ({ WEBHOOK_URLS: urls, WEBHOOK_SECRETS: secrets }) => {
    const named = byName(secrets);
    return urls?.map(({ name, value }) => ({ name, url: value, secrets: named.get(name) ?? [] })) ?? null;
  },
  make: async (endpoints, needs) => {
    const [{ createWebhooks }, { HttpClient }] = await Promise.all([
      import('./messenger.ts'),
      import('../shared/http-client.ts'),
    ]);
    const http = new HttpClient(needs.config.proxy);
    const { publicUrl } = needs.config;
    return sendsOnly({ messenger: createWebhooks({ ...needs, endpoints, http, publicUrl }) }, () => http.close());
  },
  doctor: async (endpoints) =>
    (endpoints ?? []).map(({ name, url, secrets }) => {
      const what = `webhook ${name}`;
      if (secrets.length === 0)
        return { what, state: 'wrong', say: `has no secret; add ${name}=whsec_… to WEBHOOK_SECRETS` };
      return url.startsWith('https:')
        ? { what, state: 'ok', say: new URL(url).host }
        : { what, state: 'warning', say: `${new URL(url).host} is not encrypted; use https outside this machine` };
    }),
});
