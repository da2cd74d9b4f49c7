import type { z } from 'zod';
import { localise } from '../../../conversation/cards/localise.ts';
import { translate } from '../../../i18n/translate.ts';
import type { Language } from '../../../incident/identity.ts';
import { keepEvidence } from '../../shared/evidence.ts';
import type { HttpClient, OpenDownload } from '../../shared/http-client.ts';
import { fileAnswer } from '../api-shapes.ts';
import type { Job } from '../job.ts';
import { type SlackApi, slackError } from '../send/api.ts';
import { callerOf, delivery, type Intake } from './context.ts';
import { respond, sentence, show } from './reply.ts';

/** Maximum size of a file that is fetched; for a larger one the person gets a message. */
const MAX_EVIDENCE_BYTES = 50 * 1024 * 1024;
const FETCH_TIMEOUT = 120_000;
const MOST_HOPS = 3;
/** Files of Slack lie here and nowhere else; the token is sent to no other place. */
const FILE_HOSTS = new Set(['files.slack.com']);

type Refused = 'slack.file_scope' | 'slack.file_size' | 'slack.file_source' | 'slack.file_gone';
type Fetched =
  | {
      readonly kind: 'file';
      readonly name: string;
      readonly mediaType: string;
      readonly content: AsyncIterable<Uint8Array>;
    }
  | { readonly kind: 'refused'; readonly name: string; readonly why: Refused };

/**
 * Returns true if the token may be sent there: https, that very host, no user, no port. `origin` is the fake's in
 * tests.
 */
export function isFileAddress(address: string, origin: string | null): boolean {
  if (!URL.canParse(address)) return false;
  const url = new URL(address);
  if (url.username !== '' || url.password !== '') return false;
  if (origin !== null && url.origin === origin) return true;
  return url.protocol === 'https:' && url.port === '' && FILE_HOSTS.has(url.hostname);
}

/**
 * Fetches a file people gave the bot. The address comes from Slack's answer, never from a message; each redirect is
 * checked again before the token goes with it; a page of HTML is Slack's sign-in, which means a missing permission.
 */
async function fetchFile(
  deps: { readonly api: SlackApi; readonly http: HttpClient; readonly token: string; readonly origin: string | null },
  id: string,
  fallbackName: string,
): Promise<Fetched> {
  const asked = await about(deps.api, id);
  if (typeof asked === 'string') return { kind: 'refused', name: fallbackName, why: asked };
  const { file } = asked;
  const name = file.name ?? fallbackName;
  const refused = (why: Refused): Fetched => ({ kind: 'refused', name, why });
  if ((file.size ?? 0) > MAX_EVIDENCE_BYTES) return refused('slack.file_size');
  let address = file.url_private_download ?? file.url_private;
  for (let hop = 0; hop < MOST_HOPS; hop += 1) {
    if (!address) return refused('slack.file_gone');
    if (!isFileAddress(address, deps.origin)) return refused('slack.file_source');
    const headers = { authorization: `Bearer ${deps.token}` };
    const response: OpenDownload = await deps.http.open('file', address, { headers, timeout: FETCH_TIMEOUT });
    if (response.status >= 300 && response.status < 400) {
      const to: string | null = response.headers.get('location');
      address = to !== null && URL.canParse(to, address) ? new URL(to, address).href : null;
      continue;
    }
    if (response.status !== 200) return refused('slack.file_gone');
    if (response.headers.get('content-type')?.startsWith('text/html') && file.mimetype !== 'text/html') {
      return refused('slack.file_scope');
    }
    return {
      kind: 'file',
      name,
      mediaType: file.mimetype || 'application/octet-stream',
      content: limited(response.body),
    };
  }
  return refused('slack.file_source');
}

/** Slack's data of a file; a retry for one it does not show us changes nothing. */
async function about(api: SlackApi, id: string): Promise<z.infer<typeof fileAnswer> | Refused> {
  try {
    return fileAnswer.parse(await api.call('files.info', { file: id }));
  } catch (error) {
    const code = slackError(error);
    if (code === 'missing_scope') return 'slack.file_scope';
    if (code === 'file_not_found' || code === 'file_deleted') return 'slack.file_gone';
    throw error;
  }
}

class TooLarge extends Error {}

/** The size Slack states is not relied on. */
async function* limited(body: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
  let size = 0;
  for await (const part of body) {
    size += part.byteLength;
    if (size > MAX_EVIDENCE_BYTES) throw new TooLarge();
    yield part;
  }
}

const TEXTS = { kept: 'slack.file_kept', too_large: 'slack.file_size', gone: 'slack.file_gone' } as const;

/** Fetches a file into the store and records it; sends the result to the person who gave it. */
export async function keepFile(
  intake: Intake & { readonly token: string; readonly fileOrigin: string | null },
  job: Extract<Job, { kind: 'file' }>,
): Promise<void> {
  const { incident, channel, user } = job;
  const caller = callerOf(intake, { id: user, team: job.team });
  // They gave it in the thread, however long ago that is by now.
  intake.directory.seenIn(user, channel);
  const handle = { channel, thread: job.thread ?? undefined, user };
  // Catching up reads a message with its file again: the refusal is shown once.
  const refuse = async (name: string, why: Refused): Promise<void> => {
    if (await intake.answered.seen(`refused:${incident}:${job.file}:${why}`)) return;
    await respond(intake, handle, sentence(refusalOf(caller.language, name, why)));
  };
  // A round that looks at the thread again finds the same file again.
  const mark = `evidence:${incident}:${job.file}`;
  if ((await intake.kept.get(mark)) !== null) return;
  const fetched = await fetchFile({ ...intake, origin: intake.fileOrigin }, job.file, job.name);
  if (fetched.kind === 'refused') return refuse(fetched.name, fetched.why);
  const given = { incident, caller, delivery: delivery(`file:${incident}:${job.file}`, job.file) };
  try {
    const reply = await keepEvidence(intake, given, fetched, TEXTS);
    await intake.kept.put(mark, 'kept');
    if (reply && 'card' in reply)
      await show(intake, handle, reply.card, { incident, revision: 0, language: caller.language });
    else if (reply) await respond(intake, handle, sentence(localise(reply.text, caller.language)));
  } catch (error) {
    if (!(error instanceof TooLarge)) throw error;
    await refuse(fetched.name, 'slack.file_size');
  }
}

function refusalOf(language: Language, name: string, why: Refused): string {
  const reason = translate(language, why, { max: MAX_EVIDENCE_BYTES / 1024 / 1024 });
  return translate(language, 'slack.file_refused', { name, reason });
}
