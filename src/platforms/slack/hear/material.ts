import type { Block, Card } from '../../../conversation/cards/card.ts';
import { moreListed } from '../../../conversation/cards/card-views.ts';
import { sentenceCard } from '../../../conversation/cards/sentence.ts';
import { translate } from '../../../i18n/translate.ts';
import type { Language } from '../../../incident/identity.ts';
import type { Caller } from '../../../use-cases/app.ts';
import type { KeptKey } from '../../../use-cases/ports.ts';
import type { Worded } from '../api-shapes.ts';
import type { SlackFile } from './evidence.ts';
import type { MessageFile } from './payloads.ts';
import type { SlackBot } from './spots.ts';
import { botName } from './words.ts';

/** Messages as material: their place, author and files, and the incidents they can be added to. */

/**
 * Which incident a message was put on the record of, by the address of the message: so that an edit or a deletion of it is
 * shown there too.
 */
export async function remembered({ kept }: SlackBot, link: string, incident: string): Promise<void> {
  const [, channel, seconds, rest] = /\/archives\/([A-Z0-9]+)\/p(\d+)(\d{6})(?:$|\?)/.exec(link) ?? [];
  if (channel !== undefined) await kept.put(sourceKey(channel, `${seconds}.${rest}`), incident);
}

export function sourceOf({ kept }: SlackBot, channel: string, ts: string): Promise<string | null> {
  return kept.get(sourceKey(channel, ts));
}

function sourceKey(channel: string, ts: string): KeptKey {
  return `source:${channel}:${ts}`;
}

/** `https://acme.slack.com/archives/C012/p1700000000000100` */
export function permalink({ directory }: SlackBot, channel: string, ts: string): string {
  return `${directory.url}archives/${channel}/p${ts.replace('.', '')}`;
}

/** Time at which a message was written, ISO 8601, from Slack's `ts`, e.g. `1700000000.000100`. */
export function instantOf(ts: string): string {
  return new Date(Math.floor(Number(ts) * 1_000)).toISOString();
}

/** Author of a message: the name of a bot or a person; empty while it is not known, never an id. */
export async function authorOf({ directory }: SlackBot, message: Worded): Promise<string> {
  const bot = botName(message);
  if (bot !== null || message.user === undefined) return bot ?? '';
  return (directory.people.person(message.user) ?? (await directory.people.learn(message.user)))?.name ?? '';
}

/** Files as they are kept until they are fetched. */
export function givenFiles(
  files: readonly MessageFile[],
  { account }: Caller,
  { channel, thread }: { readonly channel: string; readonly thread?: string | undefined },
): readonly SlackFile[] {
  const given = { channel, thread: thread ?? null, user: account.id, team: account.tenant };
  return files.map(({ id, name }) => ({ file: id, name: name ?? id, message: id, ...given }));
}

/** Files as a form carries them. */
export function filesAsArgument(files: readonly MessageFile[]): Readonly<Record<string, string>> {
  return files.length === 0 ? {} : { files: files.map(({ id }) => id).join(',') };
}
export function filesOfArgument(text: string | undefined): readonly MessageFile[] {
  return (text ?? '').split(',').flatMap((id) => (id === '' ? [] : [{ id }]));
}

/** Text for a message that has files only, e.g. their names. */
export function fileWords(files: readonly MessageFile[], language: Language): string {
  return files.length === 0 ? '' : translate(language, 'slack.files', { names: fileNames(files) });
}
function fileNames(files: readonly MessageFile[]): string {
  return files.map(({ id, name }) => name ?? id).join(', ');
}

/** Incidents offered for a message. */
const OFFERED = 15;

/** The open incidents the person sees, the next due first, each with the form for a note already filled. */
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
