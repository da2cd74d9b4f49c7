import type { Worded } from '../api-shapes.ts';
import type { Intake } from './context.ts';
import { botName } from './words.ts';

/**
 * Which incident a message was put on the record of, by the address of the message: so that an edit or a deletion of it is
 * shown there too.
 */
export async function remembered(intake: Intake, link: string, incident: string): Promise<void> {
  const place = placeOfLink(link);
  if (place) await intake.kept.put(sourceKey(place.channel, place.ts), incident);
}

export function sourceOf(intake: Intake, channel: string, ts: string): Promise<string | null> {
  return intake.kept.get(sourceKey(channel, ts));
}

function sourceKey(channel: string, ts: string): string {
  return `source:${channel}:${ts}`;
}

/** `https://acme.slack.com/archives/C012/p1700000000000100` */
export function permalink(intake: Intake, channel: string, ts: string): string {
  return `${intake.directory.url}archives/${channel}/p${ts.replace('.', '')}`;
}

function placeOfLink(link: string): { readonly channel: string; readonly ts: string } | null {
  const match = /\/archives\/([A-Z0-9]+)\/p(\d+)(\d{6})(?:$|\?)/.exec(link);
  return match ? { channel: match[1] ?? '', ts: `${match[2]}.${match[3]}` } : null;
}

/** Time at which a message was written, ISO 8601, from Slack's `ts`, e.g. `1700000000.000100`. */
export function instantOf(ts: string): string {
  return new Date(Math.floor(Number(ts) * 1_000)).toISOString();
}

/** Author of a message: the name of a bot or a person; empty while it is not known, never an id. */
export async function authorOf({ directory }: Pick<Intake, 'directory'>, message: Worded): Promise<string> {
  const bot = botName(message);
  if (bot !== null || message.user === undefined) return bot ?? '';
  return (directory.person(message.user) ?? (await directory.learnPerson(message.user)))?.name ?? '';
}
