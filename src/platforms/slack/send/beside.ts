import { digest } from '../../../ops/digest.ts';
import { LIMITS } from '../limits.ts';
import { type MessageBody, plain } from '../render/draw.ts';
import type { SlackApi } from './api.ts';

const HOME = 'home:';
const LINK = /^link:([\d.]+):(.+)$/s;

/** Handle of a published Home tab, which is no message; `holds`: its content. */
export function homeRef(holds: object): string {
  return `${HOME}${digest(JSON.stringify(holds), 16)}`;
}

/** Handle of the title below a link in a person's message, e.g. `link:1717.0002:https://…/incidents/INC-2026-0007`. */
export function linkRef(ts: string, url: string): string {
  return `link:${ts}:${url}`;
}

/** Replaces a Home tab or the title below a link; null if the handle is that of a message. */
export function replacedBeside(
  api: Pick<SlackApi, 'call'>,
  { address, ref }: { readonly address: string; readonly ref: string },
  { text, blocks }: MessageBody,
): Promise<unknown> | null {
  if (ref.startsWith(HOME)) return api.call('views.publish', { user_id: address, view: { type: 'home', blocks } });
  const [, ts, url] = LINK.exec(ref) ?? [];
  if (ts === undefined || url === undefined) return null;
  // Slack changes the preview it has; it cannot remove one.
  const unfurls = { [url]: { blocks: [{ type: 'section', text: plain(text, LIMITS.section.text) }] } };
  return api.call('chat.unfurl', { channel: address, ts, unfurls });
}
