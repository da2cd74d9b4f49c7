import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { parseJson } from '../../ops/json.ts';
import type { Log, Messenger, SendOutcome } from '../../use-cases/ports.ts';
import type { HttpClient } from '../shared/http-client.ts';
import { nonceOf, readTimeStamp, timeStampRequest } from './rfc3161.ts';

interface TimestampNeeds {
  /** Address of the time-stamping authority. */
  readonly url: string;
  readonly http: Pick<HttpClient, 'fetch'>;
  readonly log: Pick<Log, 'warn'>;
}

const TIMEOUT = 15_000;
/** Largest stamp the record keeps; one with certificates takes a few kilobytes. */
const LARGEST = 48 * 1024;
const sealed = z.strictObject({ version: z.number(), hash: z.string().regex(/^[0-9a-f]{64}$/) });

/** Creates the client of a time-stamping authority (RFC 3161), which gets only the hash of a record entry. */
export function createTimestamps(needs: TimestampNeeds): Messenger {
  return {
    platform: 'timestamps',
    listens: [new URL(needs.url).host],
    stamps: true,
    render: ({ event }) => JSON.stringify({ version: event?.revision ?? 0, hash: event?.hash ?? '' }),
    post: async (_place, body) => {
      const parsed = sealed.safeParse(parseJson(body));
      return parsed.success ? await stamped(needs, parsed.data) : refused('invalid', 'no hash to stamp');
    },
  };
}

async function stamped(
  { url, http, log }: TimestampNeeds,
  { version, hash }: z.output<typeof sealed>,
): Promise<SendOutcome> {
  const nonce = nonceOf(randomBytes(8));
  const answer = await answerOf(http, url, timeStampRequest(hash, nonce));
  if (typeof answer === 'string') {
    log.warn({ detail: answer }, 'no time-stamp');
    return refused('unreachable', answer);
  }
  const read = readTimeStamp(answer, hash, nonce);
  if (!read.ok) {
    log.warn({ detail: read.detail }, 'no time-stamp');
    return refused('unreachable', read.detail);
  }
  const response = Buffer.from(answer).toString('base64');
  return { kind: 'sent', ref: read.at, stamp: { version, hash, at: read.at, authority: new URL(url).host, response } };
}

/** Returns the authority's answer, or a sentence on why there is none. */
async function answerOf(http: TimestampNeeds['http'], url: string, request: Buffer): Promise<Uint8Array | string> {
  try {
    const response = await http.fetch(url, {
      method: 'POST',
      redirect: 'error',
      headers: { 'content-type': 'application/timestamp-query', 'user-agent': 'Jishi' },
      body: new Uint8Array(request),
      signal: AbortSignal.timeout(TIMEOUT),
    });
    const content = new Uint8Array(await response.arrayBuffer());
    if (!response.ok) return `answered ${response.status}`;
    return content.length > LARGEST ? `answered ${content.length} bytes` : content;
  } catch (error) {
    return error instanceof Error ? error.message : 'no answer';
  }
}

function refused(reason: 'invalid' | 'unreachable', detail: string): SendOutcome {
  return { kind: 'refused', reason, detail };
}
