import { z } from 'zod';
import { parseJson } from '../../ops/json.ts';
import { DeliveryLog, type LoggedDelivery, WEBHOOKS } from '../../use-cases/events-out/delivery-log.ts';
import type { Clock, KeptValues, Log, Messenger, SendOutcome } from '../../use-cases/ports.ts';
import type { HttpClient } from '../shared/http-client.ts';
import { signedHeaders } from './signature.ts';

export interface WebhookNeeds {
  readonly endpoints: readonly { readonly name: string; readonly url: string; readonly secrets: readonly string[] }[];
  readonly http: Pick<HttpClient, 'fetch'>;
  readonly kept: KeptValues;
  readonly clock: Clock;
  readonly log: Pick<Log, 'warn'>;
  /** Public address of the console for links; null if it is local only. */
  readonly publicUrl: string | null;
}

const MINUTE = 60_000;
/** Pauses (ms) between attempts, as the specification proposes; about three days in total. */
const PAUSES = [5_000, 5 * MINUTE, 30 * MINUTE, ...[2, 5, 10, 14, 20, 24].map((hours) => hours * 60 * MINUTE)];
const TIMEOUT = 15_000;
/** Maximum number of simultaneous requests to one endpoint, so that a hanging endpoint does not delay reminders. */
const AT_ONCE = 2;

const envelope = z.strictObject({
  event: z.strictObject({
    id: z.string(),
    type: z.string(),
    at: z.string(),
    revision: z.number(),
    drill: z.boolean(),
  }),
  incident: z.string(),
  body: z.string(),
});

/** Creates the sender of signed events, retried until accepted or out of attempts. A message may be sent twice. */
export function createWebhooks(needs: WebhookNeeds): Messenger {
  const { endpoints, clock, publicUrl } = needs;
  const log = new DeliveryLog(needs.kept);
  const busy = new Map<string, number>();
  return {
    platform: WEBHOOKS,
    listens: endpoints.map(({ name }) => name),
    render: ({ event, incident }) => {
      const url = publicUrl === null ? {} : { url: `${publicUrl}/incidents/${incident}` };
      const { type, at, revision, drill } = event ?? { type: '', at: '', revision: 0, drill: false };
      const data = { incident, revision, drill, ...url };
      return JSON.stringify({ event, incident, body: JSON.stringify({ type, timestamp: at, data }) });
    },
    post: async (place, text, notice) => {
      const endpoint = endpoints.find(({ name }) => name === place.address);
      const parsed = envelope.safeParse(parseJson(text));
      if (!endpoint || !parsed.success) return refused('invalid', `no endpoint ${place.address}`);
      const under = busy.get(endpoint.name) ?? 0;
      if (under >= AT_ONCE)
        return { ...refused('rate_limited', 'others are on their way'), retryAt: clock.now() + 1_000 };
      busy.set(endpoint.name, under + 1);
      try {
        return await send(needs, log, endpoint, { ...parsed.data, notice });
      } finally {
        busy.set(endpoint.name, (busy.get(endpoint.name) ?? 1) - 1);
      }
    },
  };
}

async function send(
  { http, kept, clock, log }: WebhookNeeds,
  deliveries: DeliveryLog,
  { name, url, secrets }: WebhookNeeds['endpoints'][number],
  { event, incident, body, notice }: z.output<typeof envelope> & { readonly notice: string },
): Promise<SendOutcome> {
  const gone = `gone:${name}` as const;
  if ((await kept.get(gone)) === url) return refused('invalid', 'the endpoint answered 410');
  const before = await deliveries.find(name, event.id);
  const now = clock.now();
  const headers = signedHeaders({ id: event.id, at: Math.floor(now / 1_000), body }, secrets);
  const status = await answerOf(http, url, body, headers);
  // Attempts are counted anew after a replay.
  const failures = before?.state === 'retrying' ? before.attempts : 0;
  const isTaken = status !== null && status >= 200 && status < 300;
  const pause = PAUSES[failures];
  const isOver = status === 410 || pause === undefined;
  if (status === 410) await kept.put(gone, url);
  const state: LoggedDelivery['state'] = isTaken ? 'delivered' : isOver ? 'given_up' : 'retrying';
  const lastAttempt = new Date(now).toISOString();
  const attempt = { attempts: failures + 1, lastAttempt, state, status };
  await deliveries.note({ ...event, ...attempt, endpoint: name, incident, notice });
  if (isTaken) return { kind: 'sent', ref: event.id };
  log.warn({ webhook: name, status, attempt: failures + 1 }, 'a webhook was not taken');
  const detail = status === null ? 'no answer' : `answered ${status}`;
  if (isOver) return refused('invalid', detail);
  // Pauses are up to a tenth longer, so that many retries do not coincide.
  const jitter = (Number.parseInt(event.id.slice(-4), 16) / 0xffff) * 0.1;
  return { ...refused('rate_limited', detail), retryAt: now + Math.round(pause * (1 + jitter)) };
}

/** Returns the status of the answer; null without one. Redirects count as failures. */
async function answerOf(
  http: WebhookNeeds['http'],
  url: string,
  body: string,
  headers: Readonly<Record<string, string>>,
): Promise<number | null> {
  try {
    const response = await http.fetch(url, {
      method: 'POST',
      redirect: 'manual',
      headers: { ...headers, 'content-type': 'application/json', 'user-agent': 'Jishi' },
      body,
      signal: AbortSignal.timeout(TIMEOUT),
    });
    await response.body?.cancel();
    return response.status;
  } catch {
    return null;
  }
}

function refused(reason: 'invalid' | 'rate_limited', detail: string): Extract<SendOutcome, { kind: 'refused' }> {
  return { kind: 'refused', reason, detail };
}
