import { localise } from '../../../conversation/cards/localise.ts';
import { translate } from '../../../i18n/translate.ts';
import { keepEvidence } from '../../../talk/evidence.ts';
import type { OpenDownload } from '../../shared/http-client.ts';
import { fileAnswer } from '../api-shapes.ts';
import { slackError } from '../send/api.ts';
import { callerOf, delivery, type Intake, type Job } from './context.ts';
import { line, respond, sentence, show } from './reply.ts';

/** Maximum size of a file that is fetched; for a larger one the person gets a message. */
const MAX_EVIDENCE_BYTES = 50 * 1024 * 1024;
const FETCH_TIMEOUT = 120_000;
const MOST_HOPS = 3;
/** Files of Slack lie here and nowhere else; the token is sent to no other place. */
const FILE_HOSTS = new Set(['files.slack.com']);

type Refusal = 'slack.file_scope' | 'slack.file_size' | 'slack.file_source' | 'slack.file_gone';
/** The reason, and the name of the file. */
class Refused extends Error {
  readonly why: Refusal;
  constructor(name: string, why: Refusal) {
    super(name);
    this.why = why;
  }
}

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
 * Fetches a file people gave the bot; rejects with `Refused`. The address comes from Slack's answer, never from a message;
 * each redirect is checked again before the token goes with it; a page of HTML is Slack's sign-in, which means a missing
 * permission.
 */
async function fetchFile({ api, http, config }: Intake, id: string, fallbackName: string) {
  const { file } = fileAnswer.parse(await api.call('files.info', { file: id }).catch(unseen(fallbackName)));
  const name = file.name ?? fallbackName;
  if ((file.size ?? 0) > MAX_EVIDENCE_BYTES) throw new Refused(name, 'slack.file_size');
  // Only a test's Slack hands out files elsewhere than Slack does.
  const origin = config.apiUrl === null ? null : new URL(config.apiUrl).origin;
  const headers = { authorization: `Bearer ${config.botToken}` };
  let address = file.url_private_download ?? file.url_private;
  for (let hop = 0; hop < MOST_HOPS; hop += 1) {
    if (!address) throw new Refused(name, 'slack.file_gone');
    if (!isFileAddress(address, origin)) throw new Refused(name, 'slack.file_source');
    const response: OpenDownload = await http.open('file', address, { headers, timeout: FETCH_TIMEOUT });
    const { status, headers: answered, body } = response;
    if (status >= 300 && status < 400) {
      const to: string | null = answered.get('location');
      address = to !== null && URL.canParse(to, address) ? new URL(to, address).href : null;
      continue;
    }
    if (status !== 200) throw new Refused(name, 'slack.file_gone');
    if (answered.get('content-type')?.startsWith('text/html') && file.mimetype !== 'text/html')
      throw new Refused(name, 'slack.file_scope');
    return { name, mediaType: file.mimetype || 'application/octet-stream', content: limited(body, name) };
  }
  throw new Refused(name, 'slack.file_source');
}

/** A retry for a file that Slack does not show us changes nothing. */
function unseen(name: string): (error: unknown) => never {
  return (error) => {
    const code = slackError(error);
    if (code === 'missing_scope') throw new Refused(name, 'slack.file_scope');
    if (code === 'file_not_found' || code === 'file_deleted') throw new Refused(name, 'slack.file_gone');
    throw error;
  };
}

/** The size Slack states is not relied on. */
async function* limited(body: AsyncIterable<Uint8Array>, name: string): AsyncIterable<Uint8Array> {
  let size = 0;
  for await (const part of body) {
    size += part.byteLength;
    if (size > MAX_EVIDENCE_BYTES) throw new Refused(name, 'slack.file_size');
    yield part;
  }
}

const TEXTS = { kept: 'slack.file_kept', too_large: 'slack.file_size', gone: 'slack.file_gone' } as const;

/** Fetches a file into the store and records it; sends the result to the person who gave it. */
export async function keepFile(intake: Intake, job: Extract<Job, { kind: 'file' }>): Promise<void> {
  const { incident, channel, user } = job;
  const caller = callerOf(intake, { id: user, team: job.team });
  const { language } = caller;
  // They gave it in the thread, however long ago that is by now.
  intake.directory.seenIn(user, channel);
  const handle = { channel, thread: job.thread ?? undefined, user };
  // A round that looks at the thread again finds the same file again.
  const mark = `evidence:${incident}:${job.file}`;
  if ((await intake.kept.get(mark)) !== null) return;
  const given = { incident, caller, delivery: delivery(`file:${incident}:${job.file}`, job.file) };
  try {
    const reply = await keepEvidence(intake, given, await fetchFile(intake, job.file, job.name), TEXTS);
    await intake.kept.put(mark, 'kept');
    if (reply === null) return;
    if ('card' in reply) await show(intake, handle, reply.card, { incident, revision: 0, language });
    else await respond(intake, handle, sentence(localise(reply.text, language)));
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    const { why, message: name } = error;
    // Catching up reads a message with its file again: the refusal is shown once.
    if (await intake.answered.seen(`refused:${incident}:${job.file}:${why}`)) return;
    const reason = translate(language, why, { max: MAX_EVIDENCE_BYTES / 1024 / 1024 });
    await respond(intake, handle, line('slack.file_refused', language, { name, reason }));
  }
}
