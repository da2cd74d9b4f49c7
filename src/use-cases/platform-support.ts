import { createHash } from 'node:crypto';
import type { ViewRef } from '../conversation/cards/card.ts';
import { type Account, type Language, type RoomId, roomId } from '../incident/identity.ts';
import { hasLeft } from '../incident/rooms.ts';
import { messageOf } from '../ops/errors.ts';
import type { App, Caller, Delivery } from './app.ts';
import { type Known, personBehind } from './directory/links.ts';
import { PAPER_FORMATS } from './documents/document-port.ts';
import type { InboxStore, Store } from './ports.ts';

/** Functions every platform needs before it calls the use cases. */

/** Caller of an account, named by the profile (also by a linked account), otherwise by the platform. */
export function callerOf(
  profile: Known,
  account: Account,
  known: { readonly name: string; readonly language: Language | undefined; readonly otherwise: Language },
): Caller {
  const person = personBehind(profile, account);
  return {
    account,
    name: person?.name ?? known.name,
    language: person?.language ?? known.language ?? profile.profile()?.languages.people ?? known.otherwise,
  };
}

/** Author of a text; absent while only the account's id is known. */
export function authorship({ name, unmet }: Pick<Caller, 'name' | 'unmet'>): { readonly author?: string } {
  return unmet ? {} : { author: name };
}

/** The address of a room on the platform and in the tenant of an account; null if it is elsewhere. */
export function addressFor({ platform, tenant }: Account, room: RoomId): string | null {
  const start = roomId({ platform, tenant, address: '' });
  return room.startsWith(start) ? room.slice(start.length) : null;
}

/** Number of incidents, the newest open and closed ones, that are asked whether they left a platform. */
const ASKED = 1_000;

/** Returns true if an incident left a platform because its chat may be compromised, and nobody led it back. */
export async function isLeft(store: Pick<Store, 'incidents' | 'incident'>, platform: string): Promise<boolean> {
  const rows = await Promise.all([true, false].map((open) => store.incidents({ open, limit: ASKED })));
  for (const { id, drill, imported, rooms } of rows.flat()) {
    if (drill || imported || rooms.some((room) => room.startsWith(`${platform}/`))) continue;
    const state = await store.incident(id);
    if (state && hasLeft(state, platform)) return true;
  }
  return false;
}

export function deliveriesOf(platform: string): (key: string, body: unknown) => Delivery {
  return (key, body) => ({ platform, key, body: JSON.stringify(body) });
}

/** Error: the store could not commit, so the request must not be acknowledged. */
export class NotCommitted extends Error {
  override readonly name = 'NotCommitted';
  constructor(cause: unknown) {
    super(`the change could not be committed: ${messageOf(cause)}`, { cause });
  }
}
export async function committed<T>(change: Promise<T>): Promise<T> {
  try {
    return await change;
  } catch (error) {
    throw new NotCommitted(error);
  }
}

/** Payload that could not be handled, to be kept for the operator; `body` has no secrets or live addresses. */
export function unhandled(
  platform: string,
  {
    body,
    key = body,
    error,
    at,
  }: { readonly body: string; readonly key?: string; readonly error: unknown; readonly at: number },
): Parameters<InboxStore['failed']>[0] {
  return { platform, key: createHash('sha256').update(key).digest('hex'), body, error: messageOf(error), at };
}

const FORMATS = ['docx', 'pdf', 'md', 'json'] as const;

/** Pattern of console addresses of files: a chat sends the file itself instead. */
const FILE = /^\/api\/v1\/incidents\/([^/?]+)\/(report|mail|fax|paper)\?(.+)$/;

/** View for the address of a file, so that chat can send it; null for a page that exists only in the console. */
export function downloadAt(url: string): ViewRef | null {
  const [, incident, file, query] = FILE.exec(url) ?? [];
  if (incident === undefined || file === undefined) return null;
  const asked = { format: 'docx', ...Object.fromEntries(new URLSearchParams(query)) };
  return { view: 'download', args: { ...asked, file, incident: decodeURIComponent(incident) } };
}

/** File of a download button: a report, another paper, the e-mail or the fax sheet to a recipient. */
export function fileAsked(
  app: Pick<App, 'report' | 'toSend' | 'paper'>,
  { args }: ViewRef,
  caller: Caller,
): ReturnType<App['report']> {
  const { file, incident = '', recipient, format } = args;
  if (file === 'paper') {
    const options = {
      paper: args['paper'] ?? '',
      language: (['zh', 'en'] as const).find((one) => one === args['language']),
    };
    return app.paper(incident, caller, { ...options, format: PAPER_FORMATS.find((one) => one === format) ?? 'docx' });
  }
  if (file !== 'mail' && file !== 'fax') return app.report(incident, caller, reportAsked(args));
  return app.toSend(incident, caller, { what: file, recipient, format: format === 'pdf' ? 'pdf' : 'docx' });
}

function reportAsked({ format, language, version, draft }: ViewRef['args']): Parameters<App['report']>[2] {
  const number = Number(draft);
  return {
    format: FORMATS.find((one) => one === format) ?? 'docx',
    language: language === 'en' ? 'en' : 'zh',
    version: version === 'internal' ? 'internal' : 'submission',
    ...(Number.isInteger(number) && number > 0 ? { draft: number } : {}),
  };
}
