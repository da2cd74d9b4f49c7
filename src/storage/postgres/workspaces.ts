import type { RoomId } from '../../incident/identity.ts';
import type { NewNotice } from '../../use-cases/ports.ts';
import { stored } from '../json.ts';
import { isDestination } from '../outbox.ts';

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

/** Workspace of a stored notice; `recipient` is its destination as JSON. */
export function workspaceOfRecipient(recipient: string): string {
  const to: NewNotice['to'] = stored(recipient, isDestination);
  return workspaceOf({ to });
}
