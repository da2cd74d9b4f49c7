import { MARKS } from '../../../conversation/cards/localise.ts';
import { translate } from '../../../i18n/translate.ts';
import { roomFromId } from '../../../incident/rooms.ts';
import type { WantedBackup } from '../../../use-cases/notices/platform-backups.ts';
import type { PlatformNeeds } from '../../description.ts';
import type { Directory } from '../directory.ts';
import { callText, plainTwin } from '../render/text.ts';
import { scheduledList } from '../shapes.ts';
import { type Args, pagesOf, type SlackApi, slackError } from './api.ts';

/** Limits (ms) of scheduled messages: one due within a minute cannot be deleted, one may be at most 120 days ahead. */
const TOO_LATE = 60_000;
const TOO_FAR = 119 * 86_400_000;
const WANTED = 200;
/** Marker before the text: the incident, which also identifies our own messages. */
const MARKER = /〔((?:INC|DRILL)-\d{4}-\d{4,})〕/;

interface BackupNeeds extends Pick<PlatformNeeds, 'backups' | 'clock' | 'log'> {
  readonly api: SlackApi;
  readonly directory: Pick<Directory, 'place' | 'teams'>;
}
type Placed = Readonly<Record<'id' | 'key' | 'channel', string>> & { readonly at: number };

/**
 * Makes Slack's scheduled messages match the reminders still to be sent. No list is stored here: Slack's own list is
 * read, so the next pass repairs a crash at any point.
 */
export async function backupPass(deps: BackupNeeds): Promise<void> {
  const now = deps.clock.now();
  /** Makes a call and only logs its failure, so that other messages are still scheduled; the next pass retries it. */
  const quietly = (method: string, args: Args): Promise<unknown> =>
    deps.api.call(method, args).catch((error: unknown) => {
      deps.log.warn({ code: slackError(error), err: error }, 'a backup reminder could not be placed or taken back');
    });
  const wanted = new Map<string, WantedBackup>();
  for (const one of await deps.backups(deps.directory.place, WANTED)) {
    const at = Math.ceil(one.postAt / 1_000);
    const isOurs = one.room.startsWith(`${deps.directory.place}/`);
    if (isOurs && at * 1_000 > now + TOO_LATE && at * 1_000 < now + TOO_FAR)
      wanted.set(keyOf(roomFromId(one.room).address, at, one.incident), one);
  }
  const there = new Set<string>();
  for (const { key, at, channel, id: scheduled_message_id } of await listed(deps)) {
    const isWanted = wanted.has(key) && !there.has(key);
    there.add(key);
    if (isWanted || at * 1_000 <= now + TOO_LATE) continue;
    await quietly('chat.deleteScheduledMessage', { channel, scheduled_message_id });
  }
  for (const [key, one] of wanted) if (!there.has(key)) await quietly('chat.scheduleMessage', messageOf(one));
}

function keyOf(channel: string, at: number, incident: string): string {
  return `${channel}/${at}/${incident}`;
}

async function listed({ api, directory }: BackupNeeds): Promise<readonly Placed[]> {
  const found: Placed[] = [];
  for (const team_id of directory.teams)
    for await (const page of pagesOf(api, 'chat.scheduledMessages.list', { limit: 100, team_id }, scheduledList))
      for (const { id, channel_id: channel, post_at: at, text } of page.scheduled_messages) {
        const incident = MARKER.exec(text)?.[1];
        if (incident !== undefined) found.push({ id, channel, at, key: keyOf(channel, at, incident) });
      }
  return found;
}

/** Returns a scheduled message without metadata: Slack never posts a scheduled message with metadata. */
function messageOf(one: WantedBackup): Args {
  const text = translate(one.language, 'slack.backup', { summary: one.summary });
  return {
    channel: roomFromId(one.room).address,
    post_at: Math.ceil(one.postAt / 1_000),
    text: [`〔${one.incident}〕${MARKS.urgent}`, callText(one.mention.map(({ id }) => id)), plainTwin([text])]
      .filter(Boolean)
      .join(' '),
    link_names: false,
    unfurl_links: false,
    ...(one.thread === null ? {} : { thread_ts: one.thread, reply_broadcast: true }),
  };
}
