import type { RoomId } from '../../incident/identity.ts';
import type { NewNotice } from '../../use-cases/ports.ts';
import { stored } from '../json.ts';
import { isDestination } from '../notice-rows.ts';

/** The share of the timers; every other is a workspace, whose key has a slash. */
export const TIMERS = 'timers';

/** The workspace of a platform that has a room: the first two parts of `platform/tenant/address`, `/` without a room. */
export function workspaceOfRoom(room: RoomId): string {
  const [platform = '', tenant = ''] = room.split('/', 2);
  return `${platform}/${tenant}`;
}

/** Workspace a notice goes to first, `platform/tenant`; as the function of that name in the database. */
export function workspaceOf({ to }: Pick<NewNotice, 'to'>): string {
  if (to.kind === 'room') return workspaceOfRoom(to.room);
  const { platform, tenant } = to.kind === 'person' ? to.account : to;
  return `${platform}/${tenant}`;
}

/** The same of a stored notice; `recipient` is its destination as JSON. */
export function workspaceOfRecipient(recipient: string): string {
  const to: NewNotice['to'] = stored(recipient, isDestination);
  return workspaceOf({ to });
}

/** Narrows statements to the rows of a workspace, at every `AND TRUE`; its key is then their last parameter. */
export function restricted(workspace: string | undefined): [narrow: (sql: string) => string, last: readonly string[]] {
  if (workspace === undefined) return [(sql) => sql, []];
  const narrow = (sql: string): string => {
    const last = Math.max(0, ...[...sql.matchAll(/\$(\d+)/g)].map(([, n]) => Number(n)));
    return sql.replaceAll('AND TRUE', `AND workspace = $${last + 1}`);
  };
  return [narrow, [workspace]];
}
