import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { secretVariable, web } from '../../config/settings.ts';
import { describePlatform, sendsOnly } from '../description.ts';

const variables = z.object({
  TSA_URL: secretVariable(
    web('http://tsa.example/tsr').optional(),
    'Time-stamping authority (RFC 3161): stamps the record at declaration, awareness, approval and filing. It receives hashes only.',
  ),
});

/** Time-stamping authority named by the operator, which gives the record trusted times. */
export const timestamps = describePlatform({
  name: 'timestamps',
  title: { en: 'time-stamps', zh: '可信时间戳' },
  settings: { title: 'Trusted time-stamps', variables, needs: [['TSA_URL']] },
  read: ({ TSA_URL: url }) => url ?? null,
  make: async (url, needs) => {
    const [{ createTimestamps }, { HttpClient }] = await Promise.all([
      import('./messenger.ts'),
      import('../shared/http-client.ts'),
    ]);
    const http = new HttpClient(needs.config.proxy);
    return sendsOnly({ messenger: createTimestamps({ url, http, log: needs.log }) }, () => http.close());
  },
  doctor: async (url, { config }) => {
    const what = 'time-stamps';
    if (url === null) return [];
    const [{ createTimestamps }, { HttpClient }] = await Promise.all([
      import('./messenger.ts'),
      import('../shared/http-client.ts'),
    ]);
    const http = new HttpClient(config.proxy);
    const tried = createTimestamps({ url, http, log: { warn: () => {} } });
    const body = JSON.stringify({ version: 0, hash: randomBytes(32).toString('hex') });
    const place = { tenant: '', address: '', thread: null };
    const outcome = await tried.post(place, body, 'doctor');
    await http.close();
    if (outcome.kind === 'sent') return [{ what, state: 'ok', say: `${new URL(url).host} stamps, ${outcome.ref}` }];
    return [{ what, state: 'wrong', say: `${new URL(url).host}: ${outcome.detail}; check TSA_URL` }];
  },
});
