import { z } from 'zod';
import type { Block, Card } from '../../../conversation/cards/card.ts';
import { moreListed } from '../../../conversation/cards/card-views.ts';
import { sentenceCard } from '../../../conversation/cards/sentence.ts';
import { translate } from '../../../i18n/translate.ts';
import type { Language } from '../../../incident/identity.ts';
import { type FetchedFile, NotGiven } from '../../../talk/evidence.ts';
import type { Caller } from '../../../use-cases/app.ts';
import { slackError } from '../send/api.ts';
import { fileAnswer, type MessageFile, type Worded } from '../shapes.ts';
import type { SlackBot } from './spots.ts';
import { botName } from './words.ts';

/** Largest file fetched; for a larger one the person gets a message. */
const MAX_EVIDENCE_BYTES = 50 * 1024 * 1024;
/** Host of all Slack files; the token is sent to no other host. */
export const FILE_HOSTS = /^files\.slack\.com$/;

/** File of Slack, stored until it is fetched; records with the same `message` are the same file. */
export const slackFile = z.object({
  ...{ file: z.string(), name: z.string(), message: z.string() },
  ...{ channel: z.string(), thread: z.string().nullable(), user: z.string(), team: z.string() },
});
export type SlackFile = z.infer<typeof slackFile>;

type Refusal = 'slack.file_scope' | 'slack.file_size' | 'slack.file_source' | 'slack.file_gone';
function refused(name: string, why: Refusal): NotGiven {
  const reason = { key: why, params: { max: MAX_EVIDENCE_BYTES / 1024 / 1024 } };
  return new NotGiven({ key: 'slack.file_refused', params: { name: { raw: name }, reason } }, why);
}

/**
 * Fetches a file that a person gave; rejects with `NotGiven`. The file's address comes from Slack's answer, never from
 * a message. Each redirect is checked before the token is sent there. An HTML page in place of the file is Slack's
 * sign-in, which means a missing permission.
 */
export async function fetchGiven({ api, config }: SlackBot, { file: id, ...given }: SlackFile): Promise<FetchedFile> {
  const answer = await api.call('files.info', { file: id }).catch((error: unknown) => {
    const code = slackError(error);
    // A retry would not help.
    if (code === 'missing_scope') throw refused(given.name, 'slack.file_scope');
    if (code === 'file_not_found' || code === 'file_deleted') throw refused(given.name, 'slack.file_gone');
    throw error;
  });
  const { file } = fileAnswer.parse(answer);
  const name = file.name ?? given.name;
  if ((file.size ?? 0) > MAX_EVIDENCE_BYTES) throw refused(name, 'slack.file_size');
  const headers = { authorization: `Bearer ${config.botToken}` };
  const address = file.url_private_download ?? file.url_private;
  if (!address) throw refused(name, 'slack.file_gone');
  // Another host is used only by the fake Slack of the tests.
  const from = { headers, max: MAX_EVIDENCE_BYTES, hosts: FILE_HOSTS, own: config.apiUrl };
  const got = await api.http.downloadGiven('file', address, from);
  if (got === 'too_large') throw refused(name, 'slack.file_size');
  if (got === 'elsewhere') throw refused(name, 'slack.file_source');
  if (got.status !== 200) throw refused(name, 'slack.file_gone');
  if (got.mediaType.startsWith('text/html') && file.mimetype !== 'text/html') throw refused(name, 'slack.file_scope');
  return { name, mediaType: file.mimetype || 'application/octet-stream', content: got.content };
}

/** Returns a message's link, e.g. `https://acme.slack.com/archives/C012/p1700000000000100`. */
export function permalink({ directory }: SlackBot, channel: string, ts: string): string {
  return `${directory.url}archives/${channel}/p${ts.replace('.', '')}`;
}

/** Returns a message's time, ISO 8601, from Slack's `ts`, e.g. `1700000000.000100`. */
export function instantOf(ts: string): string {
  return new Date(Math.floor(Number(ts) * 1_000)).toISOString();
}

/** Returns a message's author: name of a bot or person; empty while unknown, never an id. */
export async function authorOf({ directory }: SlackBot, message: Worded): Promise<string> {
  const bot = botName(message);
  if (bot !== null || message.user === undefined) return bot ?? '';
  return (directory.people.person(message.user) ?? (await directory.people.learn(message.user)))?.name ?? '';
}

/** Returns files in their stored form, until they are fetched. */
export function givenFiles(
  files: readonly MessageFile[],
  { account }: Caller,
  { channel, thread }: { readonly channel: string; readonly thread?: string | undefined },
): readonly SlackFile[] {
  const by = { channel, thread: thread ?? null, user: account.id, team: account.tenant };
  return files.map(({ id, name }) => ({ file: id, name: name ?? id, message: id, ...by }));
}

export function filesAsArgument(files: readonly MessageFile[]): Readonly<Record<string, string>> {
  return files.length === 0 ? {} : { files: files.map(({ id }) => id).join(',') };
}
export function filesOfArgument(text: string | undefined): readonly MessageFile[] {
  return text ? text.split(',').map((id) => ({ id })) : [];
}

/** Returns text for a message with files only, e.g. their names. */
export function fileWords(files: readonly MessageFile[], language: Language): string {
  const names = files.map(({ id, name }) => name ?? id).join(', ');
  return names === '' ? '' : translate(language, 'slack.files', { names });
}

/** Maximum number of incidents offered for a message. */
const OFFERED = 15;

/** Returns a card of open incidents the person sees, the next due first, each with a note form already filled in. */
export async function whichIncident(
  bot: SlackBot,
  caller: Caller,
  words: Readonly<Record<string, string>>,
): Promise<Card> {
  const { rows, more } = await bot.app.openIncidents(caller, OFFERED);
  const blocks = rows.map(({ id, title }): Block => {
    const form = { form: 'note', args: { incident: id, ...words } };
    const action = { id: `add_${id}`, label: { key: 'slack.add' }, does: { kind: 'form', form } } as const;
    return { kind: 'row', mark: 'open', text: { raw: [id, title].filter(Boolean).join(' · ') }, actions: [action] };
  });
  const key = rows.length > 0 ? 'slack.which_incident' : 'slack.no_incident';
  return sentenceCard({ key }, [...blocks, ...moreListed(more)]);
}
